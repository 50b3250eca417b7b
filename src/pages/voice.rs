use super::{act, deadlines, help::to_ask, understanding::has_check};
use crate::{
    browser::{
        dom::{El, el, slot},
        focus,
    },
    components::{
        Errors, Radios, Row, TextField, action, error_summary, go, go_button, radios, rows, span, text_field, tick,
        title,
    },
    data::{drafts, submit},
    route::{My, Route},
    signal::{Memo, RwSignal, StoredValue},
    state::{
        agenda::{self, Phase},
        app::App,
        asking::AskDraft,
    },
};
use chrono::{DateTime, Utc};
use contract::{
    act::Deed,
    ids::AssignmentId,
    request::AskKind,
    voice::{Clear, Rate, Rating, SAYS_MAX},
    webinar::Webinar,
};
use leptos::prelude::untrack;

const CLEAR: &str = "clear";
const HELPED: &str = "helped";
const CHANGE: &str = "change";
const NAMED: &str = "named";

/// Where a session stands, for what is said of it or asked on it.
#[derive(Clone, Copy, PartialEq)]
pub enum Standing {
    NothingCame,
    Gone,
    NotYet(DateTime<Utc>),
    Begun { over: bool },
}

#[must_use]
pub fn standing(app: App, id: &str) -> Standing {
    let now = app.now.get();
    match session(app, id) {
        None if deadlines::nothing_came(app) => Standing::NothingCame,
        None => Standing::Gone,
        Some(session) => match agenda::phase(&session, now) {
            Phase::Cancelled => Standing::Gone,
            _ if session.starts > now => Standing::NotYet(session.starts),
            phase => Standing::Begun { over: phase == Phase::Over },
        },
    }
}

fn session(app: App, id: &str) -> Option<Webinar> {
    app.records.with(|r| r.webinars.iter().find(|session| session.id.as_str() == id).cloned())
}

/// Which session it is, and when.
#[must_use]
pub fn session_line(app: App, id: &str) -> Option<El> {
    let session = session(app, id)?;
    let when = el("p").child(span(app, session.starts, session.ends));
    Some(el("div").child(el("p").class("work").child(session.title)).child(when))
}

/// What a session is called.
#[must_use]
pub fn title_of(app: App, id: &str) -> String {
    untrack(|| session(app, id)).map(|session| session.title).unwrap_or_default()
}

#[derive(Clone, Copy, PartialEq)]
enum Stands {
    Not(Standing),
    Form,
    Waits,
    Told,
}

#[derive(Clone, Copy)]
struct Voice {
    app: App,
    errors: Errors,
    id: StoredValue<String>,
    /// The learner changes what they said.
    again: RwSignal<bool>,
    /// As a request is kept: `format` is how clear it was, `text` what helped, `what` what to change, `suits` whether they are named.
    draft: RwSignal<AskDraft>,
}

/// What a session was like: the form, and what its learner has said.
#[must_use]
pub fn session_page(app: App, id: String) -> El {
    let t = app.text.voice();
    let errors = Errors::new(app);
    let learner = untrack(|| app.who()).map(|who| who.learner).unwrap_or_default();
    let draft = AskDraft { learner, assignment: AssignmentId(format!("act/rate/{id}")), ..AskDraft::default() };
    let voice = Voice {
        app,
        errors,
        id: StoredValue::new(id.clone()),
        again: RwSignal::new(false),
        draft: RwSignal::new(draft),
    };
    let stands = Memo::new(move || voice.stands());
    let line = id.clone();
    el("div")
        .child(el("p").class("back no-print").child(go(&Route::Live, app.text.live.title)))
        .child(error_summary(errors))
        .child(title(app, t.title))
        .child(slot(move || session_line(app, &line)))
        .child(slot(move || match stands.get() {
            Stands::Not(Standing::NothingCame) => deadlines::waiting(app),
            Stands::Not(Standing::NotYet(when)) => el("p").child((t.not_yet)(&app.dates().date_time(when))),
            Stands::Not(_) => {
                el("div").child(el("p").child(t.gone)).child(go_button(&Route::Live, app.text.understanding().to_live))
            }
            Stands::Form => untrack(|| voice.form()),
            Stands::Waits => el("div").child(slot(move || voice.waits())).child(voice.change()),
            Stands::Told => el("div").child(slot(move || voice.told())).child(voice.change()),
        }))
        .child(slot(move || has_check(app, &id)))
}

impl Voice {
    fn name(self) -> String {
        self.draft.with_untracked(|draft| draft.assignment.0.clone())
    }

    fn stands(self) -> Stands {
        let id = self.id.get_value();
        match standing(self.app, &id) {
            Standing::Begun { .. } => {}
            other => return Stands::Not(other),
        }
        match (self.again.get(), submit::acts(self.app, &self.name()).is_empty(), self.rating()) {
            (true, ..) | (_, true, None) => Stands::Form,
            (_, false, _) => Stands::Waits,
            (_, true, Some(_)) => Stands::Told,
        }
    }

    fn rating(self) -> Option<Rating> {
        let all = self.app.records.with(|r| r.of::<Rating>());
        self.id.with_value(|id| all.into_iter().find(|rating| rating.rate.webinar.as_str() == id))
    }

    fn waits(self) -> Option<El> {
        submit::acts(self.app, &self.name()).pop().map(|item| act::waiting(self.app, item))
    }

