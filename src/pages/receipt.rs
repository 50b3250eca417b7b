use super::{gone, withdraw};
use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{Row, button, fingerprint, go, rows, second_button, titled, when},
    data::{outbox::Item, sync},
    route::Route,
    signal::Memo,
    state::app::App,
};
use contract::{ids::ChangeId, problem::Problem, receipt};

/// Where one declaration is: on this device, refused, received, withdrawn. It changes under the learner's eyes when it arrives.
#[must_use]
pub fn receipt(app: App, id: ChangeId) -> El {
    let t = &app.text.receipts;
    let (wanted, declared) = (id.clone(), id.clone());
    let arrived = Memo::new(move || app.records.with(|r| r.receipts.iter().find(|x| x.change == wanted).cloned()));
    let withdrawal = Memo::new(move || withdraw::waiting_for(app, &declared));
    let waiting = Memo::new(move || app.unsent().into_iter().find(|item| item.id == id && item.asks.is_none()));
    el("div").child(slot(move || match (arrived.get(), waiting.get()) {
        (Some(receipt), _) => received(app, receipt, withdrawal.get()),
        (None, Some(item)) => match item.attention.clone() {
            Some(problem) => refused(app, item, problem),
            None => not_sent(app, &item, withdrawal.get()),
        },
        (None, None) => gone(app, t.gone_title, t.gone, &Route::Receipts, t.to_list),
    }))
}

fn heading(app: App, text: &str) -> El {
    titled(app, app.text.receipts.one, Some(app.text.declaration().progress_receipt), text)
}

fn received(app: App, receipt: receipt::Receipt, withdrawal: Option<Item>) -> El {
    let t = &app.text.receipts;
    let work = format!("{}, {}", receipt.assignment_title, (t.attempt)(receipt.attempt));
    let mut list = vec![Row::new(t.work, work), Row::new(t.received_at, when(app, receipt.received_at, false))];
    list.extend(receipt.countersigned.map(|by| {
        let who = (t.countersigned_by)(&by.by);
        Row::new(t.countersigned, el("div").child(when(app, by.at, false)).child(who))
    }));
    list.push(signed_at(app, receipt.device_time));
    list.push(Row::new(t.fingerprint, fingerprint(&receipt.sha256)));
    list.extend(receipt.signature.map(|by| {
        let key = el("p").child((t.signature_key)(&by.key));
        Row::new(t.signature, el("div").child(key).child(fingerprint(&by.signature)))
    }));
    let withdrawn = receipt.withdrawn_at.is_some() || withdrawal.is_some();
    let code = el("div")
        .class(if withdrawn { "receipt receipt--past" } else { "receipt" })
        .child(el("p").child(t.code))
        .child(el("p").class("receipt__code code").child(receipt.code))
        .child(el("p").child(t.code_hint))
        .child(el("p").class("no-print").child(go(&Route::Check, app.text.check().title)));
    let title = match withdrawn {
        true => titled(app, t.one, None, app.text.withdrawal().withdrew),
        false => heading(app, t.received_title),
    };
    el("div")
        .child(title)
        .child(withdrawal_of(app, receipt.withdrawn_at, withdrawal))
        .child(code)
        .child((!withdrawn).then(|| el("p").child(t.received_text)))
        .child(receipt.late.then(|| el("p").class("notice").child(t.late_fact)))
        .child(rows(list))
        .child((!withdrawn).then(|| next(app)))
        .child(buttons(app))
        .child((!withdrawn).then(|| way_back(app, receipt.change)))
}

fn not_sent(app: App, item: &Item, withdrawal: Option<Item>) -> El {
    let t = &app.text.receipts;
    let withdrawn = withdrawal.is_some();
    el("div")
        .child(heading(app, t.saved_title))
        .child(withdrawal_of(app, None, withdrawal))
        .child((!withdrawn).then(|| el("p").child(t.saved_text)))
        .child(waiting(app, item))
        .child((!withdrawn).then(|| next(app)))
        .child(buttons(app))
        .child((!withdrawn).then(|| way_back(app, item.id.clone())))
}

fn refused(app: App, item: Item, problem: Problem) -> El {
    let t = &app.text.receipts;
    let facts = waiting(app, &item);
    el("div")
        .child(titled(app, t.one, None, t.attention_title))
        .child(el("p").child(t.attention_text))
        .child(said(problem))
        .child(el("p").child(t.attention_do))
        .child(el("p").child(again(app, item)))
        .child(facts)
}

/// How it stands with the withdrawal: received, on this device, or refused.
fn withdrawal_of(app: App, at: Option<chrono::DateTime<chrono::Utc>>, item: Option<Item>) -> Option<El> {
    let t = app.text.withdrawal();
    if let Some(at) = at {
        let since = (t.withdrawn)(&app.dates().date_time(at));
        return Some(el("div").class("notice").child(el("p").child(since)).child(el("p").child(t.again)));
    }
    let item = item?;
    Some(match item.attention.clone() {
        None => el("p").class("notice").child(t.waiting),
        Some(problem) => el("section")
            .child(el("h2").child(t.refused_title))
            .child(el("p").child(t.refused))
            .child(said(problem))
            .child(el("p").child(app.text.receipts.attention_do))
            .child(el("p").child(again(app, item))),
    })
}

/// What the service said, in its own words.
pub(super) fn said(problem: Problem) -> El {
    let mut said = vec![el("p").child(problem.detail.unwrap_or(problem.title))];
    said.extend(problem.fields.into_iter().map(|f| el("p").child(f.detail)));
    el("blockquote").class("notice notice--bad").child(said)
}

pub(super) fn again(app: App, item: Item) -> El {
    button("button", app.text.receipts.send_again, move || {
        let id = item.id.clone();
        wasm_bindgen_futures::spawn_local(async move { sync::send_again(app, &id).await });
    })
}

/// What is known of a declaration that waits on this device.
fn waiting(app: App, item: &Item) -> El {
    let t = &app.text.receipts;
    let work = &item.work;
    rows(vec![
        Row::new(t.work, format!("{}, {}", work.title, (t.attempt)(work.attempt))),
        signed_at(app, item.kept_at),
        Row::new(t.fingerprint, fingerprint(&item.sha256)),
    ])
}

fn signed_at(app: App, at: chrono::DateTime<chrono::Utc>) -> Row {
    let t = &app.text.receipts;
    Row::new(t.signed_at, el("div").child(when(app, at, false)).child(format!(" ({})", t.signed_by_device)))
}

fn next(app: App) -> El {
    let t = &app.text.receipts;
    el("div").child(el("h2").child(t.next_title)).child(el("p").child(t.next))
}

fn buttons(app: App) -> El {
    el("div")
        .class("buttons no-print")
        .child(button("button", app.text.common.print, page::print))
        .child(second_button(&Route::Receipts, app.text.receipts.title))
}

/// The way to take it back: at the end, because it is rare and needs thought.
fn way_back(app: App, declaration: ChangeId) -> El {
    let t = app.text.withdrawal();
    el("section")
        .class("no-print")
        .child(el("h2").child(t.link_title))
        .child(el("p").child(t.link_text))
        .child(el("p").child(go(&Route::Withdraw(declaration), t.link)))
}
