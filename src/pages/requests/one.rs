use super::{called_here, go_on, is_act, is_overdue, name, status, steps, waiting};
use crate::{
    browser::dom::{El, el, slot},
    components::{Row, go, rows, titled, when},
    data::outbox::{Item, Way},
    pages::{deadlines, gone, help::people, receipt, safety},
    route::Help,
    signal::Memo,
    state::app::App,
};
use chrono::{DateTime, Utc};
use contract::{
    ids::ChangeId,
    request::{AskKind, Decision, Request},
};
use leptos::prelude::untrack;
use std::cell::Cell;

/// One request: where it is, what was promised, each step, what was decided, and the way to go on with it. It changes under the
/// learner's eyes when it arrives and when it is answered.
#[must_use]
pub fn request(app: App, id: ChangeId) -> El {
    let (wanted, asked) = (id.clone(), id.clone());
    // Each slot follows one memo, and no memo another: Leptos 0.8 passes over what follows both a memo and one made from it.
    let known = Memo::new(move || Known::of(app, &wanted));
    // Of an act that was refused, and was tried once more, no request comes: it has arrived, and that is all.
    let acts = Cell::new(false);
    let shown = slot(move || {
        let t = app.text.requests();
        let Known { request, unsent, steps, overdue } = known.get();
        match (request, unsent) {
            (Some(request), _) => received(app, &request, &steps, overdue),
            (None, Some(item)) => {
                acts.set(is_act(&item));
                not_received(app, &item)
            }
            (None, None) if acts.get() => el("div")
                .child(back(app))
                .child(titled(app, t.one, None, t.sent_title))
                .child(el("p").child(t.arrived_text)),
            (None, None) if deadlines::nothing_came(app) => {
                el("div").child(titled(app, t.one, None, t.one)).child(deadlines::waiting(app))
            }
            (None, None) => gone(app, t.gone_title, t.gone, &Help::Requests.into(), t.to_list),
        }
    });
    // News while the learner writes must not take the form away: it is built anew only when it is another.
    let ways = Memo::new(move || {
        let request = app.records.with(|r| r.one::<Request>(asked.as_str()));
        request.map(|request| go_on::Ways::of(&request))
    });
    let ways = slot(move || ways.get().map(|ways| go_on::go_on(app, id.clone(), ways)));
    el("div").child(shown).child(ways)
}

/// All that this device knows of one request.
#[derive(Clone, PartialEq)]
struct Known {
    request: Option<Request>,
    /// The request itself, while it waits here.
    unsent: Option<Item>,
    /// What goes on with it, and waits here.
    steps: Vec<Item>,
    overdue: bool,
}

impl Known {
    fn of(app: App, id: &ChangeId) -> Self {
        let request = app.records.with(|r| r.one::<Request>(id.as_str()));
        let overdue = request.as_ref().is_some_and(|request| is_overdue(app, request));
        let about_it = waiting(app).into_iter().filter(|item| item.asks.as_ref() == Some(id));
        let (mut first, steps): (Vec<_>, Vec<_>) = about_it.partition(|item| item.id == *id);
        Self { request, unsent: first.pop(), steps, overdue }
    }
}

fn back(app: App) -> El {
    el("p").class("back no-print").child(go(&Help::Requests.into(), app.text.requests().back))
}

fn received(app: App, request: &Request, unsent: &[Item], overdue: bool) -> El {
    let t = app.text.requests();
    let private = request.private;
    let late = request.promised_by.filter(|_| overdue);
    let late = late.map(|day| {
        let said = (t.overdue_text)(&app.dates().full_day(day));
        el("section").child(el("p").class("notice notice--bad").child(said)).child(people(app))
    });
    let list = facts(app, request);
    el("div")
        .child(private.then(|| safety::way_out(app)))
        .child(back(app))
        .child(titled(app, t.one, private.then_some(t.private), &name(app, request)))
        .child(el("p").class("tags").child(untrack(|| status(app, request))))
        .child((!list.is_empty()).then(|| rows(list)))
        .child(request.decision.as_ref().map(|decision| decided(app, decision)))
        .child(el("h2").child(t.steps))
        .child(steps::steps(app, request))
        .child(unsent.iter().map(|item| goes_on(app, item)).collect::<Vec<_>>())
        .child(late)
}

