use super::{deadlines::card, live};
use crate::{
    components::{Go, GoButton, PageTitle},
    route::{Route, Step},
    state::{
        agenda::{self, Group},
        app::App,
        records,
    },
};
use leptos::prelude::*;

/// What matters now: the next deadline, the next session, what is unfinished.
#[component]
pub fn Today() -> impl IntoView {
    let app = App::here();
    let t = &app.text.today;
    let name = app.who().map(|w| w.name).unwrap_or_default();
    let hello = (!name.is_empty()).then(|| view! { <p class="lead">{(t.hello)(&name)}</p> });
    view! {
        <PageTitle title=t.title />
        {hello}
        {move || if super::deadlines::nothing_came(app) { super::deadlines::waiting(app) } else { now(app) }}
    }
}

fn now(app: App) -> AnyView {
    let t = &app.text.today;
    let dates = app.dates();
    let at = app.now.get();
    let all = app.with_declared(|d| agenda::deadlines(d, at, |time| dates.zone_day(time)));
    let late = all.iter().filter(|(g, _)| *g == Group::Late).count();
    let next = all.into_iter().find(|(g, _)| !matches!(g, Group::Late | Group::Done));
    let session = app.records.with(|r| agenda::sessions(r, at).0.into_iter().find(|w| !w.cancelled));
    let drafts: Vec<_> = app.drafts.with(|drafts| {
        drafts
            .iter()
            .filter(|d| !d.is_untouched())
            .filter_map(|d| {
                let title = app.records.with(|r| records::assignment(r, &d.assignment).map(|a| a.title.clone()))?;
                Some((Route::Declare(d.assignment.clone(), Step::Work), (t.draft)(&title)))
            })
            .collect()
    });
    view! {
        {(late > 0).then(|| view! {
            <section class="notice notice--bad">
                <h2>{(t.late)(late)}</h2>
                <p>{t.late_text}</p>
                <Go to=Route::Deadlines text=t.see_late />
            </section>
        })}
        {(!drafts.is_empty()).then(|| view! {
            <section>
                <h2>{t.to_do}</h2>
                <ul class="plain-list">
                    {drafts.into_iter().map(|(to, text)| view! { <li><Go to=to text=text /></li> }).collect_view()}
                </ul>
            </section>
        })}
        <section>
            <h2>{t.next_deadline}</h2>
            {match next {
                Some((group, assignment)) => card(app, group, &assignment, true),
                None => view! { <p>{t.no_deadline}</p> }.into_any(),
            }}
            <p><Go to=Route::Deadlines text=t.all_deadlines /></p>
        </section>
        <section>
            <h2>{t.next_session}</h2>
            {match session {
                Some(session) => live::card(app, &session),
                None => view! { <p>{t.no_session}</p> }.into_any(),
            }}
            <p><Go to=Route::Live text=t.all_sessions /></p>
        </section>
        <GoButton to=Route::Work text=t.declare second=true />
    }
    .into_any()
}
