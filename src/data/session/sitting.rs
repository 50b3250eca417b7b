//! Who sits here: the tabs that are open, and how long nobody has touched them.

use super::lock;
use crate::{
    browser::{
        clock,
        locks::{self, Held, Mode},
        pass, prefs,
    },
    data::sync,
    state::{
        app::{Account, App},
        idle::{self, Stage},
    },
};
use chrono::{DateTime, Utc};
use contract::auth::Device;
use std::cell::RefCell;

/// Each tab holds it while somebody is signed in: where nobody does, the last tab was closed.
pub(super) const LOCK: &str = "portal-sitting";
/// When somebody last touched any tab, in milliseconds by the device's clock. It names nobody.
const TOUCHED: &str = "portal.touched";

thread_local! {
    static SITTING: RefCell<Option<Held>> = const { RefCell::new(None) };
}

/// Somebody is there, in any tab; they keep the session going unless the time is over already.
pub fn touched(app: App, at: DateTime<Utc>) {
    // A laptop that slept: whoever opens it may be somebody else.
    if is_shared(app) && idle::stage(last_touch(app), at) == Stage::Lock {
        watch(app);
        return;
    }
    app.touched.set(at);
    prefs::set(TOUCHED, &at.timestamp_millis().to_string());
    app.idle_warning.set(false);
}

/// 'Stay signed in'.
pub fn stay(app: App) {
    touched(app, clock::now());
    sync::kick(app);
}

/// Warns, or locks, when a shared computer has been left. To be called at every chance: time may have passed that no timer saw.
pub fn watch(app: App) {
    if !is_shared(app) {
        app.idle_warning.set(false);
        return;
    }
    let touched = last_touch(app);
    app.touched.set(touched);
    match idle::stage(touched, clock::now()) {
        Stage::Here => app.idle_warning.set(false),
        Stage::Warn => app.idle_warning.set(true),
        Stage::Lock => wasm_bindgen_futures::spawn_local(lock(app)),
    }
}

/// The page goes: what it needs if it is only loaded again stays for a minute.
pub fn page_leaves(app: App) {
    if let Some(key) = app.key.get_value() {
        pass::put(key.as_str());
    }
    rise();
}

/// The page is back as it was left, from the browser's memory of pages.
pub fn page_is_back(app: App) {
    if let Some(pass) = pass::take() {
        // Its secret is in this page already: the worker need not have it any longer.
        wasm_bindgen_futures::spawn_local(async move {
            pass.secret().await;
        });
    }
    super::leave_if_another_sits_here(app);
    watch(app);
    if matches!(app.account.get_untracked(), Account::In(_)) {
        wasm_bindgen_futures::spawn_local(sit());
    }
}

/// When any tab was last touched.
pub(super) fn last_touch(app: App) -> DateTime<Utc> {
    let kept = prefs::get(TOUCHED).and_then(|text| DateTime::from_timestamp_millis(text.parse().ok()?));
    // Where nothing is kept, this tab's own.
    kept.unwrap_or_else(|| app.touched.get_untracked())
}

pub(super) async fn sit() {
    let held = locks::take(LOCK, Mode::Shared).await;
    SITTING.with(|sitting| sitting.replace(held));
}

pub(super) fn rise() {
    SITTING.with(|sitting| sitting.take());
}

fn is_shared(app: App) -> bool {
    matches!(app.account.get_untracked(), Account::In(who) if who.device == Device::Shared)
}
