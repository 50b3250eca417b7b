//! Whether anybody is there.

use super::{clock, listen::Listener, window};
use chrono::{DateTime, Duration, Utc};
use std::cell::Cell;

/// Calls back when the page is touched, typed into or scrolled, every ten seconds at most, until the guard is dropped.
#[must_use = "it stops listening when it is dropped"]
pub fn on_touch(callback: impl Fn(DateTime<Utc>) + Clone + 'static) -> Vec<Listener> {
    let Some(window) = window() else { return Vec::new() };
    let last = std::rc::Rc::new(Cell::new(DateTime::UNIX_EPOCH));
    ["pointerdown", "keydown", "wheel", "touchmove"]
        .into_iter()
        .map(|event| {
            let (callback, last) = (callback.clone(), last.clone());
            Listener::new(&window, event, move |_| {
                let now = clock::now();
                if (now - last.get()).abs() > Duration::seconds(10) {
                    last.set(now);
                    callback(now);
                }
            })
        })
        .collect()
}
