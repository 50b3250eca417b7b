//! Sessions, by the hash of their token.

use super::Store;
use crate::{
    auth::tries::who,
    db::{Result, SessionRow, text},
};
use chrono::{DateTime, Utc};
use contract::{auth::Device, ids::LearnerId};

/// How long a session that is over stays in the table: longer than any can live.
const SWEEP_MS: i64 = 60 * 24 * 60 * 60 * 1000;

pub async fn open(
    db: &Store,
    token_sha256: &str,
    learner: &LearnerId,
    device: Device,
    now: DateTime<Utc>,
) -> Result<()> {
    let mut tx = db.write().await?;
    sqlx::query("INSERT INTO session (token_sha256, learner, device, created, last_seen) VALUES ($1, $2, $3, $4, $4)")
        .bind(token_sha256)
        .bind(learner.as_str())
        .bind(name(device))
        .bind(now.timestamp_millis())
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM session WHERE learner = $1 AND last_seen < $2")
        .bind(learner.as_str())
        .bind(now.timestamp_millis() - SWEEP_MS)
        .execute(&mut *tx)
        .await?;
    sqlx::query("DELETE FROM tries WHERE who = $1").bind(who(learner.as_str())).execute(&mut *tx).await?;
    Ok(tx.commit().await?)
}

pub async fn find(db: &Store, token_sha256: &str) -> Result<Option<SessionRow>> {
    let row: Option<(String, String, String, i64, i64)> = sqlx::query_as(
        "SELECT l.id, l.name, s.device, s.created, s.last_seen
         FROM session s JOIN learner l ON l.id = s.learner WHERE s.token_sha256 = $1 AND s.ended IS NULL",
    )
    .bind(token_sha256)
    .fetch_optional(&db.readers)
    .await?;
    row.map(|(learner, name, device, created, last_seen)| {
        Ok(SessionRow {
            learner: LearnerId(learner),
            name,
            device: if device == "own" { Device::Own } else { Device::Shared },
            created: text::time(created)?,
            last_seen: text::time(last_seen)?,
        })
    })
    .transpose()
}

pub async fn touch(db: &Store, token_sha256: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("UPDATE session SET last_seen = $2 WHERE token_sha256 = $1 AND last_seen < $2")
        .bind(token_sha256)
        .bind(now.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(())
}

pub async fn end(db: &Store, token_sha256: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query("UPDATE session SET ended = $2 WHERE token_sha256 = $1 AND ended IS NULL")
        .bind(token_sha256)
        .bind(now.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(())
}

pub async fn end_all(db: &Store, learner: &LearnerId, now: DateTime<Utc>) -> Result<u64> {
    let done = sqlx::query("UPDATE session SET ended = $2 WHERE learner = $1 AND ended IS NULL")
        .bind(learner.as_str())
        .bind(now.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(done.rows_affected())
}

fn name(device: Device) -> &'static str {
    match device {
        Device::Shared => "shared",
        Device::Own => "own",
    }
}
