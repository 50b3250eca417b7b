//! Who has read which policy and page of guidance.

use crate::{
    auth::staff::Staff,
    commands::export::{cell, time},
    db::{Acknowledgement, Deed},
    error::Result,
    handlers::admin::table,
    state::App,
};
use axum::{extract::State, response::IntoResponse};
use contract::{
    problem::Problem,
    staff::StaffRole::{Administrator, SafeguardingLead},
};

/// Export who has read what
///
/// As CSV, by learner: each version of each policy and page of guidance that they say they have read, and each that they have not.
#[utoipa::path(
    get,
    path = "/api/v1/admin/export/acknowledgements",
    tag = "staff",
    security(("staff" = [])),
    responses(
        (status = 200, body = str, content_type = "text/csv"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 403, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn acknowledgements(State(app): State<App>, staff: Staff) -> Result<impl IntoResponse> {
    staff.must_be_named(&[Administrator, SafeguardingLead])?;
    app.db.note_access(&staff.access(Deed::ExportAcknowledgements, "", app.now())).await?;
    table("acknowledgements.csv", csv(&app.db.acknowledgements().await?))
}

/// `status`: `read` for the version that counts, `earlier` for another that was read, `not-read` for one that counts and was not.
fn csv(rows: &[Acknowledgement]) -> anyhow::Result<String> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record([
        "learner",
        "learner_name",
        "kind",
        "id",
        "title",
        "version",
        "status",
        "read_at",
        "received_at",
    ])?;
    for row in rows {
        let status = match (row.read, row.is_current) {
            (Some(_), true) => "read",
            (Some(_), false) => "earlier",
            (None, _) => "not-read",
        };
        let (read_at, received_at) = row.read.map(|(read, received)| (time(read), time(received))).unzip();
        out.write_record([
            &cell(row.learner.as_str()),
            &cell(&row.learner_name),
            &row.kind,
            &cell(&row.id),
            &cell(&row.title),
            &cell(&row.version),
            status,
            &read_at.unwrap_or_default(),
            &received_at.unwrap_or_default(),
        ])?;
    }
    Ok(String::from_utf8(out.into_inner()?)?)
}
