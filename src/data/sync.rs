//! Talking to the server: what was signed goes first, then what is new comes. One round at a time; a page never waits for
//! one.

use super::{
    api::{self, Fault},
    deliver::{BATCH_BYTES, conclude, deliver, keep_receipt},
    outbox::{self, Plain, Row},
    session, submit,
};
use crate::{
    browser::{Task, clock, uuid},
    state::{
        app::{Account, App, Link},
        pace, records,
    },
};
use contract::{
    auth::Who,
    change::{Ack, CHANGES_MAX, Outcome},
};
use gloo_timers::callback::Timeout;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};

thread_local! {
    static ROUND: Cell<Round> = const { Cell::new(Round::Idle) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    /// The next round by the clock; dropping it cancels it.
    static NEXT: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

#[derive(Clone, Copy, PartialEq)]
enum Round {
    Idle,
    Running,
    /// Something happened meanwhile: another one follows.
    RunningAgain,
}

/// Starts a round now; if one is running, another follows it.
pub fn kick(app: App) {
    NEXT.with(|next| next.take());
    match ROUND.get() {
        Round::Idle => {
            ROUND.set(Round::Running);
            leptos::task::spawn_local(async move {
                loop {
                    round(app).await;
                    if ROUND.get() == Round::Running {
                        break;
                    }
                    ROUND.set(Round::Running);
                }
                ROUND.set(Round::Idle);
                wait(app);
            });
        }
        Round::Running | Round::RunningAgain => ROUND.set(Round::RunningAgain),
    }
}

/// Sets the clock for the next round, if one is due by itself.
fn wait(app: App) {
    if let Some(seconds) = pace::next_round(app.situation(FAILURES.get())) {
        let next = Timeout::new(pace::milliseconds(seconds, uuid::chance()), move || kick(app));
        NEXT.with(|kept| kept.replace(Some(next)));
    }
}

async fn round(app: App) {
    session::revoke_if_due(app).await;
    session::leave_if_another_sits_here(app);
    session::resume(app, api::PATIENCE).await;
    let reached_before = match app.link.get_untracked() {
        Link::UpToDate(at) => Some(at),
        Link::Unreachable(at) => at,
        Link::Unknown | Link::Checking => None,
    };
    if app.who().is_some() {
        app.link.set(Link::Checking);
    }
    let delivered = deliver(app).await;
    let Account::In(who) = app.account.get_untracked() else {
        // Nobody is signed in; what is sealed goes all the same.
        FAILURES.set(if delivered.is_ok() { 0 } else { FAILURES.get().saturating_add(1) });
        return;
    };
    let outcome = match delivered {
        Ok(()) => exchange(app, &who).await,
        Err(fault) => Err(fault),
    };
    // Signed out, or another learner signed in, while this was under way: what came is not theirs.
    if !is_signed_in(app, &who) {
        return;
    }
    match outcome {
        Ok(()) => {
            FAILURES.set(0);
            app.link.set(Link::UpToDate(clock::now()));
        }
        Err(Fault::SignedOut) => session::ended(app, who).await,
        Err(Fault::Unreachable | Fault::Problem(_)) => {
            FAILURES.set(FAILURES.get().saturating_add(1));
            app.link.set(Link::Unreachable(reached_before));
        }
    }
}

fn exchange<'a>(app: App, who: &'a Who) -> Task<'a, Result<(), Fault>> {
    Box::pin(async move {
        session::refresh(app, who).await;
        send(app, who).await?;
        fetch(app, who).await
    })
}

fn is_signed_in(app: App, who: &Who) -> bool {
    session::leave_if_another_sits_here(app);
    matches!(app.account.get_untracked(), Account::In(now) if now.learner == who.learner)
}

/// Sends what waits unsealed, oldest first, until nothing does or the server does not take it now.
fn send<'a>(app: App, who: &'a Who) -> Task<'a, Result<(), Fault>> {
    Box::pin(async move {
        loop {
            // Read anew: another tab may have sent some of it.
            let rows = waiting(app, who).await;
            let (mut batch, mut bytes) = (Vec::new(), 0);
            for row in &rows {
                bytes += row.sent.change.len();
                if !batch.is_empty() && (bytes > BATCH_BYTES || batch.len() == CHANGES_MAX) {
                    break;
                }
                batch.push(row.sent.clone());
            }
            if batch.is_empty() {
                return Ok(());
            }
            let acks = app.api().changes(&batch).await?;
            if !is_signed_in(app, who) {
                return Ok(());
            }
            if settle(app, who, &rows, &acks).await == 0 {
                // None of it was taken or refused: later, then.
                return Err(Fault::Unreachable);
            }
        }
    })
}

fn waiting<'a>(app: App, who: &'a Who) -> Task<'a, Vec<Plain>> {
    Box::pin(async move {
        let plain = |row| match row {
            Row::Plain(row) if row.learner == who.learner && row.attention.is_none() => Some(row),
            _ => None,
        };
        outbox::rows(&app.cache()).await.unwrap_or_default().into_iter().filter_map(plain).collect()
    })
}

/// Does what the acknowledgements say; returns how many items they have moved on.
fn settle<'a>(app: App, who: &'a Who, rows: &'a [Plain], acks: &'a [Ack]) -> Task<'a, usize> {
    Box::pin(async move {
        let cache = app.cache();
        let (mut moved, mut arrived) = (0, 0);
        for ack in acks {
            match &ack.outcome {
                Outcome::Accepted { receipt } => {
                    // Only an acknowledgement of these very bytes lets go of them.
                    if !rows.iter().any(|row| row.sent.id == ack.id && row.sha256 == ack.sha256) {
                        continue;
                    }
                    if let Some(receipt) = receipt {
                        keep_receipt(app, &who.learner, receipt.clone()).await;
                    }
                    if outbox::acknowledge(&cache, &ack.id, &ack.sha256).await == Ok(true) {
                        moved += 1;
                        arrived += 1;
                    }
                }
                Outcome::Refused { problem } => {
                    if outbox::mark(&cache, &ack.id, Some(problem)).await == Ok(true) {
                        moved += 1;
                    }
                }
                Outcome::Later { .. } => {}
            }
        }
        conclude(app, acks, arrived).await;
        moved
    })
}

/// Gets what is new and keeps it.
fn fetch<'a>(app: App, who: &'a Who) -> Task<'a, Result<(), Fault>> {
    Box::pin(async move {
        let cursor = app.cursor.get_value();
        let delta = app.api().sync(cursor.as_deref()).await?;
        if !is_signed_in(app, who) {
            return Ok(());
        }
        if let Some(delta) = delta {
            let begun_anew = delta.full && cursor.is_some();
            let epoch = records::epoch(&delta.cursor).to_owned();
            app.server_time_is(delta.server_time);
            app.cursor.set_value(Some(delta.cursor.clone()));
            app.records.update(|r| records::apply(r, delta));
            // The server was restored from a backup: what it may have lost since is sent again, in the next round.
            if outbox::epoch_is(&app.cache(), &epoch, begun_anew).await == Ok(true) {
                submit::look_again(app).await;
                kick(app);
            }
        }
        // A device that keeps nothing still shows what came.
        let _ = session::keep(app, who.clone()).await;
        Ok(())
    })
}

/// Puts an item that was refused back into the queue and sends it.
pub async fn send_again(app: App, id: &contract::ids::ChangeId) {
    let _ = outbox::mark(&app.cache(), id, None).await;
    app.outbox.update(|items| {
        if let Some(item) = items.iter_mut().find(|i| i.id == *id) {
            item.attention = None;
        }
    });
    kick(app);
}
