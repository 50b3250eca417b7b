use crate::{
    browser::{
        dom::{El, el, slot},
        keys, page,
    },
    components::{Row, button, mail, outside, rows, telephone, title},
    state::{app::App, order},
};
use leptos::prelude::*;

/// Where 'Leave this page' goes: a page that anybody may have open.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";
const CEOP: &str = "https://www.ceop.police.uk/Safety-Centre/";

/// Who to call now, and the guidance. For everybody, signed in or not.
#[must_use]
pub fn safety(app: App) -> El {
    let t = &app.text.safety;
    let leave = || page::leave_for(ELSEWHERE);
    // It listens for as long as this page is shown.
    StoredValue::new_local(keys::on_shift_thrice(leave));
    let way_out = el("div")
        .class("leave no-print")
        .add(button("button button--leave", t.leave, leave))
        .add(el("p").class("hint").add(t.leave_hint).add(" ").add(t.leave_limits));
    el("div")
        .add(way_out)
        .add(title(app, t.title))
        .add(el("h2").add(t.call_now))
        .add(slot(move || numbers(app)))
        .add(el("h2").add(t.guidance))
        .add(slot(move || guidance(app)))
}

fn numbers(app: App) -> El {
    let t = &app.text.safety;
    let row = |term: &str, text: &str, way: Option<El>| Row::new(term, el("div").add(el("p").add(text)).add(way));
    let call = |number: &str| Some(el("p").add(telephone(number)));
    let ceop = outside(app, None, CEOP, t.ceop_link).map(|link| el("p").add(link));
    let mut list = vec![
        row(t.emergency, t.emergency_text, call("999")),
        row(t.police, t.police_text, call("101")),
        row(t.ceop, t.ceop_text, ceop),
        row(t.childline, t.childline_text, call("0800 1111")),
    ];
    let lead = app.safeguarding_lead();
    if !lead.name.is_empty() {
        let ways = el("div")
            .add(lead.telephone.and_then(|number| call(&number)))
            .add(lead.email.map(|address| el("p").add(mail(&address, &(t.lead_email)(&address)))));
        list.push(row(t.lead, &(t.lead_text)(&lead.name), Some(ways)));
    }
    rows(list)
}

/// The provider's own guidance; before it has come, the basics that the app itself carries.
fn guidance(app: App) -> Vec<El> {
    let t = &app.text.safety;
    let mut pages = app.records.with(|r| r.guidance.clone());
    order::sort(&mut pages, |a, b| a.order < b.order);
    if pages.is_empty() {
        let basics: Vec<_> = t.basics.iter().map(|line| el("li").add(*line)).collect();
        return vec![el("ul").add(basics), el("p").class("hint").add(t.none)];
    }
    let article = |g: contract::guidance::Guidance| {
        let reviewed = (t.reviewed)(&g.version, &app.dates().day(g.reviewed_on));
        el("article")
            .class("guidance")
            .add(el("h3").add(g.title))
            .add(el("div").class("guidance__text").inner_html(&g.html))
            .add(el("p").class("hint").add(reviewed))
    };
    pages.into_iter().map(article).collect()
}
