//! Many rows into a database at once, past its checks: as a restored backup would put them there.

use crate::store::{Database, Store};
use anyhow::{Context, Result};
use sqlx::{
    AssertSqlSafe, ConnectOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use std::{collections::BTreeMap, fmt::Write};

#[derive(Clone, Debug)]
pub enum Value {
    Text(String),
    Number(i64),
    Truth(bool),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// A table's name, and its columns as an INSERT names them.
pub type Table = (&'static str, &'static str);

/// Rows on their way, kept until there are many of a table.
pub struct Bulk {
    store: Store,
    waiting: BTreeMap<Table, Vec<Vec<Value>>>,
    pub rows: u64,
}

/// Rows of one statement.
const AT_ONCE: usize = 500;

impl Bulk {
    /// # Errors
    /// The database cannot be reached, or does not let its checks be lifted.
    pub async fn begin(database: &Database) -> Result<Self> {
        let mut store = match database {
            Database::Sqlite(file) => {
                let options = SqliteConnectOptions::new()
                    .filename(file)
                    .foreign_keys(false)
                    .journal_mode(SqliteJournalMode::Off)
                    .synchronous(SqliteSynchronous::Off)
                    .pragma("cache_size", "-4000000");
                Store::Sqlite(options.connect().await.context("The file cannot be opened.")?)
            }
            Database::Postgres(_) => {
                let mut store = database.connect().await?;
                store.execute("SET session_replication_role = replica").await?;
                // The cluster is this run's own; else it would write each page again and again.
                store.execute("ALTER SYSTEM SET max_wal_size = '8GB'").await?;
                store.execute("SELECT pg_reload_conf()").await?;
                store
            }
        };
        store.execute("BEGIN").await?;
        Ok(Self { store, waiting: BTreeMap::new(), rows: 0 })
    }

    /// # Errors
    /// The database does not take it.
    pub async fn put<const N: usize>(&mut self, table: Table, row: [Value; N]) -> Result<()> {
        self.rows += 1;
        let waiting = self.waiting.entry(table).or_default();
        waiting.push(row.into());
        if waiting.len() < AT_ONCE {
            return Ok(());
        }
        let rows = std::mem::take(waiting);
        write(&mut self.store, table, rows).await
    }

    /// Runs one statement among the rows.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn execute(&mut self, sql: &str) -> Result<()> {
        self.store.execute(sql).await
    }

    /// Writes what waits, and commits. Says how many rows there were.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn end(mut self) -> Result<u64> {
        for (table, rows) in std::mem::take(&mut self.waiting) {
            write(&mut self.store, table, rows).await?;
        }
        self.store.execute("COMMIT").await?;
        if let Store::Postgres(_) = self.store {
            // As its own housekeeping would have done since.
            self.store.execute("VACUUM ANALYZE").await?;
            self.store.execute("CHECKPOINT").await?;
        }
        self.store.close().await?;
        Ok(self.rows)
    }
}

async fn write(store: &mut Store, (table, columns): Table, rows: Vec<Vec<Value>>) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    match store {
        Store::Sqlite(connection) => {
            let one = format!("({})", vec!["?"; columns.split(',').count()].join(","));
            let all = vec![one; rows.len()].join(",");
            let mut query = sqlx::query(AssertSqlSafe(format!("INSERT INTO {table} ({columns}) VALUES {all}")));
            for value in rows.into_iter().flatten() {
                query = match value {
                    Value::Text(text) => query.bind(text),
                    Value::Number(number) => query.bind(number),
                    Value::Truth(truth) => query.bind(truth),
                    Value::Bytes(bytes) => query.bind(bytes),
                };
            }
            query.execute(connection).await.with_context(|| format!("rows of {table}"))?;
        }
        Store::Postgres(connection) => {
            let mut text = String::new();
            for row in rows {
                line(&mut text, &row);
            }
            let mut copy = connection.copy_in_raw(&format!("COPY {table} ({columns}) FROM STDIN")).await?;
            copy.send(text.into_bytes()).await?;
            copy.finish().await.with_context(|| format!("rows of {table}"))?;
        }
    }
    Ok(())
}

/// In COPY's text format.
fn line(out: &mut String, row: &[Value]) {
    for (position, value) in row.iter().enumerate() {
        if position > 0 {
            out.push('\t');
        }
        match value {
            Value::Text(text) => {
                for letter in text.chars() {
                    match letter {
                        '\\' => out.push_str("\\\\"),
                        '\n' => out.push_str("\\n"),
                        '\r' => out.push_str("\\r"),
                        '\t' => out.push_str("\\t"),
                        other => out.push(other),
                    }
                }
            }
            // Writing to a string cannot fail.
            Value::Number(number) => _ = write!(out, "{number}"),
            Value::Truth(truth) => out.push(if *truth { 't' } else { 'f' }),
            Value::Bytes(bytes) => {
                out.push_str("\\\\x");
                out.push_str(&data_encoding::HEXLOWER.encode(bytes));
            }
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_written_so_that_copy_reads_it_back() {
        let mut out = String::new();
        line(&mut out, &["a\\b\nc\td".into(), Value::Number(-7), Value::Truth(true), Value::Bytes(vec![0, 255])]);
        assert_eq!(out, "a\\\\b\\nc\\td\t-7\tt\t\\\\x00ff\n");
    }
}
