//! Requests as tables.

use super::open;
use crate::{
    ask::kinds,
    auth::staff::Staff,
    commands::export::requests_csv,
    db::{Deed, Listing, RequestRow},
    error::{Error, Result},
    handlers::admin::table,
    state::App,
};
use axum::{extract::State, response::IntoResponse};
use contract::{
    problem::Problem,
    request::AskKind,
    staff::StaffRole::{Administrator, SafeguardingLead},
};

/// Rows that are read at once.
const BATCH: u32 = 500;

/// Export the requests
///
/// As CSV, oldest first; none of the private kinds.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/requests",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn requests(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[Administrator])?;
    app.db.note_access(&staff.access(Deed::ExportRequests, "", app.now())).await?;
    let rows = all(&app, kinds(Administrator)).await?;
    // Study time that was shared is in them; what was sealed of it is not.
    table("requests.csv", requests_csv(&rows))
}

/// Export the concerns
///
/// As CSV, oldest first, with what was said in confidence: for the safeguarding lead alone.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/concerns",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn concerns(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[SafeguardingLead])?;
    app.db.note_access(&staff.access(Deed::ExportConcerns, "", app.now())).await?;
    let (keys, mut rows) = (app.keys().await?, Vec::new());
    for row in all(&app, vec![AskKind::Concern]).await? {
        let mut row = app.db.request(row.request.id.as_str(), None).await?.ok_or(Error::NoSuchRequest)?;
        open(&mut row, &keys)?;
        rows.push(row);
    }
    table("concerns.csv", requests_csv(&rows))
}

async fn all(app: &App, kinds: Vec<AskKind>) -> Result<Vec<RequestRow>> {
    let mut listing = Listing { kinds, status: None, overdue_on: None, after: None, limit: BATCH };
    let mut all = Vec::new();
    loop {
        let rows = app.db.requests(&listing).await?;
        let last = rows.len() < BATCH as usize;
        listing.after = rows.last().map(|row| (row.request.received_at.timestamp_millis(), row.request.id.0.clone()));
        all.extend(rows);
        if last {
            return Ok(all);
        }
    }
}
