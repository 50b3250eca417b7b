//! Talking to the server: what was signed goes first, then what is new comes. One round at a time; a page never waits for
//! one.

use super::{
    api::{self, Fault},
    outbox, session, unsent,
};
use crate::{
    browser::{Task, clock, uuid},
    state::{
        app::{App, Link},
        pace, records,
    },
};
use chrono::Duration;
use contract::auth::Who;
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};

thread_local! {
    static ROUND: Cell<Round> = const { Cell::new(Round::Idle) };
    static FAILURES: Cell<u32> = const { Cell::new(0) };
    /// The next round looks for news too.
    static NEWS: Cell<bool> = const { Cell::new(false) };
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

/// News that are so many minutes old are new enough when something is sent: the answer says what has become of that.
const NEW_ENOUGH: i64 = 10;

/// Starts a round now; if one is running, another follows it.
pub fn kick(app: App) {
    NEWS.set(true);
    kick_to_send(app);
}

/// The same for something that was signed: it goes, and news are asked for only where those that are here are old.
pub fn kick_to_send(app: App) {
    NEXT.with(|next| next.take());
    match ROUND.get() {
        Round::Idle => {
            ROUND.set(Round::Running);
            wasm_bindgen_futures::spawn_local(async move {
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
    let signed_in = app.who();
    if signed_in.is_some() {
        app.link.set(Link::Checking);
    }
    let sent = unsent::send(app).await;
    let Some(who) = signed_in.filter(|who| session::is_signed_in(app, who)) else {
        // Nobody is signed in; what is sealed goes all the same. For whoever has signed in meanwhile, another round follows.
        FAILURES.set(if sent.is_ok() { 0 } else { FAILURES.get().saturating_add(1) });
        return;
    };
    let news_are_old = reached_before.is_none_or(|at| clock::now() - at > Duration::minutes(NEW_ENOUGH));
    let news = NEWS.take() || news_are_old;
    // What was signed too late to go in this round goes in the next, and what becomes of it is news then.
    NEWS.set(ROUND.get() == Round::RunningAgain && !app.outbox.with_untracked(Vec::is_empty));
    let outcome = match sent {
        Ok(()) if news => exchange(app, &who).await.map(|()| clock::now()),
        Ok(()) => Ok(reached_before.unwrap_or_else(clock::now)),
        Err(fault) => Err(fault),
    };
    // Signed out, or another learner signed in, while this was under way: what came is not theirs.
    if !session::is_signed_in(app, &who) {
        return;
    }
    match outcome {
        Ok(up_to_date) => {
            FAILURES.set(0);
            app.link.set(Link::UpToDate(up_to_date));
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
        fetch(app, who).await
    })
}

/// Gets what is new and keeps it.
fn fetch<'a>(app: App, who: &'a Who) -> Task<'a, Result<(), Fault>> {
    Box::pin(async move {
        let cursor = app.cursor.get_value();
        let delta = app.api().sync(cursor.as_deref()).await?;
        if !session::is_signed_in(app, who) {
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
                unsent::look_again(app).await;
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
