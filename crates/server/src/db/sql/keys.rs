//! The server's keys, and from when on a learner's upload tokens count.

use super::{Connection, Store};
use crate::db::{DbError, KeyKind, KeyRow, Result, Written, text};
use chrono::{DateTime, Utc};
use contract::ids::LearnerId;

pub async fn all(db: &Store) -> Result<Vec<KeyRow>> {
    let rows: Vec<(String, String, i64, String, String)> =
        sqlx::query_as("SELECT id, kind, made, secret, public FROM server_key ORDER BY made DESC, id")
            .fetch_all(&db.readers)
            .await?;
    rows.into_iter()
        .map(|(id, kind, made, secret, public)| {
            let kind = KeyKind::named(&kind).ok_or_else(|| DbError::Corrupt(format!("a key of kind `{kind}`")))?;
            Ok(KeyRow { id, kind, made: text::time(made)?, secret, public })
        })
        .collect()
}

pub async fn add(db: &Store, key: &KeyRow) -> Result<()> {
    insert(&mut *db.writer.acquire().await?, key).await
}

/// Under the write lock, as processes that start together each bring one.
pub async fn add_first(db: &Store, key: &KeyRow) -> Result<()> {
    let mut tx = db.write().await?;
    let before = sqlx::query("SELECT 1 FROM server_key WHERE kind = $1").bind(key.kind.name());
    if before.fetch_optional(&mut *tx).await?.is_none() {
        insert(&mut tx, key).await?;
    }
    Ok(tx.commit().await?)
}

async fn insert(connection: &mut Connection, key: &KeyRow) -> Result<()> {
    sqlx::query("INSERT INTO server_key (id, kind, made, secret, public) VALUES ($1, $2, $3, $4, $5)")
        .bind(&key.id)
        .bind(key.kind.name())
        .bind(key.made.timestamp_millis())
        .bind(&key.secret)
        .bind(&key.public)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn uploads_from(db: &Store, learner: &LearnerId) -> Result<Option<DateTime<Utc>>> {
    let from: Option<i64> = sqlx::query_scalar("SELECT uploads_from FROM learner WHERE id = $1")
        .bind(learner.as_str())
        .fetch_optional(&db.readers)
        .await?;
    from.map(text::time).transpose()
}

pub async fn revoke_uploads(db: &Store, learner: &LearnerId, now: DateTime<Utc>) -> Result<Written> {
    let done = sqlx::query("UPDATE learner SET uploads_from = $2 WHERE id = $1")
        .bind(learner.as_str())
        .bind(now.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(if done.rows_affected() == 0 { Written::No } else { Written::Yes })
}
