//! What is not sent as a file, and handing such a file in: on this device or another, signed in or not.

use super::{
    api::Fault,
    deliver::{batch, is_about_the_envelope},
    outbox::{self, Row},
    submit,
};
use crate::{browser::hash::LocalFile, state::app::App};
use contract::{
    change::Outcome,
    ids::ChangeId,
    json::{from_json, to_json},
    problem::Problem,
    receipt::Receipt,
    seal::{ENVELOPES_MAX, UNSENT_FORMAT, UnsentFile},
};

/// The largest file that is read, in bytes: fifty of the longest envelopes.
const FILE_MAX: u64 = 40 * 1024 * 1024;

/// One envelope of a file, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub id: ChangeId,
    pub outcome: HandedIn,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandedIn {
    /// It has arrived; the receipt where it is of whoever is signed in.
    Received(Option<Box<Receipt>>),
    Refused(Problem),
    /// The server was not reached, or does not take it now: try again later.
    NotYet,
}

/// Why a file was not handed in at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandInFault {
    /// The browser could not read it.
    Unreadable,
    /// It is not a file of unsent declarations, or it was changed or cut short.
    NotSuch,
}

/// What waits on this device, as the text of a file; what is not sealed yet is, for whoever is signed in. Nothing where nothing
/// waits that can be sealed.
pub async fn unsent_file(app: App) -> Option<String> {
    let (seal, me) = (app.seal(), app.who().map(|who| who.learner));
    let mut envelopes = Vec::new();
    for row in outbox::rows(&app.cache()).await.ok()? {
        match (row, &seal) {
            (Row::Sealed(row), _) => envelopes.push(row.envelope),
            (Row::Plain(row), Some(seal)) if Some(&row.learner) == me.as_ref() => {
                envelopes.extend(outbox::envelope(seal, &row.sent.id, &row.sent.change).await);
            }
            _ => {}
        }
    }
    (!envelopes.is_empty()).then(|| to_json(&UnsentFile { format: UNSENT_FORMAT.into(), envelopes }))
}

/// Sends the envelopes of a file, and says of each, in the file's order, what came of it. Doing so twice is harmless.
///
/// # Errors
/// [`HandInFault`]: nothing was sent.
pub async fn hand_in(app: App, file: &LocalFile) -> Result<Vec<Handed>, HandInFault> {
    if file.size() > FILE_MAX {
        return Err(HandInFault::NotSuch);
    }
    let text = file.text().await.ok_or(HandInFault::Unreadable)?;
    let file = from_json::<UnsentFile>(&text).map_err(|_| HandInFault::NotSuch)?;
    if file.format != UNSENT_FORMAT || file.envelopes.is_empty() {
        return Err(HandInFault::NotSuch);
    }
    let mut handed: Vec<Handed> = Vec::new();
    let mut most = ENVELOPES_MAX;
    while handed.len() < file.envelopes.len() {
        let batch = batch(file.envelopes[handed.len()..].iter(), most);
        let outcomes = match app.api().envelopes(&batch).await {
            Ok(acks) => {
                batch.iter().map(|e| acks.iter().find(|ack| ack.id == e.id).map(|a| &a.outcome).into()).collect()
            }
            Err(Fault::Problem(problem)) if is_about_the_envelope(&problem) => {
                if batch.len() > 1 {
                    most = 1;
                    continue;
                }
                vec![HandedIn::Refused(*problem)]
            }
            Err(_) => vec![HandedIn::NotYet; batch.len()],
        };
        handed.extend(batch.into_iter().zip(outcomes).map(|(e, outcome)| Handed { id: e.id, outcome }));
    }
    submit::look_again(app).await;
    Ok(handed)
}

impl From<Option<&Outcome>> for HandedIn {
    fn from(outcome: Option<&Outcome>) -> Self {
        match outcome {
            Some(Outcome::Accepted { receipt }) => Self::Received(receipt.clone().map(Box::new)),
            Some(Outcome::Refused { problem }) => Self::Refused(problem.clone()),
            Some(Outcome::Later { .. }) | None => Self::NotYet,
        }
    }
}
