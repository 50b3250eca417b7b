use super::{
    deadlines::{agenda, nothing_came, waiting},
    help,
};
use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{button, telephone, title},
    state::{
        agenda::{self as rules, Group, Phase},
        app::App,
        order, records,
    },
};
use chrono::{DateTime, Utc};
use contract::{deadline::Assignment, webinar::Webinar};
use leptos::prelude::untrack;

/// This week and the next on one sheet, with who to call and a form to sign by hand: for those without a device of their own.
#[must_use]
pub fn week(app: App) -> El {
    let t = app.text.week();
    el("div")
        .class("sheet")
        .child(title(app, t.title))
        .child(el("p").class("no-print").child(t.intro))
        .child(button("button no-print", app.text.common.print, page::print))
        .child(slot(move || if nothing_came(app) { vec![waiting(app)] } else { sheet(app) }))
}

fn sheet(app: App) -> Vec<El> {
    let t = app.text.week();
    let who = untrack(|| app.who()).map(|who| (t.of)(&who.name, who.learner.as_str()));
    let now = app.now.get();
    vec![
        el("p").child(who.map(|who| el("strong").child(who))).child(" ").child((t.printed)(&app.dates().date(now))),
        days(app, now),
        el("h2").child(t.people),
        people(app),
        form(app),
    ]
}

/// What is on a day: when, and the line.
type Planned = (DateTime<Utc>, El);

fn days(app: App, now: DateTime<Utc>) -> El {
    let t = app.text.week();
    let dates = app.dates();
    let (mut late, mut planned) = (Vec::new(), Vec::new());
    for (group, work) in agenda(app) {
        let due = app.records.with(|r| records::due(r, &work));
        match group {
            Group::Late => {
                late.push(el("li").child(line(app, &format!("{}: {}", dates.date_time(due), work.title), &work)))
            }
            Group::ThisWeek | Group::NextWeek => planned.push((due, due_line(app, due, &work))),
            Group::Later | Group::Done => {}
        }
    }
    let week = |at| (dates.zone_day(at) + 3).div_euclid(7);
    for session in app.records.with(|r| r.webinars.clone()) {
        let open = matches!(rules::phase(&session, now), Phase::Coming | Phase::Open);
        if open && week(session.starts) - week(now) <= 1 {
            planned.push((session.starts, session_line(app, &session)));
        }
    }
    order::sort(&mut planned, |(a, _), (b, _)| a < b);
    let mut parts = Vec::new();
    if !late.is_empty() {
        parts.push(el("h2").child(t.late));
        parts.push(el("ul").child(late));
    }
    if planned.is_empty() {
        parts.push(el("p").child(t.none));
    }
    parts.extend(by_day(app, planned));
    el("div").child(parts)
}

/// A heading and a list for each day on which something is.
fn by_day(app: App, planned: Vec<Planned>) -> Vec<El> {
    let dates = app.dates();
    let (mut parts, mut day, mut list) = (Vec::new(), None, Vec::new());
    for (at, item) in planned {
        let of = Some(dates.date(at));
        if of != day {
            close(&mut parts, &mut list);
            parts.extend(of.as_deref().map(|day| el("h2").child(day)));
            day = of;
        }
        list.push(el("li").child(item));
    }
    close(&mut parts, &mut list);
    parts
}

fn close(parts: &mut Vec<El>, list: &mut Vec<El>) {
    if !list.is_empty() {
        parts.push(el("ul").child(std::mem::take(list)));
    }
}

fn due_line(app: App, due: DateTime<Utc>, work: &Assignment) -> El {
    line(app, &(app.text.week().due)(&app.dates().time(due), &work.title), work)
}

fn line(app: App, text: &str, work: &Assignment) -> El {
    let course = app.records.with(|r| records::course_title(r, &work.course).to_owned());
    el("span").child(text).child(el("span").class("zone").child(format!(" ({course})")))
}

fn session_line(app: App, session: &Webinar) -> El {
    let t = app.text.week();
    let dates = app.dates();
    let (from, to) = (dates.time(session.starts), dates.time(session.ends));
    let time = if session.ends > session.starts { format!("{from} to {to}") } else { from };
    let mut ways = Vec::new();
    ways.extend(session.place.clone());
    if session.place.is_none() && session.join.is_some() {
        ways.push(t.online.into());
    }
    ways.extend(session.telephone.as_deref().map(t.by_telephone));
    ways.extend(session.pin.as_deref().map(t.pin));
    let ways = if ways.is_empty() { String::new() } else { format!(". {}", ways.join(", ")) };
    el("span").child((t.session)(&time, &session.title)).child(ways)
}

/// Everybody with a number, and the numbers for when it is not safe.
fn people(app: App) -> El {
    let t = app.text.week();
    let mut list = Vec::new();
    for (contact, _) in help::contacts(app) {
        let Some(number) = contact.telephone else { continue };
        let about = format!(" {}, {}", contact.name, (app.text.common.role)(contact.role));
        let hours = contact.hours.map(|hours| format!(". {hours}"));
        list.push(el("li").child(telephone(&number)).child(about).child(hours));
    }
    let none = list.is_empty().then(|| el("p").child(t.no_people));
    for (number, what) in t.emergency {
        list.push(el("li").child(telephone(number)).child(format!(" {what}")));
    }
    el("div").child(none).child(el("ul").child(list))
}

/// The same words that are signed in the portal, with room to write.
fn form(app: App) -> El {
    let t = app.text.week();
    let said: Vec<_> =
        (app.text.declaration().statements)().statements.into_iter().map(|said| el("li").child(said)).collect();
    let blank = |label: &str| el("p").class("blank").child(label);
    el("section")
        .child(el("h2").child(t.form))
        .child(el("p").class("no-print").child(t.form_text))
        .child(el("ol").child(said))
        .child(t.lines.iter().map(|label| blank(label)).collect::<Vec<_>>())
}
