//! From what was sent to its acknowledgement, however it came.

use crate::{
    db::{Arrival, Fate},
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
};
use axum::Json;
use contract::{
    change::{Ack, Change, Outcome, Sent},
    ids::{ChangeId, LearnerId},
    problem::Problem,
};

/// Keeps a change, or says why not; a repeat gets the first answer. Whatever was readable of it is noted as having come.
///
/// # Errors
/// The database did not take it: nothing is known of it, and it has to be sent again.
pub async fn take(app: &App, learner: &LearnerId, sent: &Sent) -> Result<Ack> {
    let sha256 = sha256_hex(sent.change.as_bytes());
    if let Some(first) = app.db.answered(sent.id.as_str()).await? {
        let (client, seq) = (first.client.clone(), first.seq);
        let ack = declare::repeat(first, learner, &sha256);
        return match &ack.outcome {
            Outcome::Refused { .. } => {
                note(app, learner, sent, &sha256, Fate::IdTaken).await?;
                Ok(ack)
            }
            _ => Ok(Ack { missing: app.db.missing(client.as_str(), seq).await?, ..ack }),
        };
    }
    let checked = declare::parse(sent).and_then(|change| declare::validate(sent, &change, learner).map(|()| change));
    let ack = match checked {
        Ok(change) => {
            let keys = app.keys().await?;
            let ack = app.db.keep(learner, &change, sent.change.as_bytes(), app.now(), &keys).await?;
            if let Outcome::Accepted { .. } = ack.outcome {
                return Ok(Ack { missing: app.db.missing(change.client.as_str(), change.seq).await?, ..ack });
            }
            ack
        }
        Err(problem) => declare::refused(&sent.id, sha256.clone(), problem),
    };
    note(app, learner, sent, &sha256, Fate::Refused).await?;
    Ok(ack)
}

#[must_use]
pub fn later(id: &ChangeId, sha256: String, problem: Problem) -> Ack {
    Ack { id: id.clone(), sha256, outcome: Outcome::Later { problem }, missing: Vec::new() }
}

/// The answer to a request: 503 where nothing of it was taken because the database could not.
///
/// # Errors
/// [`Error::Unavailable`].
pub fn answer(acks: Vec<Ack>) -> Result<Json<Vec<Ack>>> {
    let unavailable = |ack: &Ack| matches!(&ack.outcome, Outcome::Later { problem } if problem.status == 503);
    if !acks.is_empty() && acks.iter().all(unavailable) { Err(Error::Unavailable) } else { Ok(Json(acks)) }
}

async fn note(app: &App, learner: &LearnerId, sent: &Sent, sha256: &str, fate: Fate) -> Result<()> {
    // A number beyond what a column holds is no client's.
    let read = |change: Change| i64::try_from(change.seq).is_ok().then_some((change.client.0, change.seq));
    let (client, seq) = serde_json::from_str(&sent.change).ok().and_then(read).unwrap_or_default();
    let arrival = Arrival { change: &sent.id, sha256, client: &client, seq, learner, at: app.now(), fate };
    Ok(app.db.note(&arrival).await?)
}
