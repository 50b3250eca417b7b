//! SQLite, in the process: one writer at a time, any number of readers, nothing acknowledged before it is on the disk.

mod open;
#[allow(clippy::duplicate_mod, reason = "compiled once for each database, with its own types")]
#[path = "../sql/mod.rs"]
mod sql;

pub use open::SqliteOptions;

use super::Result;
use sqlx::{
    Sqlite as Driver, SqliteConnection as Connection, SqlitePool, Transaction,
    sqlite::{SqliteQueryResult as Done, SqliteRow as Row},
};

type Store = Sqlite;

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
}
