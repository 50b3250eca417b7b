//! What acknowledgements and restored servers do to the outbox. Each is one transaction.

use super::Row;
use crate::{
    browser::{
        Task, clock,
        idb::{Mode, Store, Transaction},
    },
    data::cache::{Cache, StorageFault, from_json},
    state::order,
};
use chrono::Duration;
use contract::{ids::ChangeId, json::to_json, problem::Problem};

/// Which life of the server's database this device last heard of.
const EPOCH: &str = "device.epoch";
/// How long, and how many, acknowledged changes are kept in case the server loses them.
const ARCHIVE: Duration = Duration::days(60);
const ARCHIVE_MAX: usize = 200;
/// What the server says of an envelope that only its own learner can put right, to anybody else.
const NEEDS_ITS_LEARNER: &str = "/problems/needs-its-learner";

/// Removes a plain item that the server has acknowledged, if both the id and the fingerprint are those of what waits. Whether it
/// did.
///
/// # Errors
/// [`StorageFault`]: it still waits.
pub fn settle<'a>(cache: &'a Cache, id: &'a ChangeId, sha256: &'a str) -> Task<'a, Result<bool, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(false) };
        let transaction = database.begin(&[Store::Outbox], Mode::WriteStrictly).await?;
        if find(&transaction, id).await?.is_none_or(|row| row.sha256() != sha256) {
            return Ok(false);
        }
        transaction.delete(Store::Outbox, id.as_str())?;
        transaction.finish().await?;
        Ok(true)
    })
}

/// Moves a sealed item that the server has acknowledged into the archive, under the same conditions. Whether it did.
///
/// # Errors
/// [`StorageFault`]: it still waits.
pub fn archive<'a>(cache: &'a Cache, id: &'a ChangeId, sha256: &'a str) -> Task<'a, Result<bool, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(false) };
        let transaction = database.begin(&[Store::Kept, Store::Outbox, Store::Archive], Mode::WriteStrictly).await?;
        let mut row = match find(&transaction, id).await? {
            Some(Row::Sealed(row)) if row.sha256 == sha256 => row,
            _ => return Ok(false),
        };
        let epoch = transaction.get(Store::Kept, EPOCH).await?;
        row.epoch = epoch.and_then(|text| from_json(EPOCH, &text).ok());
        row.acknowledged_at = Some(clock::now());
        row.attention = None;
        transaction.put(Store::Archive, id.as_str(), &to_json(&*row))?;
        transaction.delete(Store::Outbox, id.as_str())?;
        clear_old(&transaction).await?;
        transaction.finish().await?;
        Ok(true)
    })
}

/// Notes that an item needs the learner, and why, or that it no longer does. Whether it is there.
///
/// # Errors
/// [`StorageFault`]: it is as it was.
pub fn mark<'a>(
    cache: &'a Cache,
    id: &'a ChangeId,
    attention: Option<Problem>,
) -> Task<'a, Result<bool, StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(false) };
        let transaction = database.begin(&[Store::Outbox], Mode::WriteStrictly).await?;
        let Some(mut row) = find(&transaction, id).await? else { return Ok(false) };
        row.set_attention(attention);
        transaction.put(Store::Outbox, id.as_str(), &to_json(&row))?;
        transaction.finish().await?;
        Ok(true)
    })
}

/// Somebody has signed in: what could not be taken without its learner is tried once more.
///
/// # Errors
/// [`StorageFault`].
pub fn retry_those_that_need_their_learner<'a>(cache: &'a Cache) -> Task<'a, Result<(), StorageFault>> {
    Box::pin(async move {
        let Some(database) = cache.database() else { return Ok(()) };
        let transaction = database.begin(&[Store::Outbox], Mode::Write).await?;
        for (key, text) in transaction.rows(Store::Outbox, "").await? {
            if let Some(mut row) = Row::parse(&text)
                && row.attention().as_ref().is_some_and(|problem| problem.kind == NEEDS_ITS_LEARNER)
            {
                row.set_attention(None);
                transaction.put(Store::Outbox, &key, &to_json(&row))?;
            }
        }
        transaction.finish().await
    })
}

/// Hears of which life of its database the server is in. If it is another than before, or `lost` says that the server had to begin
/// anew, then what it once acknowledged goes back to the outbox, to be sent again: it may have been restored from a backup. How
/// many.
///
/// # Errors
/// [`StorageFault`]: it will be heard of again.
pub fn epoch_is<'a>(cache: &'a Cache, epoch: &'a str, lost: bool) -> Task<'a, Result<usize, StorageFault>> {
    Box::pin(async move {
        let known = cache.read::<String>(EPOCH).await?;
        if known.as_deref() == Some(epoch) && !lost {
            return Ok(0);
        }
        let Some(database) = cache.database() else { return Ok(0) };
        let transaction = database.begin(&[Store::Kept, Store::Outbox, Store::Archive], Mode::WriteStrictly).await?;
        let mut count = 0;
        for (key, text) in transaction.rows(Store::Archive, "").await? {
            let Some(Row::Sealed(mut row)) = Row::parse(&text) else { continue };
            if lost || row.epoch.as_deref() != Some(epoch) {
                row.acknowledged_at = None;
                transaction.put(Store::Outbox, &key, &to_json(&*row))?;
                transaction.delete(Store::Archive, &key)?;
                count += 1;
            }
        }
        transaction.put(Store::Kept, EPOCH, &to_json(&epoch.to_owned()))?;
        transaction.finish().await?;
        Ok(count)
    })
}

fn find<'a>(transaction: &'a Transaction, id: &'a ChangeId) -> Task<'a, Result<Option<Row>, StorageFault>> {
    Box::pin(async move { Ok(transaction.get(Store::Outbox, id.as_str()).await?.as_deref().and_then(Row::parse)) })
}

/// Deletes from the archive what is old, and the oldest of what is too much.
fn clear_old<'a>(transaction: &'a Transaction) -> Task<'a, Result<(), StorageFault>> {
    Box::pin(async move {
        let mut kept = Vec::new();
        for (key, text) in transaction.rows(Store::Archive, "").await? {
            // What this version cannot read stays: it is a later one's.
            if let Some(Row::Sealed(row)) = Row::parse(&text) {
                kept.push((row.acknowledged_at.unwrap_or(row.kept_at), key));
            }
        }
        order::sort(&mut kept, |a, b| a.0 > b.0);
        let oldest = clock::now() - ARCHIVE;
        for (_, key) in
            kept.iter().enumerate().filter(|(n, (at, _))| *n >= ARCHIVE_MAX || *at < oldest).map(|(_, one)| one)
        {
            transaction.delete(Store::Archive, key)?;
        }
        Ok(())
    })
}
