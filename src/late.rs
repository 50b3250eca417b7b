//! What few need, in a part of the program of its own: the pages that few open, and what reads and sends what was signed on this
//! device. It comes when the first pages have what they need, or when it is needed before that. scripts/wasm-parts.mjs parts the
//! program where `wasm_split` says.

// The macro declares what one part imports from the other.
#![allow(unsafe_code)]

use crate::{
    browser::{
        Task,
        dom::{El, el},
        focus, online, worker,
    },
    components::{TITLE, button, title},
    data::{api::Fault, deliver, submit},
    pages,
    route::Route,
    signal::effect,
    state::app::{App, Link, Part},
};
use futures_util::FutureExt;
use wasm_split_helpers::SplitLoaderError;
#[cfg(not(feature = "whole"))]
use wasm_split_helpers::wasm_split;

/// What the late part is asked for.
enum Errand {
    Page(Route),
    /// Saving what is not sent as a file.
    Copy,
    /// What is new for the learner.
    News,
    /// Reading what waits on this device.
    Look,
    /// Sending it.
    Send,
}

enum Answer {
    Shown(El),
    Done(Task<'static, Result<(), Fault>>),
}

#[cfg(not(feature = "whole"))]
#[wasm_split(late, preload(load), fallible)]
fn run(app: App, errand: Errand) -> Result<Answer, SplitLoaderError> {
    Ok(answer(app, errand))
}

#[cfg(feature = "whole")]
async fn run(app: App, errand: Errand) -> Result<Answer, SplitLoaderError> {
    Ok(answer(app, errand))
}

#[cfg(feature = "whole")]
async fn load() -> Result<(), SplitLoaderError> {
    Ok(())
}

fn answer(app: App, errand: Errand) -> Answer {
    match errand {
        Errand::Page(route) => Answer::Shown(pages::late_page(app, route)),
        Errand::Copy => Answer::Shown(pages::copy(app)),
        Errand::News => Answer::Shown(pages::news(app)),
        Errand::Look => Answer::Done(Box::pin(async move {
            submit::look_again(app).await;
            Ok(())
        })),
        Errand::Send => Answer::Done(deliver::send(app)),
    }
}

/// Runs an errand if the part is here.
fn here(app: App, errand: Errand) -> Option<Answer> {
    if app.late.get() != Part::Here {
        return None;
    }
    // It does not wait for anything any more.
    run(app, errand).now_or_never()?.ok()
}

/// One of its pages, or what is said until it is here.
#[must_use]
pub fn page(app: App, route: Route) -> El {
    let t = &app.text.common;
    if let Some(Answer::Shown(page)) = here(app, Errand::Page(route)) {
        return page;
    }
    if app.late.get() == Part::Missing {
        let again = button("button", t.try_again, move || fetch(app, false));
        return el("div").child(title(app, t.part_missing_title)).child(el("p").child(t.part_missing)).child(again);
    }
    fetch(app, false);
    el("div").child(title(app, t.part_comes_title)).child(el("p").child(t.part_comes))
}

/// The way to take a copy of what is not sent, where the part is here.
#[must_use]
pub fn copy(app: App) -> Option<El> {
    shown(app, Errand::Copy)
}

/// What is new for the learner, likewise.
#[must_use]
pub fn news(app: App) -> Option<El> {
    shown(app, Errand::News)
}

fn shown(app: App, errand: Errand) -> Option<El> {
    match here(app, errand)? {
        Answer::Shown(shown) => Some(shown),
        Answer::Done(_) => None,
    }
}

/// Reads what waits on this device into the state. Whether it is there now: where the part has to come over the network first, it
/// will be when that has come.
pub async fn look(app: App) -> bool {
    let look = async move { done(app, Errand::Look).await.is_some() };
    if app.late.get_untracked() == Part::Here || app.cache().has_late_part().await {
        return look.await;
    }
    wasm_bindgen_futures::spawn_local(async {
        look.await;
    });
    false
}

/// Sends what waits. Where the part does not come nothing is sent: another time, and news come all the same.
///
/// # Errors
/// [`Fault`].
pub async fn send(app: App) -> Result<(), Fault> {
    done(app, Errand::Send).await.unwrap_or(Ok(()))
}

/// Nothing where the part does not come.
async fn done(app: App, errand: Errand) -> Option<Result<(), Fault>> {
    if !ready(app).await {
        return None;
    }
    match run(app, errand).await {
        Ok(Answer::Done(task)) => Some(task.await),
        _ => None,
    }
}

/// Lets it come once the first page has what it needs. Where the learner saves data only if it is kept here: else they wait for it
/// when one of its pages is opened.
pub fn when_there_is_time(app: App) {
    effect(move || {
        let settled = matches!(app.link.get(), Link::UpToDate(_) | Link::Unreachable(_));
        if settled && app.late.get_untracked() == Part::Away {
            fetch(app, app.less_data.get() || online::saves_data());
        }
    });
}

/// Not at once: who asks may be in the middle of following `app.late`. `kept`: only if it is kept here.
fn fetch(app: App, kept: bool) {
    wasm_bindgen_futures::spawn_local(async move {
        if matches!(app.late.get_untracked(), Part::Coming | Part::Here) || kept && !app.cache().has_late_part().await {
            return;
        }
        ready(app).await;
        if app.route.with_untracked(Route::is_late) {
            focus::later(TITLE);
        }
    });
}

/// Waits until it is here, or does not come.
async fn ready(app: App) -> bool {
    if app.late.get_untracked() == Part::Here {
        return true;
    }
    app.late.set(Part::Coming);
    let here = load().await.is_ok();
    app.late.set(if here { Part::Here } else { Part::Missing });
    if here {
        // So that it opens without a network from now on.
        worker::keep_late();
    }
    here
}
