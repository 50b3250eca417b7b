use crate::{
    browser::page,
    data::config::ConfigFault as Fault,
    text::ENGLISH,
};
use leptos::prelude::*;

/// What stands where the app should be when its configuration is missing or wrong: never a blank page. It runs without the
/// app's state, because there is none.
#[component]
pub fn ConfigFault(fault: Fault) -> impl IntoView {
    let t = &ENGLISH.shell;
    let what = match fault {
        Fault::Missing(status) => (t.config_missing)(status),
        Fault::Unreachable => t.config_unreachable.into(),
        Fault::NotJson(why) => (t.config_not_json)(&why),
        Fault::Wrong { field, why } => (t.config_wrong)(&field, &why),
    };
    let s = &ENGLISH.safety;
    page::set_title(t.config_title);
    view! {
        <main id="main" class="wrap">
            <h1>{t.config_title}</h1>
            <p role="alert">{what}</p>
            <p>{t.config_learner}</p>
            <p>{t.config_host}</p>
            <button type="button" class="button" on:click=|_| page::reload()>{t.try_again}</button>
            <h2>{s.call_now}</h2>
            <p><strong>{s.emergency}</strong>": "{s.emergency_text}</p>
            <p><strong>{s.police}</strong>": "{s.police_text}</p>
            <p><strong>{s.childline}</strong>": "{s.childline_text}</p>
        </main>
    }
}
