use super::{
    act::{self, Act},
    deadlines::{nothing_came, waiting},
    help::to_ask,
    requests,
};
use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{Row, Tone, action, go, rows, span, tag, title},
    route::Route,
    state::{
        agenda::{self, Phase},
        app::App,
    },
};
use contract::{
    act::Deed,
    attendance::{Arrive, Attendance, Count, FollowUp, Standing, standing},
    request::{About, AskKind},
    webinar::Webinar,
};

/// Each session that was, with its mark, and what they come to.
#[must_use]
pub fn attendance(app: App) -> El {
    let t = app.text.attendance();
    el("div").child(el("p").class("back no-print").child(go(&Route::Live, t.back))).child(title(app, t.title)).child(
        slot(move || {
            if nothing_came(app) {
                return vec![waiting(app)];
            }
            let past = app.records.with(|r| agenda::sessions(r, app.now.get()).1);
            if past.is_empty() {
                return vec![el("p").class("notice").child(t.none)];
            }
            let mut count = Count::default();
            let mut cards = Vec::new();
            for session in &past {
                let known = of(app, session);
                count.add(standing(session, known.as_ref()));
                cards.push(el("li").child(card(app, session, known)));
            }
            let rules: Vec<_> = t.rules.iter().map(|rule| el("li").child(*rule)).collect();
            vec![
                sum(app, count),
                el("h2").child(t.how),
                el("ul").child(rules),
                el("p").class("more no-print").child(go(&to_ask(AskKind::Learning, None), t.wrong)),
                el("h2").child(t.each),
                el("ul").class("cards").child(cards),
                action(app.text.common.print, page::print),
            ]
        }),
    )
}

fn sum(app: App, count: Count) -> El {
    let t = app.text.attendance();
    let Some(percentage) = count.percentage() else { return el("p").class("notice").child(t.nothing_counts) };
    let came = el("p")
        .child(el("strong").child((t.percentage)(percentage)))
        .child(format!(" · {}", (t.came_value)(count.attended, count.counted)));
    let late = (count.minutes_late > 0).then(|| format!(" · {}", (t.late_in_all)(count.minutes_late)));
    let on_time = el("p").child((t.on_time_value)(count.on_time, count.attended)).child(late);
    rows(vec![Row::new(t.came, came), Row::new(t.on_time, on_time)])
}

/// One session that is over, and what its learner can say of it.
fn card(app: App, session: &Webinar, known: Option<Attendance>) -> El {
    let id = session.id.as_str();
    let stands = standing(session, known.as_ref());
    let about = About::Webinar(session.id.clone());
    let said = |kind| requests::asked(app, kind, &about, id);
    let mut lines = [said(AskKind::Apology), said(AskKind::MissedReason)].concat();
    let missed = known.as_ref().is_some_and(|known| known.follow_up.is_some());
    let has_said = requests::stands(app, &[AskKind::Apology, AskKind::MissedReason], &about, id);
    if !has_said && (missed || matches!(stands, Standing::Absent | Standing::Unmarked)) {
        let ask = app.text.ask();
        let link = go(&to_ask(AskKind::MissedReason, Some(id)), &(ask.of)(ask.missed, &session.title));
        lines.push(el("p").class("more no-print").child(link));
    }
    el("article")
        .class("card")
        .child(el("h3").class("card__title").child(session.title.as_str()))
        .child(el("p").class("card__main").child(span(app, session.starts, session.ends)))
        .child(el("p").class("tags").child(mark(app, stands)))
        .child(facts(app, known))
        .child(lines)
}

/// What a live session's card has besides: at joining, 'I am here' and how to behave; later, how it stands.
pub fn at_session(app: App, session: &Webinar) -> El {
    let t = app.text.attendance();
    let phase = agenda::phase(session, app.now.get());
    let known = of(app, session);
    let has_said = known.as_ref().and_then(|known| known.arrival.as_ref()).is_some_and(|said| !said.to_check);
    let mut parts = Vec::new();
    if phase == Phase::Open {
        let rules: Vec<_> = t.conduct.iter().map(|rule| el("li").child(*rule)).collect();
        parts.push(el("p").class("no-print").child(el("strong").child(t.conduct_title)));
        parts.push(el("ul").class("no-print").child(rules));
        if !has_said {
            parts.push(el("p").class("hint").child(t.here_text));
            parts.push(here(app, session));
        }
    }
    if phase == Phase::Over {
        parts.push(el("p").class("tags").child(mark(app, standing(session, known.as_ref()))));
    }
    parts.extend(facts(app, known));
    el("div").child(parts)
}

fn here(app: App, session: &Webinar) -> El {
    let t = app.text.attendance();
    let webinar = session.id.clone();
    let name = format!("act/arrive/{webinar}");
    let shown = Act { name, label: t.here, title: (t.here_title)(&session.title) };
    act::act(app, shown, move || Deed::Arrive(Arrive { webinar: webinar.clone() }))
}

fn of(app: App, session: &Webinar) -> Option<Attendance> {
    app.records.with(|r| r.of::<Attendance>()).into_iter().find(|known| known.webinar == session.id)
}

fn mark(app: App, stands: Standing) -> El {
    let t = app.text.attendance();
    match stands {
        Standing::Present => tag(Tone::Good, t.present),
        Standing::Late(Some(minutes)) => tag(Tone::Wait, &(t.late_by)(minutes)),
        Standing::Late(None) => tag(Tone::Wait, t.late),
        Standing::Absent => tag(Tone::Bad, t.absent),
        Standing::Excused => tag(Tone::Plain, t.excused),
        Standing::ToCheck => tag(Tone::Wait, t.to_check),
        Standing::Unmarked => tag(Tone::Plain, t.unmarked),
        Standing::CalledOff => tag(Tone::Plain, t.called_off),
    }
}

/// What its learner said, what the tutor put down, and who follows up.
fn facts(app: App, known: Option<Attendance>) -> Vec<El> {
    let t = app.text.attendance();
    let Some(known) = known else { return Vec::new() };
    let dates = app.dates();
    let mut lines = Vec::new();
    if let Some(said) = known.arrival {
        lines.push(el("p").child(match said.to_check {
            true => (t.you_said_odd)(&dates.date_time(said.at)),
            false => (t.you_said)(&dates.time(said.at), said.minutes_late),
        }));
    }
    if let Some(marked) = known.mark {
        let role = (app.text.requests().role)(marked.by.role);
        lines.push(el("p").child((t.marked_by)(&marked.by.name, role, &dates.date(marked.at))));
        if let Some(note) = marked.note {
            lines.push(el("p").class("lines").child(el("strong").child(t.note)).child(" ").child(note));
        }
    }
    lines.extend(known.follow_up.map(|follow_up| followed_up(app, follow_up)));
    lines
}

fn followed_up(app: App, follow_up: FollowUp) -> El {
    let t = app.text.attendance();
    let words = |text: Option<String>| text.map(|text| el("p").class("lines").child(text));
    let notice = el("div")
        .class("notice")
        .child(el("p").child(el("strong").child(t.missed)))
        .child(words(follow_up.text))
        .child(el("p").child((t.follow_up)(&follow_up.who, &app.dates().full_day(follow_up.until))));
    match follow_up.ended {
        Some(ended) => {
            notice.child(el("p").child((t.ended)(&ended.by.name, &app.dates().date(ended.at)))).child(words(ended.text))
        }
        None => notice
            .child(el("p").child(t.reply))
            .child(el("p").class("more no-print").child(go(&to_ask(AskKind::CallBack, None), t.call_me))),
    }
}
