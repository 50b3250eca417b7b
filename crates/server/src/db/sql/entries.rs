//! What staff enter about learners, for ever: feedback, marks, follow-ups. What learners see of it is in records.

use super::Connection;
use crate::db::{Entry, Result};

/// Adds an entry in the caller's transaction. `Some(true)`: it is new. `Some(false)`: it is here already, to the byte. `None`: there is
/// another under its id, or was until it was erased.
pub async fn add(connection: &mut Connection, entry: &Entry) -> Result<Option<bool>> {
    let before: Option<(String, String, String, String)> =
        sqlx::query_as("SELECT staff, kind, subject, sha256 FROM entry WHERE id = $1")
            .bind(&entry.id)
            .fetch_optional(&mut *connection)
            .await?;
    if let Some((staff, kind, subject, sha256)) = before {
        let same = staff == entry.staff && kind == entry.kind && subject == entry.subject && sha256 == entry.sha256;
        return Ok(same.then_some(false));
    }
    let erased = sqlx::query("SELECT 1 FROM erased WHERE kind = 'entry' AND id = $1").bind(&entry.id);
    if erased.fetch_optional(&mut *connection).await?.is_some() {
        return Ok(None);
    }
    sqlx::query(
        "INSERT INTO entry (id, kind, subject, learner, staff, at, body, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&entry.id)
    .bind(entry.kind)
    .bind(&entry.subject)
    .bind(entry.learner.as_ref().map_or("", |learner| learner.as_str()))
    .bind(&entry.staff)
    .bind(entry.at.timestamp_millis())
    .bind(&entry.body)
    .bind(&entry.sha256)
    .execute(connection)
    .await?;
    Ok(Some(true))
}
