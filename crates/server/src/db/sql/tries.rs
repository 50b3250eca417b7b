//! Counting sign-ins, so that guessing is slow across restarts and for parallel tries.

use super::Store;
use crate::{
    auth::tries::{FORGET_MS, wait_ms},
    db::{Result, Written},
};
use chrono::{DateTime, Utc};

/// Counts a try before it is made, as those in parallel must not all pass; not if it comes too soon.
pub async fn count(db: &Store, who: &str, now: DateTime<Utc>) -> Result<Written> {
    let now = now.timestamp_millis();
    let mut tx = db.write().await?;
    sqlx::query("DELETE FROM tries WHERE last < $1").bind(now - FORGET_MS).execute(&mut *tx).await?;
    let counted: Option<(i64, i64)> =
        sqlx::query_as("SELECT failed, last FROM tries WHERE who = $1").bind(who).fetch_optional(&mut *tx).await?;
    if counted.is_some_and(|(failed, last)| now < last + wait_ms(failed)) {
        return Ok(Written::No);
    }
    sqlx::query(
        "INSERT INTO tries (who, failed, last) VALUES ($1, 1, $2)
         ON CONFLICT (who) DO UPDATE SET failed = tries.failed + 1, last = excluded.last",
    )
    .bind(who)
    .bind(now)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(Written::Yes)
}
