//! Signing: from a change to 'Saved on this device', or straight to the server where this device keeps nothing.

use super::{api::Fault, cache::StorageFault, drafts, outbox, sync};
use crate::{
    browser::{clock, uuid},
    state::{app::App, records},
};
use contract::{
    change::{Change, Outcome, Sent, What},
    ids::{ChangeId, ClientId, LearnerId},
    json::to_json,
    problem::Problem,
};
use leptos::prelude::*;

/// Why nothing was signed.
#[derive(Debug)]
pub enum NotSigned {
    /// This device is full.
    Full,
    /// This device keeps nothing, and the server was not reached.
    NowhereToKeep,
    /// The page was not opened safely, so the browser makes no fingerprints.
    Insecure,
    /// The server was asked directly and does not take it.
    Refused(Box<Problem>),
}

/// Keeps the change in the outbox, deletes its draft in the same step, and sends it as soon as it can be sent. Returns only
/// when the change is on the disk (or, on a device that keeps nothing, when the server has it).
///
/// # Errors
/// Nothing is signed then, and the draft is as it was.
pub async fn submit(app: App, learner: LearnerId, what: What) -> Result<ChangeId, NotSigned> {
    let cache = app.cache();
    let draft = match &what {
        What::Declare(d) => drafts::key(&learner, &d.assignment),
    };
    let assignment = match &what {
        What::Declare(d) => d.assignment.clone(),
    };
    let id = match outbox::append(&cache, learner, what.clone(), clock::now(), Some(&draft)).await {
        Ok(item) => {
            let id = item.sent.id.clone();
            app.outbox.update(|items| items.push(item));
            id
        }
        Err(StorageFault::Full) => return Err(NotSigned::Full),
        Err(_) => send_directly(app, what).await?,
    };
    app.drafts.update(|drafts| drafts.retain(|d| d.assignment != assignment));
    sync::kick(app);
    Ok(id)
}

async fn send_directly(app: App, what: What) -> Result<ChangeId, NotSigned> {
    let random = || uuid::random().ok_or(NotSigned::Insecure);
    let id = ChangeId(random()?);
    let change = Change { id: id.clone(), client: ClientId(random()?), seq: 1, made_at: clock::now(), what };
    let change = to_json(&change);
    let acks = app.api().changes(&[Sent { id: id.clone(), change }]).await;
    match acks.map(|acks| acks.into_iter().find(|a| a.id == id).map(|a| a.outcome)) {
        Ok(Some(Outcome::Accepted { receipt })) => {
            if let Some(receipt) = receipt {
                app.records.update(|r| records::add_receipt(r, receipt));
            }
            Ok(id)
        }
        Ok(Some(Outcome::Refused { problem })) => Err(NotSigned::Refused(Box::new(problem))),
        Err(Fault::Problem(problem)) => Err(NotSigned::Refused(problem)),
        _ => Err(NotSigned::NowhereToKeep),
    }
}
