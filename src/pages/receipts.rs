use crate::{
    browser::save,
    components::{GoButton, PageTitle, Tag, Tone, When},
    route::Route,
    state::app::App,
};
use leptos::prelude::*;

/// Each declaration of this learner, and where it is.
#[component]
pub fn Receipts() -> impl IntoView {
    let app = App::here();
    let t = &app.text.receipts;
    view! {
        <PageTitle title=t.title />
        <p>{t.intro}</p>
        {move || {
            let unsent = app.unsent();
            let mut arrived = app.records.with(|r| r.receipts.clone());
            arrived.sort_by_key(|r| std::cmp::Reverse(r.received_at));
            if unsent.is_empty() && arrived.is_empty() {
                return view! {
                    <p class="notice">{t.none}</p>
                    <GoButton to=Route::Work text=app.text.today.declare />
                }
                .into_any();
            }
            let waiting = unsent.iter().map(|item| {
                let (tone, status) = match item.attention {
                    Some(_) => (Tone::Bad, t.status_attention),
                    None => (Tone::Wait, t.status_saved),
                };
                let since = (t.waiting_since)(&app.dates().date_time(item.kept_at));
                let work = item.work();
                entry(app, Route::Receipt(item.sent.id.clone()), work.title, work.attempt, tone, status, since.into_any())
            }).collect::<Vec<_>>();
            let arrived = arrived.into_iter().map(|r| {
                let more = view! { <span class="code">{r.code}</span>" · "<When at=r.received_at /> }.into_any();
                entry(app, Route::Receipt(r.change), r.assignment_title, r.attempt, Tone::Good, t.status_received, more)
            }).collect::<Vec<_>>();
            view! {
                {(!waiting.is_empty()).then(|| view! {
                    <h2>{t.waiting}</h2>
                    <ul class="cards">{waiting}</ul>
                    <p class="hint">{t.copy_text}</p>
                    <button type="button" class="button button--second" on:click=move |_| copy(app)>{t.copy}</button>
                })}
                {(!arrived.is_empty()).then(|| view! {
                    <h2>{t.arrived}</h2>
                    <ul class="cards">{arrived}</ul>
                })}
            }
            .into_any()
        }}
    }
}

fn entry(
    app: App,
    to: Route,
    title: String,
    attempt: u32,
    tone: Tone,
    status: &'static str,
    more: AnyView,
) -> AnyView {
    view! {
        <li>
            <article class="card">
                <h3 class="card__title"><a href=to.href()>{title}</a></h3>
                <p class="card__main">{more}</p>
                <p class="card__more">{(app.text.receipts.attempt)(attempt)}</p>
                <p class="tags"><Tag tone=tone text=status /></p>
            </article>
        </li>
    }
    .into_any()
}

/// Saves what has not arrived as a file: the exact bytes that were signed, one change a line of its array.
fn copy(app: App) {
    let items: Vec<_> = app.unsent().into_iter().map(|item| item.sent).collect();
    if let Ok(json) = serde_json::to_string(&items) {
        let _ = save::text(app.text.receipts.copy_file, "application/json", &json);
    }
}
