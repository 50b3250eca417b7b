//! The server's keys.

use crate::{
    confidential::{self, Confidential},
    config,
    db::{Db, KeyKind},
    keys::{self, Keys},
};
use anyhow::{Context, ensure};
use chrono::{SecondsFormat, Utc};
use std::{
    fs::{self, File},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    process::ExitCode,
};

pub async fn run(db: &dyn Db, what: config::Keys) -> anyhow::Result<ExitCode> {
    Keys::load(db).await?;
    if let config::Keys::Rotate = what {
        for kind in [KeyKind::Sealing, KeyKind::Receipt] {
            db.add_key(&keys::make(kind, Utc::now())).await?;
        }
        println!(
            "New keys are made. A server that runs takes them within a minute. The old ones go on opening and being checked."
        );
    }
    for key in db.keys().await? {
        let made = key.made.to_rfc3339_opts(SecondsFormat::Secs, true);
        println!("{}  {:7}  {made}  {}", key.id, key.kind.name(), key.public);
    }
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// Makes the file, or with `renew` adds a key to it; it is for whoever runs the server alone.
pub fn confidential(path: &Path, renew: bool) -> anyhow::Result<ExitCode> {
    let text = if renew {
        Confidential::read(path)?;
        confidential::renewed(&fs::read_to_string(path)?)
    } else {
        ensure!(
            !path.exists(),
            "There is something at {} already. Give another name, or add a key to it with --renew.",
            path.display()
        );
        confidential::make()
    };
    let part = path.with_extension("part");
    let mut file: File = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)
        .with_context(|| format!("{} cannot be written.", part.display()))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path).with_context(|| format!("{} cannot be written.", path.display()))?;
    println!(
        "{} is written. Name it in PORTAL_CONFIDENTIAL_KEY_FILE, and keep a copy apart from the backups: without it nobody reads \
         private requests again.",
        path.display()
    );
    Ok(ExitCode::SUCCESS)
}
