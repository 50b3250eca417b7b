//! Who is on the staff, and what they read and exported.

use super::{Connection, Store};
use crate::db::{Access, DbError, Deed, Result, StaffRow, Written, text};
use chrono::{DateTime, Utc};
use contract::staff::StaffRole;

/// Id, name, role, added, revoked.
type Row = (String, String, String, i64, Option<i64>);

/// Time, staff, name, role, action, subject.
type AccessRow = (i64, String, String, String, String, String);

pub async fn add(db: &Store, staff: &StaffRow, key_sha256: &str) -> Result<Written> {
    let done = sqlx::query(
        "INSERT INTO staff (id, name, role, key_sha256, added) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(&staff.id)
    .bind(&staff.name)
    .bind(staff.role.word())
    .bind(key_sha256)
    .bind(staff.added.timestamp_millis())
    .execute(&db.writer)
    .await?;
    Ok(if done.rows_affected() == 0 { Written::No } else { Written::Yes })
}

pub async fn all(db: &Store) -> Result<Vec<StaffRow>> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT id, name, role, added, revoked FROM staff ORDER BY id").fetch_all(&db.readers).await?;
    rows.into_iter().map(row).collect()
}

pub async fn by_key(db: &Store, key_sha256: &str) -> Result<Option<StaffRow>> {
    let found: Option<Row> =
        sqlx::query_as("SELECT id, name, role, added, revoked FROM staff WHERE key_sha256 = $1 AND revoked IS NULL")
            .bind(key_sha256)
            .fetch_optional(&db.readers)
            .await?;
    found.map(row).transpose()
}

pub async fn revoke(db: &Store, id: &str, now: DateTime<Utc>) -> Result<Written> {
    let done = sqlx::query("UPDATE staff SET revoked = $2 WHERE id = $1 AND revoked IS NULL")
        .bind(id)
        .bind(now.timestamp_millis())
        .execute(&db.writer)
        .await?;
    Ok(if done.rows_affected() == 0 { Written::No } else { Written::Yes })
}

pub async fn note(db: &Store, access: &Access) -> Result<()> {
    let mut tx = db.write().await?;
    log(&mut tx, access).await?;
    Ok(tx.commit().await?)
}

/// Under the write lock, so that no number is given twice.
pub async fn log(connection: &mut Connection, access: &Access) -> Result<()> {
    sqlx::query(
        "INSERT INTO access_log (number, at, staff, name, role, action, subject)
         SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6 FROM access_log",
    )
    .bind(access.at.timestamp_millis())
    .bind(&access.staff)
    .bind(&access.name)
    .bind(access.role.word())
    .bind(access.deed.name())
    .bind(&access.subject)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn accesses(db: &Store) -> Result<Vec<Access>> {
    let rows: Vec<AccessRow> =
        sqlx::query_as("SELECT at, staff, name, role, action, subject FROM access_log ORDER BY number")
            .fetch_all(&db.readers)
            .await?;
    rows.into_iter()
        .map(|(at, staff, name, role, deed, subject)| {
            let deed =
                Deed::named(&deed).ok_or_else(|| DbError::Corrupt("an unknown entry of the access log".into()))?;
            Ok(Access { at: text::time(at)?, staff, name, role: self::role(&role)?, deed, subject })
        })
        .collect()
}

fn row((id, name, role, added, revoked): Row) -> Result<StaffRow> {
    Ok(StaffRow {
        id,
        name,
        role: self::role(&role)?,
        added: text::time(added)?,
        revoked: revoked.map(text::time).transpose()?,
    })
}

fn role(word: &str) -> Result<StaffRole> {
    StaffRole::named(word).ok_or_else(|| DbError::Corrupt(format!("a staff role `{word}`")))
}
