use crate::{
    browser::page,
    components::{GoButton, PageTitle, Row, When, rows},
    data::{outbox::Item, sync},
    route::Route,
    state::app::App,
};
use contract::{ids::ChangeId, receipt};
use leptos::prelude::*;

/// Where one declaration is: on this device, refused, or received. It changes under the learner's eyes when it arrives.
#[component]
pub fn Receipt(id: ChangeId) -> impl IntoView {
    let app = App::here();
    let t = &app.text.receipts;
    let wanted = id.clone();
    let arrived = Memo::new(move |_| app.records.with(|r| r.receipts.iter().find(|x| x.change == wanted).cloned()));
    let waiting = Memo::new(move |_| app.unsent().into_iter().find(|item| item.sent.id == id));
    let content = move || match (arrived.get(), waiting.get()) {
        (Some(receipt), _) => received(app, receipt),
        (None, Some(item)) => not_sent(app, item),
        (None, None) => view! {
            <PageTitle title=t.gone_title />
            <p>{t.gone}</p>
            <GoButton to=Route::Receipts text=t.to_list />
        }
        .into_any(),
    };
    view! { {content} }
}

fn received(app: App, receipt: receipt::Receipt) -> AnyView {
    let t = &app.text.receipts;
    let list = vec![
        Row::new(t.receipt_title, view! { {receipt.assignment_title}", "{(t.attempt)(receipt.attempt)} }),
        Row::new(t.received_at, view! { <When at=receipt.received_at /> }),
        Row::new(t.signed_at, view! { <When at=receipt.device_time />" ("{t.signed_by_device}")" }),
        Row::new(t.fingerprint, view! { <span class="fingerprint">{receipt.sha256}</span> }),
    ];
    view! {
        <PageTitle title=t.received_title caption=app.text.declaration.progress_receipt />
        <div class="receipt">
            <p>{t.code}</p>
            <p class="receipt__code code">{receipt.code}</p>
            <p>{t.code_hint}</p>
        </div>
        <p>{t.received_text}</p>
        {receipt.late.then(|| view! { <p class="notice">{t.late_fact}</p> })}
        {rows(list)}
        {next(app)}
    }
    .into_any()
}

fn not_sent(app: App, item: Item) -> AnyView {
    let t = &app.text.receipts;
    let work = item.work();
    let list = vec![
        Row::new(t.receipt_title, format!("{}, {}", work.title, (t.attempt)(work.attempt))),
        Row::new(t.signed_at, view! { <When at=item.kept_at />" ("{t.signed_by_device}")" }),
        Row::new(t.fingerprint, view! { <span class="fingerprint">{item.sha256.clone()}</span> }),
    ];
    let caption = app.text.declaration.progress_receipt;
    match item.attention.clone() {
        None => view! {
            <PageTitle title=t.saved_title caption=caption />
            <p>{t.saved_text}</p>
            {rows(list)}
            {next(app)}
        }
        .into_any(),
        Some(problem) => {
            let said: Vec<_> = std::iter::once(problem.detail.unwrap_or(problem.title))
                .chain(problem.fields.into_iter().map(|f| f.detail))
                .map(|line| view! { <p>{line}</p> })
                .collect();
            let again = move |_| {
                let id = item.sent.id.clone();
                leptos::task::spawn_local(async move {
                    sync::send_again(app, &id).await;
                });
            };
            view! {
                <PageTitle title=t.attention_title caption=caption />
                <p>{t.attention_text}</p>
                <blockquote class="notice notice--bad">{said}</blockquote>
                <p>{t.attention_do}</p>
                <button type="button" class="button" on:click=again>{t.send_again}</button>
                {rows(list)}
            }
            .into_any()
        }
    }
}

fn next(app: App) -> AnyView {
    let t = &app.text.receipts;
    view! {
        <h2>{t.next_title}</h2>
        <p>{t.next}</p>
        <div class="buttons no-print">
            <button type="button" class="button" on:click=|_| page::print()>{app.text.common.print}</button>
            <GoButton to=Route::Receipts text=t.title second=true />
        </div>
    }
    .into_any()
}
