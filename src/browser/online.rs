//! Whether there may be a network, and whether anyone is looking.

use super::{document, listen::Listener, property, window};
use std::rc::Rc;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The device has a network; whether the portal can be reached is another matter.
    Online,
    /// The device has none.
    Offline,
    /// The page has come to the front.
    Shown,
    /// The page has gone to the back, or is about to be closed.
    Hidden,
}

/// `false` is certain; `true` is a hope.
#[must_use]
pub fn is_online() -> bool {
    window().is_none_or(|window| window.navigator().on_line())
}

/// Whether the learner has told the browser to save data. Not every browser says.
#[must_use]
pub fn saves_data() -> bool {
    let asked = || property(&property(&window()?.navigator(), "connection")?, "saveData");
    asked().is_some_and(|saves| saves.is_truthy())
}

/// Whether the page can be seen.
#[must_use]
pub fn is_shown() -> bool {
    document().is_none_or(|document| !document.hidden())
}

/// Calls back at each turn, until the guard is dropped.
#[must_use = "it stops listening when it is dropped"]
pub fn on_turn(callback: impl Fn(Turn) + 'static) -> Vec<Listener> {
    let callback = Rc::new(callback);
    let mut guards = Vec::with_capacity(3);
    if let Some(window) = window() {
        let (online, offline) = (callback.clone(), callback.clone());
        guards.push(Listener::new(&window, "online", move |_| online(Turn::Online)));
        guards.push(Listener::new(&window, "offline", move |_| offline(Turn::Offline)));
    }
    if let Some(document) = document() {
        let turn = || if is_shown() { Turn::Shown } else { Turn::Hidden };
        guards.push(Listener::new(&document, "visibilitychange", move |_| callback(turn())));
    }
    guards
}
