//! What a learner asked for: the list, and one of them with all that became of it.

mod go_on;
mod one;
mod steps;

pub use one::request;

use super::copy::copy;
use crate::{
    browser::dom::{El, el, slot},
    components::{Tone, go, go_button, tag, title},
    data::{
        outbox::{Item, Way},
        submit,
    },
    route::Help,
    state::{app::App, asking, order, records},
};
use contract::{
    ids::ChangeId,
    request::{About, AskKind, Request, Status},
};

/// Each request of this learner, and where it is.
#[must_use]
pub fn requests(app: App) -> El {
    let t = app.text.requests();
    el("div")
        .child(el("p").class("back no-print").child(go(&Help::Main.into(), app.text.help().title)))
        .child(title(app, t.title))
        .child(slot(move || {
            let waiting: Vec<_> = waiting(app).iter().map(|item| el("li").child(waiting_card(app, item))).collect();
            let arrived: Vec<_> = arrived(app).iter().map(|r| el("li").child(card(app, r))).collect();
            if waiting.is_empty() && arrived.is_empty() {
                return vec![el("p").class("notice").child(t.none), go_button(&Help::Main.into(), t.to_help)];
            }
            let list = |heading: &str, cards: Vec<El>| {
                el("section").child(el("h2").child(heading)).child(el("ul").class("cards").child(cards))
            };
            let mut page = Vec::new();
            if !waiting.is_empty() {
                page.push(list(t.waiting, waiting).child(copy(app)));
            }
            if !arrived.is_empty() {
                page.push(list(t.arrived, arrived));
            }
            page.push(el("p").class("more").child(go(&Help::Main.into(), t.to_help)));
            page
        }))
}

/// What waits on this device, or has arrived without news of it: requests, and what goes on with one.
pub fn waiting(app: App) -> Vec<Item> {
    submit::waiting(app, &|item| item.asks.is_some())
}

/// A line for each request of one kind about one thing, with how it stands: those that wait, and those that have arrived, the newest
/// first. `id`: as the form's address has it.
pub fn asked(app: App, kind: AskKind, about: &About, id: &str) -> Vec<El> {
    let t = app.text.requests();
    let line = |id: ChangeId, name: &str, status: Vec<El>| {
        let link = el("p").class("more").child(go(&Help::Request(id).into(), name));
        el("div").child(link).child(el("p").class("tags").child(status))
    };
    let draft = asking::name(kind, Some(id));
    let waits = waiting(app).into_iter().filter(|item| item.work.assignment == draft);
    let mut lines: Vec<_> = waits.map(|item| line(item.id.clone(), (t.kind)(kind), way(app, &item))).collect();
    let asked = arrived(app).into_iter().filter(|r| r.kind == kind && r.about.as_ref() == Some(about));
    lines.extend(asked.map(|r| line(r.id.clone(), (t.kind)(kind), status(app, &r))));
    lines
}

/// Whether one of these kinds about one thing waits here, or stands.
pub fn stands(app: App, kinds: &[AskKind], about: &About, id: &str) -> bool {
    let names: Vec<_> = kinds.iter().map(|kind| asking::name(*kind, Some(id))).collect();
    waiting(app).iter().any(|item| names.contains(&item.work.assignment))
        || arrived(app).iter().any(|request| asking::stands(request, kinds, about))
}

fn arrived(app: App) -> Vec<Request> {
    let mut all = app.records.with(|r| r.of::<Request>());
    order::sort(&mut all, |a, b| a.received_at > b.received_at);
    all
}

fn waiting_card(app: App, item: &Item) -> El {
    let t = app.text.requests();
    let to = item.asks.clone().unwrap_or_else(|| item.id.clone());
    let called = called_here(app, item);
    // There is nothing more to see of an act than stands here, and no page of it when it has arrived.
    let link = !is_act(item) || item.attention.is_some();
    entry(
        if link { go(&Help::Request(to).into(), called) } else { el("span").child(called) },
        way(app, item),
        el("p").child((t.saved_at)(&app.dates().date_time(item.kept_at))),
    )
}

fn card(app: App, request: &Request) -> El {
    let t = app.text.requests();
    let promised = request.promised_by.filter(|_| request.status.is_open());
    let promised = promised.map(|day| el("p").child((t.answer_by)(&app.dates().full_day(day))));
    let asked = el("div").child(el("p").child((t.asked_at)(&app.dates().date_time(request.asked_at)))).child(promised);
    let link = go(&Help::Request(request.id.clone()).into(), &name(app, request));
    entry(link, status(app, request), asked)
}

fn is_act(item: &Item) -> bool {
    item.work.assignment.as_str().starts_with("act/")
}

fn entry(title: El, status: Vec<El>, more: El) -> El {
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(title))
        .child(more)
        .child(el("p").class("tags").child(status))
}

/// What an item that waits is called; of one that is not sealed only is known that it is a request.
fn called_here(app: App, item: &Item) -> &str {
    if item.work.title.is_empty() { app.text.requests().one } else { &item.work.title }
}

fn way(app: App, item: &Item) -> Vec<El> {
    let t = app.text.requests();
    vec![match item.attention {
        Some(_) => tag(Tone::Bad, t.refused),
        None if item.way == Way::Arrived => tag(Tone::Good, t.sent),
        None => tag(Tone::Wait, t.not_sent),
    }]
}

/// How it stands, and plainly so where the promised day is over.
fn status(app: App, request: &Request) -> Vec<El> {
    let t = app.text.requests();
    let tone = match request.status {
        Status::Answered => Tone::Good,
        Status::Closed | Status::Withdrawn => Tone::Plain,
        _ => Tone::Wait,
    };
    let mut tags = vec![tag(tone, (t.status)(request.status))];
    if is_overdue(app, request) {
        tags.push(tag(Tone::Bad, t.overdue));
    }
    tags
}

fn is_overdue(app: App, request: &Request) -> bool {
    let today = app.dates().zone_day(app.now.get());
    request.status.is_open() && request.promised_by.is_some_and(|day| i64::from(day.to_epoch_days()) < today)
}

/// What its learner calls it. Of a private one it tells nothing.
fn name(app: App, request: &Request) -> String {
    let t = app.text.requests();
    let shared = request.kind == AskKind::StudyTime && !request.private;
    let kind = if shared { t.study_time } else { (t.kind)(request.kind) };
    match request.about.as_ref().and_then(|about| called(app, about)) {
        Some(about) => (t.about)(kind, &about),
        None => kind.into(),
    }
}

/// What something is called; nothing where it is not on this device.
pub fn called(app: App, about: &About) -> Option<String> {
    app.records.with(|r| match about {
        About::Assignment(id) => records::assignment(r, id).map(|work| work.title.clone()),
        About::Webinar(id) => r.webinars.iter().find(|one| one.id == *id).map(|one| one.title.clone()),
        About::Contact(id) => r.contacts.iter().find(|one| one.id == *id).map(|one| one.name.clone()),
        About::Material(name) => Some(name.clone()),
        About::Link(address) => {
            let work = r.assignments.iter().find(|work| work.link.as_ref() == Some(address)).map(|work| &work.title);
            let policy = || r.policies.iter().find(|one| one.link.as_ref() == Some(address)).map(|one| &one.title);
            Some(work.or_else(policy).unwrap_or(address).clone())
        }
    })
}
