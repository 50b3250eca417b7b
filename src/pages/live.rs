use super::{
    attendance,
    deadlines::{nothing_came, waiting},
    help::to_ask,
    requests,
    understanding::has_check,
    voice::to_voice,
};
use crate::{
    browser::{
        dom::{El, el, slot},
        online,
    },
    components::{Row, Tone, go, host_of, outside, rows, span, tag, telephone, title},
    route::My,
    state::{
        agenda::{self, Phase},
        app::App,
        records,
    },
};
use contract::{
    request::{About, AskKind},
    webinar::Webinar,
};

/// Sessions to come and sessions that were.
#[must_use]
pub fn live(app: App) -> El {
    let t = &app.text.live;
    let list = move |sessions: Vec<Webinar>, none: &str| {
        if sessions.is_empty() {
            return el("p").child(none);
        }
        let items: Vec<_> = sessions.iter().map(|s| el("li").child(whole(app, s))).collect();
        el("ul").class("cards").child(items)
    };
    let to_attendance = go(&My::Attendance.into(), app.text.attendance().title);
    let to_attendance = el("p").class("more no-print").child(to_attendance);
    el("div").child(title(app, t.title)).child(to_attendance).child(slot(move || {
        if nothing_came(app) {
            return vec![waiting(app)];
        }
        let (next, past) = app.records.with(|r| agenda::sessions(r, app.now.get()));
        vec![el("h2").child(t.next), list(next, t.none_next), el("h2").child(t.past), list(past, t.none_past)]
    }))
}

/// One session, under a heading of the second level: when, how to get in, and what it costs.
#[must_use]
pub fn card(app: App, session: &Webinar) -> El {
    let t = &app.text.live;
    let phase = agenda::phase(session, app.now.get());
    let course = app.records.with(|r| records::course_title(r, &session.course).to_string());
    let coming = matches!(phase, Phase::Coming | Phase::Open);
    let state = match phase {
        Phase::Open => Some((Tone::Good, t.open_now)),
        Phase::Cancelled => Some((Tone::Bad, t.cancelled)),
        Phase::Over => Some((Tone::Plain, t.over)),
        Phase::Coming => None,
    };
    let mut list = Vec::new();
    if coming {
        list.extend(session.place.as_deref().map(|place| Row::new(t.place, place)));
        list.extend(session.telephone.as_deref().map(|number| Row::new(t.telephone, telephone(number))));
        list.extend(session.pin.as_deref().map(|pin| Row::new(t.pin, el("span").class("code").child(pin))));
    }
    list.extend(session.about.as_deref().map(|about| Row::new(t.about, el("p").class("lines").child(about))));
    let saves = || app.less_data.get() || online::saves_data();
    let thrifty = coming && session.join.is_some() && session.telephone.is_some() && saves();
    let facts = if list.is_empty() { el("div") } else { rows(list) };
    let join = if coming { join(app, session, phase == Phase::Open && !thrifty) } else { el("div") };
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(session.title.as_str()))
        .child(el("p").class("card__main").child(span(app, session.starts, session.ends)))
        .child(el("p").class("card__more").child(format!("{course} · {}", (app.text.common.mode)(session.mode))))
        .child(state.map(|(tone, text)| el("p").class("tags").child(tag(tone, text))))
        .child(if thrifty { vec![el("p").child(t.less_data), facts, join] } else { vec![join, facts] })
}

/// With all that its learner can say and is told of it.
fn whole(app: App, session: &Webinar) -> El {
    card(app, session).child(attendance::at_session(app, session)).child(ways(app, session))
}

/// What a learner can say about a session: that they cannot come, why they did not, how somebody behaved; and what they have said.
fn ways(app: App, session: &Webinar) -> El {
    let t = app.text.ask();
    let id = session.id.as_str();
    let about = About::Webinar(session.id.clone());
    let way = |kind, label: &str| {
        let link = go(&to_ask(kind, Some(id)), &(t.of)(label, &session.title));
        el("p").class("more no-print").child(link)
    };
    let said = |kind| requests::asked(app, kind, &about, id);
    let mut lines = [said(AskKind::Apology), said(AskKind::MissedReason)].concat();
    let has_said = requests::stands(app, &[AskKind::Apology, AskKind::MissedReason], &about, id);
    match agenda::phase(session, app.now.get()) {
        Phase::Cancelled => {}
        Phase::Coming | Phase::Open if !has_said => lines.push(way(AskKind::Apology, t.cannot_come)),
        Phase::Over if !has_said => lines.push(way(AskKind::MissedReason, t.missed)),
        _ => {}
    }
    lines.extend(has_check(app, id));
    if session.starts <= app.now.get() && !session.cancelled {
        lines.push(el("p").class("more no-print").child(to_voice(app, session)));
    }
    lines.extend(said(AskKind::ReportConduct));
    if matches!(agenda::phase(session, app.now.get()), Phase::Open | Phase::Over) {
        lines.push(way(AskKind::ReportConduct, t.report_conduct));
    }
    el("div").child(lines)
}

/// The way in, and before it what it costs. The link is there before the session too: a learner may want to try it, and their clock
/// may be wrong. `first`: it is what to do now.
fn join(app: App, session: &Webinar, first: bool) -> El {
    let t = &app.text.live;
    let Some(link) = &session.join else {
        // A room needs no link.
        return el("div").child(session.place.is_none().then(|| el("p").child(t.no_link)));
    };
    let Some(host) = host_of(link) else {
        return el("p").class("notice").child(t.unsafe_link);
    };
    let coming = agenda::phase(session, app.now.get()) == Phase::Coming;
    let class = if first { "button" } else { "button button--second" };
    el("div")
        .child(coming.then(|| el("p").child((t.opens)(&app.dates().time(session.opens())))))
        .child(el("p").class("hint").child(format!("{}, {}.", (t.host)(host), price(app, session))))
        .child(el("p").child(outside(app, Some(class), link, &(t.join_named)(&session.title))))
}

/// What the whole session takes of the learner's data; where its end is not known, an hour of it.
fn price(app: App, session: &Webinar) -> String {
    let t = &app.text.live;
    match (session.data_mb_per_hour, agenda::megabytes(session)) {
        (_, Some(all)) => (t.data_session)(all),
        (Some(hour), None) => (t.data)(hour),
        (None, None) => t.data_unknown.into(),
    }
}
