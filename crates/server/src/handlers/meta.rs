//! What this API is.

use crate::{confidential::Confidential, error::Result, state::App};
use axum::{Json, extract::State};
use contract::{meta::Meta, problem::Problem};

/// What this server is
///
/// Asked before anyone has signed in, and to compare clocks.
#[utoipa::path(get, path = "/api/v1/meta", tag = "service", responses((status = 200, body = Meta), (status = 503, body = Problem, content_type = "application/problem+json")))]
pub async fn show(State(app): State<App>) -> Result<Json<Meta>> {
    let keys = app.keys().await?;
    Ok(Json(Meta {
        service: app.config.service_name.clone(),
        api: 1,
        server_time: app.now(),
        capabilities: ["envelopes", "withdrawals", "requests"].map(Into::into).to_vec(),
        sealing: Some(keys.sealing()),
        confidential: keys.confidential().map(Confidential::public),
        receipt_keys: keys.receipt_keys(),
    }))
}
