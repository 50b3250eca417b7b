use super::{steps, waiting};
use crate::{
    browser::{
        clock,
        dom::{El, el, slot, text_of},
        focus,
    },
    components::{Errors, TITLE, TextField, button, error_summary, go, text_field},
    data::{outbox::Work, submit},
    pages::ask::not_sent,
    route::Help,
    signal::{Memo, RwSignal},
    state::{
        app::App,
        asking::{AskDraft, Fault, Field},
    },
};
use contract::{
    change::What,
    ids::ChangeId,
    request::{AskKind, More, Request, Status, WORDS_MAX, Words},
};
use leptos::prelude::untrack;

const MESSAGE: &str = "message";
const SHARE: &str = "share-request";
const WITHDRAW: &str = "withdraw";
const SURE: &str = "withdraw-sure";

/// What a learner can do with a request that has arrived.
#[derive(Clone, Copy, PartialEq)]
pub struct Ways {
    private: bool,
    /// It is open or answered: a message goes on with it.
    open: bool,
    /// Lost study time that nobody else sees yet.
    own: bool,
}

impl Ways {
    pub fn of(request: &Request) -> Self {
        let answered = request.status == Status::Answered;
        let own = request.private && request.kind == AskKind::StudyTime;
        Self { private: request.private, open: request.status.is_open() || answered, own }
    }
}

/// A message, and withdrawing; where it is over, the way to ask anew.
pub fn go_on(app: App, request: ChangeId, ways: Ways) -> El {
    let t = app.text.requests();
    if !ways.open {
        let anew = go(&Help::Main.into(), t.to_help);
        return el("div").child(el("p").child(t.closed)).child(el("p").class("more").child(anew));
    }
    let id = request.clone();
    // What was withdrawn takes nothing more, from the moment on in which that is kept.
    let withdrawn = Memo::new(move || waits(app, &id, t.withdrawal));
    el("section").class("no-print").child(slot(move || (!withdrawn.get()).then(|| still_open(app, &request, ways))))
}

fn still_open(app: App, request: &ChangeId, ways: Ways) -> El {
    let t = app.text.requests();
    let errors = Errors::new(app);
    let text = RwSignal::new(String::new());
    app.signing.set(false);
    let withdraw = withdraw(app, request.clone(), errors, text);
    if ways.own {
        return el("div").child(error_summary(errors)).child(share(app, request.clone(), errors, text)).child(withdraw);
    }
    let id = request.clone();
    let send = move || {
        let written = AskDraft { text: text.get_untracked(), ..AskDraft::default() };
        let long = written.text.trim().chars().count() > WORDS_MAX;
        let fault = match written.words() {
            None => Some(Fault::Missing),
            Some(_) => long.then_some(Fault::TooLong(WORDS_MAX)),
        };
        let faults = fault.map(|fault| (MESSAGE.to_owned(), (app.text.ask().fault)(Field::Text, fault)));
        if app.signing.get_untracked() || !errors.show(faults.into_iter().collect()) {
            return;
        }
        let said = Step { message: written.words(), private: ways.private, ..Step::default() };
        make(app, id.clone(), said, errors, text);
    };
    let field = TextField { id: MESSAGE, label: t.add_label, long: true, ..TextField::default() };
    // Its answer must not take away what is being written: only this line comes and goes.
    let (id, is) = (request.clone(), |request: Request| request.status == Status::Answered);
    let answered = Memo::new(move || app.records.with(|r| r.one::<Request>(id.as_str())).is_some_and(is));
    let label = move || if app.signing.get() { app.text.ask().sending } else { t.add_send };
    let form = el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", send)
        .child(slot(move || answered.get().then(|| el("p").child(t.add_again))))
        .child(text_field(errors, &field, move || text.get(), move |typed| text.set(typed)))
        .child(el("p").class("hint").child(app.text.ask().not_kept))
        .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())));
    el("div").child(el("h2").child(t.add)).child(error_summary(errors)).child(form).child(withdraw)
}

