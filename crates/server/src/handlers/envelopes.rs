//! Taking in what learners signed on computers that others use.

use crate::{
    auth::session::Session,
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    intake,
    keys::{Closed, Opened},
    state::App,
    web::json::Json,
};
use axum::extract::{ConnectInfo, State};
use contract::{
    change::{Ack, Outcome, Sent},
    ids::LearnerId,
    problem::Problem,
    seal::{ENVELOPE_BYTES_MAX, ENVELOPES_MAX, Envelope},
};
use std::net::SocketAddr;

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
    request_body(content = Vec<Envelope>, description = "At most 50, together at most 1,402,200 bytes"),
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
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    session: Option<Session>,
    Json(envelopes): Json<Vec<Envelope>, BODY_MAX>,
) -> Result<axum::Json<Vec<Ack>>> {
    app.envelope_calls.count(from.ip(), app.now())?;
    if envelopes.len() > ENVELOPES_MAX {
        return Err(Error::field(
            "",
            &format!("One request may carry {ENVELOPES_MAX} envelopes. Send the rest in another."),
        ));
    }
    let me = session.map(|session| session.learner);
    let mut acks: Vec<Ack> = Vec::with_capacity(envelopes.len());
    let mut stopped: Option<Problem> = None;
    for envelope in &envelopes {
        let sha256 = sha256_hex(envelope.sealed.as_bytes());
        let taken = match &stopped {
            // What follows may build on what was not taken.
            Some(problem) => Err(problem.clone()),
            None => take(&app, me.as_ref(), envelope, &sha256).await.map_err(Error::problem),
        };
        acks.push(taken.unwrap_or_else(|problem| {
            stopped = Some(problem.clone());
            intake::later(&envelope.id, sha256, problem)
        }));
    }
    intake::answer(acks)
}

async fn take(app: &App, me: Option<&LearnerId>, envelope: &Envelope, sha256: &str) -> Result<Ack> {
    let mut keys = app.keys().await?;
    if !keys.knows(&envelope.key) {
        // Another process may have made it just now.
        keys = app.fresh_keys().await?;
    }
    let opened = match keys.open(envelope) {
        Ok(opened) => opened,
        Err(closed) => {
            let problem = match closed {
                Closed::OtherKey => declare::sealed_elsewhere(),
                Closed::Damaged | Closed::NoToken => declare::damaged(),
            };
            return Ok(declare::refused(&envelope.id, sha256.into(), problem));
        }
    };
    let Opened { learner, token_given, change } = opened;
    let mine = me == Some(&learner);
    let counts = app.db.uploads_from(&learner).await?.is_some_and(|from| token_given >= from);
    if !counts && !mine {
        return Ok(declare::refused(&envelope.id, sha256.into(), declare::needs_its_learner()));
    }
    let ack = intake::take(app, &learner, &Sent { id: envelope.id.clone(), change }).await?;
    let outcome = match ack.outcome {
        outcome if mine => outcome,
        Outcome::Accepted { .. } => Outcome::Accepted { receipt: None },
        Outcome::Refused { .. } => Outcome::Refused { problem: declare::needs_its_learner() },
        later @ Outcome::Later { .. } => later,
    };
    Ok(Ack { sha256: sha256.into(), outcome, ..ack })
}
