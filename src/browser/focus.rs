//! Where the keyboard is, and what is in view.

use super::{document, element, window};
use web_sys::{HtmlElement, HtmlInputElement};

/// Moves the focus to an element, scrolling it into view. `false` if it is not there.
pub fn to_id(id: &str) -> bool {
    element::<HtmlElement>(id).is_some_and(|target| target.focus().is_ok())
}

/// Moves the focus to an element that the next rendering brings.
pub fn later(id: &str) {
    let id = id.to_owned();
    leptos::prelude::request_animation_frame(move || {
        to_id(&id);
    });
}

/// Scrolls to the top at once.
pub fn scroll_to_top() {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// The id of the element that has the focus.
#[must_use]
pub fn current_id() -> Option<String> {
    Some(document()?.active_element()?.id()).filter(|id| !id.is_empty())
}

/// Selects part of a text field, in UTF-16 units from its start.
pub fn select(id: &str, start: u32, end: u32) {
    if let Some(input) = element::<HtmlInputElement>(id) {
        let _ = input.set_selection_range(start, end); // a kind of field that has no selection
    }
}
