//! Signing: from a change to 'Saved on this device', or straight to the server where this device keeps nothing.

use super::{
    api::Fault,
    cache::StorageFault,
    drafts,
    outbox::{self, Item, Signed, Work},
    sync,
};
use crate::{
    browser::{Task, clock, crypto, storage, uuid},
    state::{app::App, records},
};
use contract::{
    act::{Act, Deed},
    change::{CHANGE_BYTES_MAX, Change, Outcome, Sent, What},
    ids::{AssignmentId, ChangeId, ClientId, LearnerId},
    json::to_json,
    problem::Problem,
    request::Words,
    seal::{CONFIDENTIAL_INFO, SealedWords},
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
    let work = match &what {
        What::Declare(signed) => {
            let (assignment, title) = (signed.assignment.clone(), signed.assignment_title.clone());
            Work { assignment, title, attempt: signed.attempt }
        }
        What::Withdraw(withdrawal) => work_of(app, &withdrawal.declaration),
        What::Ask(_) | What::More(_) | What::Act(_) => Work::default(),
    };
    let declared = matches!(&what, What::Declare(_)).then(|| work.assignment.clone());
    let id = ChangeId(uuid::random().ok_or(NotSigned::Insecure)?);
    submit_as(app, id.clone(), learner, what, work).await?;
    if let Some(assignment) = declared {
        drafts::discard(app, &assignment).await;
    }
    Ok(id)
}

/// Keeps a request, or what goes on with one, as `submit` does. `private`: words to be sealed on this device for the few who may
/// read them. `work`: what its learner is shown while it waits, and the name of its draft.
///
/// # Errors
/// As above. [`NotSigned::Insecure`] also where nothing can be sealed here.
pub async fn ask(
    app: App,
    learner: LearnerId,
    mut what: What,
    private: Option<Words>,
    work: Work,
) -> Result<ChangeId, NotSigned> {
    let id = ChangeId(uuid::random().ok_or(NotSigned::Insecure)?);
    if let Some(words) = private {
        let sealed = Some(confide(app, &id, &words).await.ok_or(NotSigned::Insecure)?);
        match &mut what {
            What::Ask(ask) => ask.sealed = sealed,
            What::More(more) => more.sealed = sealed,
            What::Declare(_) | What::Withdraw(_) | What::Act(_) => return Err(NotSigned::Insecure),
        }
    }
    submit_as(app, id.clone(), learner, what, work).await?;
    Ok(id)
}

/// Keeps something small that the learner does, as `submit` does. `name`: what the page knows it by while it waits, which begins with
/// `act/`. `title`: what its learner is shown then.
///
/// # Errors
/// As above.
pub async fn act(app: App, deed: Deed, name: String, title: String) -> Result<ChangeId, NotSigned> {
    let learner = app.who().ok_or(NotSigned::NowhereToKeep)?.learner;
    let id = ChangeId(uuid::random().ok_or(NotSigned::Insecure)?);
    let clock_offset_ms = app.clock_offset_ms.get_untracked();
    let act = Act { learner: learner.clone(), deed, device_time: clock::now(), clock_offset_ms };
    let work = Work { assignment: AssignmentId(name), title, attempt: 1 };
    submit_as(app, id.clone(), learner, What::Act(Box::new(act)), work).await?;
    Ok(id)
}

/// What waits on this device, or has arrived without news of it, under a name that [`act`] was given.
#[must_use]
pub fn acts(app: App, name: &str) -> Vec<Item> {
    waiting(app, &|item| item.work.assignment.as_str() == name)
}

/// The same, of all items that fit.
#[must_use]
pub fn waiting(app: App, fits: &dyn Fn(&Item) -> bool) -> Vec<Item> {
    let mut items = app.unsent();
    items.retain(fits);
    // Mostly there is none, and no reason to go through the records.
    if !items.is_empty() {
        app.records.with(|r| records::steps(r, |id| items.retain(|item| item.id.as_str() != id)));
    }
    items
}

/// Words for those who may read what is private; nothing where the provider takes none here or the browser cannot seal.
fn confide<'a>(app: App, id: &'a ChangeId, words: &'a Words) -> Task<'a, Option<SealedWords>> {
    Box::pin(async move {
        let key = app.who()?.confidential?;
        let text = to_json(words);
        let sealed =
            crypto::seal(&key.key, CONFIDENTIAL_INFO, id.as_str(), &text.into(), &crypto::BY_CHANCE).await.ok()?;
        Some(SealedWords { key: key.id, enc: sealed.enc, sealed: sealed.sealed })
    })
}

async fn submit_as(app: App, id: ChangeId, learner: LearnerId, what: What, work: Work) -> Result<(), NotSigned> {
    let cache = app.cache();
    // What becomes of a declaration is in the answer to it; of anything else, it is news.
    let told_by_sync = matches!(&what, What::Ask(_) | What::More(_) | What::Act(_));
    if to_json(&what).len() > CHANGE_BYTES_MAX - ENVELOPE {
        return Err(NotSigned::TooLarge);
    }
    // The browser may ask the learner; signing does not wait for that.
    wasm_bindgen_futures::spawn_local(async {
        storage::persist().await;
    });
    let (seal, key) = (app.seal(), app.key.get_value());
    let signed = Signed { id: id.clone(), learner, what: what.clone(), work, made_at: clock::now() };
    match outbox::append(&cache, seal.as_ref(), key.as_ref(), signed).await {
        Ok(item) => {
            app.outbox.update(|items| items.push(item));
        }
        Err(StorageFault::Full) => return Err(NotSigned::Full),
        Err(_) => send_directly(app, id, what).await?,
    }
    if told_by_sync {
        sync::kick(app);
    } else {
        sync::kick_to_send(app);
    }
    Ok(())
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
        let mut received = app.received();
        // A request has no receipt: it comes back with its steps.
        app.records.with_untracked(|r| records::steps(r, |id| received.push(id.into())));
        if let Ok(items) = outbox::all(&app.cache(), key.as_ref(), &received).await
            && app.key.get_value() == key
            && app.outbox.with_untracked(|known| *known != items)
        {
            app.outbox.set(items);
        }
    })
}

fn send_directly(app: App, id: ChangeId, what: What) -> Task<'static, Result<(), NotSigned>> {
    Box::pin(async move {
        let client = ClientId(uuid::random().ok_or(NotSigned::Insecure)?);
        let change = Change { id: id.clone(), client, seq: 1, made_at: clock::now(), what };
        let change = to_json(&change);
        let acks = app.api().changes(&[Sent { id: id.clone(), change }]).await;
        match acks.map(|acks| acks.into_iter().find(|a| a.id == id).map(|a| a.outcome)) {
            Ok(Some(Outcome::Accepted { receipt })) => {
                if let Some(receipt) = receipt {
                    app.records.update(|r| records::add_receipt(r, receipt));
                }
                Ok(())
            }
            Ok(Some(Outcome::Refused { problem })) => Err(NotSigned::Refused(Box::new(problem))),
            Err(Fault::Problem(problem)) => Err(NotSigned::Refused(problem)),
            _ => Err(NotSigned::NowhereToKeep),
        }
    })
}
