use super::deadlines::{card, nothing_came, waiting};
use crate::{
    components::{Go, PageTitle, When},
    route::{Route, Step},
    state::{
        agenda::{self, Group},
        app::App,
        records,
    },
};
use leptos::prelude::*;

/// Choosing the work to declare: one at a time, never in bulk.
#[component]
pub fn Work() -> impl IntoView {
    let app = App::here();
    let t = &app.text.declaration;
    view! {
        <PageTitle title=t.title />
        {move || {
            if nothing_came(app) {
                return waiting(app);
            }
            let dates = app.dates();
            let all = app.with_declared(|d| agenda::deadlines(d, app.now.get(), |time| dates.zone_day(time)));
            let (done, open): (Vec<_>, Vec<_>) = all.into_iter().partition(|(g, _)| *g == Group::Done);
            let done: Vec<_> = done.into_iter().filter(|(_, a)| !a.cancelled).collect();
            let open_list = open.iter().map(|(_, a)| {
                let due = app.records.with(|r| records::due(r, a));
                view! {
                    <li>
                        <Go to=Route::Declare(a.id.clone(), Step::Work) text=a.title.clone() />
                        <br /><span class="hint"><When at=due all_day=a.all_day && due == a.due /></span>
                    </li>
                }
            }).collect_view();
            view! {
                <h2>{t.choose}</h2>
                {if open.is_empty() {
                    view! { <p class="notice">{t.choose_none}</p> }.into_any()
                } else {
                    view! { <ul class="plain-list">{open_list}</ul> }.into_any()
                }}
                {(!done.is_empty()).then(|| view! {
                    <h2>{t.choose_done}</h2>
                    <ul class="cards">
                        {done.iter().map(|(g, a)| view! { <li>{card(app, *g, a, false)}</li> }).collect_view()}
                    </ul>
                })}
            }
            .into_any()
        }}
    }
}
