//! The receipts that learners hold: records that sync tells.

use super::Connection;
use crate::db::{Result, text};
use contract::{delta::Kind, ids::LearnerId, receipt::Receipt};

/// Tells all of a learner's devices of a receipt, or of what became of it.
pub async fn tell(connection: &mut Connection, learner: &LearnerId, receipt: &Receipt) -> Result<()> {
    let revision: i64 = sqlx::query_scalar("UPDATE counter SET revision = revision + 1 RETURNING revision")
        .fetch_one(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO record (kind, id, audience_kind, audience_id, body, revision)
         VALUES ($1, $2, 'learner', $3, $4, $5)
         ON CONFLICT (kind, id) DO UPDATE SET body = excluded.body, revision = excluded.revision",
    )
    .bind(text::kind(Kind::Receipt))
    .bind(receipt.change.as_str())
    .bind(learner.as_str())
    .bind(text::write(receipt)?)
    .bind(revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// The receipt of a declaration as it stands.
pub async fn of(connection: &mut Connection, declaration: &str) -> Result<Option<Receipt>> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2")
        .bind(text::kind(Kind::Receipt))
        .bind(declaration)
        .fetch_optional(connection)
        .await?;
    body.as_deref().map(text::parse).transpose()
}
