//! Keeping a change: the change, its evidence, its declaration and its receipt, all or none.

use super::{Connection, Store};
use crate::{
    db::{Answered, DbError, Result, text},
    declare::{Facts, Standing, judge, no_such_declaration, refused, repeat},
    evidence::{GENESIS, Link, sha256_hex},
};
use chrono::{DateTime, Utc};
use contract::{
    change::{Ack, Change, Outcome, What},
    deadline::{Assignment, Extension},
    declaration::Declaration,
    ids::{ChangeId, LearnerId},
    receipt::{Receipt, sayable_code},
};

pub async fn answered(connection: &mut Connection, change_id: &str) -> Result<Option<Answered>> {
    let row: Option<(String, String, String)> =
        sqlx::query_as("SELECT learner, sha256, answer FROM change WHERE id = $1")
            .bind(change_id)
            .fetch_optional(connection)
            .await?;
    row.map(|(learner, sha256, answer)| Ok(Answered { learner: LearnerId(learner), sha256, ack: parse(&answer)? }))
        .transpose()
}

pub async fn keep(db: &Store, learner: &LearnerId, change: &Change, bytes: &[u8], now: DateTime<Utc>) -> Result<Ack> {
    let sha256 = sha256_hex(bytes);
    let What::Declare(declaration) = &change.what else {
        return Ok(refused(&change.id, sha256, no_such_declaration()));
    };
    let mut tx = db.write().await?;
    if let Some(first) = answered(&mut tx, change.id.as_str()).await? {
        return Ok(repeat(first, learner, &sha256));
    }
    let facts = facts(&mut tx, learner, declaration).await?;
    let standing = match judge(declaration, &facts, now) {
        Ok(standing) => standing,
        Err(problem) => return Ok(refused(&change.id, sha256, problem)),
    };
    let code = free_code(&mut tx).await?;
    let receipt = receipt(&change.id, declaration, code, sha256.clone(), now, &standing);
    let answer = Outcome::Accepted { receipt: Some(receipt.clone()) };
    let ack = Ack { id: change.id.clone(), sha256: sha256.clone(), outcome: answer, missing: Vec::new() };
    insert_change(&mut tx, learner, change, bytes, &ack, now).await?;
    insert_declaration(&mut tx, learner, declaration, &receipt, &standing).await?;
    append_evidence(&mut tx, learner, &receipt).await?;
    tell_other_devices(&mut tx, learner, &receipt).await?;
    tx.commit().await?;
    Ok(ack)
}

/// What is known of the work. Whoever could ever see it may declare it: that a task was withdrawn, or its course left, between
/// signing offline and arrival is for people to weigh.
async fn facts(connection: &mut Connection, learner: &LearnerId, declaration: &Declaration) -> Result<Facts> {
    let assignment: Option<String> = sqlx::query_scalar(
        "SELECT body FROM record WHERE kind = 'assignment' AND id = $2 AND (
            audience_kind = 'everyone'
            OR audience_kind = 'learner' AND audience_id = $1
            OR audience_kind = 'course' AND EXISTS (
                SELECT 1 FROM enrolment WHERE learner = $1 AND course = audience_id))",
    )
    .bind(learner.as_str())
    .bind(declaration.assignment.as_str())
    .fetch_optional(&mut *connection)
    .await?;
    let extension: Option<String> =
        sqlx::query_scalar("SELECT body FROM record WHERE kind = 'extension' AND id = $1 AND NOT removed")
            .bind(format!("{learner}/{}", declaration.assignment))
            .fetch_optional(&mut *connection)
            .await?;
    let declared = sqlx::query("SELECT 1 FROM declaration WHERE learner = $1 AND assignment = $2 AND attempt = $3")
        .bind(learner.as_str())
        .bind(declaration.assignment.as_str())
        .bind(i64::from(declaration.attempt))
        .fetch_optional(connection)
        .await?;
    Ok(Facts {
        assignment: assignment.as_deref().map(parse::<Assignment>).transpose()?,
        extended_to: extension.as_deref().map(parse::<Extension>).transpose()?.map(|extension| extension.due),
        declared: declared.is_some(),
    })
}

