//! Checking the evidence, and noting how far it goes.

use crate::{
    db::{Db, Verdict},
    evidence::Head,
};
use anyhow::{Context, anyhow};
use std::{fs, path::Path, process::ExitCode};

pub async fn run(db: &dyn Db, against: Option<&Path>) -> anyhow::Result<ExitCode> {
    let against = against.map(read).transpose()?;
    let verdict = db.verify(against.as_ref()).await?;
    db.close().await;
    Ok(match verdict {
        Verdict::Whole { links, erased, head } => {
            let erased =
                if erased == 0 { String::new() } else { format!(", {erased} of them erased as later ones say") };
            let head = Head { sequence: links, sha256: head };
            println!("{links} links{erased}, all whole. Keep this line elsewhere:\n{head}");
            ExitCode::SUCCESS
        }
        broken => told(&broken),
    })
}

/// Writes the head, if all before it is whole.
pub async fn head(db: &dyn Db) -> anyhow::Result<ExitCode> {
    let verdict = db.verify(None).await?;
    db.close().await;
    Ok(match verdict {
        Verdict::Whole { links, head, .. } => {
            println!("{}", Head { sequence: links, sha256: head });
            ExitCode::SUCCESS
        }
        broken => told(&broken),
    })
}

fn read(file: &Path) -> anyhow::Result<Head> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read.", file.display()))?;
    text.parse().map_err(|why| anyhow!("{} is no head: {why}.", file.display()))
}

fn told(verdict: &Verdict) -> ExitCode {
    if let Verdict::Broken { sequence, why } = verdict {
        eprintln!("Link {sequence} is broken: {why}. Compare the database with its last backup.");
    }
    ExitCode::FAILURE
}
