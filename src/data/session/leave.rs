//! Leaving: what a learner had on the screen and in memory goes at once, whatever the network does.

use super::{KNOWN, REVOKE, WHO, old, revocation_is_due, sitting};
use crate::{
    browser::{Task, prefs},
    data::{api::Fault, outbox::Way, unsent, vault::Key},
    state::app::{Account, App, Link},
};
use contract::{
    auth::{Device, Who},
    delta::Records,
};

/// Signs out: wipes this device at once, and tells the server now or, without a connection, at the next chance.
pub async fn sign_out(app: App) {
    let cache = app.cache();
    let key = app.key.get_value();
    show(app, Account::Left);
    prefs::remove(prefs::SIGNED_IN);
    let _ = cache.wipe(key.as_ref().map(Key::as_str).unwrap_or_default()).await;
    let _ = cache.write(REVOKE, &true).await;
    revoke_if_due(app).await;
    unsent::look_again(app).await;
}

/// Locks: nothing of the learner can be read until they sign in again, and the session ends. Drafts stay, encrypted, and on their
/// own device what they last knew; on a shared computer that goes.
pub async fn lock(app: App) {
    let device = app.who().map_or(Device::Shared, |who| who.device);
    close(app, Account::Locked, device).await;
    revoke_if_due(app).await;
}

/// The server says that the session is over. On a shared computer the records go at once; what was written stays, encrypted, until
/// the same learner is back.
pub async fn ended(app: App, who: Who) {
    // What is left of who they were is what their own device may show again.
    let own = who.device == Device::Own;
    let learner = if own { who.learner.clone() } else { Default::default() };
    let scrubbed = Who {
        learner,
        name: String::new(),
        sealing: None,
        inflates: false,
        upload_token: None,
        device_key: None,
        reading_key: None,
        ..who
    };
    if own {
        prefs::remove(prefs::SIGNED_IN);
        app.link.set(Link::Unknown);
        app.account.set(Account::Ended(scrubbed));
    } else {
        leave_for(app, Account::Ended(scrubbed), Device::Shared).await;
    }
}

/// Leaves; the session on the server ends with the next round.
pub(super) fn close(app: App, account: Account, device: Device) -> Task<'static, ()> {
    Box::pin(async move {
        leave_for(app, account, device).await;
        let _ = app.cache().write(REVOKE, &true).await;
    })
}

/// Leaves nothing to read. Drafts stay, encrypted.
pub(super) fn leave_for(app: App, account: Account, device: Device) -> Task<'static, ()> {
    Box::pin(async move {
        show(app, account);
        prefs::remove(prefs::SIGNED_IN);
        let cache = app.cache();
        let _ = match device {
            Device::Own => cache.forget(&[WHO]).await,
            Device::Shared => cache.forget(&[KNOWN, WHO, old::SNAPSHOT]).await,
        };
        unsent::look_again(app).await;
    })
}

/// Ends a session on the server that a sign-out without a connection left open.
pub fn revoke_if_due(app: App) -> Task<'static, ()> {
    Box::pin(async move {
        let cache = app.cache();
        if revocation_is_due(&cache).await && matches!(app.api().sign_out().await, Ok(()) | Err(Fault::SignedOut)) {
            let _ = cache.forget(&[REVOKE]).await;
        }
    })
}

/// Whether nobody else has signed in or out on this device since this tab's learner did. The cookie is one for all tabs: without
/// this, one learner's tab would go on with another's.
#[must_use]
pub fn still_sits_here(app: App) -> bool {
    prefs::get(prefs::SIGNED_IN) == app.sitting.get_value()
}

/// Whether this learner still is signed in.
#[must_use]
pub fn is_signed_in(app: App, who: &Who) -> bool {
    leave_if_another_sits_here(app);
    matches!(app.account.get_untracked(), Account::In(now) if now.learner == who.learner)
}

/// Shows nothing more of a learner who has signed out in another tab, or whose place another has taken. What that tab wiped is
/// not wiped twice.
pub fn leave_if_another_sits_here(app: App) {
    if matches!(app.account.get_untracked(), Account::In(_)) && !still_sits_here(app) {
        show(app, Account::Left);
    }
}

/// Shows somebody else, or nobody: all that was a learner's goes from memory.
fn show(app: App, account: Account) {
    app.account.set(account);
    app.key.set_value(None);
    forget(app);
    sitting::rise();
    app.idle_warning.set(false);
    app.gaps.set(0);
    app.say.set(String::new());
    app.outbox.update(|items| {
        items.retain(|item| item.way != Way::Arrived);
        items.iter_mut().for_each(crate::data::outbox::Item::forget_whose);
    });
}

/// Forgets what the provider has told, and up to where; and what was being written.
pub(super) fn forget(app: App) {
    app.cursor.set_value(None);
    app.records.set(Records::default());
    app.drafts.set(Vec::new());
    app.link.set(Link::Unknown);
}
