//! All declarations, for staff and for awarding bodies.

use crate::db::{Access, Db, Deed, Kept, Rated, RequestRow};
use chrono::{DateTime, SecondsFormat, Utc};
use clap::ValueEnum;
use contract::{
    change::{Change, What},
    request::Said,
};
use std::{
    io::{self, Write},
    process::ExitCode,
};

#[derive(Clone, Copy, ValueEnum)]
pub enum Format {
    Csv,
    /// The exact JSON of each change as a string
    Json,
}

pub async fn run(db: &dyn Db, format: Format) -> anyhow::Result<ExitCode> {
    db.note_access(&Access::by_command(Deed::ExportDeclarations, Utc::now())).await?;
    let kept = db.declarations().await?;
    let text = match format {
        Format::Csv => csv(&kept)?,
        Format::Json => serde_json::to_string_pretty(&kept)? + "\n",
    };
    io::stdout().write_all(text.as_bytes())?;
    db.close().await;
    Ok(ExitCode::SUCCESS)
}

/// A row a declaration. What learners typed cannot become a spreadsheet's formula: a cell that would begin as one begins with
/// an apostrophe. The JSON has every byte as it was.
///
/// # Errors
/// A stored change cannot be read.
pub fn csv(kept: &[Kept]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "code",
        "learner",
        "learner_name",
        "assignment",
        "assignment_title",
        "attempt",
        "received_at",
        "device_time",
        "late",
        "signed_name",
        "wording_version",
        "wording_language",
        "wording",
        "sha256",
        "withdrawn_at",
        "countersigned_by",
        "countersigned_at",
        "change_id",
        "change",
    ])?;
    for one in kept {
        let change: Change = serde_json::from_str(&one.change)?;
        let What::Declare(declaration) = change.what else { continue };
        let wording = declaration.wording;
        out.write_record([
            &one.code,
            &cell(one.learner.as_str()),
            &cell(&one.learner_name),
            &cell(&one.assignment),
            &cell(&declaration.assignment_title),
            &one.attempt.to_string(),
            &time(one.received_at),
            &time(one.device_time),
            &yes(one.late).to_owned(),
            &cell(&declaration.signed_name),
            &cell(&wording.version),
            &cell(&wording.language),
            &cell(&wording.statements.join("\n")),
            &one.sha256,
            &one.withdrawn_at.map(time).unwrap_or_default(),
            &cell(one.countersigned_by.as_deref().unwrap_or_default()),
            &one.countersigned_at.map(time).unwrap_or_default(),
            &one.change_id,
            &one.change,
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A row a line of the access log. `with_subjects`: what was read is named by its id; only reading something private is logged.
///
/// # Errors
/// None that is known of.
pub fn accesses_csv(accesses: &[Access], with_subjects: bool) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["at", "staff", "name", "role", "action", "subject"])?;
    for access in accesses {
        let subject = if with_subjects { access.subject.as_str() } else { "" };
        out.write_record([
            &time(access.at),
            &cell(&access.staff),
            &cell(&access.name),
            access.role.word(),
            access.deed.name(),
            subject,
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A row a request, with all that is readable in it. `until` is the day in London that was asked for, as it was asked.
///
/// # Errors
/// None that is known of.
pub fn requests_csv(rows: &[RequestRow]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "id",
        "learner",
        "learner_name",
        "kind",
        "about",
        "asked_at",
        "received_at",
        "promised_by",
        "status",
        "decision",
        "said",
        "until",
        "needs",
        "format",
    ])?;
    for RequestRow { request, learner, learner_name, .. } in rows {
        let json = |value: Option<String>| value.unwrap_or_default();
        out.write_record([
            request.id.as_str(),
            &cell(learner.as_str()),
            &cell(learner_name),
            request.kind.word(),
            &json(request.about.as_ref().map(serde_json::to_string).transpose()?),
            &time(request.asked_at),
            &time(request.received_at),
            &request.promised_by.map(|day| day.to_string()).unwrap_or_default(),
            request.status.word(),
            &json(request.decision.as_ref().map(serde_json::to_string).transpose()?),
            &cell(&request.said.iter().map(line).collect::<Vec<_>>().join("\n")),
            &request.until.map(|day| day.to_string()).unwrap_or_default(),
            &request.needs.iter().map(|need| need.word()).collect::<Vec<_>>().join(" "),
            &cell(request.format.as_deref().unwrap_or_default()),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// A row a learner and session: what they said last. `clear` is 4 for 'all of it' to 1 for 'very little'.
///
/// # Errors
/// None that is known of.
pub fn ratings_csv(rows: &[Rated]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "session",
        "session_title",
        "course",
        "starts",
        "clear",
        "helped",
        "change",
        "learner",
        "learner_name",
    ])?;
    for Rated { session, clear, helped, change, by } in rows {
        out.write_record([
            &cell(session.id.as_str()),
            &cell(&session.title),
            &cell(session.course.as_str()),
            &time(session.starts),
            &clear.points().to_string(),
            &cell(helped.as_deref().unwrap_or_default()),
            &cell(change.as_deref().unwrap_or_default()),
            &cell(by.as_ref().map_or("", |by| by.learner.as_str())),
            &cell(by.as_ref().map_or("", |by| &by.learner_name)),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// `2026-11-23T12:00:00.000Z Helen Price (tutor): Yes.`
fn line(said: &Said) -> String {
    let who = said.by.as_ref().map_or("learner".into(), |by| format!("{} ({})", by.name, by.role.word()));
    let words = said.says.as_ref();
    let texts =
        words.map(|words| [&words.text, &words.telephone, &words.suits].map(|text| text.clone().unwrap_or_default()));
    let study =
        words.and_then(|words| words.study.as_ref()).map(|study| format!("{}: {} minutes", study.date, study.minutes));
    let all: Vec<String> = texts.into_iter().flatten().chain(study).filter(|text| !text.is_empty()).collect();
    let all = if all.is_empty() { said.status.word().into() } else { all.join("; ") };
    format!("{} {who}: {all}", time(said.at))
}

/// What may stand in a cell: never a formula.
#[must_use]
pub fn cell(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.into() }
}

#[must_use]
pub fn yes(truth: bool) -> &'static str {
    if truth { "yes" } else { "no" }
}

#[must_use]
pub fn time(instant: DateTime<Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Millis, true)
}
