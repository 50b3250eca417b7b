use crate::{
    browser::{
        dom::{El, el},
        page,
    },
    components::button,
    data::config::ConfigFault,
    text::ENGLISH,
};

/// What stands where the app should be when its configuration is missing or wrong: never a blank page. It runs without the
/// app's state, because there is none.
#[must_use]
pub fn config_fault(fault: ConfigFault) -> El {
    let t = &ENGLISH.shell;
    let s = &ENGLISH.safety;
    let what = match fault {
        ConfigFault::Missing(status) => (t.config_missing)(status),
        ConfigFault::Unreachable => t.config_unreachable.into(),
        ConfigFault::NotJson(why) => (t.config_not_json)(&why),
        ConfigFault::Wrong { field, why } => (t.config_wrong)(field, &why),
    };
    page::set_title(t.config_title);
    let number = |name: &str, text: &str| el("p").add(el("strong").add(name)).add(": ").add(text);
    el("main")
        .class("wrap")
        .add(el("h1").add(t.config_title))
        .add(el("p").attr("role", "alert").add(what))
        .add(el("p").add(t.config_learner))
        .add(el("p").add(t.config_host))
        .add(button("button", t.try_again, page::reload))
        .add(el("h2").add(s.call_now))
        .add(number(s.emergency, s.emergency_text))
        .add(number(s.police, s.police_text))
        .add(number(s.childline, s.childline_text))
}
