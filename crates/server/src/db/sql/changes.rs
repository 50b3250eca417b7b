//! Keeping a change: the change, its evidence, its row and its receipt, all or none.

use super::{Connection, Store, acts, arrivals, asks, declarations, withdrawals};
use crate::{
    db::{Answered, Arrival, DbError, Fate, Result, text},
    declare::{refused, repeat},
    evidence::sha256_hex,
    keys::Keys,
};
use chrono::{DateTime, Utc};
use contract::{
    change::{Ack, Change, Outcome, What},
    ids::{ClientId, LearnerId},
    receipt::Receipt,
};

/// A change that is about to be kept.
pub struct Keeping<'a> {
    pub learner: &'a LearnerId,
    pub change: &'a Change,
    pub bytes: &'a [u8],
    /// Of those bytes.
    pub sha256: &'a str,
    pub now: DateTime<Utc>,
    pub keys: &'a Keys,
}

pub async fn answered(connection: &mut Connection, change_id: &str) -> Result<Option<Answered>> {
    if !text::storable(change_id) {
        return Ok(None);
    }
    let row: Option<(String, String, i64, String, String)> =
        sqlx::query_as("SELECT learner, client, seq, sha256, answer FROM change WHERE id = $1")
            .bind(change_id)
            .fetch_optional(connection)
            .await?;
    row.map(|(learner, client, seq, sha256, answer)| {
        let seq = u64::try_from(seq).map_err(|_| DbError::Corrupt("a negative number".into()))?;
        let ack = if answer.is_empty() { None } else { Some(text::parse(&answer)?) };
        Ok(Answered { learner: LearnerId(learner), client: ClientId(client), seq, sha256, ack })
    })
    .transpose()
}

pub async fn keep(
    db: &Store,
    learner: &LearnerId,
    change: &Change,
    bytes: &[u8],
    now: DateTime<Utc>,
    keys: &Keys,
) -> Result<Ack> {
    let sha256 = sha256_hex(bytes);
    let mut tx = db.write().await?;
    if let Some(first) = answered(&mut tx, change.id.as_str()).await? {
        return Ok(repeat(first, &change.id, learner, &sha256));
    }
    let keeping = Keeping { learner, change, bytes, sha256: &sha256, now, keys };
    let kept = match &change.what {
        What::Declare(declaration) => declarations::keep(&mut tx, &keeping, declaration).await?,
        What::Withdraw(withdrawal) => withdrawals::keep(&mut tx, &keeping, withdrawal).await?,
        What::Ask(ask) => asks::keep(&mut tx, &keeping, ask).await?,
        What::More(more) => asks::go_on(&mut tx, &keeping, more).await?,
        What::Act(act) => acts::keep(&mut tx, &keeping, act).await?,
    };
    match kept {
        Ok(ack) => {
            tx.commit().await?;
            Ok(ack)
        }
        Err(problem) => Ok(refused(&change.id, sha256, problem)),
    }
}

/// Writes the change with its answer, which carries the receipt if there is one.
pub async fn insert(connection: &mut Connection, keeping: &Keeping<'_>, receipt: Option<&Receipt>) -> Result<Ack> {
    let Keeping { learner, change, bytes, sha256, now, .. } = keeping;
    let outcome = Outcome::Accepted { receipt: receipt.cloned() };
    let ack = Ack { id: change.id.clone(), sha256: (*sha256).into(), outcome, missing: Vec::new() };
    sqlx::query(
        "INSERT INTO change (id, learner, client, seq, sha256, bytes, received_at, answer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(change.id.as_str())
    .bind(learner.as_str())
    .bind(change.client.as_str())
    .bind(text::number(change.seq)?)
    .bind(sha256)
    .bind(bytes)
    .bind(now.timestamp_millis())
    .bind(text::write(&ack)?)
    .execute(&mut *connection)
    .await?;
    let (client, seq) = (change.client.as_str(), change.seq);
    let arrival = Arrival { change: &change.id, sha256, client, seq, learner, at: *now, fate: Fate::Kept };
    arrivals::insert(connection, &arrival).await?;
    Ok(ack)
}
