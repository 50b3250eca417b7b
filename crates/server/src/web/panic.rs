//! A fault of ours ends one request, not the server.

use crate::error::Error;
use axum::response::{IntoResponse, Response};
use std::any::Any;

/// What panicked may quote what it was given, so its message stays out of the log; the default hook says where it was.
pub fn answer(_: Box<dyn Any + Send>) -> Response {
    tracing::error!("a handler panicked");
    Error::Internal.into_response()
}

#[cfg(test)]
mod tests {
    use super::answer;
    use axum::{Router, body::Body, http::Request, routing::get};
    use tower::ServiceExt;
    use tower_http::catch_panic::CatchPanicLayer;

    async fn faulty() -> &'static str {
        panic!("with what a learner wrote")
    }

    #[tokio::test]
    async fn a_handler_that_panics_answers_with_a_problem_that_quotes_nothing() {
        let app: Router = Router::new().route("/", get(faulty)).layer(CatchPanicLayer::custom(answer));
        let response = app.oneshot(Request::new(Body::empty())).await.unwrap();
        assert_eq!(response.status(), 500);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let text = String::from_utf8(body.to_vec()).unwrap();
        assert!(text.contains("/problems/internal") && !text.contains("learner wrote"), "{text}");
    }
}
