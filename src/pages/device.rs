use super::copy::copy;
use crate::{
    browser::{
        clock,
        dom::{El, el, slot, text_of},
        page, prefs, promises, storage,
    },
    components::{Errors, Radios, Row, button, go, radios, rows, second_button, tick, title},
    data::{api::Fault, meter, outbox::Way, session},
    route::{My, Route},
    signal::{RwSignal, effect},
    state::app::App,
    text::format,
};
use contract::auth::Device;

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
    let t = app.text.device();
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
    let everywhere = slot(move || app.who().map(|_| everywhere(app)));
    el("div")
        .child(title(app, app.text.shell.device))
        .child(slot(move || who(app)))
        .child(el("h2").child(t.unsent))
        .child(slot(move || unsent(app)))
        .child(el("p").child(go(&Route::HandIn, app.text.hand_in().link)))
        .child(slot(move || app.who().map(|_| mine(app))))
        .child(choice(errors, &size, &SIZE))
        .child(choice(errors, &theme, &THEME))
        .child(el("h2").child(t.data))
        .child(used(app))
        .child(less_data)
        .child(el("h2").child(t.kept))
        .child(slot(move || el("p").child(kept(app))))
        .child(offline)
        .child(el("h2").child(t.promises))
        .child(promises(app))
        .child(everywhere)
        .child(el("p").class("more").child(go(&My::Accessibility.into(), app.text.accessibility().title)))
        .child(el("p").class("hint").child((t.version)(env!("CARGO_PKG_VERSION"))))
}

/// What was written stays, locked, until its learner is back.
#[must_use]
pub fn lock_button(app: App, text: &str) -> El {
    button("button button--second", text, move || lock(app))
}

/// To Sign in, which says what is kept: this page is for everybody, and would stay.
fn lock(app: App) {
    page::replace_hash(&Route::Today.href());
    app.route.set(Route::Today);
    wasm_bindgen_futures::spawn_local(session::lock(app));
}

fn who(app: App) -> Vec<El> {
    let t = app.text.device();
    match app.who() {
        Some(who) => vec![
            el("p").child((t.who)(&who.name, who.learner.as_str())),
            el("p").child(if who.device == Device::Shared { t.shared } else { t.own }),
            el("p").child((who.device == Device::Own).then_some(t.lock_text)),
            el("div")
                .class("buttons")
                .child(second_button(&Route::SignOut, app.text.sign_out.sign_out))
                .child((who.device == Device::Own).then(|| lock_button(app, t.lock))),
        ],
        None => vec![el("p").child(t.nobody)],
    }
}

/// The ways to what is the learner's own.
fn mine(app: App) -> El {
    let way = |page: My, text: &str| el("p").class("more").child(go(&page.into(), text));
    el("div")
        .child(way(My::Data, app.text.my_data().title))
        .child(way(My::Calendar, app.text.calendar().all))
        .child(way(My::Week, app.text.calendar().week))
}

/// What was signed on this device and is not sent, whoever signed it.
fn unsent(app: App) -> El {
    let t = app.text.device();
    let own = app.unsent().iter().filter(|item| item.way != Way::Arrived).count();
    let others = app.unsent_of_others();
    if own + others == 0 {
        return el("p").child(t.unsent_none);
    }
    let line = |n: usize, text: fn(usize) -> String| (n > 0).then(|| el("li").child(text(n)));
    let list = el("ul").child(line(own, t.unsent_own)).child(line(others, t.unsent_others));
    el("div").child(list).child(copy(app))
}

/// What the portal has taken of this device's data; told anew after each exchange with the server.
fn used(app: App) -> El {
    let t = app.text.device();
    if !app.cache().persistent() {
        return el("p").child(t.used_unknown);
    }
    let [this, before] = [(); 2].map(|()| RwSignal::new(String::new()));
    effect(move || {
        app.link.track();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(taken) = meter::taken(app).await {
                this.set(format::bytes(taken[0]));
                before.set(format::bytes(taken[1]));
            }
        });
    });
    let dates = app.dates();
    let month = dates.month_name(dates.month(clock::now()));
    let list = vec![
        Row::new(&(t.used)(&month), text_of(move || this.get())),
        Row::new(t.used_before, text_of(move || before.get())),
    ];
    el("div").child(rows(list)).child(el("p").class("hint").child(t.used_hint))
}

/// What is kept here, and who can read it.
fn kept(app: App) -> &'static str {
    let t = app.text.device();
    match app.who() {
        _ if !app.cache().persistent() => t.kept_none,
        None => t.kept_nobody,
        Some(_) if app.key.get_value().is_none() => t.kept_none,
        Some(who) if who.device == Device::Shared => t.kept_shared,
        Some(_) => t.kept_own,
    }
}

/// What this browser can promise, as soon as it has said.
fn promises(app: App) -> El {
    let t = app.text.device();
    let keeps = RwSignal::new(false);
    wasm_bindgen_futures::spawn_local(async move {
        let kept = storage::is_persisted().await;
        keeps.set(kept);
    });
    let either = |promised: bool, yes: &'static str, no: &'static str| if promised { yes } else { no };
    rows(vec![
        Row::new(t.room, text_of(move || either(keeps.get(), t.room_kept, t.room_ordinary).into())),
        Row::new(t.power, either(promises::writes_at_once(), t.power_kept, t.power_ordinary)),
        Row::new(t.tabs, either(promises::knows_other_tabs(), t.tabs_kept, t.tabs_ordinary)),
    ])
}

/// Ending every session, on every device.
fn everywhere(app: App) -> El {
    let t = app.text.device();
    let said = RwSignal::new(String::new());
    let out = move || {
        wasm_bindgen_futures::spawn_local(async move {
            match app.api().sign_out_everywhere().await {
                // What was written here stays, locked, as on the other devices.
                Ok(()) => lock(app),
                Err(Fault::Problem(problem)) => said.set(problem.detail.unwrap_or(problem.title)),
                Err(_) => said.set(t.everywhere_unreachable.into()),
            }
        });
    };
    el("section")
        .child(el("h2").child(t.everywhere))
        .child(el("p").child(t.everywhere_text))
        .child(button("button button--second", t.everywhere, out))
        .child(el("p").class("error").attr("role", "status").child(text_of(move || said.get())))
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
