//! Writing all that is in the database into one file, while the server runs.

use crate::db::{
    Db, Sqlite, SqliteOptions, Verdict, Written,
    copy::{Purpose, copy},
    file,
};
use anyhow::{Context, bail, ensure};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::ExitCode,
};

pub async fn run(db: &dyn Db, path: &Path) -> anyhow::Result<ExitCode> {
    let verdict = write(db, path).await?;
    db.close().await;
    Ok(match verdict {
        Verdict::Whole { links, head, .. } => {
            println!("{} is written: {links} links, all whole, the last {head}.", path.display());
            ExitCode::SUCCESS
        }
        Verdict::Broken { sequence, why } => {
            eprintln!(
                "{} is written, but link {sequence} is broken: {why}. Keep the backups before it.",
                path.display()
            );
            ExitCode::FAILURE
        }
    })
}

/// Writes a backup: a SQLite file in the server's own schema, whatever database it is from. Says how its evidence stands.
///
/// # Errors
/// There is a file of that name, it cannot be written, or the database cannot be read. Then there is no file.
pub async fn write(db: &dyn Db, path: &Path) -> anyhow::Result<Verdict> {
    ensure!(!path.exists(), "There is something at {} already. Give another name.", path.display());
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    // For us alone, and gone whatever happens; on the same disk, so that the whole file appears at once.
    let unfinished = tempfile::Builder::new()
        .prefix(".portal-backup-")
        .tempdir_in(&folder)
        .with_context(|| format!("We cannot write in {}.", folder.display()))?;
    let part = unfinished.path().join("portal.db");
    private(&part)?;
    let target = Sqlite::open(&file::address(&part), SqliteOptions::default()).await?;
    let verdict = match copy(db, &target, Purpose::Backup).await? {
        Written::Yes => target.verify(None).await?,
        Written::No => bail!("The new file has rows already."),
    };
    target.close().await;
    file::settle(&part).await?;
    File::open(&part)?.sync_all()?;
    fs::rename(&part, path).with_context(|| format!("{} cannot be written.", path.display()))?;
    File::open(&folder)?.sync_all()?;
    Ok(verdict)
}

/// Personal data and keys: for whoever made it alone.
fn private(path: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    Ok(())
}
