use super::help::to_ask;
use crate::{
    browser::dom::{El, el, slot},
    components::{go, outside, telephone, title},
    route::Route,
    state::app::App,
};
use contract::request::AskKind;

/// What is promised to whom, what does not work yet, and how to say so. For everybody, signed in or not.
#[must_use]
pub fn accessibility(app: App) -> El {
    let t = app.text.accessibility();
    let can: Vec<_> = t.can_list.iter().map(|line| el("li").child(*line)).collect();
    let known =
        t.known_list.iter().map(|(what, more)| el("li").child(el("strong").child(*what)).child(" ").child(*more));
    let ask = |kind, label| el("li").class("more").child(go(&to_ask(kind, None), label));
    let provider = app.config().provider;
    let law = outside(app, None, "https://www.equalityadvisoryservice.com/", "www.equalityadvisoryservice.com");
    el("div")
        .child(title(app, t.title))
        .child(el("p").child(t.promise))
        .child(el("h2").child(t.can))
        .child(el("ul").child(can))
        .child(el("p").class("more no-print").child(go(&Route::Device, app.text.shell.device)))
        .child(el("h2").child(t.known))
        .child(el("ul").child(known.collect::<Vec<_>>()))
        .child(el("h2").child(t.tested))
        .child(el("p").child(t.tested_text))
        .child(el("p").child(t.tested_on))
        .child(el("h2").child(t.tell))
        .child(el("p").child(t.tell_text))
        .child(slot(move || app.who().is_none().then(|| el("p").class("hint no-print").child(t.sign_in_first))))
        .child(
            el("ul")
                .class("plain-list no-print")
                .child(ask(AskKind::AccessibilityProblem, t.problem))
                .child(ask(AskKind::AnotherFormat, t.format)),
        )
        .child(el("h2").child(t.call))
        .child(match provider.telephone {
            Some(number) => el("p").child(telephone(&number)),
            None => el("p").child(t.call_unknown),
        })
        .child(el("p").child(t.law).child(" ").child(law))
}
