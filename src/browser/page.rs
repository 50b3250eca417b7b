//! The page as a whole: its title, its address, its history.

use super::{document, listen::Listener, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::PageTransitionEvent;

/// The title must hold nothing personal: it stays in the browser's history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

#[must_use]
pub fn body() -> Option<web_sys::HtmlElement> {
    document()?.body()
}

/// An attribute of the `html` element, where the style sheets look for `data-theme` and `data-text`. Empty takes it away.
pub fn set_root_attribute(name: &str, value: &str) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Fails only for a name that is none.
    let _ = if value.is_empty() { root.remove_attribute(name) } else { root.set_attribute(name, value) };
}

/// The fragment of the address with its `#`, such as `#/deadlines`; empty if there is none.
#[must_use]
pub fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Goes to a fragment, as a new entry of the history. What listens hears of it.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(hash); // refused only by a page that is being closed
    }
}

/// Changes the fragment in place: no new entry of the history, and what listens does not hear of it.
pub fn replace_hash(hash: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(hash)); // as above
    }
}

/// Calls back with the fragment when it may have changed: a link, the back button, or [`set_hash`]. Some browsers tell twice.
#[must_use = "it stops listening when it is dropped"]
pub fn on_hash(callback: impl Fn(String) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let listen = |event| {
        let callback = callback.clone();
        Listener::new(&window, event, move |_| callback(hash()))
    };
    vec![listen("hashchange"), listen("popstate")]
}

pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload(); // as above
    }
}

/// Leaves the portal for another address; the back button does not come back here. Pages seen before stay in the history.
pub fn leave_for(address: &str) {
    if let Some(window) = window() {
        let _ = window.location().replace(address); // an address that is none; the caller's are constants
    }
}

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = window() {
        let _ = window.print(); // refused in a frame without leave to
    }
}

/// Calls back when the browser shows this page again as it was left (the back/forward cache): nothing has been loaded anew.
#[must_use = "it stops listening when it is dropped"]
pub fn on_restored(callback: impl Fn() + 'static) -> Option<Listener> {
    let restored = move |event: web_sys::Event| {
        if event.dyn_ref::<PageTransitionEvent>().is_some_and(PageTransitionEvent::persisted) {
            callback();
        }
    };
    let window = window()?;
    Some(Listener::new(&window, "pageshow", restored))
}

/// Text as a part of an address.
#[must_use]
pub fn encode(text: &str) -> String {
    js_sys::encode_uri_component(text).into()
}
