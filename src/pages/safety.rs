use crate::{
    browser::{
        dom::{El, el, slot},
        keys, page,
    },
    components::{Row, button, go, go_button, mail, outside, rows, telephone, title},
    route::{CONCERN, READING, Route},
    signal,
    state::{app::App, order},
};

/// Where 'Leave this page' goes: a page that anybody may have open.
const ELSEWHERE: &str = "https://www.bbc.co.uk/weather";
const CEOP: &str = "https://www.ceop.police.uk/Safety-Centre/";

/// Who to call now, and the guidance. For everybody, signed in or not.
#[must_use]
pub fn safety(app: App) -> El {
    let t = &app.text.safety;
    el("div")
        .child(way_out(app))
        .child(title(app, t.title))
        .child(el("h2").child(t.call_now))
        .child(slot(move || numbers(app)))
        .child(el("p").class("no-print").child(t.concern_text))
        .child(el("p").class("no-print").child(go_button(&Route::Help(CONCERN.into()), t.concern)))
        .child(el("h2").child(t.guidance))
        .child(slot(move || guidance(app)))
}

/// The way off a page that nobody else is to see; it works for as long as the page is shown.
pub fn way_out(app: App) -> El {
    let t = &app.text.safety;
    let leave = || page::leave_for(ELSEWHERE);
    signal::keep(Box::new(keys::on_shift_thrice(leave)));
    el("div")
        .class("leave no-print")
        .child(button("button button--leave", t.leave, leave))
        .child(el("p").class("hint").child(t.leave_hint).child(" ").child(t.leave_limits))
}

/// Who to call now.
pub fn numbers(app: App) -> El {
    let t = &app.text.safety;
    let row = |term: &str, text: &str, way: Option<El>| Row::new(term, el("div").child(el("p").child(text)).child(way));
    let call = |number: &str| Some(el("p").child(telephone(number)));
    let ceop = outside(app, None, CEOP, t.ceop_link).map(|link| el("p").child(link));
    let mut list = vec![
        row(t.emergency, t.emergency_text, call("999")),
        row(t.police, t.police_text, call("101")),
        row(t.ceop, t.ceop_text, ceop),
        row(t.childline, t.childline_text, call("0800 1111")),
    ];
    let lead = app.safeguarding_lead();
    if !lead.name.is_empty() {
        let ways = el("div")
            .child(lead.telephone.and_then(|number| call(&number)))
            .child(lead.email.map(|address| el("p").child(mail(&address, &(t.lead_email)(&address)))));
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
        let basics: Vec<_> = t.basics.iter().map(|line| el("li").child(*line)).collect();
        return vec![el("ul").child(basics), el("p").class("hint").child(t.none)];
    }
    let article = |g: contract::guidance::Guidance| {
        let reviewed = (t.reviewed)(&g.version, &app.dates().day(g.reviewed_on));
        el("article")
            .class("guidance")
            .child(el("h3").child(g.title))
            .child(el("div").class("guidance__text").inner_html(&g.html))
            .child(el("p").class("hint").child(reviewed))
    };
    let mut page: Vec<_> = pages.into_iter().map(article).collect();
    page.push(el("p").class("no-print").child(go(&Route::My(READING.into()), t.read)));
    page
}
