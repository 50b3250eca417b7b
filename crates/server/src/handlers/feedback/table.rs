//! Feedback as a table.

use crate::{
    auth::staff::Staff,
    commands::export::{cell, time, yes},
    db::{Deed, FeedbackRow},
    error::Result,
    handlers::admin::table,
    state::App,
    working_days::london_day,
};
use axum::{extract::State, response::IntoResponse};
use chrono::NaiveDate;
use contract::{problem::Problem, staff::StaffRole::Administrator};

/// Export how long feedback took
///
/// As CSV, by learner: when each attempt was handed in, by when feedback was promised, when it was given and read.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/feedback-times",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn times(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportFeedbackTimes, "", app.now())).await?;
    table("feedback-times.csv", csv(&app.db.feedback_times().await?, london_day(app.now())))
}

/// A row an attempt. `overdue`: `yes` where feedback came after the promised day, or has not come and that day is over.
fn csv(rows: &[FeedbackRow], today: NaiveDate) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "learner",
        "learner_name",
        "assignment",
        "assignment_title",
        "attempt",
        "handed_in_at",
        "promised_by",
        "given_at",
        "changed_at",
        "by",
        "outcome",
        "working_days",
        "overdue",
        "version",
        "read_version",
        "read_at",
    ])?;
    for row in rows {
        let FeedbackRow { learner, learner_name, assignment_title, feedback, working_days, read } = row;
        let given = feedback.given.as_ref();
        let text = |value: Option<String>| value.unwrap_or_default();
        out.write_record([
            &cell(learner.as_str()),
            &cell(learner_name),
            &cell(feedback.assignment.as_str()),
            &cell(assignment_title),
            &feedback.attempt.to_string(),
            &text(feedback.handed_in_at.map(time)),
            &text(feedback.promised_by.map(|day| day.to_string())),
            &text(given.map(|given| time(given.given_at))),
            &text(given.and_then(|given| given.changed_at).map(time)),
            &text(given.map(|given| cell(&given.by.name))),
            &text(given.map(|given| given.outcome.word().into())),
            &text(working_days.map(|days| days.to_string())),
            &yes(row.is_overdue(today)).to_owned(),
            &text(given.map(|given| given.version.clone())),
            &text(read.as_ref().map(|(version, _)| cell(version))),
            &text(read.as_ref().map(|(_, at)| time(*at))),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
