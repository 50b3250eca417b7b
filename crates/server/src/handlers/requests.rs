//! Learners' requests, for those of the staff who answer them. Reading a private one, and every export, is in the access log.

mod table;

pub use table::{__path_concerns, __path_requests, concerns, requests};

use crate::{
    ask::{self, answer::Answer},
    auth::staff::Staff,
    db::{Answering, Deed, Listing, RequestRow, Waiting},
    error::{Error, Result},
    handlers::sent_id,
    keys::Keys,
    state::App,
    times::moment,
    web::json::Json,
    working_days::london_day,
};
use axum::extract::{Path, Query, State, rejection::QueryRejection};
use chrono::NaiveDate;
use contract::{
    ids::{ChangeId, LearnerId},
    problem::Problem,
    request::{AskKind, Request, Status},
    staff::StaffRole::{self, Administrator, Assessor, LearnerSupport, SafeguardingLead, Tutor},
};
use serde::{Deserialize, Serialize};

const ANYONE: &[StaffRole] = &[Tutor, Assessor, SafeguardingLead, LearnerSupport, Administrator];
/// Requests in one answer.
const PAGE: u32 = 50;
/// Bytes of a step: the longest text, however it is written, and a decision.
const BODY_MAX: usize = 64 * 1024;

/// A request with its learner.
#[derive(Serialize, utoipa::ToSchema)]
pub struct ForStaff {
    learner: LearnerId,
    learner_name: String,
    /// It is open, and its promised day is over.
    overdue: bool,
    request: Request,
}

/// A page of requests, the oldest first.
#[derive(Serialize, utoipa::ToSchema)]
pub struct Page {
    requests: Vec<ForStaff>,
    /// Give it back as `after` to get what follows; nothing on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// For administrators: how many private requests wait, as numbers alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    private: Vec<Waiting>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// Only of this kind.
    kind: Option<AskKind>,
    /// Only those that stand so.
    status: Option<Status>,
    /// Only those that are open and whose promised day is over.
    overdue: Option<bool>,
    /// What `next` said.
    after: Option<String>,
}

