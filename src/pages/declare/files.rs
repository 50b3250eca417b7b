use super::form::{Form, field_id};
use crate::{
    browser::hash::{HashFault, LocalFile},
    components::{Errors, Radios, focus_later},
    route::Step,
    state::draft::Field,
    text::format,
};
use contract::declaration::Fingerprint;
use leptos::prelude::*;

/// The files' fingerprints. The files stay where they are.
pub fn content(form: Form) -> AnyView {
    let t = &form.app.text.declaration;
    let errors = Errors::here();
    let id = field_id(Field::Files);
    let said = RwSignal::new(String::new());
    let chosen = move |_| {
        let files = LocalFile::chosen_in(&field_id(Field::Files));
        leptos::task::spawn_local(async move {
            for file in files {
                let name = file.name();
                said.try_set((t.files_working)(&name));
                let line = match file.sha256_hex().await {
                    Ok(sha256) => {
                        form.edit(|d| {
                            d.files.retain(|f| f.name != name);
                            d.files.push(Fingerprint { name: name.clone(), size: file.size(), sha256 });
                        });
                        (t.files_done)(&name)
                    }
                    Err(HashFault::TooLarge(_)) => (t.files_too_large)(&name),
                    Err(_) => (t.files_failed)(&name),
                };
                said.try_set(line);
            }
        });
    };
    let error_id = format!("{id}-error");
    let fault_of = id.clone();
    let fault = Memo::new(move |_| errors.of(&fault_of));
    let picker = move || {
        let (id, error_id) = (id.clone(), error_id.clone());
        form.draft.with(|d| d.has_files == Some(true)).then(|| {
            view! {
                <div class="field" class:field--error=move || fault.get().is_some()>
                    <label class="label" for=id.clone()>{t.files_choose}</label>
                    <p class="hint" id="files-hint">{t.files_choose_hint}</p>
                    {let error_id = error_id.clone(); move || fault.get().map(|what| view! { <p class="error" id=error_id.clone()>{what}</p> })}
                    <input id=id class="input" type="file" multiple on:change=chosen
                        aria-describedby=format!("files-hint {error_id}") />
                    <p role="status">{move || said.get()}</p>
                </div>
                {list(form)}
            }
        })
    };
    view! {
        <Radios id=field_id(Field::Any(Step::Files)) question=t.files_any hint=t.files_hint
            answers=vec![t.files_no.into(), t.files_yes.into()]
            chosen=Signal::derive(move || form.draft.with(|d| d.has_files.map(usize::from)))
            on_choose=move |n| form.edit(|d| d.set_any(Step::Files, n == 1)) />
        {picker}
    }
    .into_any()
}

fn list(form: Form) -> impl IntoView {
    let t = &form.app.text.declaration;
    let files = Memo::new(move |_| form.draft.with(|d| d.files.clone()));
    move || {
        let items = files
            .get()
            .into_iter()
            .map(|file| {
                let name = file.name.clone();
                let remove = move |_| {
                    form.edit(|d| d.files.retain(|f| f.name != name));
                    form.app.say.set((t.removed)(&name));
                    focus_later(&field_id(Field::Files));
                };
                view! {
                    <li class="file">
                        <strong>{file.name.clone()}</strong>", "{format::bytes(file.size)}
                        <br /><span class="hint">{t.files_fingerprint}" "</span><span class="fingerprint">{file.sha256}</span>
                        <br /><button type="button" class="plain" on:click=remove>
                            {t.remove}<span class="visually-hidden">" "{file.name}</span>
                        </button>
                    </li>
                }
            })
            .collect_view();
        view! { <ul class="plain-list">{items}</ul> }
    }
}
