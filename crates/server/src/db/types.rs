//! What goes in and out of the database.

mod attendance;
mod calendar;
mod checks;
mod feedback;
mod kept;
mod requests;
mod staff;

pub use attendance::{AttendanceRow, Entered, Entering, Noted};
pub use calendar::{Occasion, What};
pub use checks::{Checked, Named, Rated, Setting};
pub use feedback::{AboutWork, Acknowledgement, FeedbackRow, WorkEntered, WorkEntry};
pub use kept::{Certified, Erasing, Erasure, Mine, RETENTION, Rows, Traces, kept_until};
pub use requests::{Answering, Listing, RequestRow, StaffStep, Waiting};
pub use staff::{Access, COMMAND_LINE, Deed, STAFF_KEY, StaffRow};

use chrono::{DateTime, Utc};
use contract::{
    auth::Device,
    change::Ack,
    ids::{ChangeId, ClientId, LearnerId},
    receipt::Receipt,
    share::Share,
};
use serde::Serialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Whose changes those are that were erased: a learner without a name, of a reference that none can have.
pub const ERASED: &str = "/";

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
    pub client: ClientId,
    pub seq: u64,
    pub sha256: String,
    /// Nothing where the change was erased.
    pub ack: Option<Ack>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// Tokens and device keys are derived from it.
    Root,
    /// P-256: opens envelopes.
    Sealing,
    /// Ed25519: signs receipts.
    Receipt,
}

impl KeyKind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::Sealing => "sealing",
            Self::Receipt => "receipt",
        }
    }

    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::Root, Self::Sealing, Self::Receipt].into_iter().find(|kind| kind.name() == name)
    }
}

/// One of the server's keys.
pub struct KeyRow {
    pub id: String,
    pub kind: KeyKind,
    pub made: DateTime<Utc>,
    /// Base64url without padding.
    pub secret: String,
    /// Base64url without padding; empty for a root key.
    pub public: String,
}

/// A change that reached the server.
pub struct Arrival<'a> {
    pub change: &'a ChangeId,
    pub sha256: &'a str,
    /// Empty where the change could not be read, and the number 0 then.
    pub client: &'a str,
    pub seq: u64,
    pub learner: &'a LearnerId,
    pub at: DateTime<Utc>,
    pub fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Kept,
    Refused,
    /// Another text is kept under its id.
    IdTaken,
}

impl Fate {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Refused => "refused",
            Self::IdTaken => "id-taken",
        }
    }
}

/// Numbers that a client gave and that never arrived.
#[derive(Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Gap {
    pub client: String,
    /// At most [`MISSING_MAX`].
    pub missing: Vec<u64>,
    /// Whoever sent something from that client: one of them may have signed what is missing.
    pub learners: Vec<String>,
    /// When the client was last heard of.
    pub last: DateTime<Utc>,
}

/// The most missing numbers that are told of one client.
pub const MISSING_MAX: usize = 50;

/// A shared page that somebody has opened.
pub struct Opening {
    pub share: Share,
    pub learner_name: String,
    /// Kind and body of what its learner sees, of the kinds that the page needs.
    pub records: Vec<(String, String)>,
}

/// What someone on the staff enters about a learner or a session.
pub struct Entry {
    /// A UUID made by who sends it: the same again is the same entry.
    pub id: String,
    /// `feedback` and so on.
    pub kind: &'static str,
    /// What it is about: an id, or several with `/` between them.
    pub subject: String,
    pub learner: Option<LearnerId>,
    /// The id of who enters it.
    pub staff: String,
    pub at: DateTime<Utc>,
    /// JSON, as its kind has it.
    pub body: String,
    /// Of what asked for it.
    pub sha256: String,
}

/// What became of a countersignature.
#[derive(Debug, PartialEq, Eq)]
pub enum Countersigning {
    Done(Box<Receipt>),
    NoSuchReceipt,
    /// It is countersigned already, by this assessor.
    By(String),
    /// Its learner has withdrawn it.
    Withdrawn,
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
    pub withdrawn_at: Option<DateTime<Utc>>,
    pub countersigned_by: Option<String>,
    pub countersigned_at: Option<DateTime<Utc>>,
    pub change_id: String,
    /// The change's exact JSON, wording included.
    pub change: String,
}

/// What became of a batch.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    pub counts: Counts,
    /// A sentence each, of rows that were read and not written: what stays, why, what to do.
    pub notes: Vec<String>,
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
        /// How many of them are erased, as later ones say.
        erased: i64,
        /// The last link's hash: kept elsewhere, it proves that nothing was cut off.
        head: String,
    },
    Broken {
        /// The first link that is not what it should be.
        sequence: i64,
        why: String,
    },
}
