use crate::{
    browser::{keys, page},
    components::{Outside, PageTitle, Row, Telephone, rows},
    state::app::App,
};
use contract::course::Role;
use leptos::prelude::*;

/// Where 'Leave this page' goes: a page that anybody may have open.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";
const CEOP: &str = "https://www.ceop.police.uk/Safety-Centre/";

/// Who to call now, and the guidance. For everybody, signed in or not.
#[component]
pub fn Safety() -> impl IntoView {
    let app = App::here();
    let t = &app.text.safety;
    // It listens for as long as this page is shown.
    let _ = StoredValue::new_local(keys::on_shift_thrice(|| page::leave_for(ELSEWHERE)));
    let lead = move || {
        let known = app.records.with(|r| r.contacts.iter().find(|c| c.role == Role::SafeguardingLead).cloned());
        let config = app.config().safeguarding;
        let (name, number, email) = match known {
            Some(c) => (c.name, c.telephone, c.email),
            None => (config.name.unwrap_or_default(), config.telephone, config.email),
        };
        (!name.is_empty()).then(|| {
            Row::new(
                t.lead,
                view! {
                    <p>{(t.lead_text)(&name)}</p>
                    {number.map(|number| view! { <p><Telephone number=number /></p> })}
                    {email.map(|email| view! { <p><a href=format!("mailto:{email}")>{(t.lead_email)(&email)}</a></p> })}
                },
            )
        })
    };
    let numbers = move || {
        let mut list = vec![
            Row::new(t.emergency, view! { <p>{t.emergency_text}</p><p><Telephone number="999" /></p> }),
            Row::new(t.police, view! { <p>{t.police_text}</p><p><Telephone number="101" /></p> }),
            Row::new(t.ceop, view! { <p>{t.ceop_text}</p><p><Outside href=CEOP text=t.ceop_link /></p> }),
            Row::new(t.childline, view! { <p>{t.childline_text}</p><p><Telephone number="0800 1111" /></p> }),
        ];
        list.extend(lead());
        rows(list)
    };
    view! {
        <div class="leave no-print">
            <button type="button" class="button button--leave" on:click=|_| page::leave_for(ELSEWHERE)>{t.leave}</button>
            <p class="hint">{t.leave_hint}" "{t.leave_limits}</p>
        </div>
        <PageTitle title=t.title />
        <h2>{t.call_now}</h2>
        {numbers}
        <h2>{t.guidance}</h2>
        {move || guidance(app)}
    }
}

/// The provider's own guidance; before it has come, the basics that the app itself carries.
fn guidance(app: App) -> AnyView {
    let t = &app.text.safety;
    let mut pages = app.records.with(|r| r.guidance.clone());
    pages.sort_by_key(|g| g.order);
    if pages.is_empty() {
        let basics = t.basics.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
        return view! { <ul>{basics}</ul><p class="hint">{t.none}</p> }.into_any();
    }
    pages
        .into_iter()
        .map(|g| {
            let reviewed = (t.reviewed)(&g.version, &app.dates().day(g.reviewed_on));
            view! {
                <article class="guidance">
                    <h3>{g.title}</h3>
                    // Made from Markdown and allow-listed by the server; the page's policy lets no script run besides.
                    <div inner_html=g.html></div>
                    <p class="hint">{reviewed}</p>
                </article>
            }
        })
        .collect_view()
        .into_any()
}
