//! Answers for an app that is served from another origin: exact origins only, with credentials.

use super::origin::Origins;
use axum::http::{HeaderName, HeaderValue, Method, header};
use std::time::Duration;
use tower_http::{
    cors::{AllowOrigin, CorsLayer},
    set_header::SetResponseHeaderLayer,
};

/// Nothing where the app is served here.
pub fn layer(origins: &Origins) -> Option<CorsLayer> {
    if origins.app().is_empty() {
        return None;
    }
    let layer = CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins.app().iter().cloned()))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers([header::CONTENT_TYPE, header::CONTENT_ENCODING, header::IF_NONE_MATCH])
        .expose_headers([header::ETAG, header::RETRY_AFTER, HeaderName::from_static("date")])
        .max_age(Duration::from_secs(600));
    Some(layer)
}

/// Lets that app know how large each answer was, which it adds up for its learner. Nothing where the app is served here.
pub fn sizes(origins: &Origins) -> Option<SetResponseHeaderLayer<HeaderValue>> {
    let app = origins.app().iter().map(HeaderValue::as_bytes).collect::<Vec<_>>().join(&b", "[..]);
    let value = HeaderValue::from_bytes(&app).ok().filter(|value| !value.is_empty())?;
    Some(SetResponseHeaderLayer::overriding(HeaderName::from_static("timing-allow-origin"), value))
}
