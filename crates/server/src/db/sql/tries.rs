//! Counting sign-ins, so that guessing is slow across restarts and for parallel tries.

use super::{Connection, Store};
use crate::{
    auth::tries::{Bucket, KNOWN_MS, Tries},
    db::{Result, Written},
};
use chrono::{DateTime, Utc};

/// Counts a try before it is made, as those in parallel must not all pass; counts nothing if it comes too soon.
pub async fn count(db: &Store, tries: &Tries, now: DateTime<Utc>) -> Result<Written> {
    let now = now.timestamp_millis();
    let mut tx = db.write().await?;
    sqlx::query("DELETE FROM tries WHERE until <= $1").bind(now).execute(&mut *tx).await?;
    let known =
        sqlx::query("SELECT 1 FROM tries WHERE key = $1").bind(&tries.known).fetch_optional(&mut *tx).await?.is_some();
    let account = (!known).then_some(&tries.account);
    for bucket in [&tries.address, &tries.pair].into_iter().chain(account) {
        if add(&mut tx, bucket, now).await? == Written::No {
            return Ok(Written::No);
        }
    }
    tx.commit().await?;
    Ok(Written::Yes)
}

/// A row that ends much later than any try can have made it is of a clock that was wrong: it begins anew.
async fn add(tx: &mut Connection, bucket: &Bucket, now: i64) -> Result<Written> {
    let Bucket { key, most, every_ms } = bucket;
    let done = sqlx::query(
        "INSERT INTO tries (key, until) VALUES ($1, $3)
         ON CONFLICT (key) DO UPDATE SET
             until = CASE WHEN tries.until > $2 AND tries.until <= $6 THEN tries.until + $4 ELSE excluded.until END
         WHERE tries.until <= $5 OR tries.until > $6",
    )
    .bind(key)
    .bind(now)
    .bind(now + every_ms)
    .bind(every_ms)
    .bind(now + (most - 1) * every_ms)
    .bind(now + 2 * most * every_ms)
    .execute(tx)
    .await?;
    Ok(if done.rows_affected() == 0 { Written::No } else { Written::Yes })
}

/// After a try that succeeded: the account's are forgotten, the address gets this one back, and is known from now on.
pub async fn forgive(db: &Store, tries: &Tries, now: DateTime<Utc>) -> Result<()> {
    let now = now.timestamp_millis();
    let mut tx = db.write().await?;
    sqlx::query("DELETE FROM tries WHERE key IN ($1, $2)")
        .bind(&tries.pair.key)
        .bind(&tries.account.key)
        .execute(&mut *tx)
        .await?;
    sqlx::query("UPDATE tries SET until = until - $2 WHERE key = $1")
        .bind(&tries.address.key)
        .bind(tries.address.every_ms)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO tries (key, until) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET until = excluded.until",
    )
    .bind(&tries.known)
    .bind(now + KNOWN_MS)
    .execute(&mut *tx)
    .await?;
    Ok(tx.commit().await?)
}
