//! Checking the evidence.

use crate::db::{Db, Verdict};
use std::process::ExitCode;

pub async fn run(db: &dyn Db) -> anyhow::Result<ExitCode> {
    let verdict = db.verify().await?;
    db.close().await;
    Ok(match verdict {
        Verdict::Whole { links, head } => {
            println!("{links} links, all whole. Keep this elsewhere: {links} {head}");
            ExitCode::SUCCESS
        }
        Verdict::Broken { sequence, why } => {
            eprintln!("Link {sequence} is broken: {why}. Compare the database with its last backup.");
            ExitCode::FAILURE
        }
    })
}
