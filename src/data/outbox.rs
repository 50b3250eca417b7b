//! What a learner did and the server has not acknowledged yet. Nothing leaves it but by an acknowledgement.
//!
//! A row is sealed for the server where that has a key for it: nobody on this device can read it, whoever sits here next can send
//! it. What its own learner has to know of it stands beside it, encrypted (`waiting.ID`), and stays until its receipt is here.

mod client;
mod look;
mod row;
mod settle;

use super::{
    cache::{Cache, StorageFault, Task},
    vault::Key,
};
use crate::browser::{clock, crypto, hash};
use chrono::{DateTime, Utc};
use client::{CLIENT, Client};
use contract::{
    change::{Change, Sent, What},
    ids::{AssignmentId, ChangeId, LearnerId},
    json::to_json,
    problem::Problem,
    seal::{DEFLATED_INFO, ENVELOPE_INFO, Envelope, PublicKey},
    wire_struct,
};

pub use client::was_cleared;
pub use look::{all, lost, rows, tidy};
pub use row::{Plain, Row, Sealed};
pub use settle::{acknowledge, epoch_is, mark, refuse, retry_those_that_need_their_learner};

/// One thing that was signed on this device, as far as it can be read now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: ChangeId,
    /// Whose it is; nothing where it is not of whoever is signed in, and so cannot be read.
    pub learner: Option<LearnerId>,
    pub work: Work,
    /// The declaration that it takes back, if it does.
    pub withdraws: Option<ChangeId>,
    /// The request that it makes or goes on with, if it does; its own id where it makes one.
    pub asks: Option<ChangeId>,
    /// The device's clock.
    pub kept_at: DateTime<Utc>,
    /// SHA-256 of the change's exact bytes, 64 lower-case hexadecimal digits; empty where it cannot be read.
    pub sha256: String,
    /// Why the server refused it, if it did: it needs the learner.
    pub attention: Option<Problem>,
    pub way: Way,
}

impl Item {
    /// One of which only is known that it is there.
    #[must_use]
    pub fn unread(id: ChangeId, way: Way) -> Self {
        Self {
            id,
            learner: None,
            work: Work::default(),
            withdraws: None,
            asks: None,
            kept_at: clock::now(),
            sha256: String::new(),
            attention: None,
            way,
        }
    }

    /// Whether it is a declaration, as far as it can be read.
    #[must_use]
    pub fn declares(&self) -> bool {
        self.withdraws.is_none() && self.asks.is_none()
    }

    /// Leaves what anybody may know: that it is there, and how it gets on.
    pub fn forget_whose(&mut self) {
        self.learner = None;
        self.work = Work::default();
        self.withdraws = None;
        self.asks = None;
        self.sha256 = String::new();
        self.attention = None;
    }
}

/// How an item gets to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Sealed: whoever is signed in, or nobody.
    Sealed,
    /// As it is, when its learner is signed in.
    Plain,
    /// It has got there; its receipt has not come back yet.
    Arrived,
    /// This version cannot read the row; it stays.
    None,
}

/// The little of a change that the app shows while it waits. Reading all of it would cost the learner 20 kB of program.
/// Of a request `assignment` is the name of its draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    pub assignment: AssignmentId,
    pub title: String,
    pub attempt: u32,
}

/// What its learner has to know of a sealed item.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Summary {
    id: ChangeId,
    learner: LearnerId,
    assignment: AssignmentId,
    title: String,
    attempt: u32,
    withdraws: Option<ChangeId>,
    asks: Option<ChangeId>,
    signed_at: DateTime<Utc>,
    sha256: String,
    seq: u64,
    /// What the server said to this learner alone.
    problem: Option<Problem>,
}

wire_struct!(Summary { id, learner, assignment, title, attempt, withdraws, asks, signed_at, sha256, seq, problem });

/// With what a change is sealed.
pub struct Seal {
    /// The server's.
    pub public: PublicKey,
    /// Says inside the envelope whose it is.
    pub token: String,
    /// The server opens what is deflated.
    pub inflates: bool,
}

/// What is to be kept.
#[derive(Clone)]
pub struct Signed {
    pub id: ChangeId,
    pub learner: LearnerId,
    pub what: What,
    pub work: Work,
    pub made_at: DateTime<Utc>,
}

