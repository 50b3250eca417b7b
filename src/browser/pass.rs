//! A secret that a tab hands to itself over a reload. It waits in the service worker's memory; sessionStorage has only the random name
//! it waits under, and when the page went. So it never touches a disk.

use super::{clock, listen::Listener, uuid, window};
use chrono::{DateTime, Duration};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/crypto.js")]
extern "C" {
    fn entrust(name: &str, secret: &str);
    #[wasm_bindgen(catch)]
    async fn reclaim(name: &str) -> Result<JsValue, JsValue>;
}

const KEY: &str = "portal.pass";
/// What is older has been left lying: the tab was closed, and is opened again by somebody.
const LIFE: Duration = Duration::seconds(60);

/// That this tab was open less than a minute ago, and what it was waiting under.
pub struct Pass(String);

/// Takes out what this tab put there before it was loaded again, if that is less than a minute ago.
#[must_use]
pub fn take() -> Option<Pass> {
    let storage = storage()?;
    let kept = storage.get_item(KEY).ok()??;
    let _ = storage.remove_item(KEY); // refused now, but then it was refused when it was set
    let (at, name) = kept.split_once(' ')?;
    let age = clock::now() - DateTime::from_timestamp_millis(at.parse().ok()?)?;
    (Duration::zero()..LIFE).contains(&age).then(|| Pass(name.to_owned()))
}

impl Pass {
    /// The secret, where the worker still has it.
    pub async fn secret(self) -> Option<String> {
        reclaim(&self.0).await.ok()?.as_string()
    }
}

/// Puts a secret there.
pub fn put(secret: &str) {
    if let (Some(storage), Some(name)) = (storage(), uuid::random()) {
        entrust(&name, secret);
        // Refused: then the page asks the server again.
        let _ = storage.set_item(KEY, &format!("{} {name}", clock::now().timestamp_millis()));
    }
}

/// Calls back when the page goes: it is loaded again, left, or closed.
#[must_use = "it stops listening when it is dropped"]
pub fn on_leaving(callback: impl Fn() + 'static) -> Option<Listener> {
    let window = window()?;
    Some(Listener::new(&window, "pagehide", move |_| callback()))
}

fn storage() -> Option<web_sys::Storage> {
    window()?.session_storage().ok()?
}
