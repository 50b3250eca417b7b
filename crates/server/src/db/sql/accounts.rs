//! Learners, and how they prove who they are.

use super::{Done, Store};
use crate::db::{Account, ERASED, Result, Written, text};
use chrono::{DateTime, Utc};
use contract::ids::LearnerId;

pub async fn add(db: &Store, id: &LearnerId, name: &str) -> Result<Written> {
    let done = sqlx::query("INSERT INTO learner (id, name) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id.as_str())
        .bind(name)
        .execute(&db.writer)
        .await?;
    Ok(written(&done))
}

pub async fn find(db: &Store, reference: &str) -> Result<Option<Account>> {
    if !text::storable(reference) || reference == ERASED {
        return Ok(None);
    }
    let mut found: Vec<(String, String, Option<String>)> =
        sqlx::query_as("SELECT id, name, passphrase_hash FROM learner WHERE lower(id) = $1")
            .bind(reference.to_ascii_lowercase())
            .fetch_all(&db.readers)
            .await?;
    let exact = found.iter().position(|(id, ..)| id == reference);
    let at = exact.or((found.len() == 1).then_some(0));
    Ok(at.map(|at| {
        let (id, name, passphrase_hash) = found.swap_remove(at);
        Account { id: LearnerId(id), name, passphrase_hash }
    }))
}

pub async fn set_code(db: &Store, id: &LearnerId, code_sha256: &str, expires: DateTime<Utc>) -> Result<Written> {
    let done = sqlx::query("UPDATE learner SET code_sha256 = $2, code_expires = $3 WHERE id = $1")
        .bind(id.as_str())
        .bind(code_sha256)
        .bind(expires.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(written(&done))
}

pub async fn take_code(
    db: &Store,
    id: &LearnerId,
    code_sha256: &str,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<Written> {
    let mut tx = db.write().await?;
    let done = sqlx::query(
        "UPDATE learner SET passphrase_hash = $3, code_sha256 = NULL, code_expires = NULL, example = FALSE
         WHERE id = $1 AND code_sha256 = $2 AND code_expires > $4",
    )
    .bind(id.as_str())
    .bind(code_sha256)
    .bind(hash)
    .bind(now.timestamp_millis())
    .execute(&mut *tx)
    .await?;
    if written(&done) == Written::Yes {
        // Whoever knew the old passphrase is out.
        sqlx::query("UPDATE session SET ended = $2 WHERE learner = $1 AND ended IS NULL")
            .bind(id.as_str())
            .bind(now.timestamp_millis())
            .execute(&mut *tx)
            .await?;
        // Nor do they read on when the learner is where.
        sqlx::query("DELETE FROM calendar WHERE learner = $1").bind(id.as_str()).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(written(&done))
}

pub async fn set_example(db: &Store, id: &LearnerId, hash: &str) -> Result<Written> {
    let done = sqlx::query(
        "UPDATE learner SET passphrase_hash = $2, code_sha256 = NULL, code_expires = NULL, example = TRUE WHERE id = $1",
    )
    .bind(id.as_str())
    .bind(hash)
    .execute(&db.writer)
    .await?;
    Ok(written(&done))
}

pub async fn has_examples(db: &Store) -> Result<bool> {
    let found = sqlx::query("SELECT 1 FROM learner WHERE example LIMIT 1").fetch_optional(&db.readers).await?;
    Ok(found.is_some())
}

fn written(done: &Done) -> Written {
    if done.rows_affected() == 0 { Written::No } else { Written::Yes }
}
