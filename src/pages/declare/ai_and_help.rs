use super::form::{Form, field_id};
use crate::{
    components::{Radios, TextField, focus_later},
    route::Step,
    state::draft::Field,
    text::Declaration,
};
use contract::{deadline::AiLevel, declaration::Source};
use leptos::prelude::*;

/// What one of the three pages 'was there any?' asks, in the words of the task's AI level.
struct Questions {
    any: &'static str,
    hint: &'static str,
    yes: &'static str,
    no: &'static str,
    entry: fn(usize) -> String,
    /// The buttons that add an entry; for sources the second adds a website.
    add: &'static [&'static str],
}

fn questions(t: &'static Declaration, step: Step, level: Option<AiLevel>) -> Questions {
    match step {
        Step::Help => Questions {
            any: t.help_any,
            hint: t.help_hint,
            yes: t.help_yes,
            no: t.help_no,
            entry: t.help_entry,
            add: std::slice::from_ref(&t.help_add),
        },
        Step::Sources => Questions {
            any: t.sources_any,
            hint: t.sources_hint,
            yes: t.sources_yes,
            no: t.sources_no,
            entry: t.source_entry,
            add: &t.source_add,
        },
        _ => Questions {
            any: (t.ai_any)(level),
            hint: (t.ai_hint)(level),
            yes: t.ai_yes,
            no: t.ai_no,
            entry: t.ai_entry,
            add: std::slice::from_ref(&t.ai_add),
        },
    }
}

/// The labels of one entry's boxes.
fn labels(form: Form, n: usize) -> Vec<&'static str> {
    let t = &form.app.text.declaration;
    match form.step {
        Step::Help => vec![t.help_who, t.help_how],
        Step::Sources => form.draft.with_untracked(|d| match d.sources.items.get(n) {
            Some(Source::Print { .. }) => vec![t.source_author, t.source_year, t.source_page],
            Some(Source::Web { .. }) => vec![t.source_address, t.source_seen],
            None => vec![],
        }),
        _ => vec![t.ai_tool, t.ai_version, t.ai_purpose, t.ai_place],
    }
}

/// Who helped, which sources, which AI: 'none' is an answer that must be given.
pub fn content(form: Form) -> AnyView {
    let step = form.step;
    let t: &'static Declaration = &form.app.text.declaration;
    let q = questions(t, step, form.assignment().ai_level);
    let (add, entry) = (q.add, q.entry);
    let choose = move |n: usize| {
        form.edit(|d| {
            d.set_any(step, n == 1);
            // One box to fill in is there at once, where there is only one kind.
            if n == 1 && d.entries(step) == 0 && add.len() == 1 {
                d.add_entry(step, false);
            }
        });
    };
    let count = Memo::new(move |_| form.draft.with(|d| (d.any(step) == Some(true)).then(|| d.entries(step))));
    let entries = move || {
        count.get().map(|count| {
            let list = (0..count).map(|n| one(form, n, entry)).collect_view();
            let buttons = add
                .iter()
                .enumerate()
                .map(|(kind, label)| {
                    let add = move |_| {
                        form.edit(|d| d.add_entry(step, kind == 1));
                        form.app.say.set((t.added)(&entry(count + 1)));
                        focus_later(&field_id(Field::Entry(step, count, 0)));
                    };
                    view! { <button type="button" class="button button--second" on:click=add>{*label}</button> }
                })
                .collect_view();
            view! { {list} <div class="buttons">{buttons}</div> }
        })
    };
    view! {
        <Radios id=field_id(Field::Any(step)) question=q.any hint=q.hint answers=vec![q.no.into(), q.yes.into()]
            chosen=Signal::derive(move || form.draft.with(|d| d.any(step).map(usize::from))) on_choose=choose />
        {entries}
    }
    .into_any()
}

fn one(form: Form, n: usize, entry: fn(usize) -> String) -> AnyView {
    let step = form.step;
    let t = &form.app.text.declaration;
    let boxes = labels(form, n)
        .into_iter()
        .enumerate()
        .map(|(m, label)| {
            view! {
                <TextField id=field_id(Field::Entry(step, n, m)) label=label
                    value=Signal::derive(move || form.draft.with(|d| {
                        d.fields(step, n).get(m).map(|text| (*text).to_string()).unwrap_or_default()
                    }))
                    on_input=move |text| form.edit(|d| d.set_field(step, n, m, text)) />
            }
        })
        .collect_view();
    let remove = move |_| {
        form.errors.show(Vec::new());
        form.edit(|d| d.remove_entry(step, n));
        form.app.say.set((t.removed)(&entry(n + 1)));
        focus_later(&field_id(Field::Any(step)));
    };
    view! {
        <fieldset class="entry">
            <legend>{entry(n + 1)}</legend>
            {boxes}
            <button type="button" class="plain" on:click=remove>
                {t.remove}<span class="visually-hidden">" "{entry(n + 1)}</span>
            </button>
        </fieldset>
    }
    .into_any()
}
