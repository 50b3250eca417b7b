use super::form::{Form, field_id};
use crate::{
    browser::dom::{El, el, slot},
    components::{Radios, Row, TextField, radios, rows, text_field, when},
    route::Step,
    signal::Memo,
    state::{draft::Field, records},
};

/// Which work, which attempt, and whether it was done with others.
pub fn content(form: Form) -> El {
    let app = form.app;
    let t = app.text.declaration();
    let d = &app.text.deadlines;
    let assignment = form.assignment();
    let due = app.records.with_untracked(|r| records::due(r, &assignment));
    let course = app.records.with_untracked(|r| records::course_title(r, &assignment.course).to_string());
    let attempt = form.draft.with_untracked(|d| d.attempt);
    let over = assignment.attempts.is_some_and(|allowed| attempt > allowed);
    let all_day = assignment.all_day && due == assignment.due;
    let group = assignment.group;
    let facts = rows(vec![
        Row::new(d.course, course),
        Row::new(d.due, when(app, due, all_day)),
        Row::new(d.ai, (d.ai_level)(assignment.ai_level)),
    ]);
    let question =
        Radios { id: &field_id(Field::Group), question: t.group, hint: None, answers: &[t.group_no, t.group_yes] };
    let question = (!group).then(|| {
        radios(
            form.errors,
            &question,
            move || form.draft.with(|d| d.group.map(usize::from)),
            move |n| form.edit(|d| d.set_any(Step::Work, n == 1)),
        )
    });
    let in_group = Memo::new(move || group || form.draft.with(|d| d.group == Some(true)));
    el("div")
        .child(facts)
        .child(el("p").child((t.attempt_of)(attempt)))
        .child(over.then(|| el("p").class("notice notice--bad").child(t.attempts_used)))
        .child(question)
        .child(slot(move || in_group.get().then(|| own_part(form))))
}

fn own_part(form: Form) -> El {
    let t = form.app.text.declaration();
    let field = TextField {
        id: &field_id(Field::OwnPart),
        label: t.own_part,
        hint: Some(t.own_part_hint),
        long: true,
        ..TextField::default()
    };
    text_field(
        form.errors,
        &field,
        move || form.draft.with(|d| d.own_part.clone()),
        move |text| form.edit(|d| d.own_part = text),
    )
}
