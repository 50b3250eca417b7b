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
        let drafts = (drafts > 0).then(|| el("p").class("notice").child((t.sign_out_drafts)(drafts)));
        let unsent = (unsent > 0).then(|| {
            el("div")
                .class("notice")
                .child(el("p").child((t.sign_out_unsent)(unsent)))
                .child(el("p").child(t.sign_out_wait))
        });
        let offline = offline.then(|| el("p").child(t.sign_out_offline));
        [drafts, unsent, offline].into_iter().flatten().collect::<Vec<_>>()
    });
    el("div").child(title(app, t.sign_out_title)).child(el("p").child(t.sign_out_text)).child(consequences).child(
        el("div")
            .class("buttons")
            .child(button("button", t.sign_out, leave))
            .child(second_button(&Route::Today, t.stay)),
    )
}
