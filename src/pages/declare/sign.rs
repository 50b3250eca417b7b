use super::form::{Form, field_id};
use crate::{
    browser::{clock, page},
    components::{Row, TextField, Tick, When, rows},
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
use leptos::prelude::*;

/// Everything on one page, each answer with its way back, then the words that are signed.
pub fn content(form: Form) -> AnyView {
    let app = form.app;
    let t = &app.text.declaration;
    let assignment = form.assignment();
    let draft = form.draft.get_untracked();
    let due = app.records.with_untracked(|r| records::due(r, &assignment));
    let all_day = assignment.all_day && due == assignment.due;
    let late = move || (app.now.get() > due).then(|| view! { <p class="notice">{t.late}</p> });
    let group = assignment.group;
    let id = assignment.id.clone();
    let change = move |step: Step| {
        let to = Route::Declare(id.clone(), step);
        view! {
            <a id=change_id(step) href=to.href()>
                {app.text.common.change}<span class="visually-hidden">" "{(t.step_title)(step)}</span>
            </a>
        }
        .into_any()
    };
    let list = Step::ALL
        .into_iter()
        .filter(|step| *step != Step::Sign)
        .map(|step| {
            let lines = if draft.faults(step, group).is_empty() { answers(form, &draft, step) } else { vec![t.answer_missing.into()] };
            let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
            Row { action: Some(change(step)), ..Row::new((t.step_title)(step), lines) }
        })
        .collect();
    let statements = (t.statements)().statements.into_iter().map(|s| view! { <li>{s}</li> }).collect_view();
    view! {
        <p>{t.sign_intro}</p>
        {late}
        <p>{app.text.deadlines.due}": "<When at=due all_day=all_day />". "{(t.attempt_of)(draft.attempt)}</p>
        {rows(list)}
        <h2>{t.wording}</h2>
        <ul class="rules">{statements}</ul>
        <Tick id=field_id(Field::Agreed) label=t.agree ticked=Signal::derive(move || form.draft.with(|d| d.agreed))
            on_tick=move |agreed| form.edit(|d| d.agreed = agreed) />
        <TextField id=field_id(Field::Name) label=t.name hint=t.name_hint autocomplete="off"
            value=Signal::derive(move || form.draft.with(|d| d.name.clone()))
            on_input=move |name| form.edit(|d| d.name = name) />
        <p class="hint">{t.sign_hint}</p>
    }
    .into_any()
}

/// One page's answers in words.
fn answers(form: Form, draft: &Draft, step: Step) -> Vec<String> {
    let t = &form.app.text.declaration;
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

pub fn button(form: Form) -> &'static str {
    let t = &form.app.text.declaration;
    if form.app.signing.get() { t.signing } else { t.sign }
}

/// Signs: only a complete declaration, only once, and only when it is really kept does the page go on.
pub fn sign(form: Form) {
    let app = form.app;
    let t = &app.text.declaration;
    let mut faults = Vec::new();
    if let Some(step) = form.unfinished() {
        faults.push((change_id(step), (t.finish_first)((t.step_title)(step))));
    }
    faults.extend(form.faults(Step::Sign));
    if app.signing.get_untracked() || !form.errors.show(faults) {
        return;
    }
    app.signing.set(true);
    let assignment = form.assignment();
    let draft = form.draft.get_untracked();
    let moment = Moment {
        rules: (t.rules)(assignment.ai_level).into_iter().map(Into::into).collect(),
        wording: (t.statements)(),
        device_time: clock::now(),
        clock_offset_ms: app.clock_offset_ms.get_untracked(),
    };
    let declaration = app.records.with_untracked(|r| signing::declaration(&draft, &assignment, r, moment));
    leptos::task::spawn_local(async move {
        let outcome = submit::submit(app, draft.learner, What::Declare(Box::new(declaration))).await;
        app.signing.set(false);
        let what = match outcome {
            Ok(id) => return page::set_hash(&Route::Receipt(id).href()),
            Err(NotSigned::Full) => t.not_signed_full.to_string(),
            Err(NotSigned::NowhereToKeep) => t.not_signed_storage.to_string(),
            Err(NotSigned::Insecure) => t.not_signed_insecure.to_string(),
            Err(NotSigned::Refused(problem)) => problem.detail.unwrap_or(problem.title),
        };
        form.errors.show(vec![(field_id(Field::Name), what)]);
    });
}
