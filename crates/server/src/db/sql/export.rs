//! What staff and anyone with a receipt may read of the declarations.

use super::{Row, Store};
use crate::db::{DbError, Kept, Result, text};
use contract::{
    change::{Ack, Outcome},
    ids::LearnerId,
    receipt::ReceiptCheck,
};
use sqlx::{FromRow, Row as _};

/// Code, title, received, hash, answer, withdrawn, countersigned.
type CheckRow = (String, String, i64, String, String, Option<i64>, Option<i64>);

pub async fn receipt(db: &Store, code: &str) -> Result<Option<ReceiptCheck>> {
    let row: Option<CheckRow> = sqlx::query_as(
        "SELECT d.code, d.assignment_title, d.received_at, c.sha256, c.answer, w.received_at, s.received_at
         FROM declaration d JOIN change c ON c.id = d.change_id
         LEFT JOIN withdrawal w ON w.declaration = d.change_id
         LEFT JOIN countersignature s ON s.declaration = d.change_id WHERE d.code = $1",
    )
    .bind(code)
    .fetch_optional(&db.readers)
    .await?;
    row.map(|(code, assignment_title, received_at, sha256, answer, withdrawn, countersigned)| {
        let signature = match text::parse::<Ack>(&answer)?.outcome {
            Outcome::Accepted { receipt } => receipt.and_then(|receipt| receipt.signature),
            _ => None,
        };
        Ok(ReceiptCheck {
            code,
            assignment_title,
            received_at: text::time(received_at)?,
            sha256,
            signature,
            withdrawn_at: withdrawn.map(text::time).transpose()?,
            countersigned_at: countersigned.map(text::time).transpose()?,
        })
    })
    .transpose()
}

pub async fn declarations(db: &Store) -> Result<Vec<Kept>> {
    let rows: Vec<Kept> = sqlx::query_as(
        "SELECT d.code, d.learner, d.assignment, d.attempt, d.received_at, d.device_time, d.late, d.change_id, c.sha256,
             c.bytes, l.name, w.received_at AS withdrawn_at, s.assessor, s.received_at AS countersigned_at
         FROM evidence e
         JOIN declaration d ON d.change_id = e.change_id
         JOIN change c ON c.id = e.change_id
         JOIN learner l ON l.id = d.learner
         LEFT JOIN withdrawal w ON w.declaration = d.change_id
         LEFT JOIN countersignature s ON s.declaration = d.change_id
         WHERE e.kind = 'declaration' ORDER BY e.sequence",
    )
    .fetch_all(&db.readers)
    .await?;
    Ok(rows)
}

impl FromRow<'_, Row> for Kept {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        let corrupt = |error: DbError| sqlx::Error::Decode(error.into());
        let change = String::from_utf8(row.try_get("bytes")?).map_err(|error| sqlx::Error::Decode(error.into()))?;
        let time = |column: &str| -> sqlx::Result<_> {
            let at: Option<i64> = row.try_get(column)?;
            at.map(text::time).transpose().map_err(corrupt)
        };
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
            withdrawn_at: time("withdrawn_at")?,
            countersigned_by: row.try_get("assessor")?,
            countersigned_at: time("countersigned_at")?,
            change_id: row.try_get("change_id")?,
            change,
        })
    }
}
