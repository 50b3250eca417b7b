use crate::{
    browser::{
        Task, crypto,
        dom::{El, el, slot},
    },
    signal::RwSignal,
    state::app::App,
    text::format,
};
use contract::{
    json::from_json,
    request::{Request, Said, Status, Words},
};

/// Each step, the oldest first: who, when, and what was said.
pub fn steps(app: App, request: &Request) -> El {
    let list: Vec<_> = request.said.iter().enumerate().map(|(n, said)| step(app, said, n == 0)).collect();
    el("ol").class("plain-list steps").child(list)
}

fn step(app: App, said: &Said, first: bool) -> El {
    let t = app.text.requests();
    let who = match &said.by {
        Some(person) => format!("{}, {}", person.name, (t.role)(person.role)),
        None => t.you.into(),
    };
    let did = match (&said.by, said.status) {
        (Some(_), status) => (t.did)(status),
        (None, _) if first => t.asked,
        (None, Status::Withdrawn) => t.withdrew,
        (None, _) => t.added,
    };
    el("li")
        .child(el("p").child(el("strong").child(who)).child(" ").child(did))
        .child(el("p").class("hint").child(app.dates().date_time(said.at)))
        .child(said.says.as_ref().map(|words| shown(app, words)))
        .child(said.locked.as_ref().map(|locked| unlocked(app, said.id.0.clone(), locked.clone())))
}

/// What is locked, opened here with its learner's own key.
fn unlocked(app: App, id: String, locked: String) -> El {
    let t = app.text.requests();
    let opened = RwSignal::new(None::<Option<Words>>);
    wasm_bindgen_futures::spawn_local(async move {
        let words = unlock(app, &id, &locked).await;
        opened.set(Some(words));
    });
    el("div").child(slot(move || match opened.get() {
        Some(Some(words)) => shown(app, &words),
        Some(None) => el("p").child(t.not_opened),
        None => el("p").class("hint").child(t.opening),
    }))
}

/// What is locked in the step of an id; nothing where it does not open here.
pub fn unlock<'a>(app: App, id: &'a str, locked: &'a str) -> Task<'a, Option<Words>> {
    Box::pin(async move {
        let key = app.who()?.reading_key?;
        from_json(&crypto::decrypt(&key, id, locked).await.ok()?).ok()
    })
}

fn shown(app: App, words: &Words) -> El {
    let t = app.text.requests();
    let number = words.telephone.as_ref().map(|number| el("p").child((t.call_me)(number)));
    let suits = words.suits.as_ref().map(|when| el("p").child((t.suits)(when)));
    let study = words
        .study
        .as_ref()
        .map(|lost| el("p").child((t.study)(&format::length(lost.minutes), &app.dates().full_day(lost.date))));
    el("div")
        .class("said")
        .child(study)
        .child(words.text.as_ref().map(|text| el("p").class("lines").child(text.as_str())))
        .child(number)
        .child(suits)
}
