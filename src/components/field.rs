use super::{Errors, errors::hint_id};
use crate::browser::dom::{El, el};
use crate::signal::RwSignal;

/// A labelled box for text.
#[derive(Default)]
pub struct TextField<'a> {
    /// The id of the box; the hint's and the fault's are derived from it.
    pub id: &'a str,
    pub label: &'a str,
    pub hint: Option<&'a str>,
    /// Several lines.
    pub long: bool,
    /// `password`; plain text where there is none.
    pub kind: Option<&'a str>,
    /// What a password manager or the browser may fill in; nothing where nothing is said, so that a shared computer keeps
    /// nothing of it.
    pub autocomplete: Option<&'a str>,
    /// Symbols that are no words: no capitals are put in, nothing is spelled.
    pub code: bool,
    /// While this is on, nothing of it is to be filled in or remembered after all.
    pub forgets: Option<RwSignal<bool>>,
}

/// Its hint and its fault are tied to it, so that a screen reader says them with the label.
#[must_use]
pub fn text_field(
    errors: Errors,
    field: &TextField,
    value: impl Fn() -> String + 'static,
    on_input: impl Fn(String) + 'static,
) -> El {
    boxed(errors, field, Box::new(value), Box::new(on_input))
}

/// One for all boxes, whatever their closures capture: bytes of the program.
fn boxed(errors: Errors, field: &TextField, value: Box<dyn Fn() -> String>, on_input: Box<dyn Fn(String)>) -> El {
    let id = field.id;
    let autocomplete = field.autocomplete.unwrap_or("off");
    let mut input = if field.long {
        el("textarea").attr("rows", "4")
    } else {
        el("input").attr("type", field.kind.unwrap_or("text"))
    };
    if field.code || matches!(autocomplete, "username" | "one-time-code") {
        input = input.attr("autocapitalize", "none").attr("spellcheck", "false");
    }
    // Beside a passphrase that is not used once only, Chromium notes who signed in, though it saves neither.
    let forgotten = if field.kind == Some("password") { "one-time-code" } else { "off" };
    let (autocomplete, forgets) = (autocomplete.to_owned(), field.forgets);
    let autocomplete = move || {
        let forgets = forgets.is_some_and(|forgets| forgets.get());
        Some(if forgets { forgotten.into() } else { autocomplete.clone() })
    };
    let faulty = id.to_owned();
    let input = input
        .class("input")
        .id(id)
        .attr_of("autocomplete", autocomplete)
        .attr_of("aria-describedby", errors.described(id, field.hint.is_some()))
        .attr_of("aria-invalid", move || errors.of(&faulty).map(|_| "true".into()))
        .value_of(value)
        .on_input(on_input);
    errors
        .around(el("div"), id)
        .child(el("label").class("label").attr("for", id).child(field.label))
        .child(field.hint.map(|hint| el("p").class("hint").id(&hint_id(id)).child(hint)))
        .child(errors.line(id))
        .child(input)
}
