//! How long things are kept, what is due to go, and erasing that.

mod erase;
mod list;

pub use erase::{Report, erase};

use super::export::{cell, yes};
use crate::{
    config::Retention,
    db::{Access, Certified, Db, Deed, RETENTION},
    working_days::london_day,
};
use anyhow::{Context, ensure};
use chrono::{NaiveDate, Utc};
use std::{
    collections::BTreeMap, fmt::Display, fs::OpenOptions, io::Write, os::unix::fs::OpenOptionsExt, path::Path,
    process::ExitCode,
};

/// The most years of a rule.
const YEARS_MAX: u32 = 100;

pub async fn run(
    db: &dyn Db,
    what: Option<Retention>,
    on: Option<NaiveDate>,
    out: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let mut end = ExitCode::SUCCESS;
    match what {
        Some(Retention::Set { awarding_body, years }) => {
            set(db, &awarding_body, years).await?;
            rules(db).await?;
        }
        Some(Retention::Rules) => rules(db).await?,
        Some(Retention::Erase { list, dry_run }) => end = erase(db, &list, Utc::now(), dry_run).await?.print(dry_run),
        None => list(db, on.unwrap_or_else(|| london_day(Utc::now())), out).await?,
    }
    db.close().await;
    Ok(end)
}

/// From now on what is kept of a course of this awarding body's is due so many years after the certificate.
///
/// # Errors
/// The name cannot be one, or these are too many years.
pub async fn set(db: &dyn Db, awarding_body: &str, years: u32) -> anyhow::Result<()> {
    let name = awarding_body.trim();
    ensure!(
        !name.is_empty() && !name.contains(char::is_control),
        "Name the awarding body as courses.csv or assignments.csv does."
    );
    ensure!(years <= YEARS_MAX, "Keep things for {YEARS_MAX} years at most.");
    Ok(db.set(&format!("{RETENTION}{name}"), &years.to_string()).await?)
}

async fn rules(db: &dyn Db) -> anyhow::Result<()> {
    for (body, years) in db.retention_rules().await? {
        println!("{years:>3} years after the certificate  {body}");
    }
    Ok(())
}

async fn list(db: &dyn Db, today: NaiveDate, out: Option<&Path>) -> anyhow::Result<()> {
    db.note_access(&Access::by_command(Deed::ListRetention, Utc::now())).await?;
    let certified = db.certified(today).await?;
    let mut bodies: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for one in &certified {
        let body = one.awarding_body.as_deref().unwrap_or("(no awarding body)");
        let counts = bodies.entry(body).or_default();
        match one.kept_until {
            Some(until) if until < today => {
                counts[0] += 1;
                println!("due       {}", line(one));
            }
            Some(_) => counts[1] += 1,
            None => {
                counts[2] += 1;
                println!("no rule   {}", line(one));
            }
        }
    }
    println!("On {today}, by awarding body: due, to be kept, without a rule.");
    for (body, [due, kept, no_rule]) in bodies {
        println!("{due:>6} {kept:>6} {no_rule:>6}  {body}");
    }
    println!(
        "Nothing was erased. docs/deploy.md says what to look at first, then: portal-server retention erase --list FILE"
    );
    if let Some(path) = out {
        // Names, for whoever runs the server alone.
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
        let mut file = file.with_context(|| format!("{} cannot be written. Give a new name.", path.display()))?;
        file.write_all(csv(&certified, today)?.as_bytes())?;
        println!("{} has each of them.", path.display());
    }
    Ok(())
}

fn line(one: &Certified) -> String {
    let until = one.kept_until.map(|day| format!(", kept until {day}")).unwrap_or_default();
    let holds = match one.other_courses.as_slice() {
        [] => format!("nothing else keeps the learner: {}", counts(one.rows.iter().copied())),
        others => {
            format!("the learner stays for {}", others.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", "))
        }
    };
    let Certified { learner, course, certified_on, declarations, .. } = one;
    format!("{learner}  {course}  certified {certified_on}{until}; {declarations} declarations; {holds}")
}

/// `act 2, change 5`.
fn counts<N: Display>(rows: impl IntoIterator<Item = (&'static str, N)>) -> String {
    rows.into_iter().map(|(table, rows)| format!("{table} {rows}")).collect::<Vec<_>>().join(", ")
}

/// A row a certificate.
///
/// # Errors
/// It cannot be written, which a text can always be.
pub fn csv(certified: &[Certified], today: NaiveDate) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "learner",
        "learner_name",
        "course",
        "awarding_body",
        "certified_on",
        "years",
        "kept_until",
        "due",
        "declarations_of_the_course",
        "other_courses_that_keep_the_learner",
        "rows_about_the_learner",
    ])?;
    for one in certified {
        let others: Vec<_> = one.other_courses.iter().map(|id| id.as_str()).collect();
        out.write_record([
            cell(one.learner.as_str()),
            cell(&one.learner_name),
            cell(one.course.as_str()),
            cell(one.awarding_body.as_deref().unwrap_or_default()),
            one.certified_on.to_string(),
            one.years.map(|years| years.to_string()).unwrap_or_default(),
            one.kept_until.map(|day| day.to_string()).unwrap_or_default(),
            yes(one.kept_until.is_some_and(|until| until < today)).into(),
            one.declarations.to_string(),
            cell(&others.join(" ")),
            counts(one.rows.iter().copied()),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
