//! PostgreSQL: for a provider who has one, or who runs several server processes on one database.

mod open;
#[allow(clippy::duplicate_mod, reason = "compiled once for each database, with its own types")]
#[path = "../sql/mod.rs"]
mod sql;

pub use open::PostgresOptions;

use super::{Result, Traces, copy::TABLES};
use sqlx::{
    AssertSqlSafe, PgConnection as Connection, PgPool, Postgres as Driver, Transaction,
    postgres::{PgQueryResult as Done, PgRow as Row},
};

type Store = Postgres;

/// A table's columns with their types.
const COLUMNS: &str = "
    SELECT CAST(column_name AS TEXT), CAST(data_type AS TEXT) FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position";

/// Lets rows be deleted that are there for ever, in this transaction; the statements that come back end that.
async fn lift_protection(connection: &mut Connection) -> Result<Vec<String>> {
    unhurried(connection).await?;
    for table in TABLES {
        let off = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
        sqlx::query(AssertSqlSafe(off)).execute(&mut *connection).await?;
    }
    Ok(TABLES.map(|table| format!("ALTER TABLE {table} ENABLE TRIGGER USER")).into())
}

/// Nothing but time.
async fn before_erasing(connection: &mut Connection) -> Result<()> {
    unhurried(connection).await
}

/// What a row was stays in its table's file until the operator has that written anew: nobody reads or writes meanwhile, so they choose when.
#[allow(clippy::unused_async, reason = "SQLite waits for it")]
async fn scrub(_: &Postgres) -> Result<Traces> {
    Ok(Traces::InDatabase)
}

async fn unhurried(connection: &mut Connection) -> Result<()> {
    for limit in ["SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0"] {
        sqlx::query(limit).execute(&mut *connection).await?;
    }
    Ok(())
}

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
        let mut tx = begin(&self.writer, "BEGIN ISOLATION LEVEL READ COMMITTED").await?;
        sqlx::query("SELECT revision FROM counter FOR UPDATE").execute(&mut *tx).await?;
        Ok(tx)
    }

    /// A transaction that sees one moment, whatever is written meanwhile.
    async fn snapshot(&self) -> Result<Transaction<'static, Driver>> {
        begin(&self.readers, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await
    }

    /// The same, for who reads whole tables: that takes longer than a request may.
    async fn long_snapshot(&self) -> Result<Transaction<'static, Driver>> {
        let mut tx = self.snapshot().await?;
        unhurried(&mut tx).await?;
        Ok(tx)
    }
}

/// Begins a transaction, to its end even if nobody waits for it any more. The driver counts a transaction only once BEGIN was
/// answered: given up in between, the connection would go back to the pool inside of one, its next readers would see an old
/// moment, and its next writers' rows would never be committed.
async fn begin(pool: &PgPool, statement: &'static str) -> Result<Transaction<'static, Driver>> {
    let pool = pool.clone();
    // Given up, what this returns is dropped in its own task, which ends the transaction.
    let begun = tokio::spawn(async move { pool.begin_with(statement).await });
    Ok(begun.await.map_err(|stopped| sqlx::Error::Io(std::io::Error::other(stopped)))??)
}
