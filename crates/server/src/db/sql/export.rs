//! What staff and anyone with a receipt may read of the declarations, and the check of their evidence.

use super::{Row, Store};
use crate::{
    db::{DbError, Kept, Result, Verdict, text},
    evidence::{GENESIS, Link, sha256_hex},
};
use contract::{
    ids::LearnerId,
    receipt::{Receipt, ReceiptCheck},
};
use serde::Deserialize;
use sqlx::{FromRow, Row as _};

pub async fn receipt(db: &Store, code: &str) -> Result<Option<ReceiptCheck>> {
    let row: Option<(String, String, i64, String)> = sqlx::query_as(
        "SELECT d.code, d.assignment_title, d.received_at, c.sha256
         FROM declaration d JOIN change c ON c.id = d.change_id WHERE d.code = $1",
    )
    .bind(code)
    .fetch_optional(&db.readers)
    .await?;
    row.map(|(code, assignment_title, received_at, sha256)| {
        Ok(ReceiptCheck {
            code,
            assignment_title,
            received_at: text::time(received_at)?,
            sha256,
            signature: None,
            withdrawn_at: None,
            countersigned_at: None,
        })
    })
    .transpose()
}

pub async fn declarations(db: &Store) -> Result<Vec<Kept>> {
    let rows: Vec<Kept> = sqlx::query_as(
        "SELECT d.*, c.sha256, c.bytes, l.name FROM evidence e
         JOIN declaration d ON d.change_id = e.change_id
         JOIN change c ON c.id = e.change_id
         JOIN learner l ON l.id = d.learner ORDER BY e.sequence",
    )
    .fetch_all(&db.readers)
    .await?;
    Ok(rows)
}

impl FromRow<'_, Row> for Kept {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        let corrupt = |error: DbError| sqlx::Error::Decode(error.into());
        let change = String::from_utf8(row.try_get("bytes")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(Self {
            code: row.try_get("code")?,
            learner: LearnerId(row.try_get("learner")?),
            learner_name: row.try_get("name")?,
            assignment: row.try_get("assignment")?,
            attempt: u32::try_from(row.try_get::<i64, _>("attempt")?)
                .map_err(|error| sqlx::Error::Decode(error.into()))?,
            received_at: text::time(row.try_get("received_at")?).map_err(corrupt)?,
            device_time: text::time(row.try_get("device_time")?).map_err(corrupt)?,
            late: row.try_get("late")?,
            sha256: row.try_get("sha256")?,
            change_id: row.try_get("change_id")?,
            change,
        })
    }
}

type LinkRow = (i64, String, String, String, String, String, i64, String, Vec<u8>, Option<String>);

/// What a link says of a declaration (see `changes::append_evidence`).
#[derive(Deserialize)]
struct Payload {
    learner: LearnerId,
    receipt: Receipt,
}

impl Payload {
    /// The same, as the query of [`verify`] reads it out of the rows that exports and receipts are made from.
    fn said(&self) -> String {
        let Payload { learner, receipt: r } = self;
        let (received, signed) = (r.received_at.timestamp_millis(), r.device_time.timestamp_millis());
        let late = i64::from(r.late);
        format!(
            "{learner}\n{learner}\n{}\n{}\n{}\n{}\n{received}\n{signed}\n{late}",
            r.assignment, r.assignment_title, r.attempt, r.code
        )
    }
}

/// Reads the chain in one snapshot, a thousand links at a time.
pub async fn verify(db: &Store) -> Result<Verdict> {
    let mut tx = db.snapshot().await?;
    let (mut links, mut head) = (0, GENESIS.to_owned());
    loop {
        let rows: Vec<LinkRow> = sqlx::query_as(
            "SELECT e.sequence, e.kind, e.change_id, e.payload, e.sha256, e.previous, e.received_at, c.sha256, c.bytes,
                 concat_ws(CAST($2 AS TEXT), c.learner, d.learner, d.assignment, d.assignment_title, d.attempt, d.code,
                     d.received_at, d.device_time, CAST(d.late AS INTEGER))
             FROM evidence e JOIN change c ON c.id = e.change_id
             LEFT JOIN declaration d ON d.change_id = e.change_id WHERE e.sequence > $1 ORDER BY e.sequence LIMIT 1000",
        )
        .bind(links)
        .bind("\n")
        .fetch_all(&mut *tx)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(why) = check(&row, links + 1, &head) {
                return Ok(Verdict::Broken { sequence: links + 1, why });
            }
            (links, head) = (row.0, row.4);
        }
    }
    let unlinked: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM change c WHERE NOT EXISTS (SELECT 1 FROM evidence e WHERE e.change_id = c.id)",
    )
    .fetch_one(&mut *tx)
    .await?;
    if unlinked > 0 {
        return Ok(Verdict::Broken { sequence: links + 1, why: format!("{unlinked} changes have no link") });
    }
    Ok(Verdict::Whole { links, head })
}

fn check(row: &LinkRow, expected: i64, head: &str) -> std::result::Result<(), String> {
    let (sequence, kind, change_id, payload, sha256, previous, received_at, change_sha256, bytes, said) = row;
    if *sequence != expected {
        return Err(format!("the next link is {sequence}: links are missing"));
    }
    if previous != head {
        return Err("it does not follow the link before it".into());
    }
    let link = Link { sequence: *sequence, kind, change_id, received_at: *received_at, previous, payload };
    if link.sha256() != *sha256 {
        return Err("its fields do not give its hash".into());
    }
    if sha256_hex(bytes) != *change_sha256 || !payload.contains(change_sha256.as_str()) {
        return Err("the change's bytes are not those that were received".into());
    }
    let Ok(kept) = serde_json::from_str::<Payload>(payload) else {
        return Err("it does not say what was received".into());
    };
    if said.as_deref() != Some(&kept.said()) {
        return Err("the declaration is gone, or is not what was received".into());
    }
    Ok(())
}
