//! Opening the file, with the settings that keep what was acknowledged.

use super::Sqlite;
use anyhow::{Context, bail};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

/// The first library without the fault by which a WAL reset could lose a commit.
const LIBRARY_MIN: (u32, u32, u32) = (3, 51, 3);

/// The most that each of the nine connections keeps of the file in memory, in KiB: with SQLite's own 2 MiB the indexes of 100,000 learners
/// would be read anew for each call.
const CACHE_KIB: u32 = 16 * 1024;

pub struct SqliteOptions {
    /// How long a statement waits for another process's lock.
    pub busy: Duration,
    /// How long a request waits for a connection.
    pub acquire: Duration,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { busy: Duration::from_secs(5), acquire: Duration::from_secs(10) }
    }
}

impl Sqlite {
    /// Opens or creates the file that `sqlite:PATH` names, and brings its schema up to date.
    ///
    /// # Errors
    /// The address or the file cannot be used, or the SQLite library is older than 3.51.3.
    pub async fn open(url: &str, options: SqliteOptions) -> anyhow::Result<Self> {
        let connect = SqliteConnectOptions::from_str(url)
            .with_context(|| format!("DATABASE_URL `{url}` cannot be read. Give it as `sqlite:PATH`."))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(options.busy)
            .pragma("cache_size", format!("-{CACHE_KIB}"));
        // Connections are for the life of the process: a file has no network to lose them to. So nobody asks them whether they live.
        let pool = |size| {
            SqlitePoolOptions::new()
                .max_connections(size)
                .test_before_acquire(false)
                .acquire_timeout(options.acquire)
                .idle_timeout(None)
                .max_lifetime(None)
        };
        let writer = pool(1).connect_with(connect.clone()).await.with_context(|| {
            format!("The database at `{url}` cannot be opened. Does its folder exist, and may we write there?")
        })?;
        check_library(&writer).await?;
        sqlx::migrate!("migrations/sqlite")
            .run(&writer)
            .await
            .context("The database's schema cannot be brought up to date. Was it made by a newer server?")?;
        ensure_epoch(&writer).await?;
        let readers = pool(8).connect_with(connect.optimize_on_close(true, None)).await?;
        Ok(Self { readers, writer })
    }
}

async fn check_library(pool: &SqlitePool) -> anyhow::Result<()> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(pool).await?;
    if !is_safe(&version) {
        bail!("The SQLite library is {version}; this server needs 3.51.3 or newer, as older ones can lose a commit.");
    }
    Ok(())
}

fn is_safe(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= LIBRARY_MIN
}

/// Renewed with the database: a cursor of another life is not ours.
async fn ensure_epoch(pool: &SqlitePool) -> anyhow::Result<()> {
    sqlx::query("INSERT INTO setting (name, value) VALUES ('epoch', ?1) ON CONFLICT DO NOTHING")
        .bind(uuid::Uuid::new_v4().simple().to_string())
        .execute(pool)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_safe;

    #[test]
    fn a_library_that_can_lose_a_commit_is_told_from_one_that_cannot() {
        assert!(is_safe("3.51.3") && is_safe("3.52.0") && is_safe("4.0"));
        assert!(!is_safe("3.51.2") && !is_safe("3.9.99") && !is_safe("nonsense"));
    }
}
