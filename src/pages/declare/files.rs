use super::form::{Form, field_id};
use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        focus,
        hash::{HashFault, LocalFile},
    },
    components::{Radios, button, radios},
    route::Step,
    signal::{Memo, RwSignal},
    state::draft::Field,
    text::format,
};
use contract::declaration::Fingerprint;

/// The files' fingerprints. The files stay where they are.
pub fn content(form: Form) -> El {
    let t = form.app.text.declaration();
    let question = Radios {
        id: &field_id(Field::Any(Step::Files)),
        question: t.files_any,
        hint: Some(t.files_hint),
        answers: &[t.files_no, t.files_yes],
    };
    let question = radios(
        form.errors,
        &question,
        move || form.draft.with(|d| d.has_files.map(usize::from)),
        move |n| form.edit(|d| d.set_any(Step::Files, n == 1)),
    );
    let has_files = Memo::new(move || form.draft.with(|d| d.has_files == Some(true)));
    el("div")
        .child(question)
        .child(slot(move || has_files.get().then(|| el("div").child(picker(form)).child(list(form)))))
}

fn picker(form: Form) -> El {
    let t = form.app.text.declaration();
    let id = field_id(Field::Files);
    let said = RwSignal::new(String::new());
    let chosen = move |_| {
        form.reading.update(|n| *n += 1);
        wasm_bindgen_futures::spawn_local(async move {
            for file in LocalFile::chosen_in(&field_id(Field::Files)) {
                said.set((t.files_working)(&file.name()));
                let line = take(form, &file).await;
                said.set(line);
            }
            form.reading.update(|n| *n -= 1);
        });
    };
    let input = el("input")
        .id(&id)
        .class("input")
        .attr("type", "file")
        .attr("multiple", "")
        .attr_of("aria-describedby", form.errors.described(&id, true))
        .on_choice(chosen);
    form.errors
        .around(el("div"), &id)
        .child(el("label").class("label").attr("for", &id).child(t.files_choose))
        .child(el("p").class("hint").id(&format!("{id}-hint")).child(t.files_choose_hint))
        .child(form.errors.line(&id))
        .child(input)
        .child(el("p").attr("role", "status").child(text_of(move || said.get())))
}

/// Adds one file's fingerprint to the draft, in place of an older one of that name; returns what to say of it.
async fn take(form: Form, file: &LocalFile) -> String {
    let t = form.app.text.declaration();
    let name = file.name();
    match file.sha256_hex().await {
        Ok(sha256) => {
            let fingerprint = Fingerprint { name: name.clone(), size: file.size(), sha256 };
            form.edit(|d| {
                d.files.retain(|f| f.name != fingerprint.name);
                d.files.push(fingerprint);
            });
            (t.files_done)(&name)
        }
        Err(HashFault::TooLarge(_)) => (t.files_too_large)(&name),
        Err(_) => (t.files_failed)(&name),
    }
}

fn list(form: Form) -> El {
    let t = form.app.text.declaration();
    let files = Memo::new(move || form.draft.with(|d| d.files.clone()));
    let entry = move |file: Fingerprint| {
        let name = file.name.clone();
        let remove = button("plain", t.remove, move || {
            form.edit(|d| d.files.retain(|f| f.name != name));
            form.app.say.set((t.removed)(&name));
            focus::later(&field_id(Field::Files));
        });
        let which = el("span").class("visually-hidden").child(format!(" {}", file.name));
        let fingerprint = el("div")
            .child(el("span").class("hint").child(t.files_fingerprint).child(" "))
            .child(el("span").class("fingerprint").child(file.sha256));
        el("li")
            .child(el("strong").child(file.name))
            .child(format!(", {}", format::bytes(file.size)))
            .child(fingerprint)
            .child(remove.child(which))
    };
    el("ul").class("plain-list").child(slot(move || files.get().into_iter().map(entry).collect::<Vec<_>>()))
}