/// Whether something that goes on with the request waits here.
fn waits(app: App, request: &ChangeId, title: &str) -> bool {
    waiting(app).iter().any(|item| item.asks.as_ref() == Some(request) && item.work.title == title)
}

/// Lets the provider read what was its learner's alone; while that waits there is nothing more to press.
fn share(app: App, request: ChangeId, errors: Errors, text: RwSignal<String>) -> El {
    let t = app.text.requests();
    let id = request.clone();
    let shares = Memo::new(move || waits(app, &id, t.sharing));
    let press = move || {
        let request = request.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let first = app.records.with_untracked(|r| r.one::<Request>(request.as_str())?.said.into_iter().next());
            let words = match first.as_ref().and_then(|said| Some((said.id.as_str(), said.locked.as_deref()?))) {
                Some((id, locked)) => steps::unlock(app, id, locked).await,
                None => None,
            };
            match words {
                Some(words) if !app.signing.get_untracked() => {
                    make(app, request, Step { share: Some(words), ..Step::default() }, errors, text);
                }
                Some(_) => {}
                None => {
                    errors.show(vec![(SHARE.into(), t.not_opened.into())]);
                }
            }
        });
    };
    el("div")
        .child(el("h2").child(t.share_title))
        .child(el("p").child(t.share_text))
        .child(slot(move || (!shares.get()).then(|| button("button", t.share, press.clone()).id(SHARE))))
}

/// Asks once more before it is withdrawn.
fn withdraw(app: App, request: ChangeId, errors: Errors, text: RwSignal<String>) -> El {
    let t = app.text.requests();
    let asked = RwSignal::new(false);
    el("div").child(el("h2").child(t.withdraw)).child(el("p").child(t.withdraw_text)).child(slot(move || {
        if !asked.get() {
            let press = move || {
                asked.set(true);
                focus::later(SURE);
            };
            return button("button button--second", t.withdraw, press).id(WITHDRAW);
        }
        let request = request.clone();
        let yes = button("button", t.withdraw_yes, move || {
            if !app.signing.get_untracked() {
                make(app, request.clone(), Step::default(), errors, text);
            }
        });
        let no = button("button button--second", t.withdraw_no, move || {
            asked.set(false);
            focus::later(WITHDRAW);
        });
        el("div").class("buttons").child(yes.id(SURE)).child(no)
    }))
}

/// What is done with the request: a message, sharing it, or withdrawing it.
#[derive(Default)]
struct Step {
    message: Option<Words>,
    private: bool,
    share: Option<Words>,
}

/// Makes the step and keeps it; only when it is really kept is the box empty.
fn make(app: App, request: ChangeId, step: Step, errors: Errors, text: RwSignal<String>) {
    let t = app.text.requests();
    let Some(who) = untrack(|| app.who()) else { return };
    if step.private && who.confidential.is_none() {
        errors.show(vec![(MESSAGE.into(), app.text.ask().no_route.into())]);
        return;
    }
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        let Step { message: words, private, share } = step;
        let (says, shares) = (words.is_some(), share.is_some());
        let title = match (says, shares) {
            (true, _) => t.message,
            (false, true) => t.sharing,
            (false, false) => t.withdrawal,
        };
        let more = More {
            learner: who.learner.clone(),
            request,
            says: if private { None } else { words.clone() },
            sealed: None,
            share,
            withdraw: !says && !shares,
            device_time: clock::now(),
            clock_offset_ms: app.clock_offset_ms.get_untracked(),
        };
        let work = Work { title: title.into(), ..Work::default() };
        let private = if private { words } else { None };
        let kept = submit::ask(app, who.learner, What::More(Box::new(more)), private, work).await;
        app.signing.set(false);
        match kept {
            Ok(_) => {
                text.set(String::new());
                app.say.set(t.kept.into());
                if !says {
                    // What was pressed is gone.
                    focus::later(TITLE);
                }
            }
            Err(why) => {
                errors.show(vec![(MESSAGE.into(), not_sent(app, why))]);
            }
        }
    });
}
