//! The few pages that the server writes itself, where there is no app to do it.

use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// For an address that leads nowhere.
#[must_use]
pub fn not_found(service: &str) -> Response {
    let service = escape(service);
    let page = page(
        &format!("Page not found - {service}"),
        "<h1>Page not found</h1><p>There is nothing at this address.</p><p><a href=\"/\">Go to the start</a></p>",
    );
    (StatusCode::NOT_FOUND, Html(page)).into_response()
}

/// For a server whose app was not built.
#[must_use]
pub fn not_built(service: &str) -> Response {
    let service = escape(service);
    let page = page(
        &format!("The app is not built - {service}"),
        "<h1>The app is not built yet</h1><p>The service runs, but the pages that learners see are missing. \
         Build them with <code>trunk build --release</code>, or set <code>DIST</code> to the folder they are in.</p>\
         <p><a href=\"/api/docs\">What this service answers</a></p>",
    );
    (StatusCode::SERVICE_UNAVAILABLE, Html(page)).into_response()
}

/// A whole page: `title` and `main` are HTML.
#[must_use]
pub fn page(title: &str, main: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"/api/docs.css\">\n</head>\n<body>\n<main>\n{main}\n</main>\n</body>\n</html>\n"
    )
}

/// Text as HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
