use super::Errors;
use leptos::prelude::*;

/// A labelled box for text. Its hint and its fault are tied to it, so that a screen reader says them with the label.
#[component]
pub fn TextField(
    /// The id of the box; the hint's and the fault's are derived from it.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(into)] value: Signal<String>,
    on_input: impl Fn(String) + 'static,
    /// Several lines.
    #[prop(optional)]
    long: bool,
    /// `password`, `url`; plain text where there is none.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// What a password manager or the browser may fill in; `off` where nothing is said, so that a shared computer keeps
    /// nothing of it.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The name a password manager knows it by.
    #[prop(optional)]
    name: Option<&'static str>,
) -> impl IntoView {
    let errors = Errors::here();
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let fault = {
        let id = id.clone();
        Memo::new(move |_| errors.of(&id))
    };
    let described = {
        let (hint_id, error_id, has_hint) = (hint_id.clone(), error_id.clone(), hint.is_some());
        move || match (has_hint, fault.get().is_some()) {
            (true, true) => Some(format!("{hint_id} {error_id}")),
            (true, false) => Some(hint_id.clone()),
            (false, true) => Some(error_id.clone()),
            (false, false) => None,
        }
    };
    let autocomplete = autocomplete.unwrap_or("off");
    let invalid = move || fault.get().map(|_| "true");
    let code = matches!(autocomplete, "username" | "one-time-code");
    let on_input = move |event| on_input(event_target_value(&event));
    let input = if long {
        view! {
            <textarea id=id.clone() class="input" rows="4" autocomplete=autocomplete aria-describedby=described
                aria-invalid=invalid prop:value=move || value.get() on:input=on_input></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() class="input" type=kind.unwrap_or("text") name=name autocomplete=autocomplete
                autocapitalize=code.then_some("none") spellcheck=code.then_some("false")
                aria-describedby=described aria-invalid=invalid prop:value=move || value.get() on:input=on_input />
        }
        .into_any()
    };
    view! {
        <div class="field" class:field--error=move || fault.get().is_some()>
            <label class="label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {move || fault.get().map(|what| view! { <p class="error" id=error_id.clone()>{what}</p> })}
            {input}
        </div>
    }
    .into_any()
}
