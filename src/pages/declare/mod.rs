//! The own-work declaration: one thing a page, back always works, a draft is never lost.

mod asked;
mod files;
mod form;
mod rules;
mod sign;
mod the_work;

use super::{deadline::not_there, gone};
use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        page,
    },
    components::{Errors, error_summary, go, titled},
    route::{Route, Step},
    signal::Memo,
    state::{app::App, draft::Field, records},
};
use contract::{deadline::Assignment, ids::AssignmentId};
use form::Form;
use leptos::prelude::untrack;

/// One page of the declaration of one piece of work.
#[must_use]
pub fn declare(app: App, id: AssignmentId, step: Step) -> El {
    let t = &app.text.deadlines;
    let wanted = id.clone();
    // Only whether the work is known: news of it while the learner writes must not take the form from under their hands.
    let known = Memo::new(move || app.records.with(|r| records::assignment(r, &wanted).is_some()));
    el("div").child(slot(move || {
        // Read, not only tracked: a memo that nobody has read follows nothing.
        known.track();
        match app.records.with_untracked(|r| records::assignment(r, &id).cloned()) {
            Some(assignment) if !assignment.cancelled => steps(app, assignment, step),
            Some(_) => gone(app, t.cancelled, t.cancelled_text, &Route::Deadlines, t.to_list),
            None => not_there(app),
        }
    }))
}

fn steps(app: App, assignment: Assignment, step: Step) -> El {
    let t = app.text.declaration();
    let id = assignment.id.clone();
    let back = match step.previous() {
        Some(previous) => Route::Declare(id, previous),
        None => Route::Deadline(id),
    };
    let work = el("p").class("work").child(assignment.title.as_str());
    let form = untrack(|| Form::new(app, Errors::new(app), assignment, step));
    let content = match step {
        Step::Work => the_work::content(form),
        Step::Rules => rules::content(form),
        Step::Help | Step::Sources | Step::Ai => asked::content(form),
        Step::Files => files::content(form),
        Step::Sign => sign::content(form),
    };
    let label = move || match (step, app.signing.get()) {
        (Step::Sign, true) => t.signing,
        (Step::Sign, false) => t.sign,
        _ => app.text.common.save_and_continue,
    };
    let submit = move || {
        if step == Step::Sign {
            sign::sign(form);
        } else {
            go_on(form);
        }
    };
    let fields = el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", submit)
        .child(content)
        .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())))
        .child(el("p").class("hint form-state").child(text_of(move || form.kept().into())));
    el("div")
        .child(el("p").class("back no-print").child(go(&back, app.text.common.back)))
        .child(error_summary(form.errors))
        .child(titled(app, (t.step_title)(step), Some((t.progress)(step)), (t.step_title)(step)))
        .child(work)
        .child(fields)
}

/// To the next page, if this one is complete.
fn go_on(form: Form) {
    if form.reading.get_untracked() > 0 {
        let wait = form.app.text.declaration().files_wait;
        form.errors.show(vec![(form::field_id(Field::Files), wait.into())]);
        return;
    }
    if form.errors.show(form.faults(form.step)) {
        form.save();
        if let Some(next) = form.step.next() {
            page::set_hash(&Route::Declare(form.assignment().id, next).href());
        }
    }
}
