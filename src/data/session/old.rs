//! What versions that did not encrypt left on this device: read once, then encrypted or dropped.

use super::{KNOWN, Snapshot, enter, remember, resume};
use crate::{
    browser::{Task, clock, online, prefs},
    data::{cache::Cache, drafts, vault::Key},
    state::{
        app::{Account, App},
        draft::Draft,
        idle::{self, Stage},
    },
};
use contract::{
    auth::{Device, Who},
    json::from_json,
};
use leptos::prelude::*;

pub(super) const SNAPSHOT: &str = "snapshot";
const TOUCHED: &str = "touched";

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
            adopt(&cache, &who, key.as_ref()).await;
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
            drop_all(&cache).await;
        }
    })
}

/// Encrypts this learner's drafts and drops what else is plain.
pub(super) fn adopt<'a>(cache: &'a Cache, who: &'a Who, key: Option<&'a Key>) -> Task<'a, ()> {
    Box::pin(async move {
        let Some(key) = key else { return };
        for text in old_drafts(cache).await.chunks_exact(2).map(|row| &row[1]) {
            if let Ok(draft) = from_json::<Draft>(text)
                && draft.learner == who.learner
            {
                // One that is there already was written later.
                let Some(row) = drafts::row(cache, key, &draft.assignment).await else { return };
                let later = matches!(cache.ask("get", &[&row]).await, Ok(answer) if answer.text().is_some());
                if !later && drafts::keep(cache, key, &draft).await.is_err() {
                    return; // nothing is lost: another time
                }
            }
        }
        drop_all(cache).await;
    })
}

fn drop_all(cache: &Cache) -> Task<'_, ()> {
    Box::pin(async move {
        let drafts = old_drafts(cache).await;
        let mut rows: Vec<&str> = drafts.iter().step_by(2).map(String::as_str).collect();
        rows.extend([SNAPSHOT, TOUCHED]);
        let _ = cache.forget(&rows).await;
    })
}

/// A name and a text each.
async fn old_drafts(cache: &Cache) -> Vec<String> {
    cache.ask("oldDrafts", &[]).await.map(|answer| answer.texts()).unwrap_or_default()
}
