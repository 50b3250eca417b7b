use super::form::{Form, field_id};
use crate::{
    browser::{
        clock,
        dom::{El, el},
    },
    components::tick,
    state::draft::Field,
};

/// The rules for this task, and when they were shown.
pub fn content(form: Form) -> El {
    let t = form.app.text.declaration();
    let level = form.assignment().ai_level;
    form.edit(|d| {
        d.rules_shown_at = Some(clock::now());
        d.rules_level = level;
    });
    let rules: Vec<_> = (t.rules)(level).into_iter().map(|rule| el("li").child(rule)).collect();
    el("div").child(el("p").child(t.rules_intro)).child(el("ul").class("rules").child(rules)).child(tick(
        form.errors,
        &field_id(Field::RulesRead),
        t.rules_read,
        None,
        move || form.draft.with(|d| d.rules_read),
        move |read| form.edit(|d| d.rules_read = read),
    ))
}
