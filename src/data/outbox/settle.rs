//! What acknowledgements and restored servers do to the outbox.

use crate::data::{
    cache::{Cache, StorageFault},
    vault::Key,
};
use contract::{ids::ChangeId, json::to_json, problem::Problem};

/// What the server says of an envelope that only its own learner can put right, to anybody else.
const NEEDS_ITS_LEARNER: &str = "/problems/needs-its-learner";

/// Takes what the server has acknowledged out of the outbox, if both the id and the fingerprint are those of what waits; a sealed
/// one goes to the archive, for the case that the server loses it. Whether it did.
///
/// # Errors
/// [`StorageFault`]: it still waits.
pub async fn acknowledge(cache: &Cache, id: &ChangeId, sha256: &str) -> Result<bool, StorageFault> {
    cache.ask("acknowledge", &[id.as_str(), sha256]).await.map(|answer| answer.yes())
}

/// Notes that an item needs the learner, and why, or that it no longer does. Whether it is there.
///
/// # Errors
/// [`StorageFault`]: it is as it was.
pub async fn mark(cache: &Cache, id: &ChangeId, attention: Option<&Problem>) -> Result<bool, StorageFault> {
    let problem = attention.map(to_json).unwrap_or_default();
    cache.ask("mark", &[id.as_str(), &problem]).await.map(|answer| answer.yes())
}

/// Notes that an item needs its learner, and why. Of a sealed one, what concerns them alone is kept encrypted. Whether it is there.
///
/// # Errors
/// [`StorageFault`]: it is as it was.
pub async fn refuse(cache: &Cache, key: Option<&Key>, id: &ChangeId, problem: &Problem) -> Result<bool, StorageFault> {
    let key = key.map(Key::as_str).unwrap_or_default();
    cache.ask("refuse", &[key, id.as_str(), &to_json(problem)]).await.map(|answer| answer.yes())
}

/// Somebody has signed in: what could not be taken without its learner is tried once more.
///
/// # Errors
/// [`StorageFault`].
pub async fn retry_those_that_need_their_learner(cache: &Cache) -> Result<(), StorageFault> {
    cache.ask("retry", &[NEEDS_ITS_LEARNER]).await.map(drop)
}

/// Hears of which life of its database the server is in. If it is another than before, or `lost` says that the server had to begin
/// anew, then what it once acknowledged goes back to the outbox, to be sent again: it may have been restored from a backup. Whether
/// anything did.
///
/// # Errors
/// [`StorageFault`]: it will be heard of again.
pub async fn epoch_is(cache: &Cache, epoch: &str, lost: bool) -> Result<bool, StorageFault> {
    cache.ask("epochIs", &[epoch, if lost { "lost" } else { "" }]).await.map(|answer| answer.yes())
}