    fn told(self) -> Option<El> {
        let (app, t) = (self.app, self.app.text.voice());
        let Rating { rate, received_at, .. } = self.rating()?;
        let lines = |text: String| el("p").class("lines").child(text);
        let mut facts = vec![Row::new(t.said_clear, (t.clear)(rate.clear))];
        facts.extend(rate.helped.map(|text| Row::new(t.said_helped, lines(text))));
        facts.extend(rate.change.map(|text| Row::new(t.said_change, lines(text))));
        facts.push(Row::new(t.said_name, if rate.named { t.is_named } else { t.not_named }));
        let received = el("p").child((t.received)(&app.dates().date_time(received_at)));
        Some(el("div").child(el("h2").child(t.said)).child(rows(facts)).child(received))
    }

    /// The way to say it anew, from what was said last.
    fn change(self) -> El {
        let change = action(self.app.text.voice().again, move || {
            if let Some(Rating { rate, .. }) = untrack(|| self.rating()) {
                self.draft.update(|draft| {
                    if draft.format.is_empty() {
                        draft.format = place(rate.clear).to_string();
                        draft.text = rate.helped.unwrap_or_default();
                        draft.what = rate.change.unwrap_or_default();
                        draft.suits = if rate.named { NAMED.into() } else { String::new() };
                    }
                });
            }
            self.again.set(true);
            focus::later(CLEAR);
        });
        el("p").child(change)
    }

    fn form(self) -> El {
        let (app, t) = (self.app, self.app.text.voice());
        let before = self.draft.get_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(kept) = drafts::ask(app, &before.assignment).await
                && self.draft.try_get_untracked() == Some(before)
            {
                self.draft.set(kept);
            }
        });
        let answers = Clear::ALL.map(|clear| (t.clear)(clear));
        let group = Radios { id: CLEAR, question: t.how_clear, hint: None, answers: &answers };
        let chosen = move || self.draft.with(|draft| draft.format.parse().ok());
        let clear = radios(self.errors, &group, chosen, move |at| self.edit(|draft| draft.format = at.to_string()));
        let text = |id, label, value: fn(&mut AskDraft) -> &mut String| {
            let shown = TextField { id, label, long: true, ..TextField::default() };
            let typed = move || std::mem::take(value(&mut self.draft.get()));
            text_field(self.errors, &shown, typed, move |typed| self.edit(|draft| *value(draft) = typed))
        };
        let named = tick(
            self.errors,
            NAMED,
            t.named,
            Some(t.named_hint),
            move || self.draft.with(|draft| !draft.suits.is_empty()),
            move |on| self.edit(|draft| draft.suits = if on { NAMED.into() } else { String::new() }),
        );
        let parts = vec![
            el("p").child(t.intro),
            el("p").class("more no-print").child(go(&to_ask(AskKind::Concern, None), t.safety)),
            clear,
            text(HELPED, t.helped, |draft| &mut draft.text),
            text(CHANGE, t.change, |draft| &mut draft.what),
            named,
        ];
        act::form(app, t.send, parts, move || self.send())
    }

    fn edit(self, change: impl FnOnce(&mut AskDraft)) {
        if self.draft.update(change).is_some() {
            let draft = self.draft.get_untracked();
            wasm_bindgen_futures::spawn_local(async move { drafts::keep_ask(self.app, &draft).await });
        }
    }

    /// Sends: only once, and only when it is really kept does the page go on.
    fn send(self) {
        let (app, t) = (self.app, self.app.text.voice());
        let draft = self.draft.get_untracked();
        let clear = draft.format.parse().ok().and_then(|at: usize| Clear::ALL.get(at).copied());
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let (helped, change) = (given(&draft.text), given(&draft.what));
        let too_long = |text: &Option<String>| text.as_ref().is_some_and(|text| text.chars().count() > SAYS_MAX);
        let mut faults = Vec::new();
        let mut add = |id: &str, is: bool, what: &str| faults.extend(is.then(|| (id.to_owned(), what.to_owned())));
        add(CLEAR, clear.is_none(), t.unchosen);
        add(HELPED, too_long(&helped), t.too_long);
        add(CHANGE, too_long(&change), t.too_long);
        if app.signing.get_untracked() || !self.errors.show(faults) {
            return;
        }
        let Some(clear) = clear else { return };
        let webinar = self.id.with_value(|id| id.as_str().into());
        let rate = Rate { webinar, clear, helped, change, named: !draft.suits.is_empty() };
        let title = (t.act)(&self.id.with_value(|id| title_of(app, id)));
        act::keep(app, self.errors, CLEAR.into(), (Deed::Rate(rate), self.name(), title), move || {
            self.again.set(false);
        });
    }
}

fn place(clear: Clear) -> usize {
    Clear::ALL.iter().position(|one| *one == clear).unwrap_or_default()
}

/// The way to say what a session was like, or to what was said.
#[must_use]
pub fn to_voice(app: App, session: &Webinar) -> El {
    let t = app.text.voice();
    let said = app.records.with(|r| r.of::<Rating>()).iter().any(|rating| rating.rate.webinar == session.id);
    let label = if said { t.link_done } else { t.link };
    go(&My::Session(session.id.0.clone()).into(), &label(&session.title))
}
