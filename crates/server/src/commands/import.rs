//! Taking a provider's files, and saying of every row what became of it.

use crate::{
    config,
    db::{Counts, Db, DbError, Imported},
};
use ::import::{Options, Outcome};
use anyhow::ensure;
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::process::ExitCode;

/// The command's end where some rows were taken and some refused.
pub const PARTLY: u8 = 3;

#[derive(Clone, Copy)]
pub struct How {
    pub dry_run: bool,
    pub strict: bool,
    /// What is over by then stays, whatever a calendar no longer has.
    pub now: DateTime<Utc>,
}

/// What an import did, or would do.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Report {
    pub dry_run: bool,
    /// Whether the good rows are in the database now.
    pub written: bool,
    /// By kind.
    #[schema(value_type = std::collections::BTreeMap<String, crate::db::Count>)]
    pub counts: Counts,
    /// A line each: where it stands, what is wrong, what to do.
    pub refused: Vec<String>,
    pub notes: Vec<String>,
}

pub async fn run(db: &dyn Db, options: config::Import) -> anyhow::Result<ExitCode> {
    let path = options.path;
    ensure!(path.exists(), "There is nothing at {}. Give a file or a folder of files.", path.display());
    let reading = Options { course: options.course.map(|course| course.0), known: db.known().await? };
    let outcome = tokio::task::spawn_blocking(move || ::import::read(&path, &reading)).await?;
    let files = outcome.files;
    let report = write(db, outcome, How { dry_run: options.dry_run, strict: options.strict, now: Utc::now() }).await?;
    print(&report, files);
    db.close().await;
    Ok(match (report.refused.is_empty(), report.written || report.dry_run && !options.strict) {
        (true, _) => ExitCode::SUCCESS,
        (false, true) => ExitCode::from(PARTLY),
        (false, false) => ExitCode::FAILURE,
    })
}

/// Writes what was read; nothing if that is what was asked for.
pub async fn write(db: &dyn Db, outcome: Outcome, how: How) -> Result<Report, DbError> {
    let Outcome { batch, refused, mut notes, .. } = outcome;
    let hold = how.dry_run || how.strict && !refused.is_empty();
    let Imported { counts, notes: kept } = db.import(&batch, how.now, hold).await?;
    notes.extend(kept);
    let refused = refused.iter().map(ToString::to_string).collect();
    Ok(Report { dry_run: how.dry_run, written: !hold, counts, refused, notes })
}

fn print(report: &Report, files: usize) {
    for refusal in &report.refused {
        eprintln!("refused: {refusal}");
    }
    for note in &report.notes {
        eprintln!("note: {note}");
    }
    println!("{:<12}{:>9}{:>9}{:>11}{:>9}", "", "added", "changed", "unchanged", "removed");
    for (kind, count) in &report.counts.0 {
        println!("{kind:<12}{:>9}{:>9}{:>11}{:>9}", count.added, count.changed, count.unchanged, count.removed);
    }
    let end = if report.written { "" } else { " Nothing was written." };
    println!("{files} files read, {} rows refused.{end}", report.refused.len());
}
