use super::{copy::copy, withdraw};
use crate::{
    browser::dom::{El, el, slot},
    components::{Tone, go, go_button, tag, title, when},
    data::outbox::{Item, Way, Work},
    route::Route,
    state::{app::App, order},
};

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
            page.push(copy(app));
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
    let entry = |item: Item| {
        let (tone, status) = match item.attention {
            Some(_) => (Tone::Bad, t.status_attention),
            None if item.way == Way::Arrived => (Tone::Good, t.status_sent),
            None => (Tone::Wait, t.status_saved),
        };
        let since = el("span").child((t.waiting_since)(&app.dates().date_time(item.kept_at)));
        let Work { title, attempt, .. } = item.work;
        let (id, title) = match item.withdraws {
            Some(declaration) => (declaration, (app.text.withdrawal().of)(&title)),
            None => (item.id, title),
        };
        entry(app, &Route::Receipt(id), &title, attempt, tag(tone, status), since)
    };
    app.unsent().into_iter().filter(|item| item.asks.is_none()).map(entry).collect()
}

fn arrived(app: App) -> Vec<El> {
    let t = &app.text.receipts;
    let mut receipts = app.records.with(|r| r.receipts.clone());
    order::sort(&mut receipts, |a, b| a.received_at > b.received_at);
    let entry = |r: contract::receipt::Receipt| {
        let code = el("span").class("code").child(r.code);
        let more = el("span").child(code).child(" · ").child(when(app, r.received_at, false));
        let status = if r.withdrawn_at.is_some() {
            tag(Tone::Plain, t.status_withdrawn)
        } else if withdraw::waiting_for(app, &r.change).is_some() {
            tag(Tone::Wait, t.status_withdrawing)
        } else if r.countersigned.is_some() {
            tag(Tone::Good, t.status_countersigned)
        } else {
            tag(Tone::Good, t.status_received)
        };
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
