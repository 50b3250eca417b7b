//! Feedback on a piece of work: by which day it is promised, what it says, and what can be asked about it.

use super::{deadline::contacts, help::to_ask, reading::have_read, requests};
use crate::{
    browser::dom::{El, el},
    components::{Row, Tone, go, rows, tag, when},
    state::{app::App, news::id_of, order},
};
use contract::{
    act::ReadKind,
    deadline::Assignment,
    feedback::{Feedback, FeedbackGiven, WorkOutcome},
    ids::AssignmentId,
    request::{About, AskKind},
};

/// What is promised and given of one piece of work, the latest attempt first.
pub fn of(app: App, id: &AssignmentId) -> Vec<Feedback> {
    let mut all = app.records.with(|r| r.of::<Feedback>());
    all.retain(|feedback| feedback.assignment == *id);
    order::sort(&mut all, |a, b| a.attempt > b.attempt);
    all
}

/// Nothing where nothing was handed in.
pub fn feedback(app: App, work: &Assignment, all: Vec<Feedback>) -> Option<El> {
    let t = app.text.feedback();
    let waits = app.unsent().iter().any(|item| item.declares() && item.work.assignment == work.id);
    if all.is_empty() && !waits {
        return None;
    }
    let several = all.len() > 1;
    let is_given = all.iter().any(|feedback| feedback.given.is_some());
    let mut parts = Vec::new();
    for feedback in all {
        parts.extend(several.then(|| el("h3").child((t.attempt)(feedback.attempt))));
        parts.push(match &feedback.given {
            Some(given) => shown(app, work, &feedback, given),
            None => promised(app, work, &feedback),
        });
    }
    Some(
        el("section")
            .child(el("h2").child(t.title))
            .child(waits.then(|| el("p").child(t.waits)))
            .child(parts)
            .child(is_given.then(|| question(app, &work.id))),
    )
}

/// By which day it comes; where that day is over, plainly so, and whom to call.
fn promised(app: App, work: &Assignment, feedback: &Feedback) -> El {
    let t = app.text.feedback();
    let dates = app.dates();
    let handed_in = feedback.handed_in_at.map(|at| Row::new(t.handed_in, when(app, at, false)));
    let day = feedback.promised_by.map(|day| (i64::from(day.to_epoch_days()), dates.full_day(day)));
    let late = day.as_ref().filter(|(day, _)| *day < dates.zone_day(app.now.get()));
    let late = late.map(|(_, day)| {
        el("div")
            .child(el("p").class("tags").child(tag(Tone::Bad, t.late)))
            .child(el("p").child((t.late_text)(day)))
            .child(contacts(app, &work.course))
    });
    let mut facts: Vec<_> = handed_in.into_iter().collect();
    facts.push(Row::new(t.promised, day.map_or_else(|| t.no_promise.into(), |(_, day)| day)));
    el("div").child(late).child(rows(facts))
}

fn shown(app: App, work: &Assignment, feedback: &Feedback, given: &FeedbackGiven) -> El {
    let t = app.text.feedback();
    let mut facts = Vec::new();
    if given.outcome != WorkOutcome::None {
        facts.push(Row::new(t.outcome, el("strong").child((t.outcomes)(given.outcome))));
    }
    facts.push(Row::new(t.from, (t.by)(&given.by.name, (app.text.requests().role)(given.by.role))));
    facts.extend(feedback.handed_in_at.map(|at| Row::new(t.handed_in, when(app, at, false))));
    facts.push(Row::new(t.given, when(app, given.given_at, false)));
    facts.extend(given.changed_at.map(|at| Row::new(t.changed, when(app, at, false))));
    let learner = app.who().map(|who| who.learner).unwrap_or_default();
    let id = id_of(learner.as_str(), feedback);
    el("div")
        .child(given.changed_at.map(|_| el("p").class("notice").child(t.changed_text)))
        .child(el("p").class("lines").child(given.text.as_str()))
        .child(rows(facts))
        .child(have_read(app, ReadKind::Feedback, &id, &given.version, &(t.of)(&work.title)))
}

/// The way to ask about it, and what came of asking.
fn question(app: App, id: &AssignmentId) -> El {
    let kind = AskKind::FeedbackQuestion;
    let asked = requests::asked(app, kind, &About::Assignment(id.clone()), id.as_str());
    let ask = go(&to_ask(kind, Some(id.as_str())), (app.text.ask().title)(kind));
    el("div").child(asked).child(el("p").class("more no-print").child(ask))
}
