//! Unfinished declarations and requests on this device, a row each, encrypted. Nothing private is kept before it is sent.

use super::{
    cache::{Cache, StorageFault},
    vault::Key,
};
use crate::{
    browser::Task,
    state::{app::App, asking::AskDraft, draft::Draft, unfinished::Unfinished},
};
use contract::{
    ids::{AssignmentId, LearnerId},
    json::{from_json, to_json},
};

/// All drafts of this learner. Those of others, which cannot be read, stay where they are, for some weeks.
pub async fn all(cache: &Cache, key: &Key, learner: &LearnerId) -> Vec<Unfinished> {
    let Ok(drafts) = cache.ask("drafts", &[key.as_str()]).await else { return Vec::new() };
    let drafts = drafts.texts().into_iter().filter_map(Unfinished::read);
    drafts.filter(|draft| draft.learner == *learner).collect()
}

/// Takes a draft away that has been signed. The signing did so itself; this is for a save that was on its way meanwhile.
pub async fn discard(app: App, assignment: &AssignmentId) {
    app.drafts.update(|drafts| drafts.retain(|d| d.assignment != *assignment));
    if let Some(key) = app.key.get_value() {
        // What is left of it is harmless: it is signed as another attempt, if ever.
        let _ = app.cache().ask("dropDraft", &[key.as_str(), assignment.as_str()]).await;
    }
}

/// Puts a draft into the state.
pub fn put(app: App, draft: &Draft) {
    app.drafts.update(|drafts| {
        drafts.retain(|d| d.assignment != draft.assignment);
        drafts.push(Unfinished::of(draft));
    });
}

/// Keeps a draft of whoever is signed in.
///
/// # Errors
/// When this device keeps nothing or is full.
pub async fn write(app: App, draft: &Draft) -> Result<(), StorageFault> {
    let key = app.key.get_value().ok_or(StorageFault::Unavailable)?;
    keep(&app.cache(), &key, draft).await
}

/// Keeps a draft on this device. Saves are done in the order in which they were begun.
///
/// # Errors
/// [`StorageFault`].
pub async fn keep(cache: &Cache, key: &Key, draft: &Draft) -> Result<(), StorageFault> {
    let args = [key.as_str(), draft.assignment.as_str(), &to_json(draft)];
    cache.ask("keepDraft", &args).await.map(drop)
}

/// A request that is being written, by the name of its row.
pub fn ask(app: App, name: &AssignmentId) -> Task<'_, Option<AskDraft>> {
    Box::pin(async move {
        let key = app.key.get_value()?;
        let drafts = app.cache().ask("drafts", &[key.as_str()]).await.ok()?.texts();
        drafts.into_iter().filter_map(|json| from_json::<AskDraft>(&json).ok()).find(|draft| draft.assignment == *name)
    })
}

/// Keeps a request that is being written; on a device that keeps nothing, nothing happens.
pub fn keep_ask(app: App, draft: &AskDraft) -> Task<'_, ()> {
    Box::pin(async move {
        if let Some(key) = app.key.get_value() {
            let args = [key.as_str(), draft.assignment.as_str(), &to_json(draft)];
            let _ = app.cache().ask("keepDraft", &args).await; // full: it is said when it is sent
        }
    })
}
