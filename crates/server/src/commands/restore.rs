//! Putting a backup in the database's place; also the way from one kind of database to the other.

use crate::db::{
    Db, Sqlite, SqliteOptions, Verdict, Written,
    copy::{Purpose, copy},
    file,
};
use anyhow::{Context, bail, ensure};
use std::{path::Path, process::ExitCode};

pub async fn run(db: &dyn Db, path: &Path, replace: bool) -> anyhow::Result<ExitCode> {
    let (links, head) = read(db, path, replace).await?;
    db.close().await;
    println!("{} is restored: {links} links, all whole, the last {head}.", path.display());
    println!(
        "Restart every server on this database. Devices then fetch all anew and send again what it does not have."
    );
    Ok(ExitCode::SUCCESS)
}

/// Checks a backup and puts it in the place of what is there, wholly or not at all. Gives the number of links and the last one's hash.
///
/// # Errors
/// The file is not a whole backup of a portal, a newer server made it, or the database has learners or changes and `replace` was not
/// said.
pub async fn read(db: &dyn Db, path: &Path, replace: bool) -> anyhow::Result<(i64, String)> {
    let shown = path.display();
    ensure!(path.is_file(), "There is no file at {shown}.");
    // A copy, which older servers' backups can be brought up to date in; the backup stays as it is.
    let folder = tempfile::tempdir().context("A temporary folder cannot be made. Is the disk full?")?;
    let own = folder.path().join("portal.db");
    file::copy_checked(path, &own).await.with_context(|| format!("{shown} cannot be restored."))?;
    let source = Sqlite::open(&file::address(&own), SqliteOptions::default())
        .await
        .with_context(|| format!("{shown} cannot be restored."))?;
    let (links, head) = match source.verify(None).await? {
        Verdict::Whole { links, head, .. } => (links, head),
        Verdict::Broken { sequence, why } => {
            bail!("{shown} cannot be restored: its link {sequence} is broken: {why}. Take the backup before it.")
        }
    };
    let written = copy(&source, db, Purpose::Place { replace }).await?;
    source.close().await;
    if written == Written::No {
        bail!(
            "The database has learners or changes already. To put {shown} in their place, back them up and add --replace."
        );
    }
    match db.verify(None).await? {
        Verdict::Whole { links: here, head: last, .. } if (here, &last) == (links, &head) => Ok((links, head)),
        other => bail!("The database is not what {shown} holds: {other:?}. Restore it once more."),
    }
}
