use super::keep;
use crate::{
    browser::{
        dom::{El, el, slot},
        focus,
    },
    components::{Errors, TextField, button, text_field},
    signal::{Memo, RwSignal},
    state::{
        app::App,
        studying::{Studying, clock, clock_text, minutes, plan_name},
    },
    text::format,
};
use chrono::Weekday;
use contract::{
    act::Deed,
    study::{PlanStudy, StudyDay},
};
use leptos::prelude::untrack;

const PLAN: &str = "plan";
const DAYS: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
/// The ids of the boxes, where faults lead.
const STARTS: [&str; 7] = ["plan-1", "plan-2", "plan-3", "plan-4", "plan-5", "plan-6", "plan-7"];

/// A start and minutes for each weekday, as they are typed.
type Typed = [[RwSignal<String>; 2]; 7];

/// The plan as it stands, and the form by which it is changed.
pub fn plan(app: App, errors: Errors, shown: Memo<Studying>) -> El {
    let t = app.text.study();
    let open = RwSignal::new(false);
    let typed: Typed = [[(); 2]; 7].map(|day| day.map(|()| RwSignal::new(String::new())));
    let stands = slot(move || shown.with(|shown| plan_as_it_stands(app, shown)));
    let change = move || {
        let days = untrack(|| shown.with(|shown| shown.plan.clone()));
        for ([start, length], number) in typed.iter().zip(1..) {
            let day = days.iter().find(|day| day.weekday == number);
            start.set(day.map(|day| clock_text(day.from)).unwrap_or_default());
            length.set(day.map(|day| day.minutes.to_string()).unwrap_or_default());
        }
        open.set(true);
        focus::later(STARTS[0]);
    };
    let form = slot(move || match open.get() {
        true => form(app, errors, typed, open),
        false => button("button button--second no-print", t.plan_change, change),
    });
    el("section").child(el("h2").id(PLAN).attr("tabindex", "-1").child(t.plan)).child(stands).child(form)
}

fn plan_as_it_stands(app: App, shown: &Studying) -> El {
    let t = app.text.study();
    let line = |day: &StudyDay| {
        let name = DAYS.get((day.weekday as usize).wrapping_sub(1)).map_or("", |day| format::weekday(*day));
        let (from, until) = (format::clock_time(day.from), format::clock_time((day.from + day.minutes) % 1_440));
        el("li").child((t.plan_line)(name, &from, &until, &format::length(day.minutes)))
    };
    let list = match shown.plan.is_empty() {
        true => el("p").child(t.plan_none),
        false => el("ul").child(shown.plan.iter().map(line).collect::<Vec<_>>()),
    };
    let waits = shown.plan_waits.then(|| el("p").class("notice").child(t.plan_waits));
    el("div").child(waits).child(list)
}

fn form(app: App, errors: Errors, typed: Typed, open: RwSignal<bool>) -> El {
    let t = app.text.study();
    let day = |(n, [start, length]): (usize, [RwSignal<String>; 2])| {
        let (name, id) = (format::weekday(DAYS[n]), STARTS[n]);
        let field = |id: &str, label: &str, kind, text: RwSignal<String>| {
            let field = TextField { id, label, kind: Some(kind), ..TextField::default() };
            text_field(errors, &field, move || text.get(), move |typed| text.set(typed))
        };
        el("div").class("pair").child(field(id, &(t.plan_start)(name), "time", start)).child(field(
            &format!("{id}-minutes"),
            &(t.plan_minutes)(name),
            "number",
            length,
        ))
    };
    let days: Vec<_> = typed.into_iter().enumerate().map(day).collect();
    el("form")
        .class("no-print")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", move || save(app, errors, typed, open))
        .child(el("p").child(t.plan_text))
        .child(days)
        .child(el("button").class("button").attr("type", "submit").child(t.plan_save))
}

fn save(app: App, errors: Errors, typed: Typed, open: RwSignal<bool>) {
    let t = app.text.study();
    let (mut days, mut faults) = (Vec::new(), Vec::new());
    for (n, [start, length]) in typed.into_iter().enumerate() {
        let (start, length) = (start.get_untracked(), length.get_untracked());
        if start.trim().is_empty() && length.trim().is_empty() {
            continue;
        }
        match (clock(&start), minutes(&length, 1)) {
            (Some(from), Some(minutes)) => days.push(StudyDay { weekday: n as u32 + 1, from, minutes }),
            _ => faults.push((STARTS[n].to_owned(), (t.plan_fault)(format::weekday(DAYS[n])))),
        }
    }
    if app.signing.get_untracked() || !errors.show(faults) {
        return;
    }
    let name = (plan_name(&days), t.plan_title.to_owned());
    keep(app, errors, STARTS[0], Deed::PlanStudy(PlanStudy { days }), name, move || {
        open.set(false);
        focus::later(PLAN);
    });
}
