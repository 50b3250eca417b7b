//! The staff key. Without one configured, the admin calls do not exist.

use crate::{
    error::{Error, Result},
    state::App,
};
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use sha2::{Digest, Sha256};

pub struct Staff;

impl FromRequestParts<App> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let key = app.config.staff_key.as_deref().ok_or(Error::NoSuchCall)?;
        let given = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let given = given.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Error::NotStaff)?;
        if same(key, given) { Ok(Self) } else { Err(Error::NotStaff) }
    }
}

/// Takes as long wherever the two differ: what is compared is their hashes, every byte of them.
fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a), Sha256::digest(b));
    a.iter().zip(b.iter()).fold(0, |differ, (a, b)| differ | (a ^ b)) == 0
}
