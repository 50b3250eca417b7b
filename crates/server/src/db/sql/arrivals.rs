//! What came, kept or not, by each client's own numbers.

use super::{Connection, Store};
use crate::db::{Arrival, DbError, ERASED, Gap, MISSING_MAX, Result, text};

pub async fn note(db: &Store, arrival: &Arrival<'_>) -> Result<()> {
    insert(&mut *db.writer.acquire().await?, arrival).await
}

/// The same text again is one arrival; being kept in the end is what counts. Of who was erased while it came nothing is noted.
pub async fn insert(connection: &mut Connection, arrival: &Arrival<'_>) -> Result<()> {
    sqlx::query(
        "INSERT INTO arrival (change_id, sha256, client, seq, learner, at, outcome)
         SELECT $1, $2, $3, $4, id, $6, $7 FROM learner WHERE id = $5
         ON CONFLICT (change_id, sha256) DO UPDATE SET outcome = excluded.outcome WHERE excluded.outcome = 'kept'",
    )
    .bind(text::made_storable(arrival.change.as_str()))
    .bind(arrival.sha256)
    .bind(text::made_storable(arrival.client))
    .bind(text::number(arrival.seq)?)
    .bind(arrival.learner.as_str())
    .bind(arrival.at.timestamp_millis())
    .bind(arrival.fate.name())
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn missing(db: &Store, client: &str, below: u64) -> Result<Vec<u64>> {
    among(&mut *db.readers.acquire().await?, client, below).await
}

async fn among(connection: &mut Connection, client: &str, below: u64) -> Result<Vec<u64>> {
    let below = text::number(below)?;
    let came =
        sqlx::query_scalar("SELECT count(DISTINCT seq) FROM arrival WHERE client = $1 AND seq BETWEEN 1 AND $2 - 1");
    let came: i64 = came.bind(client).bind(below).fetch_one(&mut *connection).await?;
    if came >= below - 1 {
        return Ok(Vec::new());
    }
    let seen: Vec<i64> = sqlx::query_scalar(
        "SELECT DISTINCT seq FROM arrival WHERE client = $1 AND seq BETWEEN 1 AND $2 - 1 ORDER BY seq",
    )
    .bind(client)
    .bind(below)
    .fetch_all(connection)
    .await?;
    Ok(text::holes(&seen, below, MISSING_MAX))
}

pub async fn gaps(db: &Store) -> Result<Vec<Gap>> {
    let mut tx = db.snapshot().await?;
    let clients: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT client, max(seq), max(at) FROM arrival WHERE client <> '' GROUP BY client
         HAVING count(DISTINCT CASE WHEN seq > 0 THEN seq END) < max(seq) ORDER BY max(at) DESC, client",
    )
    .fetch_all(&mut *tx)
    .await?;
    let mut gaps = Vec::with_capacity(clients.len());
    for (client, last_number, last) in clients {
        let below = u64::try_from(last_number).map_err(|_| DbError::Corrupt("a negative number".into()))?;
        let learners: Vec<String> = sqlx::query_scalar(
            "SELECT DISTINCT learner FROM arrival WHERE client = $1 AND learner <> $2 ORDER BY learner",
        )
        .bind(&client)
        .bind(ERASED)
        .fetch_all(&mut *tx)
        .await?;
        if learners.is_empty() {
            // Nobody is left who could still send it.
            continue;
        }
        let missing = among(&mut tx, &client, below).await?;
        gaps.push(Gap { client, missing, learners, last: text::time(last)? });
    }
    Ok(gaps)
}
