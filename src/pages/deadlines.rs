use crate::{
    browser::{
        dom::{El, el, slot},
        page,
        pieces::Pieces,
    },
    components::{Tone, action, tag, title, when},
    route::Route,
    signal::{Memo, RwSignal, follow},
    state::{
        agenda::{self, Group},
        app::{App, Link},
        records,
    },
};
use chrono::{DateTime, Utc};
use contract::{deadline::Assignment, delta::Records, ids::CourseId, receipt::Receipt};

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
    let first = slot(move || nothing_came(app).then(|| waiting(app)));
    let none = el("p").class("notice");
    let lists = Group::ALL.map(|_| el("ul").class("cards"));
    let counts = Group::ALL.map(|_| el("span").class("count"));
    let section = |group| {
        let heading = el("h2").child((t.group)(group)).child(counts[group as usize].clone());
        el("section").child(heading).child(lists[group as usize].clone())
    };
    let sections = Group::ALL.map(section);
    let page = el("div").child(title(app, t.title)).child(filter).child(first).child(none.clone());
    let page = page.child(sections.clone()).child(action(app.text.common.print, page::print));
    let pieces = Pieces::of(&lists, Card::id, move |card| el("li").child(card.article(app)));
    follow(Box::new(move || {
        let mut all = [const { Vec::new() }; Group::ALL.len()];
        for card in cards(app, course.get()) {
            all[card.group as usize].push(card);
        }
        // A group is seen while there is work in it.
        for (n, cards) in all.iter().enumerate() {
            sections[n].hide(cards.is_empty());
            counts[n].set_text(&format!(" ({})", cards.len()));
        }
        none.set_text(if course.get().is_some() { t.none_of_course } else { t.none });
        none.hide(nothing_came(app) || all.iter().any(|cards| !cards.is_empty()));
        pieces.show(all);
    }));
    page
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
    // Asked for again with each piece of work.
    let today = dates.zone_day(now);
    app.with_declared(|d| agenda::deadlines(d, now, |time| if time == now { today } else { dates.zone_day(time) }))
}

/// What a card shows of one piece of work.
#[derive(Clone, PartialEq)]
struct Card {
    group: Group,
    assignment: Assignment,
    /// As extended.
    due: DateTime<Utc>,
    course: String,
    state: Option<(Tone, &'static str)>,
}

fn cards(app: App, course: Option<CourseId>) -> Vec<Card> {
    let mut all = agenda(app);
    all.retain(|(_, a)| course.as_ref().is_none_or(|c| a.course == *c));
    all.into_iter().map(|(group, assignment)| Card::of(app, group, assignment)).collect()
}

/// One deadline, under a heading of the third level.
#[must_use]
pub fn card(app: App, group: Group, assignment: Assignment) -> El {
    Card::of(app, group, assignment).article(app)
}

impl Card {
    fn id(&self) -> &str {
        self.assignment.id.as_str()
    }

    fn of(app: App, group: Group, assignment: Assignment) -> Self {
        let due = app.records.with(|r| records::due(r, &assignment));
        let course = app.records.with(|r| records::course_title(r, &assignment.course).to_string());
        // What is done without any of this was handed in some other way.
        let handed_in = (group == Group::Done).then_some((Tone::Good, app.text.deadlines.handed_in));
        let state = state(app, &assignment).or(handed_in);
        Self { group, assignment, due, course, state }
    }

    fn article(&self, app: App) -> El {
        let Self { group, assignment, due, course, state } = self;
        let t = &app.text.deadlines;
        let extended = *due != assignment.due;
        let mut tags = Vec::new();
        if *group == Group::Late {
            tags.push(tag(Tone::Bad, t.late));
        }
        if extended {
            tags.push(tag(Tone::Plain, t.extended));
        }
        tags.extend(state.map(|(tone, text)| tag(tone, text)));
        let link =
            el("a").attr("href", &Route::Deadline(assignment.id.clone()).href()).child(assignment.title.as_str());
        el("article")
            .class(if *group == Group::Late { "card card--late" } else { "card" })
            .child(el("h3").class("card__title").child(link))
            .child(el("p").class("card__main").child(when(app, *due, assignment.all_day && !extended)))
            .child(el("p").class("card__more").child(format!("{course} · {}", (app.text.common.mode)(assignment.mode))))
            .child((!tags.is_empty()).then(|| el("p").class("tags").child(tags)))
    }
}

/// What has happened to a piece of work: called off, declared, declared but not sent.
#[must_use]
pub fn state(app: App, assignment: &Assignment) -> Option<(Tone, &'static str)> {
    let t = &app.text.deadlines;
    if assignment.cancelled {
        Some((Tone::Plain, t.cancelled))
    } else if app.unsent_work().iter().any(|(id, _)| *id == assignment.id) {
        Some((Tone::Wait, t.declared_unsent))
    } else if app.is_declared(&assignment.id) {
        Some((Tone::Good, t.declared))
    } else {
        // What is to be done again has no state.
        let is_withdrawn = |r: &Receipt| r.assignment == assignment.id && r.withdrawn_at.is_some();
        app.records.with(|r| r.receipts.iter().any(is_withdrawn)).then_some((Tone::Plain, t.withdrawn))
    }
}
