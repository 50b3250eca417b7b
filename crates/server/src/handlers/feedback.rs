//! Feedback on work: that it was handed in, what is said of it, and how long that took. Given by name.

mod table;

pub use table::{__path_times, times};

use crate::{
    auth::staff::Staff,
    db::{AboutWork, WorkEntered, WorkEntry},
    error::{Error, Result},
    evidence::sha256_hex,
    handlers::sent_id,
    state::App,
    web::json::Json,
};
use axum::extract::State;
use chrono::{DateTime, Utc};
use contract::{
    feedback::{FEEDBACK_MAX, Feedback, WorkOutcome},
    ids::{AssignmentId, LearnerId},
    problem::Problem,
    staff::StaffRole::{self, Administrator, Assessor, Tutor},
};
use serde::{Deserialize, Serialize};

const MARKERS: &[StaffRole] = &[Assessor, Tutor, Administrator];
const ATTEMPT_MAX: u32 = 99;
/// Bytes of the longest feedback, however it is written.
const BODY_MAX: usize = 256 * 1024;

/// That a learner handed work in: on paper, or by another way than the portal.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct HandIn {
    /// A UUID made by who sends it: the same again is the same entry. Without one each is a new entry, and the last counts.
    id: Option<String>,
    learner: LearnerId,
    assignment: AssignmentId,
    /// 1 for the first, at most 99.
    attempt: u32,
    handed_in_at: DateTime<Utc>,
}

/// Feedback on an attempt. Of an attempt that has feedback already it is a correction: both are kept, and the last is shown.
#[derive(Deserialize, Serialize, utoipa::ToSchema)]
pub struct GiveFeedback {
    /// As in a hand-in.
    id: Option<String>,
    learner: LearnerId,
    assignment: AssignmentId,
    attempt: u32,
    /// What the learner reads, with line breaks, of at most 20,000 characters.
    text: String,
    /// `none` where there is only the text.
    outcome: WorkOutcome,
    /// Now where it is not said.
    given_at: Option<DateTime<Utc>>,
}

/// Enter that work was handed in
///
/// From then on the promise of feedback counts, or from the learner's own declaration, whichever was first.
#[utoipa::path(
    post,
    path = "/api/v1/admin/hand-ins",
    tag = "staff",
    request_body = HandIn,
    security(("staff" = [])),
    responses(
        (status = 200, body = Feedback),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn hand_in(State(app): State<App>, staff: Staff, Json(form): Json<HandIn>) -> Result<axum::Json<Feedback>> {
    staff.must_be_named(MARKERS)?;
    let sha256 = hash(&form)?;
    let at = past(form.handed_in_at, app.now(), "/handed_in_at")?;
    enter(&app, &staff, (form.id, form.learner, form.assignment, form.attempt), AboutWork::HandedIn { at }, sha256)
        .await
}

/// Give feedback
///
/// Its learner sees it beside the work, and may ask about it. What was given before stays on record.
#[utoipa::path(
    post,
    path = "/api/v1/admin/feedback",
    tag = "staff",
    request_body = GiveFeedback,
    security(("staff" = [])),
    responses(
        (status = 200, body = Feedback),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn give(
    State(app): State<App>,
    staff: Staff,
    Json(form): Json<GiveFeedback, BODY_MAX>,
) -> Result<axum::Json<Feedback>> {
    staff.must_be_named(MARKERS)?;
    let sha256 = hash(&form)?;
    let text = form.text.replace("\r\n", "\n").trim().to_owned();
    if text.is_empty() || text.chars().count() > FEEDBACK_MAX {
        return Err(Error::field("/text", &format!("Say it in 1 to {FEEDBACK_MAX} characters.")));
    }
    let at = past(form.given_at.unwrap_or(app.now()), app.now(), "/given_at")?;
    let says = AboutWork::Feedback { text, outcome: form.outcome, by: staff.person.clone(), at };
    enter(&app, &staff, (form.id, form.learner, form.assignment, form.attempt), says, sha256).await
}

async fn enter(
    app: &App,
    staff: &Staff,
    (id, learner, assignment, attempt): (Option<String>, LearnerId, AssignmentId, u32),
    says: AboutWork,
    sha256: String,
) -> Result<axum::Json<Feedback>> {
    let id = sent_id(id.as_deref())?;
    if !(1..=ATTEMPT_MAX).contains(&attempt) {
        return Err(Error::field("/attempt", &format!("Give a number from 1 to {ATTEMPT_MAX}.")));
    }
    let staff = staff.id.clone();
    let entry = WorkEntry { id, learner, assignment, attempt, staff, at: app.now(), says, sha256 };
    match app.db.enter_work(entry).await? {
        WorkEntered::Done(feedback) => Ok(axum::Json(*feedback)),
        WorkEntered::NoSuchLearner => Err(Error::field("/learner", "There is no learner of this reference.")),
        WorkEntered::NoSuchWork => Err(Error::field("/assignment", "This learner has no work of this id.")),
        WorkEntered::Taken => Err(Error::StepTaken),
    }
}

fn past(at: DateTime<Utc>, now: DateTime<Utc>, pointer: &str) -> Result<DateTime<Utc>> {
    if at > now {
        Err(Error::field(pointer, "This is still to come. Give the time at which it happened."))
    } else {
        Ok(at)
    }
}

fn hash(form: &impl Serialize) -> Result<String> {
    Ok(sha256_hex(&serde_json::to_vec(form).map_err(|_| Error::Internal)?))
}
