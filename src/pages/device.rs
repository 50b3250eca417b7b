use crate::{
    browser::{page, prefs, storage},
    components::{Errors, GoButton, PageTitle, Radios, Tick},
    data::session,
    route::Route,
    state::app::App,
};
use contract::auth::Device as Kind;
use leptos::prelude::*;

const THEMES: [&str; 3] = ["", "light", "dark"];
const SIZES: [&str; 4] = ["", "1.25", "1.5", "2"];

/// What this device is to the portal, and how the portal looks on it.
#[component]
pub fn Device() -> impl IntoView {
    let app = App::here();
    let t = &app.text.device;
    let _ = Errors::provide();
    let who = move || match app.who() {
        Some(who) => {
            let line = (t.who)(&who.name, who.learner.as_str());
            let kind = if who.device == Kind::Shared { t.shared } else { t.own };
            view! {
                <p>{line}</p>
                <p>{kind}</p>
                <GoButton to=Route::SignOut text=t.sign_out second=true />
            }
            .into_any()
        }
        None => view! { <p>{t.nobody}</p> }.into_any(),
    };
    let theme = setting(prefs::THEME, &THEMES);
    let size = setting(prefs::TEXT_SIZE, &SIZES);
    let persistent = app.cache().persistent();
    let promised = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        let kept = storage::is_persisted().await;
        promised.try_set(kept);
    });
    let kept = move || match (persistent, promised.get()) {
        (false, _) => t.kept_none,
        (true, true) => t.kept_persistent,
        (true, false) => t.kept_ordinary,
    };
    let strings = |lines: &[&str]| lines.iter().map(|line| (*line).to_string()).collect::<Vec<_>>();
    view! {
        <PageTitle title=app.text.shell.device />
        {who}
        <Radios id="text-size" question=t.text_size
            answers=strings(&[t.text_normal, t.text_large, t.text_larger, t.text_largest])
            chosen=size on_choose=move |n| choose(prefs::TEXT_SIZE, &SIZES, size, n) />
        <Radios id="theme" question=t.theme answers=strings(&[t.theme_device, t.theme_light, t.theme_dark])
            chosen=theme on_choose=move |n| choose(prefs::THEME, &THEMES, theme, n) />
        <h2>{t.data}</h2>
        <Tick id="less-data" label=t.less_data hint=t.less_data_hint ticked=app.less_data
            on_tick=move |less| session::use_less_data(app, less) />
        <h2>{t.kept}</h2>
        <p>{kept}</p>
        <p class="hint">{(t.version)(env!("CARGO_PKG_VERSION"))}</p>
    }
}

/// Which of the values a setting has now.
fn setting(key: &'static str, values: &'static [&'static str]) -> RwSignal<Option<usize>> {
    let now = prefs::get(key).unwrap_or_default();
    RwSignal::new(values.iter().position(|v| *v == now).or(Some(0)))
}

/// Where the style sheets look for a setting.
fn attribute(key: &str) -> &'static str {
    if key == prefs::THEME { "data-theme" } else { "data-text" }
}

/// Keeps a setting of this device and shows it at once. The settings name nobody and outlive a sign-out.
fn choose(key: &'static str, values: &'static [&'static str], signal: RwSignal<Option<usize>>, n: usize) {
    match values[n] {
        "" => prefs::remove(key),
        // Where it is not kept it lasts as long as the page.
        value => {
            prefs::set(key, value);
        }
    }
    page::set_root_attribute(attribute(key), values[n]);
    signal.set(Some(n));
}
