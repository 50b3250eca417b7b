use crate::{
    browser::{
        dom::{El, el, slot},
        page,
    },
    components::{button, second_button, title},
    data::session,
    route::Route,
    state::app::{App, Link},
};
use leptos::prelude::*;

/// Says what signing out does here and now, before it does it.
#[must_use]
pub fn sign_out(app: App) -> El {
    let t = &app.text.device;
    let leave = move || {
        page::replace_hash(&Route::Today.href());
        app.route.set(Route::Today);
        leptos::task::spawn_local(session::sign_out(app));
    };
    let consequences = slot(move || {
        let drafts = app.drafts.with(|d| d.iter().filter(|d| !d.is_untouched()).count());
        let unsent = app.unsent().len();
        let offline = matches!(app.link.get(), Link::Unreachable(_));
        let drafts = (drafts > 0).then(|| el("p").class("notice").add((t.sign_out_drafts)(drafts)));
        let unsent = (unsent > 0).then(|| {
            el("div").class("notice").add(el("p").add((t.sign_out_unsent)(unsent))).add(el("p").add(t.sign_out_wait))
        });
        let offline = offline.then(|| el("p").add(t.sign_out_offline));
        [drafts, unsent, offline].into_iter().flatten().collect::<Vec<_>>()
    });
    el("div").add(title(app, t.sign_out_title)).add(el("p").add(t.sign_out_text)).add(consequences).add(
        el("div").class("buttons").add(button("button", t.sign_out, leave)).add(second_button(&Route::Today, t.stay)),
    )
}
