use super::deadlines::{agenda, card, nothing_came, waiting};
use crate::{
    browser::dom::{El, el, slot},
    components::{go, title, when},
    route::{Route, Step},
    state::{app::App, records},
};
use contract::deadline::Assignment;

/// Choosing the work to declare: one at a time, never in bulk.
#[must_use]
pub fn work(app: App) -> El {
    let t = app.text.declaration();
    el("div").child(title(app, t.title)).child(slot(move || {
        if nothing_came(app) {
            return vec![waiting(app)];
        }
        // What was handed in some other way is declared all the same.
        let is_declared = |a: &Assignment| a.cancelled || app.is_declared(&a.id);
        let (done, open): (Vec<_>, Vec<_>) = agenda(app).into_iter().partition(|(_, a)| is_declared(a));
        let open: Vec<_> = open.iter().map(|(_, a)| choice(app, a)).collect();
        let done: Vec<_> =
            done.iter().filter(|(_, a)| !a.cancelled).map(|(g, a)| el("li").child(card(app, *g, a.clone()))).collect();
        let mut page = vec![el("h2").child(t.choose)];
        page.push(if open.is_empty() {
            el("p").class("notice").child(t.choose_none)
        } else {
            el("ul").class("plain-list").child(open)
        });
        if !done.is_empty() {
            page.push(el("h2").child(t.choose_done));
            page.push(el("ul").class("cards").child(done));
        }
        page
    }))
}

fn choice(app: App, assignment: &Assignment) -> El {
    let due = app.records.with(|r| records::due(r, assignment));
    let to = Route::Declare(assignment.id.clone(), Step::Work);
    el("li").child(go(&to, &assignment.title)).child(el("div").class("hint").child(when(
        app,
        due,
        assignment.all_day && due == assignment.due,
    )))
}
