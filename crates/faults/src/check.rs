//! The database against what clients signed: byte by byte, with nothing of the server's own code.

use crate::{
    book::{Book, Finding, Kind, Matter, Pages, Signed, sha256},
    store::Store,
};
use anyhow::Result;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// When it is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Clients still send: what they were told has to be there.
    Midway,
    /// Everything has arrived.
    End,
}

#[derive(sqlx::FromRow)]
struct Change {
    id: String,
    learner: String,
    client: String,
    seq: i64,
    sha256: String,
    bytes: Vec<u8>,
}

#[derive(sqlx::FromRow)]
struct Declaration {
    change_id: String,
    learner: String,
    assignment: String,
    attempt: i64,
    code: String,
}

#[derive(sqlx::FromRow)]
struct Link {
    sequence: i64,
    kind: String,
    change_id: String,
    payload: String,
    sha256: String,
    previous: String,
    received_at: i64,
}

/// Everything that the checker reads, in one moment of the database.
pub struct Snapshot {
    changes: Vec<Change>,
    declarations: Vec<Declaration>,
    withdrawals: Vec<(String, String, String)>,
    evidence: Vec<Link>,
    records: Vec<(String, String)>,
    /// What came, by change, hash and outcome.
    arrivals: BTreeSet<(String, String, String)>,
}

impl Snapshot {
    /// # Errors
    /// The database cannot be read.
    pub async fn read(store: &mut Store) -> Result<Self> {
        let isolation = if matches!(store, Store::Postgres(_)) { " ISOLATION LEVEL REPEATABLE READ" } else { "" };
        store.execute(&format!("BEGIN{isolation}")).await?;
        let mut snapshot = Self {
            changes: store
                .rows("SELECT id, learner, client, CAST(seq AS BIGINT) AS seq, sha256, bytes FROM change")
                .await?,
            declarations: store
                .rows(
                    "SELECT change_id, learner, assignment, CAST(attempt AS BIGINT) AS attempt, code FROM declaration",
                )
                .await?,
            withdrawals: store.rows("SELECT change_id, learner, declaration FROM withdrawal").await?,
            evidence: store
                .rows(
                    "SELECT CAST(sequence AS BIGINT) AS sequence, kind, change_id, payload, sha256, previous,
                     CAST(received_at AS BIGINT) AS received_at FROM evidence ORDER BY sequence",
                )
                .await?,
            records: store.rows("SELECT id, body FROM record WHERE kind = 'receipt'").await?,
            arrivals: store.rows("SELECT change_id, sha256, outcome FROM arrival").await?.into_iter().collect(),
        };
        store.execute("COMMIT").await?;
        // By bytes, whatever order the database's language has.
        snapshot.changes.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(snapshot)
    }
}

/// What clients rely on at a moment: taken before the database is read, so that the database has to have all of it.
pub struct Claims {
    books: Vec<Book>,
    /// Each with its schedule.
    must: BTreeMap<String, u64>,
    /// Still on a device.
    waiting: BTreeSet<String>,
    /// The id of a change and the hash of other bytes that came under it.
    tampered: BTreeSet<(String, String)>,
}

impl Claims {
    #[must_use]
    pub fn of(books: &[Book], moment: Moment) -> Self {
        let (mut must, mut waiting, mut tampered) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        for book in books {
            let pages = book.open();
            tampered.extend(pages.tampered.iter().cloned());
            must.extend(pages.acknowledged.iter().map(|id| (id.clone(), pages.schedule)));
            if moment == Moment::End {
                waiting.extend(pages.kept.difference(&pages.acknowledged).cloned());
                // 'Saved' and gone would be lost though it never was on the disk.
                let shown = pages.kept.iter().chain(&pages.saved);
                let sent = shown.filter(|id| !pages.refused.contains_key(*id));
                must.extend(sent.map(|id| (id.clone(), pages.schedule)));
            }
        }
        Self { books: books.to_vec(), must, waiting, tampered }
    }
}

