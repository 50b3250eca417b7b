//! What staff do over HTTP, with the staff key: the same as the commands `import` and `export`.

use crate::{
    auth::staff::Staff,
    commands::{export::csv, import as take},
    error::{Error, Result},
    state::App,
    web::body::read,
};
use axum::{
    Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::header,
    response::IntoResponse,
};
use contract::{ids::CourseId, problem::Problem};
use serde::Deserialize;

const FILE_MAX: usize = 32 * 1024 * 1024;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Options {
    /// The file's name, which says what it is: `deadlines.csv`, `calendar.ics`.
    name: String,
    /// Say what it would do, and do nothing.
    dry_run: Option<String>,
    /// Take nothing if anything is refused.
    strict: Option<String>,
    /// The course that a calendar is for.
    course: Option<String>,
}

/// Import a file
///
/// The body is the file, of at most 32 MiB. What it does not name stays as it is.
#[utoipa::path(
    post,
    path = "/api/v1/admin/import",
    tag = "staff",
    params(Options),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    security(("staff" = [])),
    responses(
        (status = 200, description = "What was taken and what was refused", body = take::Report),
        (status = 401, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import(
    State(app): State<App>,
    _: Staff,
    options: Result<Query<Options>, QueryRejection>,
    request: Request,
) -> Result<Json<take::Report>> {
    let Query(options) = options.map_err(|error| Error::WrongShape(error.body_text()))?;
    let bytes = read(request, FILE_MAX).await?;
    let how = take::How { dry_run: is_set(options.dry_run), strict: is_set(options.strict) };
    let reading = import::Options { course: options.course.map(CourseId), known: app.db.known().await? };
    let outcome = tokio::task::spawn_blocking(move || import::read_text(&options.name, &bytes, &reading)).await;
    let outcome = outcome.map_err(|_| Error::Internal)?;
    Ok(Json(take::write(&*app.db, outcome, how).await?))
}

/// Export the declarations
///
/// As CSV, oldest first, each with its exact JSON.
#[utoipa::path(
    get,
    path = "/api/v1/admin/declarations",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn declarations(State(app): State<App>, _: Staff) -> Result<impl IntoResponse> {
    let text = csv(&app.db.declarations().await?).map_err(|error| {
        tracing::error!(%error, "the export could not be written");
        Error::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"declarations.csv\""),
    ];
    Ok((headers, text))
}

/// `dry_run`, `dry_run=1` and `dry_run=true` all say yes.
fn is_set(value: Option<String>) -> bool {
    value.is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "no"))
}
