//! The built app: compressed before it came, kept for ever where its name changes with its content.

use super::{
    earlier::{self, Part},
    pages,
};
use crate::{
    error::{Error, Result},
    state::App,
};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::Response,
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

const FOR_EVER: HeaderValue = HeaderValue::from_static("max-age=31536000, immutable");
const ASK_AGAIN: HeaderValue = HeaderValue::from_static("no-cache");

/// Whatever is no route: a file of the app, or a page that says that there is none.
pub async fn serve(State(app): State<App>, request: Request) -> Result<Response> {
    let path = request.uri().path().to_owned();
    if path == "/api" || path.starts_with("/api/") {
        return Err(Error::NoSuchCall);
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(Error::NoSuchMethod);
    }
    let dist = &app.config.dist;
    let part = Part::of(&path);
    let offered = earlier::offered(request.headers());
    if let (Some(part), Some(dictionary)) = (&part, offered)
        && let Some(made) = app.earlier.difference(part, dist, dictionary).await
    {
        tokio::spawn(app.earlier.clone().keep(part.clone(), dist.clone()));
        return Ok(differing(&made, part, &path));
    }
    let files = ServeDir::new(dist).precompressed_br().precompressed_gzip();
    let mut response = match files.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(never) => match never {},
    };
    let missing = response.status() == StatusCode::NOT_FOUND;
    if missing {
        let is_built = tokio::fs::try_exists(dist.join("index.html")).await.unwrap_or(false);
        let service = &app.config.service_name;
        response = if path == "/" && !is_built { pages::not_built(service) } else { pages::not_found(service) };
    }
    let keep = if !missing && is_hashed(&path) { FOR_EVER } else { ASK_AGAIN };
    let headers = response.headers_mut();
    // The ETag says more than the time, which browsers would send back with it; what never changes is never asked for again.
    headers.remove(header::LAST_MODIFIED);
    headers.remove(header::ACCEPT_RANGES);
    if keep == FOR_EVER {
        headers.remove(header::ETAG);
    }
    headers.insert(header::CACHE_CONTROL, keep);
    if let Some(part) = part
        && response.status() == StatusCode::OK
    {
        may_be_a_dictionary(&mut response, &part, &path);
        tokio::spawn(app.earlier.clone().keep(part, dist.clone()));
    }
    Ok(response)
}

/// A part of the app as what differs from an earlier one.
fn differing(made: &[u8], part: &Part, path: &str) -> Response {
    let mut response = Response::new(Body::from(made.to_vec()));
    let headers = response.headers_mut();
    let kind = match path.rsplit('.').next() {
        Some("wasm") => "application/wasm",
        _ => "text/javascript",
    };
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_ENCODING, earlier::ENCODING);
    headers.insert(header::CACHE_CONTROL, FOR_EVER);
    may_be_a_dictionary(&mut response, part, path);
    response
}

fn may_be_a_dictionary(response: &mut Response, part: &Part, path: &str) {
    if let Some(value) = part.header(path) {
        response.headers_mut().insert(earlier::USE_AS_DICTIONARY, value);
        response.headers_mut().insert(header::VARY, earlier::VARY);
    }
}

/// Trunk's names: a hyphen and 16 hexadecimal digits at the end of the stem, as in `app-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    stem.rsplit_once('-').is_some_and(|(_, hash)| earlier::is_hash(hash))
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_a_name_with_a_hash_is_kept_for_ever() {
        for kept in ["/app-0123456789abcdef.js", "/app-0123456789abcdef_bg.wasm", "/style/a-b-00ff00ff00ff00ff.css"] {
            assert!(is_hashed(kept), "{kept}");
        }
        for asked in
            ["/", "/sw.js", "/index.html", "/app-0123456789abcde.js", "/app-0123456789abcdeg.js", "/config.json"]
        {
            assert!(!is_hashed(asked), "{asked}");
        }
    }
}
