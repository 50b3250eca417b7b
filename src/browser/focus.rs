//! Where the keyboard is, and what is in view.

use super::{document, element, window};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement, HtmlInputElement};

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

/// Moves the focus to the page's heading and shows the page from its top, as after a page has changed. `false` if it has none.
pub fn to_heading() -> bool {
    let heading = document().and_then(|document| document.query_selector("h1").ok().flatten());
    let Some(heading) = heading.and_then(|heading| heading.dyn_into::<HtmlElement>().ok()) else { return false };
    // A heading takes the focus from a script only with this.
    let _ = heading.set_attribute("tabindex", "-1");
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let focused = heading.focus_with_options(&options).is_ok();
    scroll_to_top();
    focused
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
