//! One HTTP request and its whole answer; fetch.js does the work.

use super::Task;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/fetch.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn exchange(
        method: &str,
        address: &str,
        body: &str,
        known: &str,
        patience: u32,
        tries: u32,
    ) -> Result<JsValue, JsValue>;
}

pub struct Request<'a> {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'a str,
    /// Absolute, or relative to the page.
    pub address: &'a str,
    /// JSON.
    pub body: Option<&'a str>,
    /// The ETag of what is known.
    pub known: Option<&'a str>,
    /// Milliseconds without a byte after which it is given up. A long body has longer, as a slow line needs it.
    pub patience: u32,
    /// How often it is asked for, with pauses of seconds, until something answers.
    pub tries: u32,
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

/// No answer: no network, a refused or broken connection, or one that has gone dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoAnswer;

/// Sends a request, with the session's cookie also to another origin.
///
/// # Errors
/// [`NoAnswer`].
pub fn send<'a>(request: Request<'a>) -> Task<'a, Result<Answer, NoAnswer>> {
    Box::pin(async move {
        let Request { method, address, body, known, patience, tries } = request;
        let answer =
            exchange(method, address, body.unwrap_or_default(), known.unwrap_or_default(), patience, tries).await;
        let parts: Array = answer.map_err(|_| NoAnswer)?.unchecked_into();
        let part = |n| parts.get(n).as_string().unwrap_or_default();
        let etag = Some(part(2)).filter(|etag| !etag.is_empty());
        Ok(Answer { status: part(0).parse().unwrap_or_default(), content_type: part(1), etag, body: part(3) })
    })
}
