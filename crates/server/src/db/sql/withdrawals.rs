//! Keeping a withdrawal: a row beside the declaration, which stays.

use super::{
    Connection,
    changes::{self, Keeping},
    evidence, feedback, receipts,
};
use crate::{
    db::Result,
    declare::{already_withdrawn, no_such_declaration},
    evidence::{Kind, Withdrawn},
};
use contract::{change::Ack, problem::Problem, withdrawal::Withdrawal};

/// In the caller's transaction; a problem means that nothing was written.
pub async fn keep(
    connection: &mut Connection,
    keeping: &Keeping<'_>,
    withdrawal: &Withdrawal,
) -> Result<std::result::Result<Ack, Problem>> {
    let (learner, declaration) = (keeping.learner, &withdrawal.declaration);
    let code: Option<String> = sqlx::query_scalar("SELECT code FROM declaration WHERE change_id = $1 AND learner = $2")
        .bind(declaration.as_str())
        .bind(learner.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let (Some(code), Some(receipt)) = (code, receipts::of(connection, declaration.as_str()).await?) else {
        return Ok(Err(no_such_declaration()));
    };
    let before = sqlx::query("SELECT 1 FROM withdrawal WHERE declaration = $1").bind(declaration.as_str());
    if before.fetch_optional(&mut *connection).await?.is_some() {
        return Ok(Err(already_withdrawn()));
    }
    let receipt = contract::receipt::Receipt { withdrawn_at: Some(keeping.now), ..receipt };
    let ack = changes::insert(connection, keeping, Some(&receipt)).await?;
    sqlx::query("INSERT INTO withdrawal (change_id, learner, declaration, received_at) VALUES ($1, $2, $3, $4)")
        .bind(keeping.change.id.as_str())
        .bind(learner.as_str())
        .bind(declaration.as_str())
        .bind(keeping.now.timestamp_millis())
        .execute(&mut *connection)
        .await?;
    let said = Withdrawn {
        learner: learner.clone(),
        change: keeping.change.id.clone(),
        declaration: declaration.clone(),
        code,
        received_at: keeping.now,
        sha256: keeping.sha256.into(),
    };
    evidence::append(connection, Kind::Withdrawal, keeping.change.id.as_str(), keeping.now, &said).await?;
    receipts::tell(connection, learner, &receipt).await?;
    feedback::settle(connection, learner, &receipt.assignment, receipt.attempt).await?;
    Ok(Ok(ack))
}
