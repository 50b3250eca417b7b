//! Headers that keep answers safe.

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};

/// The served app talks to its own origin alone.
const CSP: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
    frame-ancestors 'none'";

/// The app's worker asks for the app's own files, and does nothing else.
const WORKER: [(HeaderName, &str); 1] = [(header::CONTENT_SECURITY_POLICY, "default-src 'self'")];
/// A page that a learner shares is read and printed, and has nothing to run. Nobody else is to find it, or to hear of its address.
const SHARED: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive"),
];
/// A picture that is opened by itself does nothing.
const PICTURE: [(HeaderName, &str); 1] = [(header::CONTENT_SECURITY_POLICY, "default-src 'none'")];

/// What a browser heeds only in a page. Elsewhere it would be half a kilobyte an answer that a learner pays for. Nor is there anything
/// to show where the API says that nothing changed.
const PAGES: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), PERMISSIONS),
];

/// Nothing of the device, and no hints of what browser this is: Chromium would say so in a hundred bytes of each request, which nobody
/// reads here.
const PERMISSIONS: &str = "camera=(), ch-ua=(), ch-ua-mobile=(), ch-ua-platform=(), display-capture=(), geolocation=(), \
    microphone=(), payment=(), usb=()";

pub async fn add(request: Request, next: Next) -> Response {
    let is_api = request.uri().path().starts_with("/api/");
    let is_shared = request.uri().path().starts_with("/share/");
    let is_worker = request.uri().path() == "/sw.js";
    let mut response = next.run(request).await;
    // 'As you have it' goes on with the headers that came with what the browser has; 'no content' is no document.
    let is_nothing = matches!(response.status(), StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    // The app's own files are the same for everybody: there is nothing in them to keep from another site.
    if is_api || is_shared {
        let policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(policy, HeaderValue::from_static("same-origin"));
    }
    let kept_safe_by: &[(HeaderName, &str)] = match kind(headers) {
        _ if is_nothing => &[],
        _ if is_worker => &WORKER,
        _ if is_shared => &SHARED,
        kind if kind.starts_with("image/svg+xml") => &PICTURE,
        kind if PAGE_KINDS.iter().any(|page| kind.starts_with(page)) => &PAGES,
        _ => &[],
    };
    for (name, value) in kept_safe_by {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // What belongs to one learner is in nobody's cache; the docs' stylesheet says otherwise itself.
    if (is_api || is_shared) && !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Whatever a browser could show as a document.
const PAGE_KINDS: [&str; 4] = ["text/html", "application/xhtml+xml", "text/xml", "application/xml"];

/// What an answer is; one without a type is a page, to be safe.
fn kind(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/html")
}
