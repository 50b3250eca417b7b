//! Sealed changes on their way: sent by whatever page is open, whoever is signed in, by one tab at a time.

use super::{
    api::Fault,
    outbox::{self, Row, Sealed},
    plain, session, submit,
};
use crate::{
    browser::{
        Task,
        locks::{self, Mode},
    },
    state::{
        app::{Account, App},
        records,
    },
};
use contract::{
    change::{Ack, Outcome},
    ids::{ChangeId, LearnerId},
    problem::Problem,
    receipt::Receipt,
    seal::{ENVELOPES_MAX, Envelope},
};

const LOCK: &str = "portal-send";
/// At most this many bytes of envelopes in one request: some ten declarations, and on 2G less than two seconds. What is lost on the way
/// costs no more than this again, and the learner sees the others arrive.
pub(super) const BATCH_BYTES: usize = 32 * 1024;

/// Sends all that may go now: what is sealed, and what is not of whoever is signed in.
///
/// # Errors
/// [`Fault`]: later, then.
pub fn send(app: App) -> Task<'static, Result<(), Fault>> {
    Box::pin(async move {
        deliver(app).await?;
        match app.account.get_untracked() {
            Account::In(who) if session::is_signed_in(app, &who) => plain::send(app, &who).await,
            _ => Ok(()),
        }
    })
}

/// Sends what is sealed, oldest first, until nothing waits or the server does not take it now. Where another tab is at it, it is
/// left to that.
///
/// # Errors
/// [`Fault::Unreachable`]: later, then.
fn deliver(app: App) -> Task<'static, Result<(), Fault>> {
    Box::pin(async move {
        if waiting(app).await.is_empty() {
            return Ok(());
        }
        let Some(_held) = locks::take(LOCK, Mode::Alone).await else { return Ok(()) };
        let _sending = Sending::begin(app, waiting(app).await.len());
        let mut most = ENVELOPES_MAX;
        loop {
            // Read anew: another tab may have sent some of it.
            let rows = waiting(app).await;
            let batch = batch(rows.iter().map(|row| &row.envelope), most);
            if batch.is_empty() {
                submit::look_again(app).await;
                return Ok(());
            }
            let moved = match app.api().envelopes(&batch).await {
                Ok(acks) => settle(app, &rows, &acks).await,
                Err(Fault::Problem(problem)) if is_about_the_envelope(&problem) => {
                    if batch.len() > 1 {
                        // One of them is in the way: each by itself.
                        most = 1;
                        continue;
                    }
                    usize::from(refuse(app, &batch[0].id, &problem).await)
                }
                Err(_) => 0,
            };
            if moved == 0 {
                submit::look_again(app).await;
                return Err(Fault::Unreachable);
            }
        }
    })
}

/// While it lives the page says how many of how many are sent.
struct Sending(App);

impl Sending {
    fn begin(app: App, all: usize) -> Self {
        app.sending.set(all);
        Self(app)
    }
}

impl Drop for Sending {
    fn drop(&mut self) {
        self.0.sending.set(0);
    }
}

/// What may go in one request.
pub(super) fn batch<'a>(envelopes: impl Iterator<Item = &'a Envelope>, most: usize) -> Vec<Envelope> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    for envelope in envelopes.take(most) {
        bytes += envelope.sealed.len();
        if !batch.is_empty() && bytes > BATCH_BYTES {
            break;
        }
        batch.push(envelope.clone());
    }
    batch
}

/// Whether the server has looked at what was sent, and will not take it at another time either. An address that is not there is
/// a server of another version.
pub(super) fn is_about_the_envelope(problem: &Problem) -> bool {
    matches!(problem.status, 400 | 413 | 422)
}

/// What the server says of the numbers that never came: those that are not here either are lost.
fn note_missing<'a>(app: App, acks: &'a [Ack]) -> Task<'a, ()> {
    Box::pin(async move {
        if acks.iter().any(|ack| !ack.missing.is_empty()) {
            let missing = acks.iter().flat_map(|ack| ack.missing.iter().copied());
            if let Ok(lost) = outbox::lost(&app.cache(), missing).await {
                app.gaps.set(lost);
            }
        }
    })
}

/// What follows acknowledgements, whichever way they came: what is lost is noted, what waits is read anew, and what has arrived is said.
pub(super) fn conclude<'a>(app: App, acks: &'a [Ack], arrived: usize) -> Task<'a, ()> {
    Box::pin(async move {
        note_missing(app, acks).await;
        submit::look_again(app).await;
        if arrived > 0 {
            app.say.set((app.text.shell.arrived)(arrived));
        }
    })
}

/// A receipt of whoever is signed in is on this device before its item leaves it, so that no moment has neither.
pub(super) fn keep_receipt<'a>(app: App, learner: &'a LearnerId, receipt: Receipt) -> Task<'a, ()> {
    Box::pin(async move {
        session::leave_if_another_sits_here(app);
        if let Account::In(who) = app.account.get_untracked()
            && who.learner == *learner
        {
            app.records.update(|r| records::add_receipt(r, receipt));
            let _ = session::keep(app, who).await;
        }
    })
}

fn waiting(app: App) -> Task<'static, Vec<Sealed>> {
    Box::pin(async move {
        let sealed = |row| match row {
            Row::Sealed(row) if row.attention.is_none() => Some(*row),
            _ => None,
        };
        outbox::rows(&app.cache()).await.unwrap_or_default().into_iter().filter_map(sealed).collect()
    })
}

/// Does what the acknowledgements say; returns how many items they have moved on.
fn settle<'a>(app: App, rows: &'a [Sealed], acks: &'a [Ack]) -> Task<'a, usize> {
    Box::pin(async move {
        let cache = app.cache();
        let (mut moved, mut arrived) = (0, 0);
        for ack in acks {
            // Only an acknowledgement of these very bytes says anything of them.
            let Some(row) = rows.iter().find(|row| row.envelope.id == ack.id && row.sha256 == ack.sha256) else {
                continue;
            };
            let whose = app
                .outbox
                .with_untracked(|items| items.iter().find(|i| i.id == ack.id && i.asks.is_none())?.learner.clone());
            match &ack.outcome {
                Outcome::Accepted { receipt } => {
                    if let (Some(receipt), Some(learner)) = (receipt, &whose) {
                        keep_receipt(app, learner, receipt.clone()).await;
                    }
                    if outbox::acknowledge(&cache, &ack.id, &row.sha256).await == Ok(true) {
                        moved += 1;
                        arrived += usize::from(whose.is_some());
                    }
                }
                Outcome::Refused { problem } => moved += usize::from(refuse(app, &ack.id, problem).await),
                Outcome::Later { .. } => {}
            }
        }
        conclude(app, acks, arrived).await;
        moved
    })
}

fn refuse<'a>(app: App, id: &'a ChangeId, problem: &'a Problem) -> Task<'a, bool> {
    Box::pin(async move { outbox::refuse(&app.cache(), app.key.get_value().as_ref(), id, problem).await == Ok(true) })
}