/// List requests
///
/// Those of the kinds that the role answers, 50 at a time. What is private in them is not here: read one to see it.
#[utoipa::path(
    get,
    path = "/api/v1/admin/requests",
    tag = "staff",
    params(Which),
    security(("staff" = [])),
    responses(
        (status = 200, body = Page),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn list(
    State(app): State<App>,
    staff: Staff,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<axum::Json<Page>> {
    staff.must_be_named(ANYONE)?;
    let Query(which) = which.map_err(|error| Error::WrongShape(error.body_text()))?;
    let today = london_day(app.now());
    let mut kinds = ask::kinds(staff.person.role);
    kinds.retain(|kind| which.kind.is_none_or(|wanted| wanted == *kind));
    let listing = Listing {
        kinds,
        status: which.status,
        overdue_on: (which.overdue == Some(true)).then_some(today),
        after: which.after.as_deref().and_then(place),
        limit: PAGE + 1,
    };
    let mut rows = app.db.requests(&listing).await?;
    let more = rows.len() > PAGE as usize;
    rows.truncate(PAGE as usize);
    let last = rows.last().filter(|_| more).map(|row| &row.request);
    let next = last.map(|last| format!("{}.{}", last.received_at.timestamp_millis(), last.id));
    let private = if staff.person.role == Administrator { app.db.waiting(today).await? } else { Vec::new() };
    Ok(axum::Json(Page { requests: rows.into_iter().map(|row| shown(row, today)).collect(), next, private }))
}

/// Read a request
///
/// With what is private in it, for those who may read that; that they did is logged.
#[utoipa::path(
    get,
    path = "/api/v1/admin/requests/{id}",
    tag = "staff",
    params(("id" = String, Path, description = "The request's id")),
    security(("staff" = [])),
    responses(
        (status = 200, body = ForStaff),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(State(app): State<App>, staff: Staff, Path(id): Path<String>) -> Result<axum::Json<ForStaff>> {
    staff.must_be_named(ANYONE)?;
    find(&app, &staff, &id).await?;
    Ok(axum::Json(read(&app, &staff, &id).await?))
}

/// Answer a request
///
/// A status, a reply, a decision, or several at once. Time that is granted, later than the deadline, becomes the learner's extension in the
/// same moment; refusing it afterwards takes that back.
#[utoipa::path(
    post,
    path = "/api/v1/admin/requests/{id}/steps",
    tag = "staff",
    params(("id" = String, Path, description = "The request's id")),
    request_body = Answer,
    security(("staff" = [])),
    responses(
        (status = 200, body = ForStaff),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn answer(
    State(app): State<App>,
    staff: Staff,
    Path(id): Path<String>,
    Json(answer): Json<Answer, BODY_MAX>,
) -> Result<axum::Json<ForStaff>> {
    staff.must_be_named(ANYONE)?;
    let request = find(&app, &staff, &id).await?;
    let step_id = sent_id(answer.id.as_deref())?;
    let by = (staff.id.clone(), staff.person.clone());
    let step = answer.step(&request, ChangeId(step_id), by, app.now())?;
    match app.db.answer(&id, step, &*app.keys().await?).await? {
        Answering::Done => Ok(axum::Json(read(&app, &staff, &id).await?)),
        Answering::NoSuchRequest => Err(Error::NoSuchRequest),
        Answering::Taken => Err(Error::StepTaken),
        Answering::Withdrawn => Err(Error::RequestWithdrawn),
        Answering::NoKey => Err(Error::NoConfidentialKey),
        Answering::NotLater(due) => {
            let due = moment(due);
            let detail = format!("The deadline is {due} in London: this gives no more time. Give a later day or time.");
            Err(Error::field("/decision/granted", &detail))
        }
    }
}

/// The request, if it is for this role. That there is a concern, or study time which its learner keeps to themselves, nobody else is told.
async fn find(app: &App, staff: &Staff, id: &str) -> Result<Request> {
    let known = uuid::Uuid::try_parse(id).is_ok();
    let row = if known { app.db.request(id, None).await? } else { None };
    let request = row.ok_or(Error::NoSuchRequest)?.request;
    let roles = ask::roles(request.kind);
    if request.private && request.kind == AskKind::StudyTime {
        return Err(Error::NoSuchRequest);
    }
    match staff.must_be(roles) {
        Err(_) if request.kind == AskKind::Concern => Err(Error::NoSuchRequest),
        Err(error) => Err(error),
        Ok(()) => Ok(request),
    }
}

async fn read(app: &App, staff: &Staff, id: &str) -> Result<ForStaff> {
    let row = app.db.request(id, None).await?.ok_or(Error::NoSuchRequest)?;
    // Of study time that was shared, what was sealed before stays its learner's.
    let row = if !row.request.private {
        row
    } else {
        let access = staff.access(Deed::ReadRequest, id, app.now());
        let mut row = app.db.request(id, Some(&access)).await?.ok_or(Error::NoSuchRequest)?;
        open(&mut row, &*app.keys().await?)?;
        row
    };
    Ok(shown(row, london_day(app.now())))
}

/// Puts what was sealed into its steps.
fn open(row: &mut RequestRow, keys: &Keys) -> Result<()> {
    let keys = keys.confidential().ok_or(Error::NoConfidentialKey)?;
    for (id, sealed) in &row.sealed {
        let json = keys.open(sealed, id.as_str()).ok_or(Error::NoConfidentialKey)?;
        let words = serde_json::from_str(&json).map_err(|_| Error::NoConfidentialKey)?;
        if let Some(said) = row.request.said.iter_mut().find(|said| said.id == *id) {
            said.says = Some(words);
        }
    }
    Ok(())
}

fn shown(row: RequestRow, today: NaiveDate) -> ForStaff {
    let RequestRow { mut request, learner, learner_name, .. } = row;
    // What only its learner's key opens is of no use here.
    request.said.iter_mut().for_each(|said| said.locked = None);
    let overdue = request.status.is_open() && request.promised_by.is_some_and(|day| day < today);
    ForStaff { learner, learner_name, overdue, request }
}

/// What `next` said: milliseconds, a full stop, an id.
fn place(after: &str) -> Option<(i64, String)> {
    let (at, id) = after.split_once('.')?;
    Some((at.parse().ok()?, id.into()))
}
