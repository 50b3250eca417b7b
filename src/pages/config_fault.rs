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
        ConfigFault::Wrong { field, why } => (t.config_wrong)(&field, &why),
    };
    page::set_title(t.config_title);
    let number = |name: &str, text: &str| el("p").child(el("strong").child(name)).child(": ").child(text);
    el("main")
        .class("wrap")
        .child(el("h1").child(t.config_title))
        .child(el("p").attr("role", "alert").child(what))
        .child(el("p").child(t.config_learner))
        .child(el("p").child(t.config_host))
        .child(button("button", t.try_again, page::reload))
        .child(el("h2").child(s.call_now))
        .child(number(s.emergency, s.emergency_text))
        .child(number(s.police, s.police_text))
        .child(number(s.childline, s.childline_text))
}
