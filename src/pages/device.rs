use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        page, prefs, storage,
    },
    components::{Errors, Radios, radios, second_button, tick, title},
    data::session,
    route::Route,
    state::app::App,
};
use contract::auth::Device;
use leptos::prelude::*;

/// A setting of how the portal looks on this device. It names nobody and outlives a sign-out.
struct Setting {
    key: &'static str,
    /// Where the style sheets look for it.
    attribute: &'static str,
    /// The first is what the device itself would do.
    values: &'static [&'static str],
}

static THEME: Setting = Setting { key: prefs::THEME, attribute: "data-theme", values: &["", "light", "dark"] };
static SIZE: Setting = Setting { key: prefs::TEXT_SIZE, attribute: "data-text", values: &["", "1.25", "1.5", "2"] };

/// What this device is to the portal, and how the portal looks on it.
#[must_use]
pub fn device(app: App) -> El {
    let t = &app.text.device;
    let errors = Errors::new(app);
    let size = Radios {
        id: "text-size",
        question: t.text_size,
        hint: None,
        answers: &[t.text_normal, t.text_large, t.text_larger, t.text_largest],
    };
    let theme =
        Radios { id: "theme", question: t.theme, hint: None, answers: &[t.theme_device, t.theme_light, t.theme_dark] };
    let less_data = tick(
        errors,
        "less-data",
        t.less_data,
        Some(t.less_data_hint),
        move || app.less_data.get(),
        move |less| session::use_less_data(app, less),
    );
    let offline = slot(move || (!app.offline_ready.get()).then(|| el("p").class("notice").child(t.not_offline)));
    el("div")
        .child(title(app, app.text.shell.device))
        .child(slot(move || who(app)))
        .child(choice(errors, &size, &SIZE))
        .child(choice(errors, &theme, &THEME))
        .child(el("h2").child(t.data))
        .child(less_data)
        .child(el("h2").child(t.kept))
        .child(el("p").child(kept(app)))
        .child(offline)
        .child(el("p").class("hint").child((t.version)(env!("CARGO_PKG_VERSION"))))
}

fn who(app: App) -> Vec<El> {
    let t = &app.text.device;
    match app.who() {
        Some(who) => vec![
            el("p").child((t.who)(&who.name, who.learner.as_str())),
            el("p").child(if who.device == Device::Shared { t.shared } else { t.own }),
            el("p").child(second_button(&Route::SignOut, t.sign_out)),
        ],
        None => vec![el("p").child(t.nobody)],
    }
}

/// How safe what is saved here is, as soon as the browser has said.
fn kept(app: App) -> crate::browser::dom::TextOf {
    let t = &app.text.device;
    let persistent = app.cache().persistent();
    let promised = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let kept = storage::is_persisted().await;
        promised.try_set(kept);
    });
    text_of(move || {
        match (persistent, promised.get()) {
            (false, _) => t.kept_none,
            (true, true) => t.kept_persistent,
            (true, false) => t.kept_ordinary,
        }
        .into()
    })
}

fn choice(errors: Errors, group: &Radios, setting: &'static Setting) -> El {
    let now = prefs::get(setting.key).unwrap_or_default();
    let chosen = RwSignal::new(setting.values.iter().position(|v| *v == now).or(Some(0)));
    let choose = move |n: usize| {
        let value = setting.values[n];
        if value.is_empty() {
            prefs::remove(setting.key);
        } else {
            // Where it is not kept it lasts as long as the page.
            prefs::set(setting.key, value);
        }
        page::set_root_attribute(setting.attribute, value);
        chosen.set(Some(n));
    };
    radios(errors, group, move || chosen.get(), choose)
}
