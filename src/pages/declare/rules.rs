use super::form::{Form, field_id};
use crate::{browser::clock, components::Tick, state::draft::Field};
use leptos::prelude::*;

/// The rules for this task, and when they were shown.
pub fn content(form: Form) -> AnyView {
    let t = &form.app.text.declaration;
    form.edit(|d| d.rules_shown_at = Some(clock::now()));
    let rules = (t.rules)(form.assignment().ai_level).into_iter().map(|rule| view! { <li>{rule}</li> }).collect_view();
    view! {
        <p>{t.rules_intro}</p>
        <ul class="rules">{rules}</ul>
        <Tick id=field_id(Field::RulesRead) label=t.rules_read
            ticked=Signal::derive(move || form.draft.with(|d| d.rules_read))
            on_tick=move |read| form.edit(|d| d.rules_read = read) />
    }
    .into_any()
}
