//! The own-work declaration: one thing a page, back always works, a draft is never lost.

mod ai_and_help;
mod files;
mod form;
mod rules;
mod sign;
mod the_work;

use crate::{
    browser::page,
    components::{ErrorSummary, Errors, Go, GoButton, PageTitle},
    route::{Route, Step},
    state::{app::App, records},
};
use contract::{deadline::Assignment, ids::AssignmentId};
use form::Form;
use leptos::prelude::*;

/// One page of the declaration of one piece of work.
#[component]
pub fn Declare(id: AssignmentId, step: Step) -> impl IntoView {
    let app = App::here();
    let d = &app.text.deadlines;
    let wanted = id.clone();
    // Only whether the work is known: news of it while the learner writes must not take the form from under their hands.
    let known = Memo::new(move |_| app.records.with(|r| records::assignment(r, &wanted).is_some()));
    move || {
        known.get();
        match app.records.with_untracked(|r| records::assignment(r, &id).cloned()) {
            Some(assignment) if !assignment.cancelled => steps(app, assignment, step),
            Some(_) => view! {
                <PageTitle title=d.cancelled />
                <p>{d.cancelled_text}</p>
                <GoButton to=Route::Deadlines text=d.to_list />
            }
            .into_any(),
            None => view! {
                <PageTitle title=d.gone_title />
                <p>{d.gone}</p>
                <GoButton to=Route::Deadlines text=d.to_list />
            }
            .into_any(),
        }
    }
}

fn steps(app: App, assignment: Assignment, step: Step) -> AnyView {
    let t = &app.text.declaration;
    let form = Form::new(app, Errors::provide(), assignment, step);
    let back = match step.previous() {
        Some(previous) => Route::Declare(form.assignment().id, previous),
        None => Route::Deadline(form.assignment().id),
    };
    let content = match step {
        Step::Work => the_work::content(form),
        Step::Rules => rules::content(form),
        Step::Help | Step::Sources | Step::Ai => ai_and_help::content(form),
        Step::Files => files::content(form),
        Step::Sign => sign::content(form),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if step == Step::Sign {
            sign::sign(form);
        } else if form.errors.show(form.faults(step)) {
            form.save();
            if let Some(next) = step.next() {
                page::set_hash(&Route::Declare(form.assignment().id, next).href());
            }
        }
    };
    let button = move || if step == Step::Sign { sign::button(form) } else { app.text.common.save_and_continue };
    view! {
        <p class="back no-print"><Go to=back text=app.text.common.back /></p>
        <ErrorSummary />
        <PageTitle title=(t.step_title)(step) caption=(t.progress)(step) />
        <p class="work">{form.assignment().title}</p>
        <form method="post" on:submit=submit novalidate>
            {content}
            <button class="button" type="submit">{button}</button>
            <p class="hint">{move || form.kept()}</p>
        </form>
    }
    .into_any()
}
