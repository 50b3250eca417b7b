//! What goes in and out of the database.

use chrono::{DateTime, Utc};
use contract::{auth::Device, change::Ack, ids::LearnerId};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Whether a write found what it was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Written {
    Yes,
    No,
}

pub struct Account {
    pub id: LearnerId,
    pub name: String,
    /// A PHC string; nothing until the learner has chosen a passphrase.
    pub passphrase_hash: Option<String>,
}

pub struct SessionRow {
    pub learner: LearnerId,
    pub name: String,
    pub device: Device,
    pub created: DateTime<Utc>,
    pub last_seen: DateTime<Utc>,
}

/// A delta whose records are the stored JSON, not parsed again.
#[derive(Debug, Default)]
pub struct News {
    pub cursor: String,
    pub full: bool,
    /// By the name of the contract's list, such as `assignments`.
    pub changed: BTreeMap<&'static str, Vec<Box<RawValue>>>,
    pub removed: Vec<contract::delta::Removed>,
}

impl News {
    /// The learner has it all already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.full && self.changed.is_empty() && self.removed.is_empty()
    }
}

pub struct Answered {
    pub learner: LearnerId,
    pub sha256: String,
    pub ack: Ack,
}

/// A declaration for the export.
#[derive(Serialize)]
pub struct Kept {
    pub code: String,
    pub learner: LearnerId,
    pub learner_name: String,
    pub assignment: String,
    pub attempt: u32,
    pub received_at: DateTime<Utc>,
    pub device_time: DateTime<Utc>,
    pub late: bool,
    pub sha256: String,
    pub change_id: String,
    /// The change's exact JSON, wording included.
    pub change: String,
}

/// What an import did, or would do, by kind: `learner`, `enrolment`, and the contract's kinds of record.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Counts(pub BTreeMap<String, Count>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Count {
    pub added: u64,
    pub changed: u64,
    pub unchanged: u64,
    pub removed: u64,
}

impl Count {
    #[must_use]
    pub fn writes(&self) -> bool {
        self.added + self.changed + self.removed > 0
    }
}

/// What a check of the evidence found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    Whole {
        links: i64,
        /// The last link's hash: kept elsewhere, it proves that nothing was cut off.
        head: String,
    },
    Broken {
        /// The first link that is not what it should be.
        sequence: i64,
        why: String,
    },
}
