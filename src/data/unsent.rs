//! What was signed here and waits, for who only has to know that. Reading and sending it takes the late part of the program, which
//! is here wherever anything was signed.

use super::{
    api::Fault,
    cache::Cache,
    outbox::{Item, Way},
};
use crate::{browser::Task, late, state::app::App};
use contract::ids::ChangeId;

/// What the rows of summaries begin with.
const SUMMARY: &str = "waiting.";

/// Reads the outbox anew: another tab may have signed or sent something.
pub fn look_again(app: App) -> Task<'static, ()> {
    Box::pin(async move {
        let (ids, told) = waiting(&app.cache()).await;
        // What was told of what has gone is for whoever has the key.
        if ids.is_empty() && !(told && app.key.with_value(Option::is_some)) {
            if app.outbox.with_untracked(|items| !items.is_empty()) {
                app.outbox.set(Vec::new());
            }
        } else if !late::look(app).await && app.outbox.with_untracked(Vec::is_empty) {
            // That it is there is said all the same.
            app.outbox.set(ids.into_iter().map(|id| Item::unread(ChangeId(id), Way::Sealed)).collect());
        }
    })
}

/// Sends what waits, if anything does.
///
/// # Errors
/// [`Fault`]: it still waits.
pub fn send(app: App) -> Task<'static, Result<(), Fault>> {
    Box::pin(async move { if waiting(&app.cache()).await.0.is_empty() { Ok(()) } else { late::send(app).await } })
}

/// The ids of all that waits, and whether there is a summary of anything, for whoever has its key: what has arrived but has no
/// receipt here yet has one too.
fn waiting(cache: &Cache) -> Task<'_, (Vec<String>, bool)> {
    Box::pin(async move {
        let mut ids = cache.ask("waiting", &[]).await.map(|answer| answer.texts()).unwrap_or_default();
        let all = ids.len();
        ids.retain(|row| !row.starts_with(SUMMARY));
        let told = ids.len() < all;
        (ids, told)
    })
}
