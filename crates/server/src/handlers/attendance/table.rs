//! Attendance as tables: marks that come in, and all of it for quality assurance.

use super::{MARKS, PutDown, fault};
use crate::{
    auth::staff::Staff,
    commands::export::{cell, time, yes},
    db::{AttendanceRow, Deed, Entering},
    error::{Error, Result},
    handlers::admin::table,
    state::App,
    web::{body::read, text},
};
use axum::{
    Json,
    extract::{Request, State},
    response::IntoResponse,
};
use contract::{
    attendance::{Attendance, Mark, Marked},
    problem::Problem,
    request::{AskKind, Request as Asked},
    staff::StaffRole::{Administrator, Tutor},
};
use serde::{Deserialize, Serialize};

const FILE_MAX: usize = 1024 * 1024;

/// A row of the file. Columns that are not named here are passed over.
#[derive(Deserialize)]
struct Row {
    learner: String,
    webinar: String,
    mark: String,
    #[serde(default)]
    minutes_late: Option<u32>,
    #[serde(default)]
    note: Option<String>,
}

/// What became of the rows.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Report {
    entered: u64,
    /// The mark was so already.
    unchanged: u64,
    refused: Vec<RefusedRow>,
}

/// A row that was passed over.
#[derive(Serialize, utoipa::ToSchema)]
pub struct RefusedRow {
    /// 2 for the first below the header.
    line: u64,
    why: String,
}

/// Mark attendance from a file
///
/// The body is CSV of at most 1 MiB with the columns `learner`, `webinar`, `mark` and, if wanted, `minutes_late` and `note`. A row that
/// cannot be is passed over and named; one that says what is there already changes nothing.
#[utoipa::path(
    post,
    path = "/api/v1/admin/attendance/table",
    tag = "staff",
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("staff" = [])),
    responses(
        (status = 200, body = Report),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn take(State(app): State<App>, staff: Staff, request: Request) -> Result<Json<Report>> {
    staff.must_be_named(MARKS)?;
    let bytes = read(request, FILE_MAX).await?;
    let file = std::str::from_utf8(&bytes).map_err(|_| Error::WrongShape("the file is not UTF-8".into()))?;
    let file = file.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file.as_bytes());
    let headers = reader.headers().map_err(|error| Error::WrongShape(error.to_string()))?.clone();
    if let Some(missing) = ["learner", "webinar", "mark"].into_iter().find(|name| !headers.iter().any(|h| h == *name)) {
        return Err(Error::WrongShape(format!("the column {missing} is missing in the first line")));
    }
    let mut report = Report { entered: 0, unchanged: 0, refused: Vec::new() };
    for record in reader.records() {
        let line = |record: &csv::StringRecord| record.position().map_or(0, csv::Position::line);
        let (line, row) = match record {
            Ok(record) => (line(&record), record.deserialize::<Row>(Some(&headers)).map_err(|e| e.to_string())),
            Err(error) => (error.position().map_or(0, csv::Position::line), Err(error.to_string())),
        };
        match row {
            Ok(row) => match enter(&app, &staff, row).await {
                Ok(true) => report.entered += 1,
                Ok(false) => report.unchanged += 1,
                Err(Error::Fields(fields)) => {
                    let why: Vec<_> = fields.into_iter().map(|fault| fault.detail).collect();
                    report.refused.push(RefusedRow { line, why: why.join(" ") });
                }
                Err(error) => return Err(error),
            },
            Err(why) => report.refused.push(RefusedRow { line, why }),
        }
    }
    Ok(Json(report))
}

async fn enter(app: &App, staff: &Staff, row: Row) -> Result<bool> {
    let Row { learner, webinar, mark, minutes_late, note } = row;
    if [&learner, &webinar].into_iter().chain(&note).any(|value| value.contains('\0')) {
        return Err(Error::field("", text::NULL));
    }
    let mark = Mark::named(&mark).unwrap_or(Mark::Other);
    let put_down = PutDown {
        id: None,
        learner: learner.as_str().into(),
        webinar: webinar.as_str().into(),
        mark,
        minutes_late,
        note,
    };
    match app.db.enter_attendance(&put_down.entered(staff, app.now(), true)?).await? {
        Entering::Done(_) => Ok(true),
        Entering::Same => Ok(false),
        refused => Err(fault(&refused)),
    }
}

