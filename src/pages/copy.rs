use crate::{
    browser::{
        dom::{El, el, text_of},
        save,
    },
    components::button,
    data::hand_in,
    signal::RwSignal,
    state::app::App,
};

/// Saving what is not sent as a file: sealed, to be handed in elsewhere. What came of it stays on the page.
#[must_use]
pub fn copy(app: App) -> El {
    let t = &app.text.receipts;
    let said = RwSignal::new(String::new());
    let save = move || {
        wasm_bindgen_futures::spawn_local(async move {
            let file = hand_in::unsent_file(app).await;
            let saved = file.is_some_and(|file| save::text(t.copy_file, "application/json", &file).is_ok());
            said.set(if saved { t.copied } else { t.not_copied }.into());
        });
    };
    el("div")
        .class("no-print")
        .child(el("p").class("hint").child(t.copy_text))
        .child(button("button button--second", t.copy, save))
        .child(el("p").attr("role", "status").child(text_of(move || said.get())))
}
