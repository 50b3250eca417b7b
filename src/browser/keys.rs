//! Keys that do something on a page.

use super::{listen::Listener, window};
use std::cell::Cell;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// Calls back when Shift has been pressed three times with no other key between, each within half a second of the last, until
/// the guard is dropped.
#[must_use = "it stops listening when it is dropped"]
pub fn on_shift_thrice(callback: impl Fn() + 'static) -> Option<Listener> {
    let pressed = Cell::new((0u32, f64::MIN));
    Some(Listener::new(window()?.as_ref(), "keydown", move |event| {
        let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
        if key.repeat() {
            return;
        }
        let (count, last) = pressed.get();
        let now = event.time_stamp();
        let count = match key.key() == "Shift" {
            true if now - last < 500.0 => count + 1,
            true => 1,
            false => 0,
        };
        pressed.set((count % 3, now));
        if count == 3 {
            callback();
        }
    }))
}
