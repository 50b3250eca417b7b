//! What this API is.

use crate::state::App;
use axum::{Json, extract::State};
use contract::meta::Meta;

/// What this server is
///
/// Asked before anyone has signed in, and to compare clocks.
#[utoipa::path(get, path = "/api/v1/meta", tag = "service", responses((status = 200, body = Meta)))]
pub async fn show(State(app): State<App>) -> Json<Meta> {
    Json(Meta {
        service: app.config.service_name.clone(),
        api: 1,
        server_time: app.now(),
        capabilities: Vec::new(),
        sealing: None,
        receipt_keys: Vec::new(),
    })
}
