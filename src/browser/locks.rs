//! Web Locks: what one page of this browser does at a time, and whether another page is open.

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/crypto.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn hold(name: &str, mode: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isHeld)]
    async fn is_held_in_js(name: &str) -> Result<JsValue, JsValue>;
}

/// How a lock is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// By one page alone.
    Alone,
    /// By as many pages as like.
    Shared,
}

/// Held until it is dropped, or the page goes. Where the browser has no locks it holds nothing.
#[must_use = "it lets go when it is dropped"]
pub struct Held(Option<Function>);

/// Takes a lock if it can be had now; nothing if another page has it. Where the browser has no locks everybody gets it.
pub async fn take(name: &str, mode: Mode) -> Option<Held> {
    let mode = if mode == Mode::Alone { "exclusive" } else { "shared" };
    match hold(name, mode).await {
        Ok(answer) if answer.is_null() => None,
        Ok(release) => Some(Held(release.dyn_into().ok())),
        Err(_) => Some(Held(None)),
    }
}

/// Whether any page holds it; nothing where the browser cannot tell.
pub async fn is_held(name: &str) -> Option<bool> {
    is_held_in_js(name).await.ok()?.as_bool()
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(release) = &self.0 {
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    }
}
