use crate::{
    browser::{
        dom::{El, el, slot},
        save,
    },
    components::{Tone, button, go, go_button, tag, title, when},
    data::hand_in,
    route::Route,
    state::{app::App, order},
};
use leptos::prelude::*;

/// Each declaration of this learner, and where it is.
#[must_use]
pub fn receipts(app: App) -> El {
    let t = &app.text.receipts;
    el("div").child(title(app, t.title)).child(el("p").child(t.intro)).child(slot(move || {
        let waiting = waiting(app);
        let arrived = arrived(app);
        if waiting.is_empty() && arrived.is_empty() {
            let way = go_button(&Route::Work, app.text.today.declare);
            return vec![el("p").class("notice").child(t.none), way];
        }
        let mut page = Vec::new();
        if !waiting.is_empty() {
            page.push(el("h2").child(t.waiting));
            page.push(el("ul").class("cards").child(waiting));
            page.push(el("p").class("hint").child(t.copy_text));
            page.push(button("button button--second", t.copy, move || copy(app)));
        }
        if !arrived.is_empty() {
            page.push(el("h2").child(t.arrived));
            page.push(el("ul").class("cards").child(arrived));
        }
        page
    }))
}

fn waiting(app: App) -> Vec<El> {
    let t = &app.text.receipts;
    let entry = |item: crate::data::outbox::Item| {
        let (tone, status) = match item.attention {
            Some(_) => (Tone::Bad, t.status_attention),
            None => (Tone::Wait, t.status_saved),
        };
        let work = item.work;
        let since = el("span").child((t.waiting_since)(&app.dates().date_time(item.kept_at)));
        entry(app, &Route::Receipt(item.id), &work.title, work.attempt, tag(tone, status), since)
    };
    app.unsent().into_iter().map(entry).collect()
}

fn arrived(app: App) -> Vec<El> {
    let t = &app.text.receipts;
    let mut receipts = app.records.with(|r| r.receipts.clone());
    order::sort(&mut receipts, |a, b| a.received_at > b.received_at);
    let entry = |r: contract::receipt::Receipt| {
        let code = el("span").class("code").child(r.code);
        let more = el("span").child(code).child(" · ").child(when(app, r.received_at, false));
        let status = tag(Tone::Good, t.status_received);
        entry(app, &Route::Receipt(r.change), &r.assignment_title, r.attempt, status, more)
    };
    receipts.into_iter().map(entry).collect()
}

fn entry(app: App, to: &Route, title: &str, attempt: u32, status: El, more: El) -> El {
    let card = el("article")
        .class("card")
        .child(el("h3").class("card__title").child(go(to, title)))
        .child(el("p").class("card__main").child(more))
        .child(el("p").class("card__more").child((app.text.receipts.attempt)(attempt)))
        .child(el("p").class("tags").child(status));
    el("li").child(card)
}

/// Saves what has not arrived as a file: sealed, to be handed in elsewhere.
fn copy(app: App) {
    leptos::task::spawn_local(async move {
        let t = &app.text.receipts;
        let file = hand_in::unsent_file(app).await;
        let saved = file.is_some_and(|file| save::text(t.copy_file, "application/json", &file).is_ok());
        app.say.set(if saved { t.copied } else { t.not_copied }.into());
    });
}
