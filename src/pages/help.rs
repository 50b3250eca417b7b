use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{Tone, action, go, mail, second_button, tag, telephone, title},
    route::{Help, My, Route},
    signal::Memo,
    state::{
        app::App,
        asking,
        hours::{self, Standing},
        order, records,
    },
    text::format,
};
use chrono::{Datelike, NaiveDate};
use contract::{
    course::{Contact, Role},
    hours::{Holiday, Nation, StaffedHours},
    request::AskKind,
};

/// Whom to reach now, and what to ask for.
#[must_use]
pub fn help(app: App) -> El {
    let t = app.text.help();
    // On paper they lead nowhere.
    let ways = |heading: &str, kinds: &[(AskKind, &'static str)]| {
        let way =
            |(kind, label): &(AskKind, &'static str)| el("li").class("more").child(go(&to_ask(*kind, None), label));
        let list = el("ul").class("plain-list").child(kinds.iter().map(way).collect::<Vec<_>>());
        el("section").class("no-print").child(el("h2").child(heading)).child(list)
    };
    let paper: Vec<_> = t.paper_text.iter().map(|line| el("li").child(*line)).collect();
    el("div")
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(el("p").class("no-print").child(second_button(&Help::Requests.into(), t.yours)))
        .child(ways(t.ask, &t.kinds))
        .child(ways(t.report, &t.reports))
        .child(el("h2").child(t.people))
        .child(people(app))
        .child(el("p").class("more no-print").child(go(&My::Accessibility.into(), app.text.accessibility().title)))
        .child(el("h2").child(t.paper))
        .child(el("ul").child(paper))
        .child(action(app.text.common.print, page::print))
}

/// The way to the form of a kind.
pub fn to_ask(kind: AskKind, about: Option<&str>) -> Route {
    Help::Ask(asking::word(kind).into(), about.map(Into::into)).into()
}

/// Everybody of whom the learner has been told, whether they answer now, and how to reach them.
pub fn people(app: App) -> El {
    let t = app.text.help();
    // Built anew only when somebody opens or closes, not whenever the clock moves.
    let known = Memo::new(move || contacts(app));
    let list = slot(move || {
        let people: Vec<_> = known.get().into_iter().map(|(who, standing)| person(app, who, standing)).collect();
        match people.is_empty() {
            true => el("p").child(t.none),
            false => el("ul").class("cards").child(people),
        }
    });
    el("div").child(el("p").class("hint").child(t.times)).child(list)
}

fn person(app: App, who: Contact, standing: Option<Standing>) -> El {
    let t = app.text.help();
    let course = who.course.as_ref().map(|id| app.records.with(|r| records::course_title(r, id).to_string()));
    let role = (app.text.common.role)(who.role);
    let what = course.map_or(role.into(), |course| format!("{role}, {course}"));
    let call_me = go(&to_ask(AskKind::CallBack, Some(who.id.as_str())), &(t.call_me)(&who.name));
    let line = |part: El| el("p").child(part);
    let card = el("article")
        .class("card")
        .child(el("h3").class("card__title").child(who.name))
        .child(el("p").class("card__more").child(what))
        .child((standing.is_some() || who.telephone.is_some()).then(|| el("p").class("tags").child(now(app, standing))))
        .child(who.telephone.map(|number| line(telephone(&number))))
        .child(who.email.map(|address| line(mail(&address, &(t.write)(&address)))))
        .child(who.hours.map(|hours| el("p").class("card__more").child(hours)))
        .child(line(call_me).class("no-print"));
    el("li").child(card)
}

/// Whether somebody answers now, or when they do next.
fn now(app: App, standing: Option<Standing>) -> El {
    let t = app.text.help();
    match standing {
        Some(Standing::Open { until }) => tag(Tone::Good, &(t.open)(&format::clock_time(until))),
        Some(Standing::Opens { day, from }) => {
            let today = app.dates().zone_day(app.now.get_untracked());
            let day = if day == today { t.today.into() } else { name_of(app, day, day - today < 7) };
            tag(Tone::Wait, &(t.closed)(&(t.at)(&day, &format::clock_time(from))))
        }
        None => el("span").child(t.not_known),
    }
}

/// `Monday`, or with its date where that is more than a week away.
fn name_of(app: App, day: i64, weekday_alone: bool) -> String {
    let date = i32::try_from(day).ok().and_then(NaiveDate::from_epoch_days).unwrap_or_default();
    if weekday_alone { format::weekday(date.weekday()).into() } else { app.dates().full_day(date) }
}

/// The contacts in the order in which most are needed, each with how it stands now.
pub fn contacts(app: App) -> Vec<(Contact, Option<Standing>)> {
    let rank = |role| match role {
        Role::Tutor => 0,
        Role::Assessor => 1,
        Role::LearnerSupport => 2,
        Role::Technical => 3,
        Role::SafeguardingLead => 4,
        Role::Mentor => 5,
        Role::Other => 6,
    };
    let (dates, now) = (app.dates(), app.now.get());
    let (day, minute) = (dates.zone_day(now), dates.minute(now));
    app.records.with(|r| {
        let mut off = Vec::new();
        for holiday in r.of::<Holiday>() {
            if holiday.nation == Nation::England {
                off.push(i64::from(holiday.date.to_epoch_days()));
            }
        }
        let hours = r.of::<StaffedHours>();
        let mut all = Vec::new();
        for contact in &r.contacts {
            let own: Vec<_> = hours.iter().filter(|hours| hours.contact == contact.id).cloned().collect();
            all.push((contact.clone(), hours::standing(&own, &off, day, minute)));
        }
        order::sort(&mut all, |(a, _), (b, _)| (rank(a.role), &a.name) < (rank(b.role), &b.name));
        all
    })
}
