//! What the learner did on the sign-in form before the app had arrived. index.html has the form, public/boot.js the flag.

use super::{element, focus, property, window};
use web_sys::HtmlInputElement;

const LEARNER: &str = "sign-in-learner";
const PASSPHRASE: &str = "sign-in-passphrase";
const SHARED_YES: &str = "sign-in-shared-yes";
const SHARED_NO: &str = "sign-in-shared-no";
const SUBMIT: &str = "sign-in-submit";
const FLAG: &str = "portalEarly";

#[derive(Clone, PartialEq, Eq)]
pub struct Early {
    pub learner: String,
    pub passphrase: String,
    /// Whose computer it is; shared unless they said that it is their own.
    pub shared: bool,
    /// They have pressed 'Sign in' and wait for it.
    pub submitted: bool,
    /// Where the keyboard was.
    pub focus: Option<Field>,
    /// What was selected in that field, or where the cursor was (start and end are then the same), in UTF-16 units.
    pub selection: Option<(u32, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Learner,
    Passphrase,
    SharedYes,
    SharedNo,
    Submit,
}

/// Reads the form, and forgets that it was submitted. Call it once, before the app replaces the form.
#[must_use]
pub fn take() -> Early {
    let value = |id| element::<HtmlInputElement>(id).map(|input| input.value()).unwrap_or_default();
    let focus = focus::current_id().and_then(|id| Field::of(&id));
    Early {
        learner: value(LEARNER),
        passphrase: value(PASSPHRASE),
        shared: element::<HtmlInputElement>(SHARED_NO).is_none_or(|input| !input.checked()),
        submitted: take_submitted(),
        focus,
        selection: focus.and_then(selection),
    }
}

impl Field {
    /// The element's id, on the first page and in the app alike.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Learner => LEARNER,
            Self::Passphrase => PASSPHRASE,
            Self::SharedYes => SHARED_YES,
            Self::SharedNo => SHARED_NO,
            Self::Submit => SUBMIT,
        }
    }

    fn of(id: &str) -> Option<Self> {
        [Self::Learner, Self::Passphrase, Self::SharedYes, Self::SharedNo, Self::Submit]
            .into_iter()
            .find(|field| field.id() == id)
    }
}

fn take_submitted() -> bool {
    let Some(window) = window() else { return false };
    let submitted =
        property(&window, FLAG).and_then(|early| property(&early, "submitted")).and_then(|flag| flag.as_bool());
    let _ = js_sys::Reflect::delete_property(&window, &FLAG.into());
    submitted.unwrap_or(false)
}

fn selection(field: Field) -> Option<(u32, u32)> {
    if !matches!(field, Field::Learner | Field::Passphrase) {
        return None; // a radio button has no selection, and asking for it is an error
    }
    let input: HtmlInputElement = element(field.id())?;
    Some((input.selection_start().ok()??, input.selection_end().ok()??))
}
