//! Whether a receipt code is one of ours.

use crate::{error::Error, state::App, web::address::From};
use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
};
use contract::{
    problem::Problem,
    receipt::{ReceiptCheck, parse_code},
};

/// Check a receipt
///
/// Says that such a declaration exists, and names nobody. At most 60 calls a minute from one address.
#[utoipa::path(
    get,
    path = "/api/v1/receipts/{code}",
    tag = "service",
    params(("code" = String, Path, description = "Such as `7K3M-Q9XT-V`; case, spaces and hyphens do not count")),
    responses(
        (status = 200, body = ReceiptCheck),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn check(
    State(app): State<App>,
    From(from): From,
    code: Result<Path<String>, PathRejection>,
) -> Result<Json<ReceiptCheck>, Error> {
    app.receipt_calls.count(from, app.now())?;
    let Path(code) = code.map_err(|_| Error::NoSuchReceipt)?;
    let code = parse_code(&code).ok_or(Error::NoSuchReceipt)?;
    app.db.receipt(&code).await?.map(Json).ok_or(Error::NoSuchReceipt)
}
