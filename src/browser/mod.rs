//! Everything the app asks of the browser: the only place that names `web_sys`. Small functions; what listens stops listening
//! when its guard is dropped, or says that it lives as long as the app.

// The page
pub mod clipboard;
pub mod dialog;
pub mod dom;
pub mod early;
pub mod focus;
pub mod keys;
pub mod page;
pub mod pieces;
pub mod save;

// What the browser keeps, and which page is at it
pub mod idb;
pub mod locks;
pub mod pass;
pub mod prefs;
pub mod promises;
pub mod settings;
pub mod storage;

// The network
pub mod fetch;
pub mod idle;
pub mod online;
pub mod worker;

// Time, chance, fingerprints and secrets
pub mod clock;
pub mod crypto;
pub mod hash;
pub mod intl;
pub mod uuid;

pub mod listen;

use std::{future::Future, pin::Pin};
use wasm_bindgen::{JsCast, JsValue};

/// Work to be waited for. In a box, so that what waits for it does not carry a copy of it: bytes of the program.
pub type Task<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The page's window. The app runs in a page only, never in a worker.
fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

fn document() -> Option<web_sys::Document> {
    window()?.document()
}

fn element<T: JsCast>(id: &str) -> Option<T> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// A property of a JavaScript object; nothing where it is absent, null or refused.
fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// What a JavaScript error is called (`QuotaExceededError`) and what it says.
fn describe(error: &JsValue) -> (String, String) {
    let text = |name| property(error, name).and_then(|value| value.as_string()).unwrap_or_default();
    (text("name"), text("message"))
}
