//! Where the keyboard is, and what is in view.

use super::{document, element, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, Node};

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

/// What has the focus and is about to be taken off the page, if it is in one of these nodes.
#[must_use]
pub fn within(node: &Node) -> Option<Element> {
    document()?.active_element().filter(|active| node.contains(Some(active)))
}

/// Gives the focus to what stands in the place of an element that was built anew: the same id, or the same kind, with the same address
/// and text.
pub fn give_on(lost: &Element, inside: &Node) {
    if to_id(&lost.id()) {
        return;
    }
    let Some(inside) = inside.dyn_ref::<Element>() else { return };
    let same = |other: &Element| {
        other.tag_name() == lost.tag_name()
            && other.get_attribute("href") == lost.get_attribute("href")
            && other.text_content() == lost.text_content()
    };
    let others = inside.get_elements_by_tag_name(&lost.tag_name());
    let found = (0..others.length()).filter_map(|n| others.item(n)).find(same);
    if let Some(found) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        let _ = found.focus();
    }
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
