//! Asking for something: one form for all kinds, with the boxes that the kind needs.

mod form;

pub use form::not_sent;

use super::{deadlines, gone, help::people, safety};
use crate::{
    browser::dom::{El, el, slot},
    components::{Errors, error_summary, go, titled, when},
    route::Help,
    signal::Memo,
    state::{app::App, asking, records},
};
use chrono::{DateTime, Utc};
use contract::{
    delta::Records,
    request::{About, AskKind},
};
use form::Form;
use leptos::prelude::untrack;

/// What a request is about, and what its learner calls that.
#[derive(Clone, PartialEq)]
pub struct Subject {
    pub about: Option<About>,
    pub title: Option<String>,
    /// When work is due now.
    due: Option<DateTime<Utc>>,
}

/// The form of the kind that the address names, about what it names.
#[must_use]
pub fn ask(app: App, word: &str, about: Option<String>) -> El {
    let t = app.text.ask();
    let Some(kind) = asking::kind(word) else {
        return gone(app, t.gone_title, t.gone, &Help::Main.into(), t.to_help);
    };
    let wanted = about.clone();
    // Only whether it is known: news while the learner writes must not take the form away.
    let known = Memo::new(move || subject(app, kind, wanted.as_deref()).is_some());
    el("div").child(slot(move || {
        known.track();
        match untrack(|| subject(app, kind, about.as_deref())) {
            Some(subject) => untrack(|| page(app, kind, subject, about.as_deref())),
            None if deadlines::nothing_came(app) => {
                el("div").child(titled(app, t.general, None, (t.title)(kind))).child(deadlines::waiting(app))
            }
            None => gone(app, t.gone_title, t.gone, &Help::Main.into(), t.to_help),
        }
    }))
}

fn page(app: App, kind: AskKind, subject: Subject, about: Option<&str>) -> El {
    let t = app.text.ask();
    let errors = Errors::new(app);
    let work = subject.title.clone().map(|title| el("p").class("work").child(title));
    let due = subject.due.map(|at| el("p").child(t.due).child(" ").child(when(app, at, false)));
    let private = kind.is_private();
    let takes_none = private && app.who().is_none_or(|who| who.confidential.is_none());
    let top = el("div")
        .child(private.then(|| safety::way_out(app)))
        .child(el("p").class("back no-print").child(go(&Help::Main.into(), app.text.help().title)))
        .child(error_summary(errors))
        // The browser keeps titles: it is not said which kind this is.
        .child(titled(app, t.general, None, (t.title)(kind)))
        .child(work)
        .child(due);
    if takes_none {
        let call = el("h2").child(t.safe_first);
        return top
            .child(el("p").class("notice").child(t.no_route))
            .child(call)
            .child(slot(move || safety::numbers(app)))
            .child(people(app));
    }
    let first = (kind == AskKind::Concern).then(|| {
        el("section")
            .child(el("h2").child(t.safe_first))
            .child(el("p").child(t.safe_first_text))
            .child(slot(move || safety::numbers(app)))
            .child(el("h2").child(t.write))
    });
    top.child(first).child(el("p").child((t.intro)(kind))).child(Form::new(app, errors, kind, subject, about).show())
}

/// What a report is about: the link of some work or of a policy, or a page of guidance.
fn material(records: &Records, id: &str) -> Option<(About, String)> {
    let (link, title) = match id.split_once('/') {
        Some(("policy", id)) => {
            let policy = records.policies.iter().find(|policy| policy.id.as_str() == id)?;
            (&policy.link, &policy.title)
        }
        Some((_, id)) => {
            let page = records.guidance.iter().find(|page| page.id.as_str() == id)?;
            return Some((About::Material(page.title.clone()), page.title.clone()));
        }
        None => {
            let work = records::assignment(records, &id.into())?;
            (&work.link, &work.title)
        }
    };
    Some((About::Link(link.clone()?), title.clone()))
}

/// Nothing where it is not known on this device, or the kind must be about something.
fn subject(app: App, kind: AskKind, about: Option<&str>) -> Option<Subject> {
    use AskKind::{
        AnotherFormat, Apology, CallBack, FeedbackQuestion, MissedReason, MoreTime, ReportConduct, ReportMaterial,
    };
    let Some(id) = about else {
        let must = matches!(kind, MoreTime | FeedbackQuestion | Apology | MissedReason);
        return (!must).then_some(Subject { about: None, title: None, due: None });
    };
    let (about, title) = app.records.with(|r| match kind {
        MoreTime | FeedbackQuestion | AnotherFormat => {
            let work = records::assignment(r, &id.into())?;
            Some((About::Assignment(work.id.clone()), work.title.clone()))
        }
        ReportMaterial => material(r, id),
        Apology | MissedReason | ReportConduct => {
            let session = r.webinars.iter().find(|session| session.id.as_str() == id)?;
            Some((About::Webinar(session.id.clone()), session.title.clone()))
        }
        CallBack => {
            let who = r.contacts.iter().find(|who| who.id.as_str() == id)?;
            Some((About::Contact(who.id.clone()), who.name.clone()))
        }
        _ => None,
    })?;
    let due = app.records.with(|r| match &about {
        About::Assignment(id) if kind == MoreTime => records::assignment(r, id).map(|work| records::due(r, work)),
        _ => None,
    });
    Some(Subject { about: Some(about), title: Some(title), due })
}