/// Keeps one thing that a learner did, for good: when this returns, the disk has it. In the same transaction it takes the client's
/// next number, and deletes the draft it was made from (which `key` opens). Without a seal the row is plain.
///
/// # Errors
/// [`StorageFault`]: nothing was kept, the draft is still there, and no number was taken. `Unavailable` where the browser keeps
/// nothing: then it can only be sent at once.
pub async fn append(
    cache: &Cache,
    seal: Option<&Seal>,
    key: Option<&Key>,
    signed: Signed,
) -> Result<Item, StorageFault> {
    loop {
        // Fingerprints and seals take a moment, in which the browser would end a transaction. So the number is read first, and taken
        // only if it is still the next: another tab that was quicker has kept its own, and this one tries again.
        let seen = cache.ask("get", &[CLIENT]).await?.text();
        let client = Client::find(seen.as_deref())?;
        let made = make(&client, seal, &signed).await?;
        let next = Client { next: client.next + 1, ..client };
        let (row, client) = (to_json(&made.row), to_json(&next));
        let key = key.map(Key::as_str).unwrap_or_default();
        let draft = if made.item.withdraws.is_none() { made.item.work.assignment.as_str() } else { "" };
        let args = [signed.id.as_str(), &row, &seen.unwrap_or_default(), &client, key, draft, &made.summary];
        if cache.ask("keep", &args).await?.yes() {
            next.copy();
            return Ok(made.item);
        }
    }
}

struct Made {
    item: Item,
    row: Row,
    /// The summary's JSON; empty for a plain item.
    summary: String,
}

/// The change as it will be hashed, kept and sent: made into bytes once, here.
fn make<'a>(client: &'a Client, seal: Option<&'a Seal>, signed: &'a Signed) -> Task<'a, Result<Made, StorageFault>> {
    Box::pin(async move {
        let Signed { id, learner, what, work, made_at } = signed.clone();
        let withdraws = match &what {
            What::Withdraw(withdrawal) => Some(withdrawal.declaration.clone()),
            _ => None,
        };
        let asks = match &what {
            What::Ask(_) => Some(id.clone()),
            What::More(more) => Some(more.request.clone()),
            What::Act(_) => Some(id.clone()),
            _ => None,
        };
        let seq = client.next;
        let bytes = to_json(&Change { id: id.clone(), client: client.id.clone(), seq, made_at, what });
        // Without a fingerprint no acknowledgement could be told from another's.
        let sha256 = fingerprint(&bytes).await?;
        let (kept_at, attention) = (clock::now(), None);
        let item = |way| Item {
            id: id.clone(),
            learner: Some(learner.clone()),
            work: work.clone(),
            withdraws: withdraws.clone(),
            asks: asks.clone(),
            kept_at,
            sha256: sha256.clone(),
            attention: None,
            way,
        };
        let Some(seal) = seal else {
            let item = item(Way::Plain);
            let sent = Sent { id, change: bytes };
            return Ok(Made {
                item,
                row: Row::Plain(Plain { learner, sent, sha256, seq, kept_at, attention }),
                summary: String::new(),
            });
        };
        let item = item(Way::Sealed);
        let envelope = envelope(seal, &id, &bytes).await?;
        let summary = Summary {
            id: id.clone(),
            learner,
            assignment: work.assignment,
            title: work.title,
            attempt: work.attempt,
            withdraws,
            asks,
            signed_at: kept_at,
            sha256,
            seq,
            problem: None,
        };
        let sha256 = fingerprint(&envelope.sealed).await?;
        let row = Sealed { envelope, sha256, seq, kept_at, attention, acknowledged_at: None, epoch: None };
        Ok(Made { item, row: Row::Sealed(Box::new(row)), summary: to_json(&summary) })
    })
}

/// A learner's key has changed: their summaries and drafts are written anew.
pub async fn hand_over(cache: &Cache, before: &Key, key: &Key) {
    // What is not stays as it is, and is sent all the same.
    let _ = cache.ask("handOver", &[before.as_str(), key.as_str()]).await;
}

/// A change's exact bytes, sealed.
///
/// # Errors
/// `Unavailable` where the browser has no cryptography, or the key is none.
pub fn envelope<'a>(seal: &'a Seal, id: &'a ChangeId, bytes: &'a str) -> Task<'a, Result<Envelope, StorageFault>> {
    Box::pin(async move {
        let text = format!("{}\n{bytes}", seal.token);
        let bytes = if seal.inflates { crypto::deflated(&text).await } else { None };
        let deflated = bytes.is_some();
        let info = if deflated { DEFLATED_INFO } else { ENVELOPE_INFO };
        let inside = bytes.unwrap_or_else(|| text.into());
        let sealed = crypto::seal(&seal.public.key, info, id.as_str(), &inside, &crypto::BY_CHANCE).await;
        let crypto::Sealed { enc, sealed } = sealed.map_err(|_| StorageFault::Unavailable)?;
        Ok(Envelope { id: id.clone(), key: seal.public.id.clone(), enc, sealed, deflated })
    })
}

fn fingerprint<'a>(text: &'a str) -> Task<'a, Result<String, StorageFault>> {
    Box::pin(async move { hash::sha256_hex(text.as_bytes()).await.map_err(|_| StorageFault::Unavailable) })
}
