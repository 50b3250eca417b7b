use super::gone;
use crate::{
    browser::{
        dom::{El, el, slot},
        focus, page,
    },
    components::{Row, TITLE, button, rows, second_button, titled, when},
    data::{outbox::Item, sync},
    route::Route,
    state::app::App,
};
use contract::{ids::ChangeId, problem::Problem, receipt};
use leptos::prelude::*;

/// Where one declaration is: on this device, refused, or received. It changes under the learner's eyes when it arrives.
#[must_use]
pub fn receipt(app: App, id: ChangeId) -> El {
    let t = &app.text.receipts;
    let wanted = id.clone();
    let arrived = Memo::new(move |_| app.records.with(|r| r.receipts.iter().find(|x| x.change == wanted).cloned()));
    let waiting = Memo::new(move |_| app.unsent().into_iter().find(|item| item.id == id));
    el("div").child(slot(move || {
        // When it arrives the heading changes; whoever was on it is on the new one.
        if focus::current_id().as_deref() == Some(TITLE) {
            focus::later(TITLE);
        }
        match (arrived.get(), waiting.get()) {
            (Some(receipt), _) => received(app, receipt),
            (None, Some(item)) => match item.attention.clone() {
                Some(problem) => refused(app, item, problem),
                None => not_sent(app, &item),
            },
            (None, None) => gone(app, t.gone_title, t.gone, &Route::Receipts, t.to_list),
        }
    }))
}

fn heading(app: App, text: &str) -> El {
    titled(app, Some(app.text.declaration.progress_receipt), text)
}

fn received(app: App, receipt: receipt::Receipt) -> El {
    let t = &app.text.receipts;
    let work = format!("{}, {}", receipt.assignment_title, (t.attempt)(receipt.attempt));
    let list = vec![
        Row::new(t.work, work),
        Row::new(t.received_at, when(app, receipt.received_at, false)),
        signed_at(app, receipt.device_time),
        fingerprint(app, &receipt.sha256),
    ];
    let code = el("div")
        .class("receipt")
        .child(el("p").child(t.code))
        .child(el("p").class("receipt__code code").child(receipt.code))
        .child(el("p").child(t.code_hint));
    el("div")
        .child(heading(app, t.received_title))
        .child(code)
        .child(el("p").child(t.received_text))
        .child(receipt.late.then(|| el("p").class("notice").child(t.late_fact)))
        .child(rows(list))
        .child(next(app))
}

fn not_sent(app: App, item: &Item) -> El {
    let t = &app.text.receipts;
    el("div")
        .child(heading(app, t.saved_title))
        .child(el("p").child(t.saved_text))
        .child(waiting(app, item))
        .child(next(app))
}

fn refused(app: App, item: Item, problem: Problem) -> El {
    let t = &app.text.receipts;
    let mut said = vec![el("p").child(problem.detail.unwrap_or(problem.title))];
    said.extend(problem.fields.into_iter().map(|f| el("p").child(f.detail)));
    let facts = waiting(app, &item);
    let again = move || {
        let id = item.id.clone();
        leptos::task::spawn_local(async move { sync::send_again(app, &id).await });
    };
    el("div")
        .child(heading(app, t.attention_title))
        .child(el("p").child(t.attention_text))
        .child(el("blockquote").class("notice notice--bad").child(said))
        .child(el("p").child(t.attention_do))
        .child(el("p").child(button("button", t.send_again, again)))
        .child(facts)
}

/// What is known of a declaration that waits on this device.
fn waiting(app: App, item: &Item) -> El {
    let t = &app.text.receipts;
    let work = &item.work;
    rows(vec![
        Row::new(t.work, format!("{}, {}", work.title, (t.attempt)(work.attempt))),
        signed_at(app, item.kept_at),
        fingerprint(app, &item.sha256),
    ])
}

fn signed_at(app: App, at: chrono::DateTime<chrono::Utc>) -> Row {
    let t = &app.text.receipts;
    Row::new(t.signed_at, el("div").child(when(app, at, false)).child(format!(" ({})", t.signed_by_device)))
}

fn fingerprint(app: App, sha256: &str) -> Row {
    Row::new(app.text.receipts.fingerprint, el("span").class("fingerprint").child(sha256))
}

fn next(app: App) -> El {
    let t = &app.text.receipts;
    let buttons = el("div")
        .class("buttons no-print")
        .child(button("button", app.text.common.print, page::print))
        .child(second_button(&Route::Receipts, t.title));
    el("div").child(el("h2").child(t.next_title)).child(el("p").child(t.next)).child(buttons)
}
