//! From what was sent to its acknowledgement, however it came.

use crate::{
    db::{self, Arrival, Db, Fate},
    declare,
    error::{Error, Result},
    evidence::sha256_hex,
    keys::{Closed, Keys, Opened},
};
use axum::Json;
use chrono::{DateTime, Utc};
use contract::{
    change::{Ack, Change, Outcome, Sent},
    ids::{ChangeId, LearnerId},
    problem::Problem,
    seal::Envelope,
};

/// Where it goes, and when it came.
pub struct Intake<'a> {
    pub db: &'a dyn Db,
    pub keys: &'a Keys,
    pub now: DateTime<Utc>,
}

impl Intake<'_> {
    /// Keeps a change, or says why not; a repeat gets the first answer. Whatever was readable of it is noted as having come.
    ///
    /// # Errors
    /// The database did not take it: nothing is known of it, and it has to be sent again.
    pub async fn change(&self, learner: &LearnerId, sent: &Sent) -> db::Result<Ack> {
        let sha256 = sha256_hex(sent.change.as_bytes());
        // A text of any length and letters is nothing to ask a database for.
        if uuid::Uuid::try_parse(sent.id.as_str()).is_err() {
            return Ok(declare::refused(&sent.id, sha256, declare::no_uuid()));
        }
        if let Some(first) = self.db.answered(sent.id.as_str()).await? {
            let (client, seq) = (first.client.clone(), first.seq);
            let ack = declare::repeat(first, &sent.id, learner, &sha256);
            return match &ack.outcome {
                Outcome::Refused { .. } => {
                    self.note(learner, sent, &sha256, Fate::IdTaken).await?;
                    Ok(ack)
                }
                _ => Ok(Ack { missing: self.db.missing(client.as_str(), seq).await?, ..ack }),
            };
        }
        let checked =
            declare::parse(sent).and_then(|change| declare::validate(sent, &change, learner).map(|()| change));
        let ack = match checked {
            Ok(change) => {
                let ack = self.db.keep(learner, &change, sent.change.as_bytes(), self.now, self.keys).await?;
                if let Outcome::Accepted { .. } = ack.outcome {
                    return Ok(Ack { missing: self.db.missing(change.client.as_str(), change.seq).await?, ..ack });
                }
                ack
            }
            Err(problem) => declare::refused(&sent.id, sha256.clone(), problem),
        };
        self.note(learner, sent, &sha256, Fate::Refused).await?;
        Ok(ack)
    }

    /// Opens an envelope and keeps what is inside as its own learner's. Only that learner (`me`) is told of a receipt, or why it was
    /// refused.
    ///
    /// # Errors
    /// As [`Self::change`].
    pub async fn envelope(&self, me: Option<&LearnerId>, envelope: &Envelope) -> db::Result<Ack> {
        let sha256 = sealed_sha256(envelope);
        let Opened { learner, token_given, change } = match self.keys.open(envelope) {
            Ok(opened) => opened,
            Err(closed) => {
                let problem = match closed {
                    Closed::OtherKey => declare::sealed_elsewhere(),
                    Closed::Damaged | Closed::NoToken => declare::damaged(),
                };
                return Ok(declare::refused(&envelope.id, sha256, problem));
            }
        };
        let mine = me == Some(&learner);
        let counts = self.db.uploads_from(&learner).await?.is_some_and(|from| token_given >= from);
        if !counts && !mine {
            return Ok(declare::refused(&envelope.id, sha256, declare::needs_its_learner()));
        }
        let ack = self.change(&learner, &Sent { id: envelope.id.clone(), change }).await?;
        let outcome = match ack.outcome {
            outcome if mine => outcome,
            Outcome::Accepted { .. } => Outcome::Accepted { receipt: None },
            Outcome::Refused { .. } => Outcome::Refused { problem: declare::needs_its_learner() },
            later @ Outcome::Later { .. } => later,
        };
        Ok(Ack { sha256, outcome, ..ack })
    }

    async fn note(&self, learner: &LearnerId, sent: &Sent, sha256: &str, fate: Fate) -> db::Result<()> {
        // A number beyond what a column holds is no client's, nor is a client that is no UUID.
        let read = |change: Change| {
            let fits = i64::try_from(change.seq).is_ok() && uuid::Uuid::try_parse(change.client.as_str()).is_ok();
            fits.then_some((change.client.0, change.seq))
        };
        let (client, seq) = serde_json::from_str(&sent.change).ok().and_then(read).unwrap_or_default();
        let arrival = Arrival { change: &sent.id, sha256, client: &client, seq, learner, at: self.now, fate };
        self.db.note(&arrival).await
    }
}

/// What an answer to an envelope names it by.
#[must_use]
pub fn sealed_sha256(envelope: &Envelope) -> String {
    sha256_hex(envelope.sealed.as_bytes())
}

/// Answers in their order. Once something could not be taken, what follows may build on it, and waits too.
#[derive(Default)]
pub struct Answers {
    acks: Vec<Ack>,
    stopped: Option<Problem>,
}

impl Answers {
    #[must_use]
    pub fn stopped(&self) -> bool {
        self.stopped.is_some()
    }

    /// `sha256` is of what was sent, for an item that has to come again.
    pub fn push(&mut self, id: &ChangeId, sha256: impl FnOnce() -> String, taken: Option<db::Result<Ack>>) {
        match taken {
            Some(Ok(ack)) => return self.acks.push(ack),
            Some(Err(error)) => self.stopped = Some(Error::from(error).problem()),
            None => {}
        }
        if let Some(problem) = self.stopped.clone() {
            let outcome = Outcome::Later { problem };
            self.acks.push(Ack { id: id.clone(), sha256: sha256(), outcome, missing: Vec::new() });
        }
    }

    /// # Errors
    /// [`Error::Unavailable`] where nothing of the request could be taken.
    pub fn end(self) -> Result<Json<Vec<Ack>>> {
        let unavailable = |ack: &Ack| matches!(&ack.outcome, Outcome::Later { problem } if problem.status == 503);
        if !self.acks.is_empty() && self.acks.iter().all(unavailable) {
            return Err(Error::Unavailable);
        }
        Ok(Json(self.acks))
    }
}
