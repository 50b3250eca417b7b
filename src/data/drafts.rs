//! Unfinished declarations on this device, a row each.

use super::cache::{Cache, StorageFault};
use crate::state::{app::App, draft::Draft};
use contract::ids::{AssignmentId, LearnerId};
use leptos::prelude::*;

const PREFIX: &str = "draft.";

/// The row of one learner's draft for one piece of work.
#[must_use]
pub fn key(learner: &LearnerId, assignment: &AssignmentId) -> String {
    format!("{PREFIX}{learner}.{assignment}")
}

/// All drafts of this learner; one that this version cannot read is left where it is.
pub async fn all(cache: &Cache, learner: &LearnerId) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for key in cache.keys(PREFIX).await.unwrap_or_default() {
        if let Ok(Some(draft)) = cache.read::<Draft>(&key).await
            && draft.learner == *learner
        {
            drafts.push(draft);
        }
    }
    drafts
}

/// Deletes the drafts of everybody else: another learner has sat down here.
pub async fn forget_others(cache: &Cache, learner: &LearnerId) {
    for key in cache.keys(PREFIX).await.unwrap_or_default() {
        if !key.starts_with(&format!("{PREFIX}{learner}.")) {
            let _ = cache.forget(&[&key]).await;
        }
    }
}

/// Takes a draft away that has been signed. The signing did so itself; this is for a save that was on its way meanwhile.
pub async fn discard(app: App, learner: &LearnerId, assignment: &AssignmentId) {
    app.drafts.update(|drafts| drafts.retain(|d| d.assignment != *assignment));
    // What is left of it is harmless: it is signed as another attempt, if ever.
    let _ = app.cache().forget(&[&key(learner, assignment)]).await;
}

/// Puts a draft into the state.
pub fn put(app: App, draft: &Draft) {
    app.drafts.update(|drafts| {
        drafts.retain(|d| d.assignment != draft.assignment);
        drafts.push(draft.clone());
    });
}

/// Keeps a draft on this device.
///
/// # Errors
/// When this device keeps nothing or is full.
pub async fn write(app: App, draft: &Draft) -> Result<(), StorageFault> {
    app.cache().write(&key(&draft.learner, &draft.assignment), draft).await
}
