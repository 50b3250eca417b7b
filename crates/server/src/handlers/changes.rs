//! Taking in what learners did.

use crate::{
    auth::session::Session,
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    intake::{Answers, Intake},
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
    let keys = app.keys().await?;
    let intake = Intake { db: &*app.db, keys: &keys, now: app.now() };
    let mut answers = Answers::default();
    for (position, item) in items.iter().enumerate() {
        let sha256 = || sha256_hex(item.get().as_bytes());
        match serde_json::from_str::<Sent>(item.get()) {
            Ok(sent) => {
                let taken = if answers.stopped() { None } else { Some(intake.change(&session.learner, &sent).await) };
                answers.push(&sent.id, || sha256_hex(sent.change.as_bytes()), taken);
            }
            Err(error) => {
                let ack = declare::refused(&ChangeId::default(), sha256(), declare::position(position, &error));
                answers.push(&ChangeId::default(), sha256, Some(Ok(ack)));
            }
        }
    }
    answers.end()
}
