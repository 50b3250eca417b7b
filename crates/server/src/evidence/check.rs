//! Reading the chain from its start, link by link.

use super::{Asked, Confirmed, Declared, Done, Erased, GENESIS, Head, Kind, Link, Named, Withdrawn, sha256_hex};
use crate::db::{ERASED, Verdict};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

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
    /// Where it is erased, the change's learner, who is [`ERASED`], or nothing.
    pub said: String,
}

/// Takes the links in their order.
pub struct Checker<'a> {
    against: Option<&'a Head>,
    head: Head,
    /// Links without a payload that no link has named yet, with their hashes.
    blank: BTreeMap<i64, String>,
    erased: i64,
}

impl<'a> Checker<'a> {
    #[must_use]
    pub fn new(against: Option<&'a Head>) -> Self {
        Self { against, head: Head { sequence: 0, sha256: GENESIS.into() }, blank: BTreeMap::new(), erased: 0 }
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
        self.check(row, sequence).map_err(|why| Verdict::Broken { sequence, why })?;
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
        let Self { against, head: Head { sequence, sha256 }, blank, erased } = self;
        if let Some(first) = blank.into_keys().next() {
            let why = "its payload is gone, and no link behind it says that it was erased".into();
            return Verdict::Broken { sequence: first, why };
        }
        match against {
            Some(kept) if kept.sequence > sequence => Verdict::Broken {
                sequence: sequence + 1,
                why: format!("the chain ends before it, and once had {} links by the exported head", kept.sequence),
            },
            _ if unlinked > 0 => {
                Verdict::Broken { sequence: sequence + 1, why: format!("{unlinked} rows have no link") }
            }
            _ => Verdict::Whole { links: sequence, erased, head: sha256 },
        }
    }

    fn check(&mut self, row: &LinkRow, expected: i64) -> Result<(), String> {
        if row.sequence != expected {
            return Err("links are missing".into());
        }
        if row.previous != self.head.sha256 {
            return Err("it does not follow the link before it".into());
        }
        if row.payload.is_empty() {
            gone(row)?;
            // Its fields cannot give its hash any more: the link behind it has that hash, and so must the one that names it.
            self.blank.insert(row.sequence, row.sha256.clone());
            return Ok(());
        }
        let LinkRow { sequence, kind, change_id, payload, previous, received_at, .. } = row;
        let link = Link { sequence: *sequence, kind, change_id, received_at: *received_at, previous, payload };
        if link.sha256() != row.sha256 {
            return Err("its fields do not give its hash".into());
        }
        if *kind == Kind::Erasure.name() { self.name(payload) } else { Ok(intact(row)?) }
    }

    /// Takes what an erasure names off what is blank.
    fn name(&mut self, payload: &str) -> Result<(), String> {
        let Erased { links, .. } = read(payload).ok_or("it does not say what was erased")?;
        if links.is_empty() {
            return Err("it does not say what was erased".into());
        }
        for Named { sequence, sha256 } in links {
            match self.blank.remove(&sequence) {
                Some(hash) if hash == sha256 => self.erased += 1,
                Some(_) => {
                    return Err(format!("it says that link {sequence} was erased, by another hash than its own"));
                }
                None if sequence > self.head.sequence || sequence < 1 => {
                    return Err(format!("it says that link {sequence} was erased, which does not stand before it"));
                }
                None => {
                    return Err(format!(
                        "it says that link {sequence} was erased, which has its payload still or twice"
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Whether all that an erased link is about is gone.
fn gone(row: &LinkRow) -> Result<(), &'static str> {
    if row.kind == Kind::Erasure.name() {
        return Err("it does not say what was erased");
    }
    if !row.bytes.is_empty() {
        return Err("its payload is gone, and the change's bytes are there");
    }
    if !row.said.is_empty() && row.said != ERASED {
        return Err("its payload is gone, and the row that it is about is there");
    }
    Ok(())
}

/// Whether all that a link is about is as it was received.
fn intact(row: &LinkRow) -> Result<(), &'static str> {
    let (told, change_hash) = told(row).ok_or("it does not say what was received")?;
    if sha256_hex(&row.bytes) != row.change_sha256 || change_hash != row.change_sha256 {
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