fn facts(app: App, request: &Request) -> Vec<Row> {
    let t = app.text.requests();
    let mut list = Vec::new();
    let promised = request.promised_by.filter(|_| request.status.is_open());
    list.extend(promised.map(|day| Row::new(t.promised, app.dates().full_day(day))));
    list.extend(request.until.map(|day| Row::new(t.asked_until, app.dates().full_day(day))));
    if !request.needs.is_empty() {
        let needs: Vec<_> = request.needs.iter().map(|need| (t.need)(*need)).collect();
        list.push(Row::new(t.needs, needs.join(", ")));
    }
    list.extend(request.format.as_deref().map(|format| Row::new(t.format, format)));
    list
}

fn decided(app: App, decision: &Decision) -> El {
    let t = app.text.requests();
    let date_time = |at: DateTime<Utc>| app.dates().date_time(at);
    let what = match decision {
        Decision::Granted(granted) => (t.granted)(&date_time(granted.until)),
        Decision::Refused(refused) => (t.refused_because)(&refused.reason),
        Decision::Agreed(agreed) => (t.agreed)(&agreed.what, &app.dates().full_day(agreed.from)),
        Decision::Call(call) => (t.call)(&date_time(call.at)),
    };
    el("section").class("notice").child(el("h2").child(t.decision)).child(el("p").class("lines").child(what))
}

/// A message or a withdrawal that has not arrived.
fn goes_on(app: App, item: &Item) -> El {
    let t = app.text.requests();
    let withdraws = item.work.title == t.withdrawal;
    match &item.attention {
        Some(problem) => el("section")
            .child(el("h3").child(called_here(app, item)))
            .child(el("p").child(t.refused_text))
            .child(receipt::said(problem.clone()))
            .child(el("p").child(receipt::again(app, item.clone()))),
        None if item.way == Way::Arrived => el("p").class("notice").child(t.message_sent),
        None if item.work.title == t.sharing => el("p").class("notice").child(t.sharing_waiting),
        None if withdraws => el("p").class("notice").child(t.withdrawal_waiting),
        None => el("p").class("notice").child(t.message_waiting),
    }
}

/// A request that is still on this device, or has arrived without news of it yet.
fn not_received(app: App, item: &Item) -> El {
    let t = app.text.requests();
    // Only a private one is called so; one of which nothing is known may be one.
    let private = item.work.title.is_empty() || item.work.title == (t.kind)(AskKind::Concern);
    let page = el("div").child(private.then(|| safety::way_out(app))).child(back(app));
    let what = el("p").class("work").child(called_here(app, item));
    if let Some(problem) = item.attention.clone() {
        return page
            .child(titled(app, t.one, None, t.refused_title))
            .child(what)
            .child(el("p").child(t.refused_text))
            .child(receipt::said(problem))
            .child(el("p").child(receipt::again(app, item.clone())))
            .child(people(app));
    }
    if item.way == Way::Arrived {
        return page.child(titled(app, t.one, None, t.sent_title)).child(what).child(el("p").child(t.sent_text));
    }
    let saved = el("span").child((t.saved_at)("")).child(when(app, item.kept_at, false));
    page.child(titled(app, t.one, None, t.not_sent_title))
        .child(what)
        .child(el("p").child(saved))
        .child(el("p").child(t.not_sent_text))
        .child(private.then(|| el("p").child(t.private_text)))
        .child(el("h2").child(t.call_now))
        .child(private.then(|| safety::numbers(app)))
        .child(people(app))
}
