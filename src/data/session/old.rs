//! What versions that did not encrypt left on this device: read once, then encrypted or dropped.

use super::{KNOWN, Snapshot, enter, remember, resume};
use crate::{
    browser::{Task, clock, online, prefs},
    data::{cache::Cache, vault::Key},
    state::{
        app::{Account, App},
        idle::{self, Stage},
    },
};
use contract::{auth::Device, ids::LearnerId};

pub(super) const SNAPSHOT: &str = "snapshot";

/// The snapshot as it was kept then.
pub(super) fn snapshot<'a>(cache: &'a Cache) -> Task<'a, Option<Snapshot>> {
    Box::pin(async move { cache.read(SNAPSHOT).await.ok().flatten() })
}

/// Opens with it: a learner's own device as it did then, a shared computer with the server's word that the session lives.
pub(super) fn open(app: App, snapshot: Snapshot) -> Task<'static, ()> {
    Box::pin(async move {
        let cache = app.cache();
        let who = snapshot.who.clone();
        if who.device == Device::Own {
            let key = Key::of(&cache, &who).await;
            if let Some(key) = &key
                && key.write(&cache, KNOWN, &snapshot).await.is_err()
            {
                return; // as it was; another time
            }
            adopt(&cache, &who.learner, key.as_ref()).await;
            remember(&cache, &who).await;
            enter(app, who, key).await;
            return;
        }
        if prefs::get(prefs::SIGNED_IN).is_some()
            && online::is_online()
            && idle::stage(snapshot.reached_at, clock::now()) != Stage::Lock
        {
            resume(app, super::PATIENCE).await;
        }
        if !matches!(app.account.get_untracked(), Account::In(_)) {
            // Nobody has the key: on a shared computer nothing readable stays.
            adopt(&cache, &who.learner, None).await;
        }
    })
}

/// Encrypts this learner's drafts and drops what else is plain; without a key, all of it. Where that fails nothing is lost: another
/// time.
pub async fn adopt(cache: &Cache, learner: &LearnerId, key: Option<&Key>) {
    let _ = cache.ask("adopt", &[key.map(Key::as_str).unwrap_or_default(), learner.as_str()]).await;
}
