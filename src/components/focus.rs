use crate::browser::focus;
use leptos::prelude::*;

/// Moves focus to an element that the next rendering brings.
pub fn focus_later(id: &str) {
    let id = id.to_owned();
    request_animation_frame(move || {
        focus::to_id(&id);
    });
}
