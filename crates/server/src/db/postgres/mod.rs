//! PostgreSQL: for a provider who has one, or who runs several server processes on one database.

mod open;
#[allow(clippy::duplicate_mod, reason = "compiled once for each database, with its own types")]
#[path = "../sql/mod.rs"]
mod sql;

pub use open::PostgresOptions;

use super::Result;
use sqlx::{
    PgConnection as Connection, PgPool, Postgres as Driver, Transaction,
    postgres::{PgQueryResult as Done, PgRow as Row},
};

type Store = Postgres;

pub struct Postgres {
    readers: PgPool,
    /// Apart from the readers, which so never stand behind writers that wait for their turn.
    writer: PgPool,
}

impl Postgres {
    /// A transaction that has the counter's row from its first statement. Whoever writes takes it first, in whatever process, so that
    /// revisions and links of the evidence are committed in their order: who sees one sees all before it. A statement after the
    /// first sees what was committed before the row was had, which asks for READ COMMITTED.
    async fn write(&self) -> Result<Transaction<'static, Driver>> {
        let mut tx = self.writer.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE").await?;
        sqlx::query("SELECT revision FROM counter FOR UPDATE").execute(&mut *tx).await?;
        Ok(tx)
    }

    /// A transaction that sees one moment, whatever is written meanwhile.
    async fn snapshot(&self) -> Result<Transaction<'static, Driver>> {
        Ok(self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?)
    }
}
