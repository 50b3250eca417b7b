//! What is to be read, and that it was: the pages of guidance, and the parts that policies and feedback share with them.

use super::{
    act::{self, Act},
    help::to_ask,
};
use crate::{
    browser::dom::{El, el, slot},
    components::{Row, go, go_button, rows, title},
    route::Route,
    state::{app::App, news::act_of_reading, order},
};
use chrono::NaiveDate;
use contract::{
    act::{Deed, Read, ReadKind, Reading},
    guidance::Guidance,
    request::AskKind,
};

/// Each page of guidance, with what changed: those to be read with their text, then those that are read.
#[must_use]
pub fn reading(app: App) -> El {
    let t = app.text.reading();
    let safety = app.text.safety.title;
    el("div").child(el("p").class("back no-print").child(go(&Route::Safety, safety))).child(title(app, t.title)).child(
        slot(move || {
            let mut pages = app.records.with(|r| r.guidance.clone());
            order::sort(&mut pages, |a, b| a.order < b.order);
            if pages.is_empty() {
                return vec![el("p").class("notice").child(t.none), go_button(&Route::Safety, t.to_safety)];
            }
            let (mut to_read, mut done) = (Vec::new(), Vec::new());
            for page in &pages {
                let is_read = known(app, ReadKind::Guidance, page.id.as_str())
                    .is_some_and(|reading| reading.read.version == page.version);
                (if is_read { &mut done } else { &mut to_read }).push(el("li").child(card(app, page, is_read)));
            }
            let list = |heading: &str, cards: Vec<El>| {
                el("section").child(el("h2").child(heading)).child(el("ul").class("cards").child(cards))
            };
            let mut shown = vec![el("p").child(if to_read.is_empty() { t.all_read } else { t.intro })];
            if !to_read.is_empty() {
                shown.push(list(t.to_read, to_read));
            }
            if !done.is_empty() {
                shown.push(list(t.done, done));
                shown.push(el("p").class("more").child(go(&Route::Safety, t.to_safety)));
            }
            shown
        }),
    )
}

fn card(app: App, page: &Guidance, is_read: bool) -> El {
    let t = app.text.reading();
    let mut facts =
        vec![Row::new(t.version, page.version.as_str()), Row::new(t.reviewed, app.dates().day(page.reviewed_on))];
    let changes = page.changes.as_deref();
    facts.extend(changes.map(|changes| Row::new(t.changes, el("p").class("lines").child(changes))));
    let text = (!is_read).then(|| el("div").class("guidance__text").inner_html(&page.html));
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(page.title.as_str()))
        .child(rows(facts))
        .child(text)
        .child(have_read(app, ReadKind::Guidance, page.id.as_str(), &page.version, &page.title))
        .child(report(app, &format!("guidance/{}", page.id), &page.title))
}

/// Whether its learner has read this version of a text; until they say so, the button to say it.
pub fn have_read(app: App, kind: ReadKind, id: &str, version: &str, title: &str) -> El {
    let t = app.text.reading();
    let day = |reading: &Reading| app.dates().date(reading.read_at);
    match known(app, kind, id) {
        Some(reading) if reading.read.version == version => el("p").child((t.read_on)(&day(&reading))),
        before => {
            let before =
                before.map(|reading| el("p").child((t.read_before)(kind, &reading.read.version, &day(&reading))));
            let read = Read { kind, id: id.into(), version: version.into() };
            let name = act_of_reading(kind, id, version);
            let shown = Act { name, label: t.read, title: (t.read_title)(title) };
            el("div").child(before).child(act::act(app, shown, move || Deed::Read(read.clone())))
        }
    }
}

/// The last version of a text that its learner says they have read.
fn known(app: App, kind: ReadKind, id: &str) -> Option<Reading> {
    let readings = app.records.with(|r| r.of::<Reading>());
    readings.into_iter().find(|reading| reading.read.kind == kind && reading.read.id == id)
}

/// When the provider last looked at what a link opens.
pub fn checked(app: App, on: Option<NaiveDate>) -> El {
    let t = app.text.reading();
    let text = on.map_or_else(|| t.not_checked.into(), |day| (t.checked)(&app.dates().day(day)));
    el("p").class("hint").child(text)
}

/// The way to report what is wrong with a material, by the name that the form has for it; told apart on a page of many.
pub fn report(app: App, id: &str, title: &str) -> El {
    let t = app.text.ask();
    let label = if id.starts_with("guidance") { app.text.reading().report } else { t.report_material };
    let link = go(&to_ask(AskKind::ReportMaterial, Some(id)), &(t.of)(label, title));
    el("p").class("more no-print").child(link)
}
