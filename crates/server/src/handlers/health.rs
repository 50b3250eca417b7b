//! For whoever watches over the server.

use crate::{error::Result, state::App};
use axum::extract::State;

/// Is the process there?
#[utoipa::path(get, path = "/healthz", tag = "service", responses((status = 200, body = str, content_type = "text/plain")))]
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Does the database answer?
#[utoipa::path(
    get,
    path = "/readyz",
    tag = "service",
    responses(
        (status = 200, body = str, content_type = "text/plain"),
        (status = 503, body = contract::problem::Problem, content_type = "application/problem+json"),
    )
)]
pub async fn ready(State(app): State<App>) -> Result<&'static str> {
    app.db.ready().await?;
    Ok("ok\n")
}
