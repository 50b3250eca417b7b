//! Signing in and out.

use crate::{
    auth::{
        code,
        session::{self, OWN_IDLE, Session},
        tries::{Proof, Tries},
    },
    confidential::Confidential,
    db::Written,
    error::{Error, Result},
    state::App,
    web::{address::From, json::Json},
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{AppendHeaders, IntoResponse},
};
use axum_extra::extract::CookieJar;
use chrono::{DateTime, Utc};
use contract::{
    auth::{Device, PASSPHRASE_MAX, PASSPHRASE_MIN, SignIn, Who},
    ids::LearnerId,
    problem::Problem,
};

/// Sign in
///
/// With the passphrase, or with a first-use code and the passphrase that the learner chooses now. Sets the session's cookie.
#[utoipa::path(
    post,
    path = "/api/v1/session",
    tag = "session",
    request_body = SignIn,
    responses(
        (status = 200, body = Who),
        (status = 401, description = "One answer, whatever did not match", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "After ten tries for one learner, until `Retry-After`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "Fields at fault; a code is not used up", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn sign_in(
    State(app): State<App>,
    From(address): From,
    Json(form): Json<SignIn>,
) -> Result<impl IntoResponse> {
    let reference = form.learner.as_str().trim();
    let proof = if form.code.is_some() { Proof::Code } else { Proof::Passphrase };
    let tries = Tries::new(proof, reference, address);
    if app.db.count_try(&tries, app.now()).await? == Written::No {
        return Err(Error::TooManyCalls);
    }
    let account = app.db.learner(reference).await?;
    // An id that nobody has takes the same path, and fails at its end.
    let (id, name, hash) = match account {
        Some(account) => (account.id, account.name, account.passphrase_hash),
        None => (LearnerId(String::new()), String::new(), None),
    };
    let right = match (form.passphrase, form.code) {
        (_, Some(code)) => first_use(&app, &id, &code, form.new_passphrase).await?,
        (Some(passphrase), None) => app.passphrases.verify(passphrase, hash).await?,
        (None, None) => return Err(Error::field("/passphrase", "Type your passphrase, or the code from your tutor.")),
    };
    if !right {
        return Err(Error::WrongSignIn);
    }
    let (token, now) = (session::new_token(), app.now());
    app.db.open_session(&crate::evidence::sha256_hex(token.as_bytes()), &id, form.device, now).await?;
    app.db.forgive_tries(&tries, now).await?;
    let cookie = app.cookie.set(token, max_age(form.device));
    let until = session::until(form.device, now, now);
    let who = introduce(&app, id, name, form.device, until).await?;
    Ok((AppendHeaders([(header::SET_COOKIE, cookie)]), axum::Json(who)))
}

/// Who is signed in
///
/// And until when, if nothing more is asked.
#[utoipa::path(
    get,
    path = "/api/v1/session",
    tag = "session",
    security(("session" = [])),
    responses((status = 200, body = Who), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn show(State(app): State<App>, session: Session, jar: CookieJar) -> Result<impl IntoResponse> {
    // The browser's copy lives as long as the session does.
    let token = jar.get(app.cookie.name()).filter(|_| session.device == Device::Own);
    let renewed = token.map(|token| app.cookie.set(token.value().into(), max_age(session.device)));
    let Session { learner, name, device, until, .. } = session;
    let who = introduce(&app, learner, name, device, until).await?;
    Ok((AppendHeaders(renewed.map(|cookie| (header::SET_COOKIE, cookie))), axum::Json(who)))
}

/// Sign out
///
/// Revokes the session and clears its cookie; also where it was over already.
#[utoipa::path(delete, path = "/api/v1/session", tag = "session", responses((status = 204)))]
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Result<impl IntoResponse> {
    if let Some(token_sha256) = session::token_sha256(&app, &headers) {
        app.db.end_session(&token_sha256, app.now()).await?;
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, app.cookie.clear())])))
}

/// Sign out everywhere
///
/// Ends all of the learner's sessions, this one too.
#[utoipa::path(
    delete,
    path = "/api/v1/sessions",
    tag = "session",
    security(("session" = [])),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn sign_out_everywhere(State(app): State<App>, session: Session) -> Result<impl IntoResponse> {
    app.db.end_sessions(&session.learner, app.now()).await?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(header::SET_COOKIE, app.cookie.clear())])))
}

/// Uses a code up and sets the passphrase, or does neither.
async fn first_use(app: &App, id: &LearnerId, code: &str, chosen: Option<String>) -> Result<bool> {
    let chosen = chosen.unwrap_or_default();
    let length = chosen.trim().chars().count();
    if !(PASSPHRASE_MIN..=PASSPHRASE_MAX).contains(&length) {
        let detail =
            format!("Choose a passphrase of {PASSPHRASE_MIN} to {PASSPHRASE_MAX} characters. Three words are good.");
        return Err(Error::field("/new_passphrase", &detail));
    }
    let hash = app.passphrases.hash(chosen).await?;
    let taken = app.db.take_code(id, &code::sha256(code), &hash, app.now()).await?;
    Ok(taken == Written::Yes)
}

/// Who is signed in, with all that their app needs to seal and to encrypt.
async fn introduce(app: &App, learner: LearnerId, name: String, device: Device, until: DateTime<Utc>) -> Result<Who> {
    let (keys, now) = (app.keys().await?, app.now());
    Ok(Who {
        sealing: Some(keys.sealing()),
        inflates: true,
        upload_token: Some(keys.upload_token(&learner, now)),
        device_key: Some(keys.device_key(&learner)),
        confidential: keys.confidential().map(Confidential::public),
        reading_key: keys.confidential().map(|keys| keys.reading_key(&learner)),
        server_time: now,
        learner,
        name,
        device,
        until,
    })
}

fn max_age(device: Device) -> Option<chrono::Duration> {
    match device {
        Device::Shared => None,
        Device::Own => Some(OWN_IDLE),
    }
}
