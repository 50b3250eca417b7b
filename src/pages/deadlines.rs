use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{Tone, action, tag, title, when},
    route::Route,
    signal::{Memo, RwSignal},
    state::{
        agenda::{self, Group},
        app::{App, Link},
        records,
    },
};
use contract::{deadline::Assignment, delta::Records, ids::CourseId};

const COURSE: &str = "course";

/// Everything that is due, in the groups a learner would look in.
#[must_use]
pub fn deadlines(app: App) -> El {
    let t = &app.text.deadlines;
    let course = RwSignal::new(None::<CourseId>);
    let courses = Memo::new(move || app.records.with(|r| r.courses.clone()));
    let filter = slot(move || {
        let courses = courses.get();
        (courses.len() > 1).then(|| {
            let chosen = course.get_untracked();
            let option = |id: &str, title: &str, chosen: bool| {
                el("option").attr("value", id).attr_if("selected", chosen.then_some("")).child(title)
            };
            let options: Vec<_> =
                courses.iter().map(|c| option(c.id.as_str(), &c.title, chosen.as_ref() == Some(&c.id))).collect();
            let list = el("select")
                .id(COURSE)
                .class("input")
                .child(option("", t.all_courses, chosen.is_none()))
                .child(options)
                .on_choice(move |id| course.set((!id.is_empty()).then_some(CourseId(id))));
            el("div")
                .class("field no-print")
                .child(el("label").class("label").attr("for", COURSE).child(t.course))
                .child(list)
        })
    });
    let list = slot(move || if nothing_came(app) { vec![waiting(app)] } else { groups(app, course.get()) });
    el("div").child(title(app, t.title)).child(filter).child(list).child(action(app.text.common.print, page::print))
}

/// Whether nothing has ever come from the server on this device.
#[must_use]
pub fn nothing_came(app: App) -> bool {
    app.records.with(|r| *r == Records::default()) && !matches!(app.link.get(), Link::UpToDate(_))
}

/// The first seconds, or the first hours without a network.
#[must_use]
pub fn waiting(app: App) -> El {
    let c = &app.text.common;
    let line = match app.link.get() {
        Link::Unreachable(_) => c.nothing_yet_offline,
        _ => c.nothing_yet_online,
    };
    el("p").class("notice").child(c.nothing_yet).child(" ").child(line)
}

/// All work with its group, as it stands now.
#[must_use]
pub fn agenda(app: App) -> Vec<(Group, Assignment)> {
    let dates = app.dates();
    let now = app.now.get();
    app.with_declared(|d| agenda::deadlines(d, now, |time| dates.zone_day(time)))
}

fn groups(app: App, course: Option<CourseId>) -> Vec<El> {
    let t = &app.text.deadlines;
    let mut all = agenda(app);
    all.retain(|(_, a)| course.as_ref().is_none_or(|c| a.course == *c));
    if all.is_empty() {
        return vec![el("p").class("notice").child(if course.is_some() { t.none_of_course } else { t.none })];
    }
    let section = |group| {
        let cards: Vec<_> =
            all.iter().filter(|(g, _)| *g == group).map(|(g, a)| el("li").child(card(app, *g, a))).collect();
        (!cards.is_empty()).then(|| {
            let count = el("span").class("count").child(format!(" ({})", cards.len()));
            el("section")
                .child(el("h2").child((t.group)(group)).child(count))
                .child(el("ul").class("cards").child(cards))
        })
    };
    Group::ALL.into_iter().filter_map(section).collect()
}

/// One deadline, under a heading of the second level.
#[must_use]
pub fn card(app: App, group: Group, assignment: &Assignment) -> El {
    let t = &app.text.deadlines;
    let due = app.records.with(|r| records::due(r, assignment));
    let extended = due != assignment.due;
    let course = app.records.with(|r| records::course_title(r, &assignment.course).to_string());
    let mut tags = Vec::new();
    if group == Group::Late {
        tags.push(tag(Tone::Bad, t.late));
    }
    if extended {
        tags.push(tag(Tone::Plain, t.extended));
    }
    tags.extend(state(app, assignment).map(|(tone, text)| tag(tone, text)));
    let link = el("a").attr("href", &Route::Deadline(assignment.id.clone()).href()).child(assignment.title.as_str());
    el("article")
        .class(if group == Group::Late { "card card--late" } else { "card" })
        .child(el("h3").class("card__title").child(link))
        .child(el("p").class("card__main").child(when(app, due, assignment.all_day && !extended)))
        .child(el("p").class("card__more").child(format!("{course} · {}", (app.text.common.mode)(assignment.mode))))
        .child((!tags.is_empty()).then(|| el("p").class("tags").child(tags)))
}

/// What has happened to a piece of work: called off, declared, declared but not sent.
#[must_use]
pub fn state(app: App, assignment: &Assignment) -> Option<(Tone, &'static str)> {
    let t = &app.text.deadlines;
    if assignment.cancelled {
        Some((Tone::Plain, t.cancelled))
    } else if app.unsent_work().iter().any(|(id, _)| *id == assignment.id) {
        Some((Tone::Wait, t.declared_unsent))
    } else {
        // All of them withdrawn, or one that stands.
        let withdrawn = app.records.with(|r| records::receipts_of(r, &assignment.id)).into_iter();
        let withdrawn = withdrawn.map(|r| r.withdrawn_at.is_some()).reduce(|all, one| all && one);
        withdrawn.map(|all| if all { (Tone::Plain, t.withdrawn) } else { (Tone::Good, t.declared) })
    }
}
