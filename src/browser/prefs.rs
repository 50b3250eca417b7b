//! Small choices about this device (colours, text size), in localStorage. Nothing about a person. Where storage is refused, a
//! choice lasts as long as the page.

use super::{listen::Listener, window};

/// Also read before the app has arrived, by public/boot.js.
pub const THEME: &str = "portal.theme";
pub const TEXT_SIZE: &str = "portal.text";
/// There while someone is signed in on this device: a random text for each signing in, that names nobody.
pub const SIGNED_IN: &str = "portal.signed-in";

#[must_use]
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// Whether it is kept.
pub fn set(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(key); // refused now, but then it was refused when it was set
    }
}

/// Calls back when another tab has changed something here, until the guard is dropped.
#[must_use = "it stops listening when it is dropped"]
pub fn on_changed_elsewhere(callback: impl Fn() + 'static) -> Option<Listener> {
    let window = window()?;
    Some(Listener::new(&window, "storage", move |_| callback()))
}

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}
