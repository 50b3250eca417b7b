use super::form::{Form, field_id};
use crate::{
    components::{Radios, Row, TextField, When, rows},
    route::Step,
    state::{draft::Field, records},
};
use leptos::prelude::*;

/// Which work, which attempt, and whether it was done with others.
pub fn content(form: Form) -> AnyView {
    let app = form.app;
    let t = &app.text.declaration;
    let d = &app.text.deadlines;
    let assignment = form.assignment();
    let due = app.records.with_untracked(|r| records::due(r, &assignment));
    let course = app.records.with_untracked(|r| records::course_title(r, &assignment.course).to_string());
    let attempt = form.draft.with_untracked(|d| d.attempt);
    let over = assignment.attempts.is_some_and(|allowed| attempt > allowed);
    let all_day = assignment.all_day && due == assignment.due;
    let group = assignment.group;
    let in_group = move || group || form.draft.with(|d| d.group == Some(true));
    let own_part = move || {
        in_group().then(|| {
            view! {
                <TextField id=field_id(Field::OwnPart) label=t.own_part hint=t.own_part_hint long=true
                    value=Signal::derive(move || form.draft.with(|d| d.own_part.clone()))
                    on_input=move |text| form.edit(|d| d.own_part = text) />
            }
        })
    };
    view! {
        {rows(vec![
            Row::new(d.course, course),
            Row::new(d.due, view! { <When at=due all_day=all_day /> }),
            Row::new(d.ai, (d.ai_level)(assignment.ai_level)),
        ])}
        <p>{(t.attempt_of)(attempt)}</p>
        {over.then(|| view! { <p class="notice notice--bad">{t.attempts_used}</p> })}
        {(!group).then(|| view! {
            <Radios id=field_id(Field::Group) question=t.group answers=vec![t.group_no.into(), t.group_yes.into()]
                chosen=Signal::derive(move || form.draft.with(|d| d.group.map(usize::from)))
                on_choose=move |n| form.edit(|d| d.set_any(Step::Work, n == 1)) />
        })}
        {own_part}
    }
    .into_any()
}
