//! Taking in what learners did.

use crate::{
    auth::session::Session,
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    intake,
    state::App,
    web::json::Json,
};
use axum::extract::State;
use contract::{
    change::{Ack, CHANGE_BYTES_MAX, CHANGES_MAX, Sent},
    ids::ChangeId,
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
    let mut stopped: Option<Problem> = None;
    for (position, item) in items.iter().enumerate() {
        let sent: Sent = match serde_json::from_str(item.get()) {
            Ok(sent) => sent,
            Err(error) => {
                let sha256 = sha256_hex(item.get().as_bytes());
                acks.push(declare::refused(&ChangeId::default(), sha256, declare::position(position, &error)));
                continue;
            }
        };
        let taken = match &stopped {
            // What follows may build on what was not taken.
            Some(problem) => Err(problem.clone()),
            None => intake::take(&app, &session.learner, &sent).await.map_err(Error::problem),
        };
        acks.push(taken.unwrap_or_else(|problem| {
            stopped = Some(problem.clone());
            intake::later(&sent.id, sha256_hex(sent.change.as_bytes()), problem)
        }));
    }
    intake::answer(acks)
}
