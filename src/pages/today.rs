use super::{deadlines, live};
use crate::{
    browser::dom::{El, el, slot},
    components::{go, second_button, title},
    late,
    route::{Route, Step},
    state::{
        agenda::{self, Group},
        app::App,
        records,
    },
};
use contract::ids::AssignmentId;
use leptos::prelude::untrack;

/// What matters now: the next deadline, the next session, what is unfinished.
#[must_use]
pub fn today(app: App) -> El {
    let t = &app.text.today;
    let name = untrack(|| app.who()).map(|w| w.name).filter(|name| !name.is_empty());
    el("div")
        .child(title(app, t.title))
        .child(name.map(|name| el("p").class("lead").child((t.hello)(&name))))
        .child(slot(move || if deadlines::nothing_came(app) { vec![deadlines::waiting(app)] } else { now(app) }))
}

fn now(app: App) -> Vec<El> {
    let t = &app.text.today;
    let all = deadlines::agenda(app);
    let late = all.iter().filter(|(g, _)| *g == Group::Late).count();
    let next = all.into_iter().find(|(g, _)| !matches!(g, Group::Late | Group::Done));
    let session = app.records.with(|r| agenda::next_session(r, app.now.get()));
    let section = |heading: &str| el("section").child(el("h2").child(heading));
    let late = (late > 0).then(|| {
        section(&(t.late)(late))
            .class("notice notice--bad")
            .child(el("p").child(t.late_text))
            .child(go(&Route::Deadlines, t.see_late))
    });
    let drafts = unfinished(app);
    let drafts = (!drafts.is_empty()).then(|| section(t.to_do).child(el("ul").class("plain-list").child(drafts)));
    let next = match next {
        Some((group, assignment)) => deadlines::card(app, group, assignment),
        None => el("p").child(t.no_deadline),
    };
    let session = match session {
        Some(session) => live::card(app, &session),
        None => el("p").child(t.no_session),
    };
    let more = |to: &Route, text: &str| el("p").class("more").child(go(to, text));
    let mut page: Vec<_> = [late, drafts].into_iter().flatten().collect();
    page.push(section(t.next_deadline).child(next).child(more(&Route::Deadlines, t.all_deadlines)));
    page.push(section(t.next_session).child(session).child(more(&Route::Live, t.all_sessions)));
    page.push(el("div").child(slot(move || late::news(app))));
    page.push(el("p").class("buttons").child(second_button(&Route::Work, t.declare)));
    page.push(more(&Route::Help(String::new()), t.help));
    page
}

/// The declarations that have been begun.
fn unfinished(app: App) -> Vec<El> {
    let title = |id: &AssignmentId| app.records.with(|r| records::assignment(r, id).map(|a| a.title.clone()));
    app.drafts.with(|drafts| {
        let begun = drafts.iter().filter(|d| d.is_touched);
        begun
            .filter_map(|d| {
                let text = (app.text.today.draft)(&title(&d.assignment)?);
                Some(el("li").class("more").child(go(&Route::Declare(d.assignment.clone(), Step::Work), &text)))
            })
            .collect()
    })
}
