//! A database as one file, for backups.

use anyhow::{Context, ensure};
use sqlx::{
    Connection, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode},
};
use std::path::Path;

/// The address of a file, whatever its name.
#[must_use]
pub fn address(path: &Path) -> String {
    // These two would mean something in it.
    format!("sqlite:{}", path.display().to_string().replace('%', "%25").replace('?', "%3F"))
}

/// Leaves nothing of a database that nobody has open beside its file.
///
/// # Errors
/// The file cannot be written, or is damaged.
pub async fn settle(path: &Path) -> anyhow::Result<()> {
    let options = SqliteConnectOptions::new().filename(path).journal_mode(SqliteJournalMode::Delete);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    intact(&mut connection).await?;
    Ok(connection.close().await?)
}

/// Checks a backup and copies it to a new file, with what a database that was copied in use has beside it.
///
/// # Errors
/// It is not a portal's database, is damaged, or cannot be read or copied.
pub async fn copy_checked(path: &Path, to: &Path) -> anyhow::Result<()> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    intact(&mut connection).await?;
    let ours: i64 = sqlx::query_scalar(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('change', 'evidence', 'setting')",
    )
    .fetch_one(&mut connection)
    .await?;
    ensure!(ours == 3, "It has no learners, changes and evidence in it.");
    sqlx::query("VACUUM INTO $1")
        .bind(to.display().to_string())
        .execute(&mut connection)
        .await
        .context("It cannot be copied.")?;
    Ok(connection.close().await?)
}

async fn intact(connection: &mut SqliteConnection) -> anyhow::Result<()> {
    let said: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(3)").fetch_all(&mut *connection).await?;
    ensure!(said == ["ok"], "It is damaged: {}.", said.join("; "));
    let astray = sqlx::query("PRAGMA foreign_key_check").fetch_all(connection).await?;
    ensure!(astray.is_empty(), "It is damaged: {} rows refer to rows that are not there.", astray.len());
    Ok(())
}
