use super::form::{Form, field_id};
use crate::{
    browser::{
        dom::{El, el, slot},
        focus,
    },
    components::{Radios, TextField, button, radios, text_field},
    route::Step,
    signal::Memo,
    state::draft::Field,
    text::Declaration,
};
use contract::{deadline::AiLevel, declaration::Source};

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
    let t = form.app.text.declaration();
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
pub fn content(form: Form) -> El {
    let step = form.step;
    let q = questions(form.app.text.declaration(), step, form.assignment().ai_level);
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
    let question =
        Radios { id: &field_id(Field::Any(step)), question: q.any, hint: Some(q.hint), answers: &[q.no, q.yes] };
    let question = radios(form.errors, &question, move || form.draft.with(|d| d.any(step).map(usize::from)), choose);
    let count = Memo::new(move || form.draft.with(|d| (d.any(step) == Some(true)).then(|| d.entries(step))));
    let entries = slot(move || {
        count.get().map(|count| {
            let list: Vec<_> = (0..count).map(|n| one(form, n, entry)).collect();
            el("div").child(list).child(el("div").class("buttons").child(adders(form, add, count, entry)))
        })
    });
    el("div").child(question).child(entries)
}

/// The buttons that add an entry behind the `count` that are there.
fn adders(form: Form, labels: &[&str], count: usize, entry: fn(usize) -> String) -> Vec<El> {
    let step = form.step;
    let adder = |(kind, label): (usize, &&str)| {
        button("button button--second", label, move || {
            form.edit(|d| d.add_entry(step, kind == 1));
            form.app.say.set((form.app.text.declaration().added)(&entry(count + 1)));
            focus::later(&field_id(Field::Entry(step, count, 0)));
        })
    };
    labels.iter().enumerate().map(adder).collect()
}

fn one(form: Form, n: usize, entry: fn(usize) -> String) -> El {
    let step = form.step;
    let t = form.app.text.declaration();
    let field = |(m, label): (usize, &'static str)| {
        let field = TextField { id: &field_id(Field::Entry(step, n, m)), label, ..TextField::default() };
        let value = move || form.draft.with(|d| d.fields(step, n).get(m).map_or_else(String::new, |t| (*t).into()));
        text_field(form.errors, &field, value, move |text| form.edit(|d| d.set_field(step, n, m, text)))
    };
    let fields: Vec<_> = labels(form, n).into_iter().enumerate().map(field).collect();
    let remove = button("plain", t.remove, move || {
        form.errors.show(Vec::new());
        form.edit(|d| d.remove_entry(step, n));
        form.app.say.set((t.removed)(&entry(n + 1)));
        focus::later(&field_id(Field::Any(step)));
    });
    let which = el("span").class("visually-hidden").child(format!(" {}", entry(n + 1)));
    el("fieldset").class("entry").child(el("legend").child(entry(n + 1))).child(fields).child(remove.child(which))
}
