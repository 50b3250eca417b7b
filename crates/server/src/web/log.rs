//! One line a request: the method, the route's template, the status and the time it took. Nothing of the learner's.

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

pub async fn line(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(file)", MatchedPath::as_str);
    tracing::info!(%method, route, status = response.status().as_u16(), ms = start.elapsed().as_millis());
    response
}
