//! A secret that a tab hands to itself over a reload, through sessionStorage: put there as the page goes, taken out as it comes.

use super::{clock, listen::Listener, window};
use chrono::{DateTime, Duration};

const KEY: &str = "portal.pass";
/// What is older has been left lying: the tab was closed, and is opened again by somebody.
const LIFE: Duration = Duration::seconds(60);

/// Takes out what this tab put there before it was loaded again, if that is less than a minute ago.
#[must_use]
pub fn take() -> Option<String> {
    let storage = storage()?;
    let kept = storage.get_item(KEY).ok()??;
    let _ = storage.remove_item(KEY); // refused now, but then it was refused when it was set
    let (at, secret) = kept.split_once(' ')?;
    let age = clock::now() - DateTime::from_timestamp_millis(at.parse().ok()?)?;
    (Duration::zero()..LIFE).contains(&age).then(|| secret.to_owned())
}

/// Puts it there.
pub fn put(secret: &str) {
    if let Some(storage) = storage() {
        // Refused: then the page asks the server again.
        let _ = storage.set_item(KEY, &format!("{} {secret}", clock::now().timestamp_millis()));
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
