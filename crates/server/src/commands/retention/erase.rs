//! Erasing what is due, a certificate at a time.

use super::{
    counts,
    list::{self, Due, List},
};
use crate::{
    commands::import::PARTLY,
    db::{Db, Erasing, Erasure, Traces, Verdict},
};
use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use contract::ids::{CourseId, LearnerId};
use std::{collections::BTreeMap, path::Path, process::ExitCode};

/// What went, or would go.
pub struct Report {
    pub certificates: usize,
    /// Rows by their table.
    pub rows: BTreeMap<&'static str, u64>,
    /// A line each: where it stands, what is wrong, what to do.
    pub refused: Vec<String>,
    /// Rows that the list itself says are not due.
    pub not_due: usize,
    /// Nothing where nothing was to be erased.
    pub traces: Option<Traces>,
}

/// Erases what the list names and is due on the London day of `now`: each certificate by itself, so that what stops it leaves the ones before
/// erased and the others whole, and running it again goes on from there.
///
/// # Errors
/// The file is not a list, the chain is broken, of which erasing would hide more, or the database failed.
pub async fn erase(db: &dyn Db, list: &Path, now: DateTime<Utc>, dry_run: bool) -> anyhow::Result<Report> {
    let shown = list.display();
    let List { due, faults, not_due } = list::read(list)?;
    let mut refused: Vec<(u64, String)> = faults;
    let (mut certificates, mut rows) = (0, BTreeMap::new());
    let any = !due.is_empty();
    if any && let Verdict::Broken { sequence, why } = db.verify(None).await? {
        bail!(
            "Nothing was erased, as link {sequence} is broken: {why}. Compare the database with its last backup first."
        );
    }
    for (learner, courses) in together(due, dry_run) {
        let ids: Vec<CourseId> = courses.iter().map(|(_, course)| course.clone()).collect();
        let done = db.erase(&learner, &ids, now, dry_run).await.with_context(|| {
            format!(
                "{shown} line {}: the database failed. What is due before it is erased. Run this again.",
                courses[0].0
            )
        })?;
        for ((line, course), erasing) in courses.into_iter().zip(done) {
            match erasing {
                Erasing::Done(erasure) => {
                    certificates += 1;
                    for (table, number) in &erasure.rows {
                        *rows.entry(*table).or_default() += number;
                    }
                    let verb = if dry_run { "would go" } else { "erased" };
                    println!("{verb}  {learner}  {course}  {}", told(erasure));
                }
                other => refused.push((line, why(&learner, &course, &other))),
            }
        }
    }
    refused.sort();
    let refused = refused.into_iter().map(|(line, why)| format!("{shown} line {line}: {why}")).collect();
    let scrubbed = async {
        let failed = "What is due is erased, but the database's files still have traces of it. Run this again: it rewrites them. SQLite needs \
                      as much room on the disk once more as the database has.";
        db.scrub().await.context(failed)
    };
    let traces = if any && !dry_run { Some(scrubbed.await?) } else { None };
    Ok(Report { certificates, rows, refused, not_due, traces })
}

/// Each certificate by itself; for a dry run all of a learner's, as the last of them takes the learner with it.
fn together(due: Vec<Due>, dry_run: bool) -> Vec<(LearnerId, Vec<(u64, CourseId)>)> {
    let mut all: Vec<(LearnerId, Vec<(u64, CourseId)>)> = Vec::new();
    for Due { line, learner, course } in due {
        match all.iter_mut().find(|(known, _)| dry_run && *known == learner) {
            Some((_, courses)) => courses.push((line, course)),
            None => all.push((learner, vec![(line, course)])),
        }
    }
    all
}

/// `act 2, change 5; the learner with it`.
fn told(erasure: Erasure) -> String {
    let learner = if erasure.learner { "the learner with it" } else { "the learner stays for another course" };
    format!("{}; {learner}", counts(erasure.rows))
}

fn why(learner: &LearnerId, course: &CourseId, erasing: &Erasing) -> String {
    match erasing {
        Erasing::NoSuchLearner => {
            format!("there is no learner {learner}: erased already, or another reference is meant.")
        }
        Erasing::NotCertified => format!(
            "{learner} has no certificate for {course}: erased already, or an import took it back. Make a new list to see."
        ),
        Erasing::NoRule => format!(
            "nobody said for how many years {course} is kept. Set it: portal-server retention set --awarding-body NAME --years N"
        ),
        Erasing::KeptUntil(day) => {
            format!("{learner} for {course} is not due: it is kept until {day}. Make a new list after that day.")
        }
        Erasing::Done(_) => String::new(),
    }
}

impl Report {
    /// Says what is left to say, and how the command ends.
    pub fn print(&self, dry_run: bool) -> ExitCode {
        let Self { certificates, rows, refused, not_due, traces } = self;
        for line in refused {
            eprintln!("not erased: {line}");
        }
        let verb = if dry_run { "would be erased" } else { "erased" };
        println!("Certificates: {certificates} {verb}, {} not, {not_due} not due by the list.", refused.len());
        if !rows.is_empty() {
            println!("Rows: {}.", counts(rows.clone()));
        }
        match traces {
            None => println!("Nothing was erased."),
            Some(Traces::None) => println!(
                "The database's file has nothing of it any more. Backups and files that were exported before still do: docs/deploy.md."
            ),
            Some(Traces::InDatabase) => println!(
                "PostgreSQL keeps old rows in its files until you rewrite them, and so do backups: docs/deploy.md says how."
            ),
            Some(Traces::InLog) => eprintln!(
                "The database's file has nothing of it any more, but the -wal file beside it may: somebody was reading. Run this again when the \
                 server has less to do, or is stopped."
            ),
        }
        match (refused.is_empty() && *traces != Some(Traces::InLog), *certificates) {
            (true, _) => ExitCode::SUCCESS,
            (false, 0) => ExitCode::FAILURE,
            (false, _) => ExitCode::from(PARTLY),
        }
    }
}
