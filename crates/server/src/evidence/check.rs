//! Reading the chain from its start, link by link.

use super::{Asked, Confirmed, Declared, Done, GENESIS, Head, Kind, Link, Withdrawn, sha256_hex};
use crate::db::Verdict;
use serde::de::DeserializeOwned;

/// A link with what the database has about it elsewhere.
pub struct LinkRow {
    pub sequence: i64,
    pub kind: String,
    pub change_id: String,
    pub payload: String,
    pub sha256: String,
    pub previous: String,
    pub received_at: i64,
    /// The change's hash as it stands beside its bytes.
    pub change_sha256: String,
    pub bytes: Vec<u8>,
    /// The row that exports and receipts are made from, its fields a line each (times in milliseconds, yes as 1):
    /// of a declaration the change's learner, then learner, assignment, title, attempt, code, received_at, device_time, late;
    /// of a withdrawal the change's learner, then learner, declaration, received_at;
    /// of something asked the change's learner, then learner, request, received_at, sha256;
    /// of an act the change's learner, then learner, received_at;
    /// of a countersignature assessor, statements as they are stored, received_at.
    pub said: String,
}

/// Takes the links in their order.
pub struct Checker<'a> {
    against: Option<&'a Head>,
    head: Head,
}

impl<'a> Checker<'a> {
    #[must_use]
    pub fn new(against: Option<&'a Head>) -> Self {
        Self { against, head: Head { sequence: 0, sha256: GENESIS.into() } }
    }

    /// How many links have been taken.
    #[must_use]
    pub fn links(&self) -> i64 {
        self.head.sequence
    }

    /// # Errors
    /// What is wrong, and where: nothing behind it can be relied on.
    pub fn take(&mut self, row: &LinkRow) -> Result<(), Verdict> {
        let sequence = self.head.sequence + 1;
        check(row, sequence, &self.head.sha256).map_err(|why| Verdict::Broken { sequence, why: why.into() })?;
        self.head = Head { sequence, sha256: row.sha256.clone() };
        match self.against {
            Some(kept) if kept.sequence == sequence && kept.sha256 != row.sha256 => {
                Err(Verdict::Broken { sequence, why: "it is not the link that the exported head names".into() })
            }
            _ => Ok(()),
        }
    }

    /// `unlinked` is the number of changes, declarations, withdrawals and countersignatures that no link speaks of.
    #[must_use]
    pub fn end(self, unlinked: i64) -> Verdict {
        let Head { sequence, sha256 } = self.head;
        match self.against {
            Some(kept) if kept.sequence > sequence => Verdict::Broken {
                sequence: sequence + 1,
                why: format!("the chain ends before it, and once had {} links by the exported head", kept.sequence),
            },
            _ if unlinked > 0 => {
                Verdict::Broken { sequence: sequence + 1, why: format!("{unlinked} rows have no link") }
            }
            _ => Verdict::Whole { links: sequence, head: sha256 },
        }
    }
}

fn check(row: &LinkRow, expected: i64, head: &str) -> Result<(), &'static str> {
    let LinkRow { sequence, kind, change_id, payload, sha256, previous, received_at, change_sha256, bytes, .. } = row;
    if *sequence != expected {
        return Err("links are missing");
    }
    if previous != head {
        return Err("it does not follow the link before it");
    }
    let link = Link { sequence: *sequence, kind, change_id, received_at: *received_at, previous, payload };
    if link.sha256() != *sha256 {
        return Err("its fields do not give its hash");
    }
    let (told, change_hash) = told(row).ok_or("it does not say what was received")?;
    if sha256_hex(bytes) != *change_sha256 || change_hash != *change_sha256 {
        return Err("the change's bytes are not those that were received");
    }
    if told != row.said {
        return Err("the row that it is about is gone, or is not what was received");
    }
    Ok(())
}

/// What the payload says, in the form of [`LinkRow::said`], and the hash of the change that it is about.
fn told(row: &LinkRow) -> Option<(String, String)> {
    if row.kind == Kind::Declaration.name() {
        let Declared { learner, receipt: r } = read(&row.payload)?;
        let (received, signed) = (r.received_at.timestamp_millis(), r.device_time.timestamp_millis());
        let told = format!(
            "{learner}\n{learner}\n{}\n{}\n{}\n{}\n{received}\n{signed}\n{}",
            r.assignment,
            r.assignment_title,
            r.attempt,
            r.code,
            i64::from(r.late)
        );
        return Some((told, r.sha256));
    }
    if row.kind == Kind::Withdrawal.name() {
        let w: Withdrawn = read(&row.payload)?;
        let received = w.received_at.timestamp_millis();
        return Some((format!("{0}\n{0}\n{1}\n{received}", w.learner, w.declaration), w.sha256));
    }
    if row.kind == Kind::Countersignature.name() {
        let c: Confirmed = read(&row.payload)?;
        let statements = serde_json::to_string(&c.statements).ok()?;
        return Some((format!("{}\n{statements}\n{}", c.assessor, c.received_at.timestamp_millis()), c.sha256));
    }
    if row.kind == Kind::Asked.name() {
        let a: Asked = read(&row.payload)?;
        let received = a.received_at.timestamp_millis();
        return Some((format!("{0}\n{0}\n{1}\n{received}\n{2}", a.learner, a.request, a.sha256), a.sha256));
    }
    if row.kind == Kind::Act.name() {
        let d: Done = read(&row.payload)?;
        return Some((format!("{0}\n{0}\n{1}", d.learner, d.received_at.timestamp_millis()), d.sha256));
    }
    None
}

fn read<T: DeserializeOwned>(payload: &str) -> Option<T> {
    serde_json::from_str(payload).ok()
}
