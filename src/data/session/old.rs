//! What versions that did not encrypt left on this device: read once, then encrypted or dropped.

use super::{KNOWN, Snapshot, enter, remember, resume};
use crate::{
    browser::{Task, clock, online, prefs},
    data::{
        cache::{Cache, DRAFT, from_json},
        drafts,
        vault::Key,
    },
    state::{
        app::{Account, App},
        draft::Draft,
        idle::{self, Stage},
    },
};
use contract::auth::{Device, Who};
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
        for (row, text) in old_drafts(cache).await {
            if let Ok(draft) = from_json::<Draft>(&row, &text)
                && draft.learner == who.learner
            {
                let Ok(name) = drafts::row(key, &draft.assignment).await else { return };
                // One that is there already was written later.
                let later = matches!(cache.get(&name).await, Ok(Some(_)));
                if !later && key.write(cache, &name, &draft).await.is_err() {
                    return; // nothing is lost: another time
                }
            }
        }
        drop_all(cache).await;
    })
}

fn drop_all<'a>(cache: &'a Cache) -> Task<'a, ()> {
    Box::pin(async move {
        let drafts = old_drafts(cache).await;
        let mut rows: Vec<&str> = drafts.iter().map(|(row, _)| row.as_str()).collect();
        rows.extend([SNAPSHOT, TOUCHED]);
        let _ = cache.forget(&rows).await;
    })
}

/// Their names were `draft.LEARNER.ASSIGNMENT`.
fn old_drafts<'a>(cache: &'a Cache) -> Task<'a, Vec<(String, String)>> {
    Box::pin(async move {
        let mut rows = cache.rows(DRAFT).await.unwrap_or_default();
        rows.retain(|(row, _)| row[DRAFT.len()..].contains('.'));
        rows
    })
}