fn receipt(
    change: &ChangeId,
    declaration: &Declaration,
    code: String,
    sha256: String,
    now: DateTime<Utc>,
    standing: &Standing,
) -> Receipt {
    Receipt {
        change: change.clone(),
        code,
        assignment: declaration.assignment.clone(),
        assignment_title: declaration.assignment_title.clone(),
        attempt: declaration.attempt,
        received_at: now,
        sha256,
        device_time: declaration.device_time,
        late: standing.late,
        signature: None,
        withdrawn_at: None,
        countersigned: None,
    }
}

async fn free_code(connection: &mut Connection) -> Result<String> {
    loop {
        let Some(code) = sayable_code(rand::random()) else { continue };
        let taken = sqlx::query("SELECT 1 FROM declaration WHERE code = $1").bind(&code);
        if taken.fetch_optional(&mut *connection).await?.is_none() {
            return Ok(code);
        }
    }
}

async fn insert_change(
    connection: &mut Connection,
    learner: &LearnerId,
    change: &Change,
    bytes: &[u8],
    ack: &Ack,
    now: DateTime<Utc>,
) -> Result<()> {
    let seq = i64::try_from(change.seq).map_err(|_| DbError::Corrupt("a sequence number beyond 63 bits".into()))?;
    sqlx::query(
        "INSERT INTO change (id, learner, client, seq, sha256, bytes, received_at, answer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(change.id.as_str())
    .bind(learner.as_str())
    .bind(change.client.as_str())
    .bind(seq)
    .bind(&ack.sha256)
    .bind(bytes)
    .bind(now.timestamp_millis())
    .bind(write(ack)?)
    .execute(connection)
    .await?;
    Ok(())
}

async fn insert_declaration(
    connection: &mut Connection,
    learner: &LearnerId,
    declaration: &Declaration,
    receipt: &Receipt,
    standing: &Standing,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO declaration
         (change_id, learner, assignment, assignment_title, attempt, code, received_at, device_time, counted_due, late)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(receipt.change.as_str())
    .bind(learner.as_str())
    .bind(declaration.assignment.as_str())
    .bind(&declaration.assignment_title)
    .bind(i64::from(declaration.attempt))
    .bind(&receipt.code)
    .bind(receipt.received_at.timestamp_millis())
    .bind(declaration.device_time.timestamp_millis())
    .bind(standing.counted_due.timestamp_millis())
    .bind(standing.late)
    .execute(connection)
    .await?;
    Ok(())
}

/// The link's payload ties the change's bytes, by their hash, to what the server said about them.
async fn append_evidence(connection: &mut Connection, learner: &LearnerId, receipt: &Receipt) -> Result<()> {
    let last: Option<(i64, String)> =
        sqlx::query_as("SELECT sequence, sha256 FROM evidence ORDER BY sequence DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    let (sequence, previous) = last.unwrap_or((0, GENESIS.into()));
    let payload = write(&serde_json::json!({ "learner": learner, "receipt": receipt }))?;
    let link = Link {
        sequence: sequence + 1,
        kind: "declaration",
        change_id: receipt.change.as_str(),
        received_at: receipt.received_at.timestamp_millis(),
        previous: &previous,
        payload: &payload,
    };
    sqlx::query(
        "INSERT INTO evidence (sequence, kind, change_id, payload, sha256, previous, received_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(link.sequence)
    .bind(link.kind)
    .bind(link.change_id)
    .bind(link.payload)
    .bind(link.sha256())
    .bind(link.previous)
    .bind(link.received_at)
    .execute(connection)
    .await?;
    Ok(())
}

async fn tell_other_devices(connection: &mut Connection, learner: &LearnerId, receipt: &Receipt) -> Result<()> {
    let revision: i64 = sqlx::query_scalar("UPDATE counter SET revision = revision + 1 RETURNING revision")
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO record (kind, id, audience_kind, audience_id, body, revision)
         VALUES ($1, $2, 'learner', $3, $4, $5)",
    )
    .bind(text::kind(contract::delta::Kind::Receipt))
    .bind(receipt.change.as_str())
    .bind(learner.as_str())
    .bind(write(receipt)?)
    .bind(revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// The error says where and not what: its own words would quote what a learner wrote into the log.
fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| {
        DbError::Corrupt(format!("JSON of another shape, at line {} column {}", error.line(), error.column()))
    })
}

fn write<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| DbError::Corrupt(error.to_string()))
}
