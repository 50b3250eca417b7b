//! Study time: this week, a plan, and what was taken week by week. All of it works without a network.

mod add;
mod plan;

use super::{act::waiting, ask, help::to_ask};
use crate::{
    browser::dom::{El, el, slot},
    components::{Errors, Row, Tone, action, button, error_summary, go, rows, tag, title},
    data::{outbox::Item, submit},
    route::{Help, My, Route},
    signal::Memo,
    state::{
        app::App,
        studying::{self, PLAN, Studying, TAKE},
    },
    text::format,
};
use add::Adding;
use chrono::NaiveDate;
use contract::{
    act::Deed,
    request::AskKind,
    study::{Studied, StudyPlan},
};

/// The learner's own time, which nobody else sees.
#[must_use]
pub fn study(app: App) -> El {
    let t = app.text.study();
    let errors = Errors::new(app);
    // News leave the forms alone: each slot follows what it shows, and the forms are in none but their own.
    let shown = Memo::new(move || shown(app));
    let adding = Adding::new(app, errors);
    let refused = slot(move || refused(app));
    let week = slot(move || shown.with(|shown| this_week(app, shown, adding)));
    let weeks = slot(move || shown.with(|shown| by_weeks(app, shown)));
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Course, app.text.course().title)))
        .child(error_summary(errors))
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(refused)
        .child(week)
        .child(adding.form())
        .child(plan::plan(app, errors, shown))
        .child(el("h2").child(t.weeks))
        .child(weeks)
        .child(
            el("section")
                .class("no-print")
                .child(el("h2").child(t.cancelled))
                .child(el("p").child(t.cancelled_text))
                .child(
                    el("ul")
                        .class("plain-list")
                        .child(el("li").class("more").child(go(&to_ask(AskKind::StudyTime, None), t.cancelled_link)))
                        .child(el("li").class("more").child(go(&Help::Requests.into(), app.text.requests().title)))
                        .child(el("li").class("more").child(go(&My::Sharing.into(), t.show))),
                ),
        )
        .child(action(app.text.common.print, crate::browser::page::print))
}

fn shown(app: App) -> Studying {
    let day = i32::try_from(app.dates().zone_day(app.now.get())).ok().and_then(NaiveDate::from_epoch_days);
    let (plan, weeks) = app.records.with(|r| (r.of::<StudyPlan>().pop(), r.of::<Studied>()));
    let mut names = Vec::new();
    for item in submit::waiting(app, &is_ours) {
        if item.attention.is_none() {
            names.push(item.work.assignment.0);
        }
    }
    Studying::of(plan, &weeks, &names, day.unwrap_or_default())
}

fn is_ours(item: &Item) -> bool {
    let name = item.work.assignment.as_str();
    name.starts_with(TAKE) || name.starts_with(PLAN)
}

/// What the service did not take: with why, and what to do.
fn refused(app: App) -> Vec<El> {
    let mut refused: Vec<Item> = submit::waiting(app, &is_ours);
    refused.retain(|item| item.attention.is_some());
    let shown = |item: Item| {
        let what = el("h2").child(item.work.title.as_str());
        el("section").child(what).child(waiting(app, item))
    };
    refused.into_iter().map(shown).collect()
}

fn this_week(app: App, shown: &Studying, adding: Adding) -> El {
    let t = app.text.study();
    let Some(week) = shown.weeks.first() else { return el("div") };
    let planned = week.planned.map_or_else(|| t.not_planned.to_owned(), format::length);
    let list: Vec<_> = shown.pieces.iter().map(|piece| self::piece(app, piece, adding)).collect();
    let list = if list.is_empty() { el("p").child(t.none) } else { el("ul").class("plain-list").child(list) };
    el("section")
        .child(el("h2").child((t.week)(&app.dates().day(week.monday))))
        .child(rows(vec![Row::new(t.planned, planned), Row::new(t.taken, format::length(week.taken))]))
        .child(list)
}

/// One piece of time, with the way to put it right.
fn piece(app: App, piece: &studying::Piece, adding: Adding) -> El {
    let t = app.text.study();
    let study = piece.study.clone();
    let what = study.what.clone().unwrap_or_default();
    let day = app.dates().full_day(study.date);
    let which = (t.which)(&day, &what);
    let correct = button("plain no-print", t.correct, move || adding.correct(&study))
        .child(el("span").class("visually-hidden").child(format!(": {which}")));
    el("li")
        .class("more")
        .child(el("strong").child(day))
        .child(": ")
        .child((t.piece)(&format::length(piece.study.minutes), &what))
        .child(" ")
        .child(piece.waits.then(|| tag(Tone::Wait, t.not_sent)))
        .child(" ")
        .child(correct)
}

fn by_weeks(app: App, shown: &Studying) -> El {
    let t = app.text.study();
    let head = |text: &str| el("th").attr("scope", "col").child(text);
    let line = |week: &studying::Week| {
        let planned = week.planned.map_or_else(|| t.not_planned.to_owned(), format::length);
        el("tr")
            .child(el("th").attr("scope", "row").child(app.dates().day(week.monday)))
            .child(el("td").child(planned))
            .child(el("td").child(format::length(week.taken)))
    };
    el("table")
        .class("table")
        .child(el("caption").class("visually-hidden").child(t.weeks))
        .child(el("thead").child(el("tr").child(head(t.week_column)).child(head(t.planned)).child(head(t.taken))))
        .child(el("tbody").child(shown.weeks.iter().map(line).collect::<Vec<_>>()))
}

/// Keeps what was filled in; only then is `after` done.
fn keep(
    app: App,
    errors: Errors,
    field: &'static str,
    deed: Deed,
    (name, title): (String, String),
    after: impl Fn() + 'static,
) {
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        let kept = submit::act(app, deed, name, title).await;
        app.signing.set(false);
        match kept {
            Ok(_) => {
                app.say.set(app.text.ask().act_kept.into());
                after();
            }
            Err(why) => {
                errors.show(vec![(field.into(), ask::not_sent(app, why))]);
            }
        }
    });
}
