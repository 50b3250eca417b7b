//! What the clients of one schedule signed, saw and were told: the side of the truth that the server has no part in.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// 64 lower-case hexadecimal digits; not the server's own function.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(&Sha256::digest(bytes))
}

#[derive(Clone, Debug)]
pub struct Signed {
    pub id: String,
    pub learner: String,
    pub client: String,
    pub seq: u64,
    /// The change's exact JSON.
    pub bytes: Arc<str>,
    pub sha256: String,
    pub what: Matter,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    Declaration { assignment: String, attempt: u32 },
    Withdrawal { declaration: String },
}

/// A promise that was not kept.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Nothing where it is about the whole database.
    pub schedule: Option<u64>,
    pub kind: Kind,
    pub detail: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Lost,
    Doubled,
    Altered,
    /// In the database, and nobody signed it.
    Foreign,
    /// Two receipts for one change.
    Receipt,
    /// The evidence or the file is not whole.
    Broken,
    /// Not sent though nothing stood in the way any more.
    Stuck,
    /// The server, the bench or an answer failed in a way that no fault explains.
    Failed,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = format!("{:?}", self.kind).to_uppercase();
        match self.schedule {
            Some(schedule) => write!(f, "{kind} in schedule {schedule}: {}", self.detail),
            None => write!(f, "{kind}: {}", self.detail),
        }
    }
}

#[derive(Debug, Default)]
pub struct Pages {
    pub schedule: u64,
    /// Made into bytes by a client, whether it came to be kept or not.
    pub signed: BTreeMap<String, Signed>,
    /// On a client's disk, whether its learner saw that or not.
    pub kept: BTreeSet<String>,
    /// 'Saved' was shown.
    pub saved: BTreeSet<String>,
    /// Left an outbox because the server has it.
    pub acknowledged: BTreeSet<String>,
    /// Stays in an outbox for its learner, with the kind of problem.
    pub refused: BTreeMap<String, String>,
    /// Other bytes that were sent under the id of a change that is kept, and answered: the id and their hash.
    pub tampered: BTreeSet<(String, String)>,
    /// The first acceptance that came from the server, whether it reached a client or not.
    pub accepted: BTreeMap<String, Value>,
    pub findings: Vec<Finding>,
}

/// One schedule's, for all who take part in it.
#[derive(Clone, Default)]
pub struct Book(Arc<Mutex<Pages>>);

impl Book {
    #[must_use]
    pub fn of(schedule: u64) -> Self {
        Self(Arc::new(Mutex::new(Pages { schedule, ..Pages::default() })))
    }

    pub fn open(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn find(&self, kind: Kind, detail: String) {
        let mut pages = self.open();
        let schedule = Some(pages.schedule);
        pages.findings.push(Finding { schedule, kind, detail });
    }

    /// Reads what the server answered to a list of changes, on its way to whoever gets it.
    pub fn heard(&self, body: &[u8]) {
        let Ok(Value::Array(acks)) = serde_json::from_slice(body) else { return };
        for ack in &acks {
            self.heard_one(ack);
        }
    }

    fn heard_one(&self, ack: &Value) {
        let mut pages = self.open();
        let Pages { schedule, signed: all, accepted, findings, .. } = &mut *pages;
        let Some(told) = ack.pointer("/outcome/accepted") else { return };
        let id = ack["id"].as_str().unwrap_or_default();
        let mut find = |kind, detail| findings.push(Finding { schedule: Some(*schedule), kind, detail });
        let Some(signed) = all.get(id) else {
            return find(Kind::Foreign, format!("the server accepted {id}, which nobody signed"));
        };
        let Some(receipt) = told.get("receipt").filter(|receipt| !receipt.is_null()) else {
            // Sent without its learner's session: the receipt comes with the next sync.
            return;
        };
        // A withdrawal's receipt is its declaration's.
        let about = match &signed.what {
            Matter::Declaration { .. } => Some(signed),
            Matter::Withdrawal { declaration } => all.get(declaration),
        };
        let fits = |about: &Signed| receipt["sha256"] == *about.sha256 && receipt["change"] == *about.id;
        let withdrawn = matches!(signed.what, Matter::Withdrawal { .. });
        match accepted.get(id) {
            Some(first) if first != receipt => {
                find(Kind::Receipt, format!("change {id} got the receipt {first}, then {receipt}"));
            }
            Some(_) => {}
            None if !about.is_some_and(fits) || receipt["withdrawn_at"].is_null() == withdrawn => {
                find(Kind::Receipt, format!("change {id} was signed with {} and has {receipt}", signed.sha256));
            }
            None => {
                accepted.insert(id.to_owned(), receipt.clone());
            }
        }
    }

    /// Reads a receipt that a client got with what is new. It may say more than the first answer did, never something else.
    pub fn received(&self, receipt: &str) {
        let Ok(receipt) = serde_json::from_str::<Value>(receipt) else { return };
        let pages = self.open();
        let first = receipt["change"].as_str().and_then(|id| pages.accepted.get(id)).cloned();
        drop(pages);
        let same =
            |first: &Value| ["code", "sha256", "assignment", "attempt"].iter().all(|name| first[name] == receipt[name]);
        if first.as_ref().is_some_and(|first| !same(first)) {
            self.find(Kind::Receipt, format!("the answer had {first:?}, and sync has {receipt}"));
        }
    }
}
