//! What this browser can promise, found out by asking it.

use super::{property, window};

/// Whether it can be told to write to the disk before it says that something is kept.
#[must_use]
pub fn writes_at_once() -> bool {
    property(&js_sys::global(), "IDBTransaction")
        .and_then(|class| property(&class, "prototype"))
        .is_some_and(|prototype| js_sys::Reflect::has(&prototype, &"durability".into()).unwrap_or(false))
}

/// Whether one tab can know that another is at work (Web Locks).
#[must_use]
pub fn knows_other_tabs() -> bool {
    window().is_some_and(|window| property(&window.navigator(), "locks").is_some())
}
