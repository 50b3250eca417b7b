//! From opening the app to signing out: what is read from this device, and what is wiped from it.

mod leave;
pub mod old;
mod sitting;

use super::{
    api::{self, Fault},
    cache::{Cache, StorageFault},
    drafts, outbox, sync, unsent,
    vault::{DEVICE_KEY, Key},
};
use crate::{
    browser::{Task, clock, locks, online, pass, prefs, uuid},
    state::{
        app::{Account, App, Link},
        idle::{self, Stage},
    },
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    auth::{Device, SignIn, Who},
    delta::Records,
};

pub use leave::{ended, is_signed_in, leave_if_another_sits_here, lock, revoke_if_due, sign_out, still_sits_here};
pub use sitting::{page_is_back, page_leaves, stay, touched, watch};

/// What the app knows of a learner, in one row of the cache, so that it is all of one moment.
pub struct Snapshot {
    pub who: Who,
    pub cursor: Option<String>,
    pub records: Records,
    pub clock_offset_ms: Option<i64>,
    /// When the server was last reached, by the device's clock.
    pub reached_at: DateTime<Utc>,
    /// Kept by a version that keeps records of every kind. One before it passed over the later kinds, so its cursor is none of ours.
    pub all_kinds: bool,
}

contract::wire_struct!(Snapshot { who, cursor, records, clock_offset_ms, reached_at, all_kinds });

/// The snapshot, encrypted.
const KNOWN: &str = "known";
/// On a learner's own device: who is signed in, with the key to the rest. 'Lock' forgets it.
const WHO: &str = "device.who";
/// The session that a sign-out could not end on the server, because it was not reached.
const REVOKE: &str = "device.revoke";
const LESS_DATA: &str = "portal.less-data";
/// Milliseconds that the first page waits for the server to say who is signed in.
const PATIENCE: u32 = 4_000;

/// Fills the state from this device. Needs no network; with one, a further tab of a shared computer asks who is signed in.
pub async fn open(app: App) {
    let cache = app.cache();
    app.less_data.set(prefs::get(LESS_DATA).is_some());
    app.evicted.set(outbox::was_cleared(&cache).await);
    let pass = pass::take();
    let loaded_again = pass.is_some();
    let pass = match pass {
        Some(pass) => pass.secret().await.map(Key::new),
        None => None,
    };
    if revocation_is_due(&cache).await {
        // Signed out, or locked: nobody opens it again.
    } else if let Ok(Some(who)) = cache.read::<Who>(WHO).await {
        let key = Key::of(&cache, &who).await;
        enter(app, who, key).await;
    } else if let Some(snapshot) = old::snapshot(&cache).await {
        old::open(app, snapshot).await;
    } else if let Some((key, snapshot)) = read_with(&cache, pass).await {
        let touched = sitting::last_touch(app);
        app.touched.set(touched);
        if idle::stage(touched, clock::now()) == Stage::Lock {
            leave::close(app, Account::Locked, snapshot.who.device).await;
        } else {
            enter(app, snapshot.who, Some(key)).await;
        }
    } else if prefs::get(prefs::SIGNED_IN).is_some() {
        if !loaded_again && locks::is_held(sitting::LOCK).await == Some(false) {
            // The last tab was closed: whoever opens this one may be anybody.
            leave::close(app, Account::Nobody, Device::Shared).await;
        } else if online::is_online() {
            resume(app, PATIENCE).await;
        }
    }
    if !matches!(app.account.get_untracked(), Account::In(_)) {
        unsent::look_again(app).await;
    }
}

/// What is kept here, with the key that this tab had before it was loaded again.
fn read_with<'a>(cache: &'a Cache, key: Option<Key>) -> Task<'a, Option<(Key, Snapshot)>> {
    Box::pin(async move {
        let key = key?;
        let snapshot = key.read::<Snapshot>(cache, KNOWN).await?;
        Some((key, snapshot))
    })
}

/// Keeps what the app now knows of the learner.
///
/// # Errors
/// When this device keeps nothing, or is full: the app goes on with what is in memory.
pub fn keep(app: App, who: Who) -> Task<'static, Result<(), StorageFault>> {
    Box::pin(async move {
        let key = app.key.get_value().ok_or(StorageFault::Unavailable)?;
        let snapshot = Snapshot {
            who,
            cursor: app.cursor.get_value(),
            records: app.records.get_untracked(),
            clock_offset_ms: app.clock_offset_ms.get_untracked(),
            reached_at: clock::now(),
            all_kinds: true,
        };
        key.write(&app.cache(), KNOWN, &snapshot).await
    })
}

/// Signs in. What others left on this device stays unreadable; what they signed goes its way.
///
/// # Errors
/// As the API says; nothing has changed then.
pub async fn sign_in(app: App, request: &SignIn) -> Result<(), Fault> {
    let who = app.api().sign_in(request).await?;
    prefs::set(prefs::SIGNED_IN, &uuid::random().unwrap_or_default());
    let _ = app.cache().forget(&[REVOKE]).await;
    welcome(app, who).await;
    sync::kick(app);
    Ok(())
}

