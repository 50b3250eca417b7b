//! The chain: its next link, and its check.

use super::{Connection, Row, Store};
use crate::{
    db::{Result, Verdict, text},
    evidence::{Checker, GENESIS, Head, Kind, Link, LinkRow},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{FromRow, Row as _};

/// Adds the next link, and says which it is. The transaction has the write lock, so nobody comes between.
pub async fn append<T: Serialize>(
    connection: &mut Connection,
    kind: Kind,
    change_id: &str,
    received_at: DateTime<Utc>,
    payload: &T,
) -> Result<i64> {
    let last: Option<(i64, String)> =
        sqlx::query_as("SELECT sequence, sha256 FROM evidence ORDER BY sequence DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    let (sequence, previous) = last.unwrap_or((0, GENESIS.into()));
    let payload = text::write(payload)?;
    let link = Link {
        sequence: sequence + 1,
        kind: kind.name(),
        change_id,
        received_at: received_at.timestamp_millis(),
        previous: &previous,
        payload: &payload,
    };
    sqlx::query(
        "INSERT INTO evidence (sequence, kind, change_id, payload, sha256, previous, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(link.sequence)
    .bind(link.kind)
    .bind(link.change_id)
    .bind(link.payload)
    .bind(link.sha256())
    .bind(link.previous)
    .bind(link.received_at)
    .execute(connection)
    .await?;
    Ok(link.sequence)
}

const LINKS: &str = "
    SELECT e.sequence, e.kind, e.change_id, e.payload, e.sha256, e.previous, e.received_at, c.sha256 AS change_sha256, c.bytes,
        CASE e.kind
            WHEN 'declaration' THEN concat_ws(CAST($2 AS TEXT), c.learner, d.learner, d.assignment, d.assignment_title, d.attempt,
                d.code, d.received_at, d.device_time, CAST(d.late AS INTEGER))
            WHEN 'withdrawal' THEN concat_ws(CAST($2 AS TEXT), c.learner, w.learner, w.declaration, w.received_at)
            WHEN 'asked' THEN concat_ws(CAST($2 AS TEXT), c.learner, q.learner, t.request, t.at, t.sha256)
            WHEN 'act' THEN concat_ws(CAST($2 AS TEXT), c.learner, a.learner, a.received_at)
            ELSE concat_ws(CAST($2 AS TEXT), s.assessor, s.statements, s.received_at)
        END AS said
    FROM evidence e JOIN change c ON c.id = e.change_id
    LEFT JOIN declaration d ON d.change_id = e.change_id
    LEFT JOIN withdrawal w ON w.change_id = e.change_id
    LEFT JOIN countersignature s ON s.declaration = e.change_id
    LEFT JOIN request_step t ON t.id = e.change_id
    LEFT JOIN request q ON q.id = t.request
    LEFT JOIN act a ON a.id = e.change_id
    WHERE e.sequence > $1 ORDER BY e.sequence LIMIT 1000";

/// Rows that no link of their kind speaks of.
const UNLINKED: &str = "
    SELECT (SELECT count(*) FROM (SELECT id FROM change EXCEPT SELECT change_id FROM evidence) AS a)
        + (SELECT count(*) FROM (
            SELECT change_id FROM declaration EXCEPT SELECT change_id FROM evidence WHERE kind = 'declaration') AS b)
        + (SELECT count(*) FROM (
            SELECT change_id FROM withdrawal EXCEPT SELECT change_id FROM evidence WHERE kind = 'withdrawal') AS c)
        + (SELECT count(*) FROM (
            SELECT declaration FROM countersignature
            EXCEPT SELECT change_id FROM evidence WHERE kind = 'countersignature') AS d)
        + (SELECT count(*) FROM (
            SELECT id FROM request_step WHERE staff = ''
            EXCEPT SELECT change_id FROM evidence WHERE kind = 'asked') AS f)
        + (SELECT count(*) FROM (SELECT id FROM act EXCEPT SELECT change_id FROM evidence WHERE kind = 'act') AS g)";

/// Reads the chain in one snapshot, a thousand links at a time.
pub async fn verify(db: &Store, against: Option<&Head>) -> Result<Verdict> {
    let mut tx = db.long_snapshot().await?;
    let mut checker = Checker::new(against);
    loop {
        let rows: Vec<LinkRow> = sqlx::query_as(LINKS).bind(checker.links()).bind("\n").fetch_all(&mut *tx).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if let Err(broken) = checker.take(&row) {
                return Ok(broken);
            }
        }
    }
    Ok(checker.end(sqlx::query_scalar(UNLINKED).fetch_one(&mut *tx).await?))
}

impl FromRow<'_, Row> for LinkRow {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        Ok(Self {
            sequence: row.try_get("sequence")?,
            kind: row.try_get("kind")?,
            change_id: row.try_get("change_id")?,
            payload: row.try_get("payload")?,
            sha256: row.try_get("sha256")?,
            previous: row.try_get("previous")?,
            received_at: row.try_get("received_at")?,
            change_sha256: row.try_get("change_sha256")?,
            bytes: row.try_get("bytes")?,
            said: row.try_get("said")?,
        })
    }
}
