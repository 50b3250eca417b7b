//! Reading a JSON body of at most so many bytes, with a problem that says where it goes wrong.

use super::{body::read, text};
use crate::{
    error::{Error, Result},
    inflate,
};
use axum::{
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use serde::de::DeserializeOwned;

/// A body of JSON. `application/json` is asked for, as no form of another site can send it.
///
/// It may be deflated (`Content-Encoding: deflate`); `MOST` counts what it inflates to.
///
/// A map with a null character in a text is refused, as no database keeps it. The items of a list are judged one by one, by whoever
/// takes them.
pub struct Json<T, const MOST: usize = { 16 * 1024 }>(pub T);

impl<T: DeserializeOwned, S: Send + Sync, const MOST: usize> FromRequest<S> for Json<T, MOST> {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self> {
        if !is_json(request.headers()) {
            return Err(Error::NotJson);
        }
        let encoding = request.headers().get(header::CONTENT_ENCODING).cloned();
        let bytes = read(request, MOST).await?;
        let bytes = match encoding.as_ref().map(|encoding| encoding.as_bytes().to_ascii_lowercase()).as_deref() {
            None | Some(b"identity") => bytes,
            Some(b"deflate") => inflate::zlib(&bytes, MOST)
                .map_err(|fault| match fault {
                    inflate::Fault::TooLong => Error::TooLarge { most: MOST },
                    inflate::Fault::Damaged => Error::Malformed("it cannot be inflated".into()),
                })?
                .into(),
            Some(_) => return Err(Error::OtherEncoding),
        };
        let value = serde_json::from_slice(&bytes).map_err(|error| {
            if error.is_data() { Error::WrongShape(error.to_string()) } else { Error::Malformed(error.to_string()) }
        })?;
        let is_list = bytes.trim_ascii_start().starts_with(b"[");
        match std::str::from_utf8(&bytes).ok().filter(|_| !is_list).and_then(text::null_in) {
            Some(pointer) => Err(Error::field(&pointer, text::NULL)),
            None => Ok(Self(value)),
        }
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
