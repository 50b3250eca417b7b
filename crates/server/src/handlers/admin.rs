//! What staff do over HTTP, each for some roles: the same as the commands `import` and `export`.

use crate::{
    auth::staff::Staff,
    commands::{export, import as take},
    db::{Countersigning, Deed, Gap, STAFF_KEY},
    error::{Error, Result},
    state::App,
    web::{self, body::read},
};
use axum::{
    Json,
    extract::{Query, Request, State, rejection::QueryRejection},
    http::header,
    response::IntoResponse,
};
use contract::{
    declaration::{ENTRIES_MAX, NAME_MAX, TEXT_MAX},
    ids::CourseId,
    problem::Problem,
    receipt::{Receipt, parse_code},
    staff::StaffRole::{Administrator, Assessor, SafeguardingLead},
};
use serde::Deserialize;

const FILE_MAX: usize = 32 * 1024 * 1024;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Options {
    /// The file's name, which says what it is: `assignments.csv`, `calendar.ics`.
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
/// The body is the file, of at most 32 MiB. What it does not name stays as it is, but for the days that an event of a calendar no longer has.
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
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn import(
    State(app): State<App>,
    staff: Staff,
    options: Result<Query<Options>, QueryRejection>,
    request: Request,
) -> Result<Json<take::Report>> {
    staff.must_be(&[Administrator])?;
    let Query(options) = options.map_err(|error| Error::WrongShape(error.body_text()))?;
    let bytes = read(request, FILE_MAX).await?;
    let how = take::How { dry_run: is_set(options.dry_run), strict: is_set(options.strict), now: app.now() };
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
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn declarations(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be(&[Assessor, Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportDeclarations, "", app.now())).await?;
    table("declarations.csv", export::csv(&app.db.declarations().await?))
}

/// Export the access log
///
/// As CSV, oldest first: who read something private, or exported anything, and when. What was read has its id for the safeguarding
/// lead alone.
#[utoipa::path(
    get,
    path = "/api/v1/admin/access-log",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn access_log(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be(&[SafeguardingLead, Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportAccessLog, "", app.now())).await?;
    let with_subjects = staff.person.role == SafeguardingLead;
    table("access-log.csv", export::accesses_csv(&app.db.accesses().await?, with_subjects))
}

/// A CSV to be saved under this name.
pub fn table(name: &str, text: anyhow::Result<String>) -> Result<impl IntoResponse + use<>> {
    let text = text.map_err(|error| {
        tracing::error!(%error, "the export could not be written");
        Error::Internal
    })?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, text))
}

/// An assessor's confirmation.
#[derive(Deserialize, utoipa::ToSchema)]
pub struct Countersign {
    /// The receipt's code, however it was typed.
    code: String,
    /// The assessor's name: with a key of one's own the name that it was made for.
    assessor: String,
    /// The points that the assessor confirms to the best of their knowledge, as they read them.
    statements: Vec<String>,
}

/// Countersign a declaration
///
/// Once, by one assessor, unless its learner has withdrawn it. It stands beside the declaration, and is evidence like it.
#[utoipa::path(
    post,
    path = "/api/v1/admin/countersignatures",
    tag = "staff",
    request_body = Countersign,
    security(("staff" = [])),
    responses(
        (status = 200, body = Receipt),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 409, body = Problem, content_type = "application/problem+json"),
        (status = 422, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn countersign(
    State(app): State<App>,
    staff: Staff,
    web::json::Json(form): web::json::Json<Countersign>,
) -> Result<Json<Receipt>> {
    staff.must_be(&[Assessor, Administrator])?;
    let assessor = form.assessor.trim();
    if assessor.is_empty() || assessor.chars().count() > NAME_MAX || assessor.contains(char::is_control) {
        return Err(Error::field("/assessor", &format!("Give the assessor's name, of at most {NAME_MAX} characters.")));
    }
    let own = staff.person.name.trim();
    if staff.id != STAFF_KEY && assessor != own {
        let detail =
            format!("This key is {own}'s, who signs for nobody else. Give that name, or sign with your own key.");
        return Err(Error::field("/assessor", &detail));
    }
    let said = form.statements.iter().any(|statement| !statement.trim().is_empty());
    let fine = form.statements.len() <= ENTRIES_MAX && form.statements.iter().all(|s| s.chars().count() <= TEXT_MAX);
    if !said || !fine {
        let detail = format!(
            "Give the points that are confirmed: at most {ENTRIES_MAX}, each of at most {TEXT_MAX} characters."
        );
        return Err(Error::field("/statements", &detail));
    }
    let code = parse_code(&form.code).ok_or(Error::NoSuchReceipt)?;
    match app.db.countersign(&code, assessor, &form.statements, app.now()).await? {
        Countersigning::Done(receipt) => Ok(Json(*receipt)),
        Countersigning::NoSuchReceipt => Err(Error::NoSuchReceipt),
        Countersigning::By(assessor) => Err(Error::Countersigned { assessor }),
        Countersigning::Withdrawn => Err(Error::DeclarationWithdrawn),
    }
}

/// What never arrived
///
/// Devices number what is signed on them. These numbers are missing: something may have been lost before it was sent.
#[utoipa::path(
    get,
    path = "/api/v1/admin/gaps",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = Vec<Gap>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn gaps(State(app): State<App>, staff: Staff) -> Result<Json<Vec<Gap>>> {
    staff.must_be(&[Administrator])?;
    Ok(Json(app.db.gaps().await?))
}

/// `dry_run`, `dry_run=1` and `dry_run=true` all say yes.
fn is_set(value: Option<String>) -> bool {
    value.is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "no"))
}
