//! What an administrator is promised of the files that they give.
#![allow(clippy::unwrap_used)]

mod calendar_faults;
mod calendar_series;
mod calendars;
mod cohort;
mod folders;
mod guidance;
mod mutations;
mod tables;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::London;
use contract::{deadline::Assignment, delta::Kind, webinar::Webinar};
use import::{Known, Options, Outcome};
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

fn known() -> Known {
    Known {
        courses: ["WELD2", "FSM", "DIGI"].into_iter().map(Into::into).collect(),
        learners: ["L1001"].into_iter().map(Into::into).collect(),
        assignments: ["report"].into_iter().map(Into::into).collect(),
        contacts: [("tutor".into(), Some("WELD2".into()))].into(),
        sessions: [("W1".into(), "WELD2".into())].into(),
    }
}

fn options(course: Option<&str>) -> Options {
    Options { course: course.map(Into::into), known: known() }
}

fn bodies<T: serde::de::DeserializeOwned>(outcome: &Outcome, kind: Kind) -> Vec<T> {
    let rows = outcome.batch.records.iter().filter(|row| row.kind == kind && !row.removed);
    rows.map(|row| serde_json::from_str(&row.body).unwrap()).collect()
}

fn deadlines(outcome: &Outcome) -> Vec<Assignment> {
    bodies(outcome, Kind::Assignment)
}

fn sessions(outcome: &Outcome) -> Vec<Webinar> {
    bodies(outcome, Kind::Webinar)
}

fn utc(instant: DateTime<Utc>) -> String {
    instant.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn london(instant: DateTime<Utc>) -> String {
    instant.with_timezone(&London).format("%a %-d %b %Y %H:%M").to_string()
}

/// Each refusal as `line column`, the line 0 for a whole file.
fn places(outcome: &Outcome) -> Vec<String> {
    let shown = |r: &import::Refusal| format!("{} {}", r.line.unwrap_or(0), r.column.as_deref().unwrap_or("-"));
    outcome.refused.iter().map(shown).collect()
}

fn refusals(outcome: &Outcome) -> Vec<String> {
    outcome.refused.iter().map(ToString::to_string).collect()
}
