//! From opening the app to signing out: what is read from this device, and what is wiped from it.

use super::{
    api::Fault,
    cache::{Cache, StorageFault},
    drafts, outbox, sync,
};
use crate::{
    browser::{clock, prefs, storage, uuid},
    state::app::{Account, App, Link},
};
use chrono::{DateTime, Duration, Utc};
use contract::{
    auth::{Device, SignIn, Who},
    delta::Records,
};
use leptos::prelude::*;

/// What the app knows of a learner, in one row of the cache, so that it is all of one moment.
pub struct Snapshot {
    pub who: Who,
    pub cursor: Option<String>,
    pub records: Records,
    pub clock_offset_ms: Option<i64>,
    /// When the server was last reached, by the device's clock.
    pub reached_at: DateTime<Utc>,
}

contract::wire_struct!(Snapshot { who, cursor, records, clock_offset_ms, reached_at });

const SNAPSHOT: &str = "snapshot";
/// When somebody last touched the page, by the device's clock.
const TOUCHED: &str = "touched";
/// The session that a sign-out could not end on the server, because it was not reached.
const REVOKE: &str = "device.revoke";
const LESS_DATA: &str = "portal.less-data";
/// On a shared computer nothing opens again when the page has been left for this long, connection or not.
const SHARED_IDLE: Duration = Duration::minutes(10);

/// Fills the state from this device. Needs no network.
pub async fn open(app: App) {
    let cache = app.cache();
    app.less_data.set(prefs::get(LESS_DATA).is_some());
    app.outbox.set(outbox::all(&cache).await.unwrap_or_default());
    let Ok(Some(snapshot)) = cache.read::<Snapshot>(SNAPSHOT).await else { return };
    let touched = cache.read::<DateTime<Utc>>(TOUCHED).await.ok().flatten();
    let idle = clock::now() - snapshot.reached_at.max(touched.unwrap_or(snapshot.reached_at));
    if snapshot.who.device == Device::Shared && !(Duration::zero()..SHARED_IDLE).contains(&idle.abs()) {
        forget_records(&cache).await;
        app.account.set(Account::Ended(snapshot.who));
        return;
    }
    app.sitting.set_value(prefs::get(prefs::SIGNED_IN));
    app.drafts.set(drafts::all(&cache, &snapshot.who.learner).await);
    app.clock_offset_ms.set(snapshot.clock_offset_ms);
    app.tick();
    app.records.set(snapshot.records);
    app.cursor.set_value(snapshot.cursor);
    app.link.set(Link::UpToDate(snapshot.reached_at));
    app.account.set(Account::In(snapshot.who));
}

/// Keeps what the app now knows of the learner.
///
/// # Errors
/// When this device keeps nothing, or is full: the app goes on with what is in memory.
pub async fn keep(app: App, who: Who) -> Result<(), StorageFault> {
    let snapshot = Snapshot {
        who,
        cursor: app.cursor.get_value(),
        records: app.records.get_untracked(),
        clock_offset_ms: app.clock_offset_ms.get_untracked(),
        reached_at: clock::now(),
    };
    app.cache().write(SNAPSHOT, &snapshot).await
}

/// Signs in, and wipes what another learner left on this device, but for what they signed.
///
/// # Errors
/// As the API says; nothing has changed then.
pub async fn sign_in(app: App, request: &SignIn) -> Result<(), Fault> {
    let who = app.api().sign_in(request).await?;
    let cache = app.cache();
    let before = cache.read::<Snapshot>(SNAPSHOT).await.ok().flatten();
    let same = before.as_ref().is_some_and(|s| s.who.learner == who.learner);
    let returning = matches!(app.account.get_untracked(), Account::Ended(w) if w.learner == who.learner);
    let _ = cache.forget(&[REVOKE]).await;
    if !same {
        forget(app);
        if !returning {
            drafts::forget_others(&cache, &who.learner).await;
        }
        let _ = cache.forget(&[SNAPSHOT]).await;
    }
    app.server_time_is(who.server_time);
    let _ = keep(app, who.clone()).await;
    app.drafts.set(drafts::all(&cache, &who.learner).await);
    app.outbox.set(outbox::all(&cache).await.unwrap_or_default());
    prefs::set(prefs::SIGNED_IN, &uuid::random().unwrap_or_default());
    app.sitting.set_value(prefs::get(prefs::SIGNED_IN));
    if who.device == Device::Own {
        storage::persist().await;
    }
    app.account.set(Account::In(who));
    sync::kick(app);
    Ok(())
}

/// Signs out: wipes this device at once, and tells the server now or, without a connection, at the next chance.
pub async fn sign_out(app: App) {
    let cache = app.cache();
    show_nobody(app);
    prefs::remove(prefs::SIGNED_IN);
    let _ = cache.wipe().await;
    let _ = cache.write(REVOKE, &true).await;
    revoke_if_due(app).await;
}

/// Whether nobody else has signed in or out on this device since this tab's learner did. The cookie is one for all tabs: without
/// this, one learner's tab would go on with another's.
#[must_use]
pub fn still_sits_here(app: App) -> bool {
    prefs::get(prefs::SIGNED_IN) == app.sitting.get_value()
}

/// Shows nothing more of a learner who has signed out in another tab, or whose place another has taken. What that tab wiped is
/// not wiped twice.
pub fn leave_if_another_sits_here(app: App) {
    if matches!(app.account.get_untracked(), Account::In(_)) && !still_sits_here(app) {
        show_nobody(app);
    }
}

fn show_nobody(app: App) {
    app.account.set(Account::Left);
    forget(app);
    app.drafts.set(Vec::new());
    app.link.set(Link::Unknown);
}

/// Forgets what the provider has told, and up to where.
fn forget(app: App) {
    app.cursor.set_value(None);
    app.records.set(Records::default());
}

/// Ends a session on the server that a sign-out without a connection left open.
pub async fn revoke_if_due(app: App) {
    let cache = app.cache();
    if cache.read::<bool>(REVOKE).await.ok().flatten() == Some(true)
        && matches!(app.api().sign_out().await, Ok(()) | Err(Fault::SignedOut))
    {
        let _ = cache.forget(&[REVOKE]).await;
    }
}

/// Somebody is there. It is kept, so that a page which is opened again without a connection knows how long it was left.
pub fn touched(app: App, at: DateTime<Utc>) {
    app.touched.set(at);
    if matches!(app.account.get_untracked(), Account::In(_)) {
        leptos::task::spawn_local(async move {
            // Without it the page closes sooner than it need.
            let _ = app.cache().write(TOUCHED, &at).await;
        });
    }
}

/// The server says that the session is over. On a shared computer the records go at once; what was written stays until the
/// same learner is back.
pub async fn ended(app: App, who: Who) {
    prefs::remove(prefs::SIGNED_IN);
    if who.device == Device::Shared {
        forget_records(&app.cache()).await;
        forget(app);
    }
    app.link.set(Link::Unknown);
    app.account.set(Account::Ended(who));
}

async fn forget_records(cache: &Cache) {
    prefs::remove(prefs::SIGNED_IN);
    let _ = cache.forget(&[SNAPSHOT]).await;
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
