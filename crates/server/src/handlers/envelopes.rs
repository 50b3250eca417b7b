//! Taking in what learners signed on computers that others use.

use crate::{
    auth::session::Session,
    error::{Error, Result},
    intake::{Answers, Intake, sealed_sha256},
    state::App,
    web::{address::From, json::Json},
};
use axum::extract::State;
use contract::{
    change::Ack,
    problem::Problem,
    seal::{ENVELOPE_BYTES_MAX, ENVELOPES_MAX, Envelope},
};

/// Bytes of a request. Anybody may send one, so it is no longer than two of the longest.
const BODY_MAX: usize = 2 * ENVELOPE_BYTES_MAX;

/// Send sealed changes
///
/// Each says inside whose it is, so nobody has to be signed in. Answered in the order of the request; the `sha256` of an answer is that of
/// the text of `sealed`. The receipt, or why a change was refused, is told to its own learner alone, if signed in. At most 120 calls a
/// minute from one address.
#[utoipa::path(
    post,
    path = "/api/v1/envelopes",
    tag = "learner",
    request_body(content = Vec<Envelope>, description = "At most 50, together at most 1,402,192 bytes"),
    security((), ("session" = [])),
    responses(
        (status = 200, body = Vec<Ack>),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was kept", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn send(
    State(app): State<App>,
    From(from): From,
    session: Option<Session>,
    Json(envelopes): Json<Vec<Envelope>, BODY_MAX>,
) -> Result<axum::Json<Vec<Ack>>> {
    app.envelope_calls.count(from, app.now())?;
    if envelopes.len() > ENVELOPES_MAX {
        return Err(Error::field(
            "",
            &format!("One request may carry {ENVELOPES_MAX} envelopes. Send the rest in another."),
        ));
    }
    let me = session.map(|session| session.learner);
    let mut keys = app.keys().await?;
    if envelopes.iter().any(|envelope| !keys.knows(&envelope.key)) {
        // Another process may have made it just now.
        keys = app.fresh_keys().await?;
    }
    let intake = Intake { db: &*app.db, keys: &keys, now: app.now() };
    let mut answers = Answers::default();
    for envelope in &envelopes {
        let taken = if answers.stopped() { None } else { Some(intake.envelope(me.as_ref(), envelope).await) };
        answers.push(&envelope.id, || sealed_sha256(envelope), taken);
    }
    answers.end()
}