/// Asks the server who is signed in, where this page does not know but somebody may be: another tab of a shared computer, or one
/// that has forgotten its key. `patience`: milliseconds.
pub fn resume(app: App, patience: u32) -> Task<'static, ()> {
    Box::pin(async move {
        let nobody =
            || matches!(app.account.get_untracked(), Account::Nobody) && prefs::get(prefs::SIGNED_IN).is_some();
        if !nobody() || revocation_is_due(&app.cache()).await {
            return;
        }
        match app.api().session(patience).await {
            Ok(who) if nobody() => welcome(app, who).await,
            Err(Fault::SignedOut) if nobody() => leave::leave_for(app, Account::Nobody, Device::Shared).await,
            _ => {}
        }
    })
}

/// On their own device: asks for what the server gives with a session, where it is missing or a week old.
pub fn refresh<'a>(app: App, who: &'a Who) -> Task<'a, ()> {
    Box::pin(async move {
        let fresh = who.sealing.is_some()
            && who.upload_token.is_some()
            && who.device_key.is_some()
            // By the server's clock, as far as it is known: a device whose own is wrong would ask at each visit.
            && (app.now.get_untracked() - who.server_time).abs() < Duration::weeks(1);
        if fresh || who.device != Device::Own || app.refreshed.get_value() {
            return;
        }
        let Ok(now) = app.api().session(api::PATIENCE).await else { return };
        let same = matches!(app.account.get_untracked(), Account::In(who) if who.learner == now.learner);
        if !same || !still_sits_here(app) {
            return;
        }
        app.refreshed.set_value(true);
        let cache = app.cache();
        let before = app.key.get_value();
        let key = Key::of(&cache, &now).await;
        if let (Some(before), Some(key)) = (&before, &key)
            && before != key
        {
            outbox::hand_over(&cache, before, key).await;
            app.key.set_value(Some(key.clone()));
            let _ = keep(app, now.clone()).await;
        }
        remember(&cache, &now).await;
        app.account.set(Account::In(now));
    })
}

/// Shows whom the server has named.
fn welcome(app: App, who: Who) -> Task<'static, ()> {
    Box::pin(async move {
        let cache = app.cache();
        let known = cache.read::<Who>(WHO).await.ok().flatten().is_some_and(|before| before.learner == who.learner);
        let own = if known { cache.read::<String>(DEVICE_KEY).await.ok().flatten().map(Key::new) } else { None };
        let key = Key::of(&cache, &who).await;
        // What was kept under this device's own key, while the server had given none.
        if let (Some(own), Some(key)) = (&own, &key)
            && own != key
        {
            outbox::hand_over(&cache, own, key).await;
        }
        if key.is_some() {
            old::adopt(&cache, &who.learner, key.as_ref()).await;
        }
        remember(&cache, &who).await;
        let _ = outbox::retry_those_that_need_their_learner(&cache).await;
        app.server_time_is(who.server_time);
        touched(app, clock::now());
        enter(app, who.clone(), key).await;
        let _ = keep(app, who).await;
    })
}

/// On their own device the app opens without asking the server.
fn remember<'a>(cache: &'a Cache, who: &'a Who) -> Task<'a, ()> {
    Box::pin(async move {
        // Refused: then it asks.
        let _ = match who.device {
            Device::Own => cache.write(WHO, who).await,
            Device::Shared => cache.forget(&[WHO, DEVICE_KEY]).await,
        };
    })
}

/// Shows a learner's own.
fn enter(app: App, who: Who, key: Option<Key>) -> Task<'static, ()> {
    Box::pin(async move {
        let cache = app.cache();
        leave::forget(app);
        if let Some(key) = &key {
            if let Some(known) = key.read::<Snapshot>(&cache, KNOWN).await.filter(|s| s.who.learner == who.learner) {
                app.records.set(known.records);
                app.cursor.set_value(known.cursor.filter(|_| known.all_kinds));
                app.link.set(Link::UpToDate(known.reached_at));
                if app.clock_offset_ms.get_untracked().is_none() {
                    app.clock_offset_ms.set(known.clock_offset_ms);
                    app.tick();
                }
            }
            app.drafts.set(drafts::all(&cache, key, &who.learner).await);
        }
        app.key.set_value(key);
        app.sitting.set_value(prefs::get(prefs::SIGNED_IN));
        unsent::look_again(app).await;
        match who.device {
            Device::Shared => sitting::sit().await,
            Device::Own => wasm_bindgen_futures::spawn_local(sitting::sit()),
        }
        app.account.set(Account::In(who));
        // The learner need not wait for that.
        wasm_bindgen_futures::spawn_local(async move {
            let _ = outbox::tidy(&cache, &app.received()).await;
        });
    })
}

async fn revocation_is_due(cache: &Cache) -> bool {
    cache.read::<bool>(REVOKE).await.ok().flatten() == Some(true)
}

/// Asks for news only when the learner does.
pub fn use_less_data(app: App, less: bool) {
    if less {
        prefs::set(LESS_DATA, "1");
    } else {
        prefs::remove(LESS_DATA);
    }
    app.less_data.set(less);
    sync::kick(app);
}