/// Compares the two.
#[must_use]
pub fn check(claims: &Claims, found: &Snapshot, moment: Moment) -> Vec<Finding> {
    let mut checking = Checking { findings: Vec::new(), schedule: None };
    checking.chain(found);
    checking.once(found);
    let changes: HashMap<&str, &Change> = found.changes.iter().map(|change| (&*change.id, change)).collect();
    for (id, schedule) in claims.must.iter().filter(|(id, _)| !changes.contains_key(id.as_str())) {
        checking.schedule = Some(*schedule);
        if claims.waiting.contains(id) {
            checking.find(Kind::Stuck, format!("change {id} still waits on its device"));
        } else {
            checking.find(Kind::Lost, format!("change {id} is not in the database"));
        }
    }
    checking.schedule = None;
    for (id, sha256) in &claims.tampered {
        if !found.arrivals.contains(&(id.clone(), sha256.clone(), "id-taken".to_owned())) {
            checking.find(Kind::Altered, format!("that other bytes came for change {id} was not noted"));
        }
    }
    let mut known = BTreeSet::new();
    for book in &claims.books {
        let pages = book.open();
        checking.schedule = Some(pages.schedule);
        for signed in pages.signed.values() {
            known.insert(signed.id.clone());
            if let Some(change) = changes.get(&*signed.id) {
                checking.as_signed(signed, change);
                checking.told(&pages, signed, found);
                if !found.arrivals.contains(&(signed.id.clone(), signed.sha256.clone(), "kept".to_owned())) {
                    checking.find(Kind::Lost, format!("change {} is here and did not arrive", signed.id));
                }
            }
        }
        if moment == Moment::End {
            checking.ends(&pages, &changes);
        }
    }
    checking.schedule = None;
    for change in found.changes.iter().filter(|change| !known.contains(&change.id)) {
        checking.find(Kind::Foreign, format!("change {} of {} was signed by nobody", change.id, change.learner));
    }
    checking.findings
}

struct Checking {
    findings: Vec<Finding>,
    schedule: Option<u64>,
}

impl Checking {
    fn find(&mut self, kind: Kind, detail: String) {
        self.findings.push(Finding { schedule: self.schedule, kind, detail });
    }

    /// The kept bytes are those that were signed, under the names that they say.
    fn as_signed(&mut self, signed: &Signed, change: &Change) {
        if change.bytes != signed.bytes.as_bytes() || sha256(&change.bytes) != signed.sha256 {
            self.find(Kind::Altered, format!("the bytes of change {} are not those that were signed", signed.id));
        }
        let kept = (&*change.learner, &*change.client, change.seq, &*change.sha256);
        let was = (&*signed.learner, &*signed.client, signed.seq as i64, &*signed.sha256);
        if kept != was {
            self.find(Kind::Altered, format!("change {} stands as {kept:?} and was signed as {was:?}", signed.id));
        }
    }

    /// What the server said of a change stands in its tables too.
    fn told(&mut self, pages: &Pages, signed: &Signed, found: &Snapshot) {
        let Matter::Declaration { assignment, attempt } = &signed.what else {
            if !found.withdrawals.iter().any(|(change, learner, _)| *change == signed.id && *learner == signed.learner)
            {
                self.find(Kind::Lost, format!("change {} is here without its withdrawal", signed.id));
            }
            return;
        };
        let Some(row) = found.declarations.iter().find(|row| row.change_id == signed.id) else {
            return self.find(Kind::Lost, format!("change {} is here without its declaration", signed.id));
        };
        if (&row.learner, &row.assignment, row.attempt) != (&signed.learner, assignment, i64::from(*attempt)) {
            self.find(Kind::Altered, format!("the declaration of change {} is of other work", signed.id));
        }
        let record = found.records.iter().find(|(id, _)| *id == signed.id);
        let record: Value = record.and_then(|(_, body)| serde_json::from_str(body).ok()).unwrap_or_default();
        let told = pages.accepted.get(&signed.id).unwrap_or(&record);
        for receipt in [told, &record] {
            if receipt["code"] != *row.code || receipt["sha256"] != *signed.sha256 {
                self.find(
                    Kind::Receipt,
                    format!("change {} has code {} and the receipt {receipt}", signed.id, row.code),
                );
            }
        }
    }

