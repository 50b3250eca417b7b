//! What learners say of sessions, for their tutors and for those who look at quality. Nobody is named who does not want to be.

use crate::{
    auth::staff::Staff,
    commands::export::ratings_csv,
    db::{Deed, Named, Rated},
    error::{Error, Result},
    handlers::admin::table,
    state::App,
};
use axum::{
    extract::{Path, State},
    response::IntoResponse,
};
use contract::{
    problem::Problem,
    staff::StaffRole::{Administrator, Tutor},
    voice::Clear,
};
use serde::Serialize;

/// What was said of a session. Each learner's last word counts; in no order that would tell who said it.
#[derive(Serialize, utoipa::ToSchema)]
pub struct SessionFeedback {
    webinar: String,
    said: Vec<Said>,
}

/// What one learner says.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = SessionSaid)]
pub struct Said {
    /// How much of it they understood.
    clear: Clear,
    #[serde(skip_serializing_if = "Option::is_none")]
    helped: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    /// Who says it, where they allow that.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Named>,
}

/// Read what learners said of a session
///
/// Without names, but for those who ticked that they may be named.
#[utoipa::path(
    get,
    path = "/api/v1/admin/sessions/{webinar}/feedback",
    tag = "staff",
    params(("webinar" = String, Path, description = "The session's id")),
    security(("staff" = [])),
    responses(
        (status = 200, body = SessionFeedback),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn feedback(
    State(app): State<App>,
    staff: Staff,
    Path(webinar): Path<String>,
) -> Result<axum::Json<SessionFeedback>> {
    staff.must_be_named(&[Tutor, Administrator])?;
    let said = app.db.ratings(Some(&webinar)).await?.ok_or(Error::NoSuchSession)?;
    let said = said.into_iter().map(|Rated { clear, helped, change, by, .. }| Said { clear, helped, change, by });
    Ok(axum::Json(SessionFeedback { webinar, said: said.collect() }))
}

/// Export what learners said of all sessions
///
/// As CSV, the oldest session first; without names, but for those who ticked that they may be named.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/session-feedback",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn export(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportSessionFeedback, "", app.now())).await?;
    table("session-feedback.csv", ratings_csv(&app.db.ratings(None).await?.unwrap_or_default()))
}
