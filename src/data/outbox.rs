//! What a learner did and the server has not acknowledged yet. Nothing leaves it but by an acknowledgement.

use super::cache::{CLIENT, Cache, StorageFault, from_json};
use crate::{
    browser::{
        clock, hash,
        idb::{Database, Mode, Store},
        uuid,
    },
    state::order,
};
use chrono::{DateTime, Utc};
use contract::{
    change::{Change, Sent, What},
    ids::{AssignmentId, ChangeId, ClientId, LearnerId},
    json::{self, to_json},
    problem::Problem,
    wire_struct,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Whose it is, whoever is signed in when it is sent.
    pub learner: LearnerId,
    /// Its exact bytes.
    pub sent: Sent,
    /// SHA-256 of those bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    pub seq: u64,
    /// The device's clock.
    pub kept_at: DateTime<Utc>,
    /// Why the server refused it, if it did: it needs the learner.
    pub attention: Option<Problem>,
}

/// The little of a change that the app shows while it waits. Reading all of it would cost the learner 20 kB of program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub assignment: AssignmentId,
    pub title: String,
    pub attempt: u32,
}

wire_struct!(Item { learner, sent, sha256, seq, kept_at, attention });

impl Item {
    /// The work it is about; empty if this version cannot read it, which does not stop it from being sent.
    #[must_use]
    pub fn work(&self) -> Work {
        let read = || {
            let change = json::parse(&self.sent.change).ok()?;
            let signed = change.get("what")?.get("declare")?;
            let title = signed.field("assignment_title")?;
            Some(Work { assignment: signed.field("assignment")?, title, attempt: signed.field("attempt")? })
        };
        read().unwrap_or_default()
    }

    /// The declaration that it takes back, if that is what it is.
    #[must_use]
    pub fn withdraws(&self) -> Option<ChangeId> {
        json::parse(&self.sent.change).ok()?.get("what")?.get("withdraw")?.field("declaration")
    }
}

/// This browser profile, for the life of its storage.
struct Client {
    id: ClientId,
    /// The number of its next change.
    next: u64,
}

wire_struct!(Client { id, next });

/// Keeps one thing that a learner did, for good: when this returns, the disk has it. In the same transaction it takes the client's
/// next number, and deletes the draft it was made from (`forget`, a key of the cache).
///
/// # Errors
/// [`StorageFault`]: nothing was kept, the draft is still there, and no number was taken. `Unavailable` where the browser keeps
/// nothing: then it can only be sent at once.
pub async fn append(
    cache: &Cache,
    learner: LearnerId,
    what: What,
    made_at: DateTime<Utc>,
    forget: Option<&str>,
) -> Result<Item, StorageFault> {
    let database = cache.database().ok_or(StorageFault::Unavailable)?;
    let id = ChangeId(uuid::random().ok_or(StorageFault::Unavailable)?);
    loop {
        // The fingerprint takes a moment, in which the browser would end a transaction. So the number is read first, and taken only
        // if it is still the next: another tab that was quicker has kept its own, and this one tries again.
        let reading = database.begin(&[Store::Kept], Mode::Read).await?;
        let seen = reading.get(Store::Kept, CLIENT).await?;
        let client = match &seen {
            Some(text) => from_json(CLIENT, text)?,
            None => Client { id: ClientId(uuid::random().ok_or(StorageFault::Unavailable)?), next: 1 },
        };
        let item = make(id.clone(), &client, learner.clone(), what.clone(), made_at).await?;
        if keep(database, &item, seen.as_deref(), client, forget).await? {
            return Ok(item);
        }
    }
}

/// Everything that waits, in the order in which it was made.
///
/// # Errors
/// [`StorageFault`].
pub async fn all(cache: &Cache) -> Result<Vec<Item>, StorageFault> {
    let Some(database) = cache.database() else { return Ok(Vec::new()) };
    let texts = database.begin(&[Store::Outbox], Mode::Read).await?.all(Store::Outbox).await?;
    let mut items = texts.iter().map(|text| from_json("outbox", text)).collect::<Result<Vec<Item>, _>>()?;
    order::sort(&mut items, |a, b| a.seq < b.seq);
    Ok(items)
}

/// Removes what the server has acknowledged, if both the id and the fingerprint are those of what waits. Whether it did.
///
/// # Errors
/// [`StorageFault`]: it still waits.
pub async fn settle(cache: &Cache, id: &ChangeId, sha256: &str) -> Result<bool, StorageFault> {
    let Some(database) = cache.database() else { return Ok(false) };
    let transaction = database.begin(&[Store::Outbox], Mode::WriteStrictly).await?;
    let Some(text) = transaction.get(Store::Outbox, id.as_str()).await? else { return Ok(false) };
    if from_json::<Item>("outbox", &text)?.sha256 != sha256 {
        return Ok(false);
    }
    transaction.delete(Store::Outbox, id.as_str())?;
    transaction.finish().await?;
    Ok(true)
}

/// Notes that an item needs the learner, and why, or that it no longer does. Whether it is there.
///
/// # Errors
/// [`StorageFault`]: it is as it was.
pub async fn mark(cache: &Cache, id: &ChangeId, attention: Option<Problem>) -> Result<bool, StorageFault> {
    let Some(database) = cache.database() else { return Ok(false) };
    let transaction = database.begin(&[Store::Outbox], Mode::WriteStrictly).await?;
    let Some(text) = transaction.get(Store::Outbox, id.as_str()).await? else { return Ok(false) };
    let item = Item { attention, ..from_json("outbox", &text)? };
    transaction.put(Store::Outbox, id.as_str(), &to_json(&item))?;
    transaction.finish().await?;
    Ok(true)
}

/// The change as it will be hashed, kept and sent: made into bytes once, here.
async fn make(
    id: ChangeId,
    client: &Client,
    learner: LearnerId,
    what: What,
    made_at: DateTime<Utc>,
) -> Result<Item, StorageFault> {
    let change = Change { id: id.clone(), client: client.id.clone(), seq: client.next, made_at, what };
    let bytes = to_json(&change);
    // Without a fingerprint no acknowledgement could be told from another's.
    let sha256 = hash::sha256_hex(bytes.as_bytes()).await.map_err(|_| StorageFault::Unavailable)?;
    let sent = Sent { id, change: bytes };
    Ok(Item { learner, sent, sha256, seq: client.next, kept_at: clock::now(), attention: None })
}

/// One transaction over both stores. `false` if the client is no longer as it was seen: then nothing has happened.
async fn keep(
    database: &Database,
    item: &Item,
    seen: Option<&str>,
    client: Client,
    forget: Option<&str>,
) -> Result<bool, StorageFault> {
    let text = to_json(item);
    let next = to_json(&Client { next: client.next + 1, ..client });
    let transaction = database.begin(&[Store::Kept, Store::Outbox], Mode::WriteStrictly).await?;
    if transaction.get(Store::Kept, CLIENT).await?.as_deref() != seen {
        return Ok(false);
    }
    transaction.put(Store::Outbox, item.sent.id.as_str(), &text)?;
    transaction.put(Store::Kept, CLIENT, &next)?;
    if let Some(draft) = forget {
        transaction.delete(Store::Kept, draft)?;
    }
    transaction.finish().await?;
    Ok(true)
}
