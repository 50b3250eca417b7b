//! SQLite, in the process: one writer at a time, any number of readers, nothing acknowledged before it is on the disk.

pub mod file;
mod open;
#[allow(clippy::duplicate_mod, reason = "compiled once for each database, with its own types")]
#[path = "../sql/mod.rs"]
mod sql;

pub use open::SqliteOptions;

use super::{Result, Traces};
use sqlx::{
    AssertSqlSafe, Sqlite as Driver, SqliteConnection as Connection, SqlitePool, Transaction,
    sqlite::{SqliteQueryResult as Done, SqliteRow as Row},
};

type Store = Sqlite;

/// A table's columns with their types.
const COLUMNS: &str = "SELECT name, type FROM pragma_table_info($1) ORDER BY cid";

/// Lets rows be deleted that are there for ever, in this transaction; the statements that come back end that.
async fn lift_protection(connection: &mut Connection) -> Result<Vec<String>> {
    let triggers: Vec<(String, String)> = sqlx::query_as("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
        .fetch_all(&mut *connection)
        .await?;
    for (name, _) in &triggers {
        sqlx::query(AssertSqlSafe(format!("DROP TRIGGER {name}"))).execute(&mut *connection).await?;
    }
    Ok(triggers.into_iter().map(|(_, sql)| sql).collect())
}

/// What is deleted is overwritten, by this connection.
async fn before_erasing(connection: &mut Connection) -> Result<()> {
    sqlx::query("PRAGMA secure_delete = ON").execute(connection).await?;
    Ok(())
}

/// Writes the file anew with what is in its rows now, and empties the log beside it.
async fn scrub(db: &Sqlite) -> Result<Traces> {
    let mut connection = db.writer.acquire().await?;
    // Statistics quote keys.
    let statistics = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'");
    if statistics.fetch_optional(&mut *connection).await?.is_some() {
        sqlx::query("ANALYZE").execute(&mut *connection).await?;
    }
    sqlx::query("VACUUM").execute(&mut *connection).await?;
    let (busy, ..): (i64, i64, i64) =
        sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await?;
    Ok(if busy == 0 { Traces::None } else { Traces::InLog })
}

pub struct Sqlite {
    readers: SqlitePool,
    /// Of one connection: writers queue here in their order rather than meet at the file's lock.
    writer: SqlitePool,
}

impl Sqlite {
    /// A transaction that has the write lock from its first statement, so that what it reads stays true.
    async fn write(&self) -> Result<Transaction<'static, Driver>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// A transaction that sees one moment, whatever is written meanwhile.
    async fn snapshot(&self) -> Result<Transaction<'static, Driver>> {
        Ok(self.readers.begin().await?)
    }

    /// The same, for who reads whole tables.
    async fn long_snapshot(&self) -> Result<Transaction<'static, Driver>> {
        self.snapshot().await
    }
}
