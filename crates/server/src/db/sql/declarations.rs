//! Keeping a declaration.

use super::{
    Connection,
    changes::{self, Keeping},
    evidence, feedback, receipts,
};
use crate::{
    db::{Result, text},
    declare::{Facts, Standing, judge},
    evidence::{Declared, Kind},
};
use contract::{
    change::Ack,
    deadline::{Assignment, Extension},
    declaration::Declaration,
    ids::LearnerId,
    problem::Problem,
    receipt::{Receipt, sayable_code},
};

/// In the caller's transaction; a problem means that nothing was written.
pub async fn keep(
    connection: &mut Connection,
    keeping: &Keeping<'_>,
    declaration: &Declaration,
) -> Result<std::result::Result<Ack, Problem>> {
    let facts = facts(connection, keeping.learner, declaration).await?;
    let standing = match judge(declaration, &facts, keeping.now) {
        Ok(standing) => standing,
        Err(problem) => return Ok(Err(problem)),
    };
    let code = free_code(connection).await?;
    let receipt = receipt(keeping, declaration, code, &standing);
    let ack = changes::insert(connection, keeping, Some(&receipt)).await?;
    insert(connection, keeping.learner, declaration, &receipt, &standing).await?;
    let said = Declared { learner: keeping.learner.clone(), receipt };
    evidence::append(connection, Kind::Declaration, keeping.change.id.as_str(), keeping.now, &said).await?;
    receipts::tell(connection, keeping.learner, &said.receipt).await?;
    feedback::settle(connection, keeping.learner, &declaration.assignment, declaration.attempt).await?;
    Ok(Ok(ack))
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
        assignment: assignment.as_deref().map(text::parse::<Assignment>).transpose()?,
        extended_to: extension.as_deref().map(text::parse::<Extension>).transpose()?.map(|extension| extension.due),
        declared: declared.is_some(),
    })
}

fn receipt(keeping: &Keeping<'_>, declaration: &Declaration, code: String, standing: &Standing) -> Receipt {
    keeping.keys.sign(Receipt {
        change: keeping.change.id.clone(),
        code,
        assignment: declaration.assignment.clone(),
        assignment_title: declaration.assignment_title.clone(),
        attempt: declaration.attempt,
        received_at: keeping.now,
        sha256: keeping.sha256.into(),
        device_time: declaration.device_time,
        late: standing.late,
        signature: None,
        withdrawn_at: None,
        countersigned: None,
    })
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

async fn insert(
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
