//! A fault of ours ends one request, not the server.

use crate::error::Error;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// What panicked may quote what it was given, so its message stays out of the log; the default hook says where it was.
pub fn answer(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Error::Internal.into_response()
}
