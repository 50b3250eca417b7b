//! One HTTP request and its whole answer.
//!
//! `web_sys` itself rather than gloo-net, which would wrap the same calls.

use super::{Task, timer, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, Response};

pub struct Request<'a> {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'a str,
    /// Absolute, or relative to the page.
    pub address: &'a str,
    /// JSON.
    pub body: Option<&'a str>,
    /// The ETag of what is known.
    pub known: Option<&'a str>,
    /// Milliseconds until the whole answer must be here.
    pub timeout: u32,
}

/// An answer that came whole, whatever its status.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    /// As the header has it; empty if there is none.
    pub content_type: String,
    pub etag: Option<String>,
    pub body: String,
}

/// No answer: no network, a refused or broken connection, or none in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

/// Sends a request, with the session's cookie also to another origin.
///
/// # Errors
/// [`NoAnswer`].
pub fn send<'a>(request: Request<'a>) -> Task<'a, Result<Answer, NoAnswer>> {
    Box::pin(async move {
        let stop = AbortController::new().ok();
        let answer = timer::within(request.timeout, exchange(&request, stop.as_ref())).await;
        if answer.is_none()
            && let Some(stop) = stop
        {
            stop.abort(); // what still arrives would cost the learner data for nothing
        }
        answer.and_then(Result::ok).ok_or(NoAnswer)
    })
}

async fn exchange(request: &Request<'_>, stop: Option<&AbortController>) -> Result<Answer, JsValue> {
    let init = RequestInit::new();
    init.set_method(request.method);
    init.set_credentials(RequestCredentials::Include);
    // The API's answers are personal: none may stay in the browser's own cache.
    init.set_cache(RequestCache::NoStore);
    if let Some(stop) = stop {
        init.set_signal(Some(&stop.signal()));
    }
    let headers = Headers::new()?;
    headers.set("accept", "application/json")?;
    if let Some(body) = request.body {
        headers.set("content-type", "application/json")?;
        init.set_body(&body.into());
    }
    if let Some(etag) = request.known {
        headers.set("if-none-match", etag)?;
    }
    init.set_headers(&headers);

    let window = window().ok_or(JsValue::UNDEFINED)?;
    let response: Response =
        JsFuture::from(window.fetch_with_str_and_init(request.address, &init)).await?.dyn_into()?;
    let header = |name| response.headers().get(name).ok().flatten();
    Ok(Answer {
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        etag: header("etag"),
        body: JsFuture::from(response.text()?).await?.as_string().unwrap_or_default(),
    })
}