/// Export attendance
///
/// As CSV: each learner at each session of theirs that has begun, with what they said, every mark, and who followed up.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/attendance",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[Tutor, Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportAttendance, "", app.now())).await?;
    table("attendance.csv", write(&app.db.attendance(app.now()).await?))
}

const COLUMNS: [&str; 24] = [
    "learner",
    "learner_name",
    "webinar",
    "title",
    "course",
    "starts",
    "ends",
    "cancelled",
    "mark",
    "minutes_late",
    "note",
    "marked_by",
    "marked_at",
    "all_marks",
    "arrived_at",
    "arrival_minutes_late",
    "arrival_device_time",
    "arrival_clock_offset_ms",
    "arrival_received_at",
    "arrival_to_check",
    "apology",
    "reason",
    "follow_up",
    "follow_up_ended",
];

fn write(rows: &[AttendanceRow]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    for row in rows {
        let AttendanceRow { webinar, attendance: Attendance { arrival, mark, follow_up, .. }, .. } = row;
        let of_mark = |field: fn(&Marked) -> String| mark.as_ref().map(field).unwrap_or_default();
        let of_arrival =
            |field: fn(&contract::attendance::Arrival) -> String| arrival.as_ref().map(field).unwrap_or_default();
        let asked = |kind| row.requests.iter().filter(|asked| asked.kind == kind).map(said).collect::<Vec<_>>();
        out.write_record([
            cell(row.learner.as_str()),
            cell(&row.learner_name),
            cell(webinar.id.as_str()),
            cell(&webinar.title),
            cell(webinar.course.as_str()),
            time(webinar.starts),
            time(webinar.ends),
            yes(webinar.cancelled).into(),
            of_mark(|mark| mark.mark.word().into()),
            of_mark(|mark| mark.minutes_late.map(|minutes| minutes.to_string()).unwrap_or_default()),
            of_mark(|mark| cell(mark.note.as_deref().unwrap_or_default())),
            of_mark(|mark| cell(&mark.by.name)),
            of_mark(|mark| time(mark.at)),
            cell(&row.marks.iter().map(line).collect::<Vec<_>>().join("\n")),
            of_arrival(|arrival| time(arrival.at)),
            of_arrival(|arrival| arrival.minutes_late.to_string()),
            of_arrival(|arrival| time(arrival.device_time)),
            of_arrival(|arrival| arrival.clock_offset_ms.map(|offset| offset.to_string()).unwrap_or_default()),
            of_arrival(|arrival| time(arrival.received_at)),
            of_arrival(|arrival| yes(arrival.to_check).into()),
            cell(&asked(AskKind::Apology).join("\n")),
            cell(&asked(AskKind::MissedReason).join("\n")),
            follow_up.as_ref().map_or_else(String::new, |follow_up| {
                let text = follow_up.text.as_deref().unwrap_or_default();
                cell(format!("{} by {}, noted {} {text}", follow_up.who, follow_up.until, time(follow_up.at)).trim())
            }),
            follow_up.as_ref().and_then(|follow_up| follow_up.ended.as_ref()).map_or_else(String::new, |ended| {
                let text = ended.text.as_deref().unwrap_or_default();
                format!("{} {}: {text}", time(ended.at), ended.by.name)
            }),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}

/// `2026-11-23T12:00:00.000Z Helen Price: late`.
fn line(marked: &Marked) -> String {
    format!("{} {}: {}", time(marked.at), marked.by.name, marked.mark.word())
}

fn said(request: &Asked) -> String {
    let words = request.said.first().and_then(|said| said.says.as_ref()?.text.clone()).unwrap_or_default();
    format!("{} {}: {words}", time(request.asked_at), request.status.word())
}
