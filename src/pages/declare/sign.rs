use super::form::{Form, field_id};
use crate::{
    browser::{
        clock,
        dom::{El, el, slot},
        page,
    },
    components::{Row, TextField, rows, text_field, tick, when},
    data::submit::{self, NotSigned},
    route::{Route, Step},
    state::{
        draft::{Draft, Field},
        records,
        signing::{self, Moment},
    },
    text::format,
};
use contract::change::What;
use leptos::prelude::untrack;

/// Everything on one page, each answer with its way back, then the words that are signed.
pub fn content(form: Form) -> El {
    let app = form.app;
    let t = app.text.declaration();
    let assignment = form.assignment();
    let draft = form.draft.get_untracked();
    let due = app.records.with_untracked(|r| records::due(r, &assignment));
    let all_day = assignment.all_day && due == assignment.due;
    let late = slot(move || (app.now.get() > due).then(|| el("p").class("notice").child(t.late)));
    let list =
        Step::ALL.into_iter().filter(|step| *step != Step::Sign).map(|step| answer(form, &draft, step)).collect();
    let statements: Vec<_> = (t.statements)().statements.into_iter().map(|s| el("li").child(s)).collect();
    let agree = tick(
        form.errors,
        &field_id(Field::Agreed),
        t.agree,
        None,
        move || form.draft.with(|d| d.agreed),
        move |agreed| form.edit(|d| d.agreed = agreed),
    );
    let name = TextField { id: &field_id(Field::Name), label: t.name, hint: Some(t.name_hint), ..TextField::default() };
    let name = text_field(
        form.errors,
        &name,
        move || form.draft.with(|d| d.name.clone()),
        move |name| form.edit(|d| d.name = name),
    );
    let facts = el("p")
        .child(format!("{}: ", app.text.deadlines.due))
        .child(when(app, due, all_day))
        .child(format!(". {}", (t.attempt_of)(draft.attempt)));
    el("div")
        .child(el("p").child(t.sign_intro))
        .child(late)
        .child(facts)
        .child(rows(list))
        .child(el("h2").child(t.wording))
        .child(el("ul").class("rules").child(statements))
        .child(agree)
        .child(name)
        .child(el("p").class("hint").child(t.sign_hint))
}

/// One page's answers, with the way to change them.
fn answer(form: Form, draft: &Draft, step: Step) -> Row {
    let t = form.app.text.declaration();
    let title = (t.step_title)(step);
    let assignment = form.assignment();
    let lines = if draft.faults(step, assignment.group).is_empty() {
        answers(form, draft, step)
    } else {
        vec![t.answer_missing.into()]
    };
    let lines: Vec<_> = lines.into_iter().map(|line| el("p").child(line)).collect();
    let change = el("a")
        .id(&change_id(step))
        .attr("href", &Route::Declare(assignment.id, step).href())
        .child(form.app.text.common.change)
        .child(el("span").class("visually-hidden").child(format!(" {title}")));
    Row::new(title, lines).with_action(change)
}

/// One page's answers in words.
fn answers(form: Form, draft: &Draft, step: Step) -> Vec<String> {
    let t = form.app.text.declaration();
    let none = || vec![t.answer_none.to_string()];
    match step {
        Step::Work if form.assignment().group || draft.group == Some(true) => {
            vec![t.group_yes.into(), draft.own_part.clone()]
        }
        Step::Work => vec![t.group_no.into()],
        Step::Rules => vec![t.rules_read.into()],
        Step::Files if draft.has_files != Some(true) => none(),
        Step::Files => draft.files.iter().map(|f| format!("{}, {}", f.name, format::bytes(f.size))).collect(),
        _ if draft.any(step) != Some(true) => none(),
        _ => (0..draft.entries(step)).map(|n| draft.fields(step, n).join(", ")).collect(),
    }
}

fn change_id(step: Step) -> String {
    format!("change-{}", step.as_str())
}

/// Signs: only a complete declaration, only once, and only when it is really kept does the page go on.
pub fn sign(form: Form) {
    let app = form.app;
    let t = app.text.declaration();
    let mut faults = Vec::new();
    if let Some(step) = form.unfinished() {
        faults.push((change_id(step), (t.finish_first)((t.step_title)(step))));
    }
    faults.extend(form.faults(Step::Sign));
    if app.signing.get_untracked() || !form.errors.show(faults) {
        return;
    }
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        if let Err(what) = keep(form).await {
            app.signing.set(false);
            form.errors.show(vec![(field_id(Field::Name), what)]);
        }
    });
}

/// Makes the declaration and keeps it; then goes to its receipt, and `signing` stays until another form is opened.
async fn keep(form: Form) -> Result<(), String> {
    let app = form.app;
    let t = app.text.declaration();
    let assignment = form.assignment();
    // Another tab may have signed this attempt.
    submit::look_again(app).await;
    let attempt = untrack(|| app.next_attempt(&assignment.id));
    if form.draft.try_get_untracked().is_some_and(|d| d.attempt != attempt) {
        form.edit(|d| d.attempt = attempt);
        return Err((t.attempt_changed)(attempt));
    }
    let Some(draft) = form.draft.try_get_untracked() else { return Ok(()) };
    let moment = Moment {
        rules: (t.rules)(assignment.ai_level).into_iter().map(Into::into).collect(),
        wording: (t.statements)(),
        device_time: clock::now(),
        clock_offset_ms: app.clock_offset_ms.get_untracked(),
    };
    let signed = app.records.with_untracked(|r| signing::declaration(&draft, &assignment, r, moment));
    match submit::submit(app, draft.learner, What::Declare(Box::new(signed))).await {
        Ok(id) => {
            page::set_hash(&Route::Receipt(id).href());
            Ok(())
        }
        Err(NotSigned::Full) => Err(t.not_signed_full.into()),
        Err(NotSigned::NowhereToKeep) => Err(t.not_signed_storage.into()),
        Err(NotSigned::Insecure) => Err(t.not_signed_insecure.into()),
        Err(NotSigned::TooLarge) => Err(t.too_large.into()),
        Err(NotSigned::Refused(problem)) => Err(problem.detail.unwrap_or(problem.title)),
    }
}
