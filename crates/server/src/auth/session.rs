//! Sessions: a random token in a cookie, its hash in the database, and when it ends.

use crate::{
    db::SessionRow,
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
};
use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, request::Parts},
};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Duration, Utc};
use contract::{auth::Device, ids::LearnerId};
use std::time;
use tokio::time::timeout;

const SHARED_IDLE: Duration = Duration::minutes(10);
const SHARED_MOST: Duration = Duration::hours(12);
pub const OWN_IDLE: Duration = Duration::days(30);
/// How long a request waits for its use to be noted.
const TOUCH_WAIT: time::Duration = time::Duration::from_millis(500);
/// How stale the last use may be in the database: it saves a write for most requests.
const TOUCH_EVERY: Duration = Duration::minutes(1);

/// Who is signed in. A handler that takes it answers 401 to everybody else; it is the only source of a learner's id.
pub struct Session {
    pub learner: LearnerId,
    pub name: String,
    pub device: Device,
    pub until: DateTime<Utc>,
    pub token_sha256: String,
}

/// 32 random bytes, for a cookie.
#[must_use]
pub fn new_token() -> String {
    let bytes: [u8; 32] = rand::random();
    data_encoding::BASE64URL_NOPAD.encode(&bytes)
}

/// When a session ends if nothing more is asked of it.
#[must_use]
pub fn until(device: Device, created: DateTime<Utc>, last_seen: DateTime<Utc>) -> DateTime<Utc> {
    match device {
        Device::Shared => (last_seen + SHARED_IDLE).min(created + SHARED_MOST),
        Device::Own => last_seen + OWN_IDLE,
    }
}

/// The hash of the token that came, if one did.
#[must_use]
pub fn token_sha256(app: &App, headers: &HeaderMap) -> Option<String> {
    let jar = CookieJar::from_headers(headers);
    jar.get(app.cookie.name()).map(|cookie| sha256_hex(cookie.value().as_bytes()))
}

impl FromRequestParts<App> for Session {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let token_sha256 = token_sha256(app, &parts.headers).ok_or(Error::NotSignedIn)?;
        let row = app.db.session(&token_sha256).await?.ok_or(Error::NotSignedIn)?;
        let now = app.now();
        if now >= until(row.device, row.created, row.last_seen) {
            return Err(Error::NotSignedIn);
        }
        let last_seen = touch(app, &row, &token_sha256, now).await;
        let until = until(row.device, row.created, last_seen);
        Ok(Self { learner: row.learner, name: row.name, device: row.device, until, token_sha256 })
    }
}

impl OptionalFromRequestParts<App> for Session {
    type Rejection = Error;

    /// Nobody where there is no session, or one that is over.
    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Option<Self>> {
        match <Self as FromRequestParts<App>>::from_request_parts(parts, app).await {
            Ok(session) => Ok(Some(session)),
            Err(Error::NotSignedIn) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Notes the use. A database that cannot write now must not keep a learner from reading.
async fn touch(app: &App, row: &SessionRow, token_sha256: &str, now: DateTime<Utc>) -> DateTime<Utc> {
    if now - row.last_seen < TOUCH_EVERY {
        return row.last_seen;
    }
    match timeout(TOUCH_WAIT, app.db.touch_session(token_sha256, now)).await {
        Ok(Ok(())) => now,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the use of a session was not noted");
            row.last_seen
        }
        Err(_) => row.last_seen,
    }
}
