//! Signing: from a change to 'Saved on this device', or straight to the server where this device keeps nothing.

use super::{
    api::Fault,
    cache::StorageFault,
    drafts,
    outbox::{self, Signed, Work},
    sync,
};
use crate::{
    browser::{Task, clock, storage, uuid},
    state::{app::App, records},
};
use contract::{
    change::{CHANGE_BYTES_MAX, Change, Outcome, Sent, What},
    ids::{ChangeId, ClientId, LearnerId},
    json::to_json,
    problem::Problem,
};

/// What a change has around what was done: ids and a time. Bytes, rounded up.
const ENVELOPE: usize = 1_024;

/// Why nothing was signed.
#[derive(Debug)]
pub enum NotSigned {
    /// This device is full.
    Full,
    /// This device keeps nothing, and the server was not reached.
    NowhereToKeep,
    /// It is longer than a change may be.
    TooLarge,
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
    if to_json(&what).len() > CHANGE_BYTES_MAX - ENVELOPE {
        return Err(NotSigned::TooLarge);
    }
    let (assignment, work) = match &what {
        What::Declare(signed) => {
            let (assignment, title) = (signed.assignment.clone(), signed.assignment_title.clone());
            (Some(assignment.clone()), Work { assignment, title, attempt: signed.attempt })
        }
        What::Withdraw(withdrawal) => (None, work_of(app, &withdrawal.declaration)),
        What::Ask(_) | What::More(_) => (None, Work::default()),
    };
    // The browser may ask the learner; signing does not wait for that.
    wasm_bindgen_futures::spawn_local(async {
        storage::persist().await;
    });
    let (seal, key) = (app.seal(), app.key.get_value());
    let signed = Signed { learner, what: what.clone(), work, made_at: clock::now() };
    let id = match outbox::append(&cache, seal.as_ref(), key.as_ref(), signed).await {
        Ok(item) => {
            let id = item.id.clone();
            app.outbox.update(|items| items.push(item));
            id
        }
        Err(StorageFault::Full) => return Err(NotSigned::Full),
        Err(_) => send_directly(app, what).await?,
    };
    if let Some(assignment) = assignment {
        drafts::discard(app, &assignment).await;
    }
    sync::kick_to_send(app);
    Ok(id)
}

/// The work of a declaration that has arrived, or waits.
fn work_of(app: App, declaration: &ChangeId) -> Work {
    let received = app.records.with_untracked(|r| r.receipts.iter().find(|x| x.change == *declaration).cloned());
    if let Some(receipt) = received {
        return Work { assignment: receipt.assignment, title: receipt.assignment_title, attempt: receipt.attempt };
    }
    let waits = app.outbox.with_untracked(|items| items.iter().find(|i| i.id == *declaration).cloned());
    waits.map(|item| item.work).unwrap_or_default()
}

/// Reads the outbox anew: another tab may have signed or sent something.
pub fn look_again(app: App) -> Task<'static, ()> {
    Box::pin(async move {
        let key = app.key.get_value();
        if let Ok(items) = outbox::all(&app.cache(), key.as_ref(), &app.received()).await
            && app.key.get_value() == key
            && app.outbox.with_untracked(|known| *known != items)
        {
            app.outbox.set(items);
        }
    })
}

fn send_directly(app: App, what: What) -> Task<'static, Result<ChangeId, NotSigned>> {
    Box::pin(async move {
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
    })
}
