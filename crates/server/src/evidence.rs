//! The chain that makes an edit, a deletion or a reordering visible: each link's hash covers the link before it. What is erased when its
//! years are over leaves its link without a payload, and a later link that says so.

mod check;

pub use check::{Checker, LinkRow};

use chrono::{DateTime, Utc};
use contract::{
    ids::{ChangeId, LearnerId},
    receipt::Receipt,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr};

/// What stands where the first link has no link before it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What a link is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Declaration,
    Withdrawal,
    /// An entry of the provider's staff about a declaration.
    Countersignature,
    /// A request, or what its learner adds to one.
    Asked,
    /// Something small that a learner did.
    Act,
    /// That links before it have no payload any more.
    Erasure,
}

impl Kind {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Declaration => "declaration",
            Self::Withdrawal => "withdrawal",
            Self::Countersignature => "countersignature",
            Self::Asked => "asked",
            Self::Act => "act",
            Self::Erasure => "erasure",
        }
    }
}

/// One row of the chain, without its own hash.
pub struct Link<'a> {
    /// 1 for the first, then one more each.
    pub sequence: i64,
    pub kind: &'a str,
    /// The change that it is about.
    pub change_id: &'a str,
    /// Milliseconds since 1970, UTC.
    pub received_at: i64,
    /// The hash of the link before this one, or [`GENESIS`].
    pub previous: &'a str,
    /// As it was when the link was made: one that is erased is empty, and no longer gives the hash.
    pub payload: &'a str,
}

impl Link<'_> {
    /// SHA-256 of the fields in the order above, a line each, after a line that names the format.
    #[must_use]
    pub fn sha256(&self) -> String {
        let Link { sequence, kind, change_id, received_at, previous, payload } = self;
        sha256_hex(
            format!("portal-evidence-1\n{sequence}\n{kind}\n{change_id}\n{received_at}\n{previous}\n{payload}")
                .as_bytes(),
        )
    }
}

/// What a link says of a declaration: its receipt ties the change's bytes, by their hash, to what the server said about them.
#[derive(Serialize, Deserialize)]
pub struct Declared {
    pub learner: LearnerId,
    pub receipt: Receipt,
}

#[derive(Serialize, Deserialize)]
pub struct Withdrawn {
    pub learner: LearnerId,
    /// The change that withdraws.
    pub change: ChangeId,
    pub declaration: ChangeId,
    pub code: String,
    pub received_at: DateTime<Utc>,
    /// Of the withdrawing change's bytes.
    pub sha256: String,
}

#[derive(Serialize, Deserialize)]
pub struct Confirmed {
    pub declaration: ChangeId,
    pub code: String,
    pub assessor: String,
    /// The points that were confirmed.
    pub statements: Vec<String>,
    pub received_at: DateTime<Utc>,
    /// Of the declaring change's bytes.
    pub sha256: String,
}

/// Says nothing of what was asked, nor of which kind it was: the chain is exported and kept elsewhere.
#[derive(Serialize, Deserialize)]
pub struct Asked {
    pub learner: LearnerId,
    /// The change that asked, which is this one for the first.
    pub request: ChangeId,
    pub received_at: DateTime<Utc>,
    /// Of this change's bytes.
    pub sha256: String,
}

/// Says nothing of what was done, as above.
#[derive(Serialize, Deserialize)]
pub struct Done {
    pub learner: LearnerId,
    pub received_at: DateTime<Utc>,
    /// Of the change's bytes.
    pub sha256: String,
}

/// Says of whom nothing: it stays when nothing else of them does.
#[derive(Serialize, Deserialize)]
pub struct Erased {
    pub awarding_body: String,
    /// After the certificate, by that body's rule.
    pub years: u32,
    pub erased_at: DateTime<Utc>,
    /// At least one, each of them once.
    pub links: Vec<Named>,
}

/// A link by what stays of it.
#[derive(Serialize, Deserialize)]
pub struct Named {
    pub sequence: i64,
    pub sha256: String,
}

/// How far the chain went at some moment. Kept elsewhere, it proves that nothing was cut off since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    pub sequence: i64,
    /// The hash of that link; [`GENESIS`] for none.
    pub sha256: String,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "portal-head-1 {} {}", self.sequence, self.sha256)
    }
}

impl FromStr for Head {
    type Err = String;

    /// The first line that has its form; what stands around it does not matter.
    fn from_str(text: &str) -> Result<Self, String> {
        let head = text.lines().find_map(|line| {
            let mut words = line.split_whitespace();
            let (Some("portal-head-1"), Some(sequence), Some(sha256)) = (words.next(), words.next(), words.next())
            else {
                return None;
            };
            let hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
            let sequence = sequence.parse().ok().filter(|sequence| *sequence >= 0)?;
            hash.then(|| Self { sequence, sha256: sha256.to_ascii_lowercase() })
        });
        head.ok_or_else(|| "there is no line like `portal-head-1 NUMBER HASH`, as export-head writes it".into())
    }
}

/// 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}
