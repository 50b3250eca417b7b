//! Unfinished declarations on this device, a row each, encrypted.

use super::{
    cache::{Cache, DRAFT, StorageFault},
    vault::{self, Key},
};
use crate::{
    browser::Task,
    state::{app::App, draft::Draft},
};
use contract::{
    ids::{AssignmentId, LearnerId},
    json::{from_json, to_json},
};
use leptos::prelude::*;
use std::cell::RefCell;

/// Days that a draft stays which nobody has come back for.
const DAYS: i64 = 60;

thread_local! {
    /// How often each draft has been written or signed in this tab: encrypting takes a moment, and a save that was overtaken
    /// meanwhile must not end up on top.
    static TURNS: RefCell<Vec<(AssignmentId, u32)>> = const { RefCell::new(Vec::new()) };
}

/// The row of a draft for one piece of work.
///
/// # Errors
/// Where the browser has no cryptography.
pub fn row<'a>(key: &'a Key, assignment: &'a AssignmentId) -> Task<'a, Result<String, StorageFault>> {
    Box::pin(async move { key.row(DRAFT, assignment.as_str()).await })
}

/// All drafts of this learner. Those of others, which cannot be read, stay where they are, for some weeks.
pub fn all<'a>(cache: &'a Cache, key: &'a Key, learner: &'a LearnerId) -> Task<'a, Vec<Draft>> {
    Box::pin(async move {
        let mut drafts = Vec::new();
        for (row, text) in cache.rows(DRAFT).await.unwrap_or_default() {
            match key.unlock(&row, &text).await.and_then(|json| from_json::<Draft>(&json).ok()) {
                Some(draft) if draft.learner == *learner => drafts.push(draft),
                Some(_) => {}
                None if vault::is_older(&text, DAYS) => {
                    let _ = cache.forget(&[&row]).await; // then another time
                }
                None => {}
            }
        }
        drafts
    })
}

/// Takes a draft away that has been signed. The signing did so itself; this is for a save that was on its way meanwhile.
pub fn discard<'a>(app: App, assignment: &'a AssignmentId) -> Task<'a, ()> {
    Box::pin(async move {
        app.drafts.update(|drafts| drafts.retain(|d| d.assignment != *assignment));
        turn(assignment);
        if let Some(key) = app.key.get_value()
            && let Ok(row) = row(&key, assignment).await
        {
            // What is left of it is harmless: it is signed as another attempt, if ever.
            let _ = app.cache().forget(&[&row]).await;
        }
    })
}

/// Puts a draft into the state.
pub fn put(app: App, draft: &Draft) {
    app.drafts.update(|drafts| {
        drafts.retain(|d| d.assignment != draft.assignment);
        drafts.push(draft.clone());
    });
}

/// Keeps a draft on this device. One that a later save has overtaken is left to that.
///
/// # Errors
/// When this device keeps nothing or is full.
pub fn write<'a>(app: App, draft: &'a Draft) -> Task<'a, Result<(), StorageFault>> {
    Box::pin(async move {
        let key = app.key.get_value().ok_or(StorageFault::Unavailable)?;
        let mine = turn(&draft.assignment);
        let row = row(&key, &draft.assignment).await?;
        let text = key.lock(&row, to_json(draft)).await?;
        let last = TURNS.with_borrow(|turns| turns.iter().any(|(id, turn)| *id == draft.assignment && *turn == mine));
        if last { app.cache().put(&row, text).await } else { Ok(()) }
    })
}

/// The next turn of a draft.
fn turn(assignment: &AssignmentId) -> u32 {
    TURNS.with_borrow_mut(|turns| match turns.iter_mut().find(|(id, _)| id == assignment) {
        Some((_, turn)) => {
            *turn += 1;
            *turn
        }
        None => {
            turns.push((assignment.clone(), 0));
            0
        }
    })
}
