//! The pages that few open, in a part of the program of its own: it comes when the first pages have what they need, or when one of
//! these is opened before that. scripts/wasm-parts.mjs parts the program where `wasm_split` says.

// The macro declares what one part imports from the other.
#![allow(unsafe_code)]

use super::{check, deadline, declare, device, gone, hand_in, live, receipt, receipts, withdraw, work};
use crate::{
    browser::{
        dom::{El, el},
        focus, online, worker,
    },
    components::{TITLE, button, title},
    route::Route,
    signal::effect,
    state::app::{App, Link, Part},
};
use futures_util::FutureExt;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

#[wasm_split(late, preload(load), fallible)]
fn build(app: App, route: Route) -> Result<El, SplitLoaderError> {
    Ok(match route {
        Route::Deadline(id) => deadline::deadline(app, id),
        Route::Live => live::live(app),
        Route::Work => work::work(app),
        Route::Declare(id, step) => declare::declare(app, id, step),
        Route::Receipts => receipts::receipts(app),
        Route::Receipt(id) => receipt::receipt(app, id),
        Route::Withdraw(id) => withdraw::withdraw(app, id),
        Route::Check => check::check(app),
        Route::Device => device::device(app),
        Route::HandIn => hand_in::hand_in(app),
        _ => {
            let t = &app.text.common;
            gone(app, t.not_found_title, t.not_found, &Route::Today, t.to_today)
        }
    })
}

/// One of them, or what is said until it is here.
#[must_use]
pub fn page(app: App, route: Route) -> El {
    let t = &app.text.common;
    let part = app.late.get();
    if part == Part::Here {
        // It does not wait for anything any more.
        if let Some(Ok(page)) = build(app, route).now_or_never() {
            return page;
        }
    }
    if part == Part::Missing {
        let again = button("button", t.try_again, move || fetch(app));
        return el("div").child(title(app, t.part_missing_title)).child(el("p").child(t.part_missing)).child(again);
    }
    fetch(app);
    el("div").child(title(app, t.part_comes_title)).child(el("p").child(t.part_comes))
}

/// Lets it come once the first page has what it needs: not where the learner saves data, who then waits for it when it is opened.
pub fn when_there_is_time(app: App) {
    effect(move || {
        let settled = matches!(app.link.get(), Link::UpToDate(_) | Link::Unreachable(_));
        if settled && !app.less_data.get() && !online::saves_data() && app.late.get_untracked() == Part::Away {
            fetch(app);
        }
    });
}

/// Not at once: who asks may be in the middle of following `app.late`.
fn fetch(app: App) {
    wasm_bindgen_futures::spawn_local(async move {
        if matches!(app.late.get_untracked(), Part::Coming | Part::Here) {
            return;
        }
        app.late.set(Part::Coming);
        let here = load().await.is_ok();
        app.late.set(if here { Part::Here } else { Part::Missing });
        if app.route.with_untracked(Route::is_late) {
            focus::later(TITLE);
        }
        if here {
            // So that it opens without a network from now on.
            worker::keep_late();
        }
    });
}
