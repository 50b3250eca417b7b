//! Reading a JSON body of at most so many bytes, with a problem that says where it goes wrong.

use crate::error::{Error, Result};
use axum::{
    body::{Bytes, to_bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;

/// A body of JSON. `application/json` is asked for, as no form of another site can send it.
pub struct Json<T, const MOST: usize = { 16 * 1024 }>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const MOST: usize> FromRequest<S> for Json<T, MOST> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::NotJson);
        }
        let bytes = read(request, MOST).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            if error.is_data() { Error::WrongShape(error.to_string()) } else { Error::Malformed(error.to_string()) }
        })
    }
}

/// The whole body.
///
/// # Errors
/// It has more than `most` bytes, or stopped on its way.
pub async fn read(request: Request, most: usize) -> Result<Bytes> {
    let said = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > most) {
        return Err(Error::TooLarge { most });
    }
    to_bytes(request.into_body(), most).await.map_err(|error| {
        let cut_off =
            std::error::Error::source(&error).is_some_and(|cause| !cause.is::<http_body_util::LengthLimitError>());
        if cut_off { Error::Malformed("the body stopped before its end".into()) } else { Error::TooLarge { most } }
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
