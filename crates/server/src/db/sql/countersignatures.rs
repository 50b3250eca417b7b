//! An assessor's confirmation beside a declaration.

use super::{Store, evidence, receipts};
use crate::{
    db::{Countersigning, DbError, Result, text},
    evidence::{Confirmed, Kind},
};
use chrono::{DateTime, Utc};
use contract::{
    ids::LearnerId,
    receipt::{Countersigned, Receipt},
};

pub async fn keep(
    db: &Store,
    code: &str,
    assessor: &str,
    statements: &[String],
    now: DateTime<Utc>,
) -> Result<Countersigning> {
    let mut tx = db.write().await?;
    let found: Option<(String, String, String)> = sqlx::query_as(
        "SELECT d.change_id, d.learner, c.sha256 FROM declaration d JOIN change c ON c.id = d.change_id WHERE d.code = $1",
    )
    .bind(code)
    .fetch_optional(&mut *tx)
    .await?;
    let Some((declaration, learner, sha256)) = found else { return Ok(Countersigning::NoSuchReceipt) };
    let before: Option<String> = sqlx::query_scalar("SELECT assessor FROM countersignature WHERE declaration = $1")
        .bind(&declaration)
        .fetch_optional(&mut *tx)
        .await?;
    if let Some(assessor) = before {
        return Ok(Countersigning::By(assessor));
    }
    let withdrawn = sqlx::query("SELECT 1 FROM withdrawal WHERE declaration = $1").bind(&declaration);
    if withdrawn.fetch_optional(&mut *tx).await?.is_some() {
        return Ok(Countersigning::Withdrawn);
    }
    sqlx::query(
        "INSERT INTO countersignature (declaration, assessor, statements, received_at) VALUES ($1, $2, $3, $4)",
    )
    .bind(&declaration)
    .bind(assessor)
    .bind(text::write(&statements)?)
    .bind(now.timestamp_millis())
    .execute(&mut *tx)
    .await?;
    let said = Confirmed {
        declaration: declaration.as_str().into(),
        code: code.into(),
        assessor: assessor.into(),
        statements: statements.to_vec(),
        received_at: now,
        sha256,
    };
    evidence::append(&mut tx, Kind::Countersignature, &declaration, now, &said).await?;
    let receipt = receipts::of(&mut tx, &declaration).await?;
    let receipt = receipt.ok_or_else(|| DbError::Corrupt("a declaration without its receipt".into()))?;
    let receipt = Receipt { countersigned: Some(Countersigned { by: assessor.into(), at: now }), ..receipt };
    receipts::tell(&mut tx, &LearnerId(learner), &receipt).await?;
    tx.commit().await?;
    Ok(Countersigning::Done(Box::new(receipt)))
}
