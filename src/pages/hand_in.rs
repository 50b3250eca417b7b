use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        focus,
        hash::LocalFile,
    },
    components::{Errors, error_summary, title},
    data::hand_in::{self, HandInFault, Handed, HandedIn},
    signal::RwSignal,
    state::app::App,
};
use std::{cell::RefCell, rc::Rc};

const FILE: &str = "unsent-file";
const RESULT: &str = "hand-in-result";

/// Handing in a file of what another device could not send. For everybody, signed in or not.
#[must_use]
pub fn hand_in(app: App) -> El {
    let t = app.text.hand_in();
    let errors = Errors::new(app);
    let working = RwSignal::new(false);
    // How many files have been handed in, and what came of the last.
    let answers = RwSignal::new(0_usize);
    let last = Rc::new(RefCell::new(Vec::new()));
    let handed = last.clone();
    let submit = move || {
        let file = LocalFile::chosen_in(FILE).into_iter().next();
        let missing = file.is_none().then(|| (FILE.into(), t.missing.into()));
        if working.get_untracked() || !errors.show(missing.into_iter().collect()) {
            return;
        }
        let Some(file) = file else { return };
        working.set(true);
        app.say.set(t.working.into());
        let last = handed.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let outcome = hand_in::hand_in(app, &file).await;
            app.say.set(String::new());
            working.set(false);
            let fault = match outcome {
                Ok(handed) => {
                    last.replace(handed);
                    if answers.update(|n| *n += 1).is_some() {
                        focus::later(RESULT);
                    }
                    return;
                }
                Err(HandInFault::Unreadable) => t.unreadable,
                Err(HandInFault::NotSuch) => t.not_such,
            };
            errors.show(vec![(FILE.into(), fault.into())]);
        });
    };
    let input = el("input")
        .id(FILE)
        .class("input")
        .attr("type", "file")
        .attr("accept", "application/json,.json")
        .attr_of("aria-describedby", errors.described(FILE, true));
    let field = errors
        .around(el("div"), FILE)
        .child(el("label").class("label").attr("for", FILE).child(t.file))
        .child(el("p").class("hint").id(&format!("{FILE}-hint")).child(t.file_hint))
        .child(errors.line(FILE))
        .child(input);
    let form =
        el("form").attr("method", "post").attr("novalidate", "").instead_of("submit", submit).child(field).child(
            el("button")
                .class("button")
                .attr("type", "submit")
                .child(text_of(move || if working.get() { t.working } else { t.submit }.into())),
        );
    el("div")
        .child(error_summary(errors))
        .child(title(app, t.title))
        .child(el("p").child(t.intro))
        .child(el("p").child(t.safe))
        .child(form)
        .child(slot(move || (answers.get() > 0).then(|| results(app, &last.borrow()))))
}

/// The answer takes focus, so that a screen reader goes on with it.
fn results(app: App, handed: &[Handed]) -> El {
    let t = app.text.hand_in();
    let taken = handed.iter().filter(|one| matches!(one.outcome, HandedIn::Received(_))).count();
    let line = |one: &Handed| {
        el("li").child(match &one.outcome {
            HandedIn::Received(Some(receipt)) => (t.received_code)(&receipt.assignment_title, &receipt.code),
            HandedIn::Received(None) => t.received.into(),
            HandedIn::Refused(problem) => (t.refused)(problem.detail.as_deref().unwrap_or(&problem.title)),
            HandedIn::NotYet => t.not_yet.into(),
        })
    };
    let class = if taken == handed.len() { "receipt" } else { "notice" };
    let lines: Vec<_> = handed.iter().map(line).collect();
    el("section")
        .class(class)
        .child(el("h2").id(RESULT).attr("tabindex", "-1").child((t.result)(taken, handed.len())))
        .child(el("ul").child(lines))
}