    /// Each client's numbers are whole, and what was refused had a reason.
    fn ends(&mut self, pages: &Pages, changes: &HashMap<&str, &Change>) {
        let mut numbers: BTreeMap<&str, BTreeSet<u64>> = BTreeMap::new();
        for signed in pages.kept.iter().filter_map(|id| pages.signed.get(id)) {
            numbers.entry(&*signed.client).or_default().insert(signed.seq);
        }
        for (client, numbers) in numbers {
            if numbers.last() != Some(&(numbers.len() as u64)) {
                self.find(Kind::Lost, format!("client {client} numbered {numbers:?}"));
            }
        }
        for (id, problem) in &pages.refused {
            if changes.contains_key(&**id) {
                self.find(Kind::Failed, format!("change {id} was refused ({problem}) and is in the database"));
            }
            let Some(signed) = pages.signed.get(id) else { continue };
            let other_is_kept = |other: &&Signed| {
                other.what == signed.what && other.learner == signed.learner && changes.contains_key(&*other.id)
            };
            let meant = match &signed.what {
                Matter::Declaration { .. } => {
                    problem == "/problems/already-declared" && pages.signed.values().any(|other| other_is_kept(&other))
                }
                // Only what is kept can be withdrawn.
                Matter::Withdrawal { declaration } => {
                    problem == "/problems/no-such-declaration" && !changes.contains_key(&**declaration)
                }
            };
            if !meant {
                self.find(Kind::Failed, format!("change {id} was refused ({problem}) without a reason"));
            }
        }
    }

    /// The chain as docs/api.md describes it.
    fn chain(&mut self, found: &Snapshot) {
        let mut previous = "0".repeat(64);
        for (at, link) in found.evidence.iter().enumerate() {
            let Link { sequence, kind, change_id, received_at, payload, .. } = link;
            let text =
                format!("portal-evidence-1\n{sequence}\n{kind}\n{change_id}\n{received_at}\n{previous}\n{payload}");
            if *sequence != at as i64 + 1 || link.previous != previous || link.sha256 != sha256(text.as_bytes()) {
                self.find(Kind::Broken, format!("link {sequence} of the evidence does not follow from the one before"));
            }
            let bytes = found.changes.binary_search_by(|change| change.id.cmp(change_id)).map(|at| &found.changes[at]);
            if !bytes.is_ok_and(|change| payload.contains(&sha256(&change.bytes))) {
                self.find(Kind::Broken, format!("link {sequence} does not speak of the bytes of change {change_id}"));
            }
            previous.clone_from(&link.sha256);
        }
    }

    /// Nothing is there twice, and each change has what belongs to it once.
    fn once(&mut self, found: &Snapshot) {
        self.twice("id of a change", found.changes.iter().map(|c| c.id.clone()));
        self.twice("bytes of a change", found.changes.iter().map(|c| sha256(&c.bytes)));
        self.twice("declaration", found.declarations.iter().map(|d| d.change_id.clone()));
        self.twice("code", found.declarations.iter().map(|d| d.code.clone()));
        let attempts = found.declarations.iter().map(|d| format!("{}/{}/{}", d.learner, d.assignment, d.attempt));
        self.twice("attempt", attempts);
        self.twice("withdrawal", found.withdrawals.iter().map(|(.., declaration)| declaration.clone()));
        self.twice("link of evidence", found.evidence.iter().map(|link| link.change_id.clone()));
        self.twice("receipt", found.records.iter().map(|(id, _)| id.clone()));
        let changes: BTreeSet<_> = found.changes.iter().map(|change| &*change.id).collect();
        let told =
            found.declarations.iter().map(|d| &*d.change_id).chain(found.withdrawals.iter().map(|(id, ..)| &**id));
        if told.collect::<BTreeSet<_>>() != changes {
            self.find(Kind::Lost, "changes, declarations and withdrawals do not belong together".to_owned());
        }
        if found.evidence.iter().map(|link| &*link.change_id).collect::<BTreeSet<_>>() != changes {
            self.find(Kind::Broken, "a change has no evidence, or evidence no change".to_owned());
        }
    }

    fn twice(&mut self, what: &str, all: impl Iterator<Item = String>) {
        let mut seen = BTreeSet::new();
        for one in all {
            if seen.contains(&one) {
                self.find(Kind::Doubled, format!("the {what} {one} is there more than once"));
            }
            seen.insert(one);
        }
    }
}
