use super::device::lock_button;
use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{button, second_button, title},
    data::{outbox::Way, session},
    late,
    route::Route,
    state::app::{App, Link},
};

/// Says what signing out does here and now, before it does it.
#[must_use]
pub fn sign_out(app: App) -> El {
    let t = &app.text.sign_out;
    let consequences = slot(move || {
        let drafts = app.unfinished();
        let unsent: Vec<_> = app.unsent().into_iter().filter(|item| item.way != Way::Arrived).collect();
        let offline = matches!(app.link.get(), Link::Unreachable(_));
        let drafts = (drafts > 0).then(|| {
            let lost = el("p").child((t.drafts)(drafts));
            el("div").class("notice").child(lost).child(lock_button(app, t.lock_instead))
        });
        let unsent = (!unsent.is_empty()).then(|| {
            let sealed = unsent.iter().all(|item| item.way == Way::Sealed);
            let what = if sealed { t.sealed } else { t.plain };
            el("div")
                .class("notice")
                .child(el("p").child(what(unsent.len(), unsent.iter().any(|item| item.asks.is_some()))))
                .child(late::copy(app))
        });
        let offline = offline.then(|| el("p").child(t.offline));
        [drafts, unsent, offline].into_iter().flatten().collect::<Vec<_>>()
    });
    el("div").child(title(app, t.title)).child(el("p").child(t.text)).child(consequences).child(
        el("div")
            .class("buttons")
            .child(button("button", t.sign_out, move || leave(app)))
            .child(second_button(&Route::Today, t.stay)),
    )
}

/// Signs out here and now. The address stays behind, for whoever signs in next.
pub fn leave(app: App) {
    page::replace_hash(&Route::Today.href());
    app.route.set(Route::Today);
    wasm_bindgen_futures::spawn_local(session::sign_out(app));
}
