//! Taking in what learners did.

use crate::{
    auth::session::Session,
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
    web::json::Json,
};
use axum::extract::State;
use contract::{
    change::{Ack, CHANGE_BYTES_MAX, CHANGES_MAX, Outcome, Sent},
    ids::{ChangeId, LearnerId},
    problem::Problem,
};
use serde_json::value::RawValue;

/// Bytes of a request: so many changes of the longest, and a quarter more for their quoting as strings.
const BODY_MAX: usize = CHANGES_MAX * CHANGE_BYTES_MAX / 4 * 5;

/// Send changes
///
/// Answered in the order of the request, each by itself: one that cannot be kept does not fail its neighbours. Sending a
/// change again gets its first answer again.
#[utoipa::path(
    post,
    path = "/api/v1/changes",
    tag = "learner",
    request_body(content = Vec<Sent>, description = "At most 50, each of at most 524,288 bytes"),
    security(("session" = [])),
    responses(
        (status = 200, body = Vec<Ack>),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 413, body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "Nothing was kept", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn send(
    State(app): State<App>,
    session: Session,
    Json(items): Json<Vec<Box<RawValue>>, BODY_MAX>,
) -> Result<axum::Json<Vec<Ack>>> {
    if items.len() > CHANGES_MAX {
        return Err(Error::field(
            "",
            &format!("One request may carry {CHANGES_MAX} changes. Send the rest in another."),
        ));
    }
    let mut acks: Vec<Ack> = Vec::with_capacity(items.len());
    for (position, item) in items.iter().enumerate() {
        let sent: Sent = match declare::item(position, item.get()) {
            Ok(sent) => sent,
            Err(problem) => {
                let sha256 = sha256_hex(item.get().as_bytes());
                acks.push(declare::refused(&ChangeId::default(), sha256, problem));
                continue;
            }
        };
        match take(&app, &session.learner, &sent).await {
            Ok(ack) => acks.push(ack),
            // Nothing is acknowledged yet, and waiting again for each of the others would help nobody.
            Err(Error::Unavailable) if acks.is_empty() => return Err(Error::Unavailable),
            Err(error) => acks.push(later(&sent, error.problem())),
        }
    }
    Ok(axum::Json(acks))
}

async fn take(app: &App, learner: &LearnerId, sent: &Sent) -> Result<Ack> {
    let sha256 = sha256_hex(sent.change.as_bytes());
    if let Some(first) = app.db.answered(sent.id.as_str()).await? {
        return Ok(declare::repeat(first, learner, &sha256));
    }
    let change = match declare::parse(sent) {
        Ok(change) => change,
        Err(problem) => return Ok(declare::refused(&sent.id, sha256, problem)),
    };
    if let Err(problem) = declare::validate(sent, &change, learner) {
        return Ok(declare::refused(&sent.id, sha256, problem));
    }
    Ok(app.db.keep(learner, &change, sent.change.as_bytes(), app.now()).await?)
}

fn later(sent: &Sent, problem: Problem) -> Ack {
    Ack {
        id: sent.id.clone(),
        sha256: sha256_hex(sent.change.as_bytes()),
        outcome: Outcome::Later { problem },
        missing: Vec::new(),
    }
}
