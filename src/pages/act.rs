//! A button by which a learner does something small, and how it stands with what they did.

use super::{ask::not_sent, receipt};
use crate::{
    browser::{
        dom::{El, el, slot, text_of},
        focus,
    },
    components::{Errors, button},
    data::{
        outbox::{Item, Way},
        submit,
    },
    signal::RwSignal,
    state::app::App,
};
use contract::{act::Deed, ids::LearnerId};
use leptos::prelude::untrack;
use std::{cell::RefCell, rc::Rc};

thread_local! {
    /// What was not kept last, of whom and why: pages are built anew under the eyes of who was told.
    static NOT_KEPT: RefCell<Option<(LearnerId, String, String)>> = const { RefCell::new(None) };
}

/// What an act is called.
pub struct Act {
    /// Begins with `act/`, and is the same for the same act about the same thing.
    pub name: String,
    /// What stands on the button.
    pub label: &'static str,
    /// What its learner is shown of it while it waits.
    pub title: String,
}

/// The button; once it was pressed, where what was done is. When its record has come, the page shows that instead.
#[must_use]
pub fn act(app: App, act: Act, deed: impl Fn() -> Deed + 'static) -> El {
    let fault = RwSignal::new(None::<String>);
    let deed = Rc::new(deed);
    el("div").class("act").child(slot(move || {
        if let Some(item) = submit::acts(app, &act.name).pop() {
            return waiting(app, item);
        }
        let (name, title, deed) = (act.name.clone(), act.title.clone(), deed.clone());
        let press = button("button button--second no-print", act.label, move || {
            if !untrack(|| app.signing.get()) {
                make(app, deed(), name.clone(), title.clone(), fault);
            }
        });
        // It is said aloud once.
        let now = fault.get().map(|why| (why, "alert"));
        let why = now.or_else(|| Some((not_kept(app, &act.name)?, "note")));
        let why = why.map(|(why, role)| el("p").class("notice notice--bad").attr("role", role).child(why));
        el("div").child(why).child(press)
    }))
}

/// Does it; only when it is really kept does the page say so.
fn make(app: App, deed: Deed, name: String, title: String, fault: RwSignal<Option<String>>) {
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        let why = done(app, deed, name.clone(), title).await.err();
        let learner = app.who().map(|who| who.learner);
        NOT_KEPT.set(why.clone().zip(learner).map(|(why, learner)| (learner, name, why)));
        fault.set(why);
    });
}

fn not_kept(app: App, name: &str) -> Option<String> {
    let learner = untrack(|| app.who())?.learner;
    NOT_KEPT.with_borrow(|last| {
        last.as_ref().filter(|(of, act, _)| *of == learner && act == name).map(|(.., why)| why.clone())
    })
}

/// A form by which a learner does something small. `send`: what stands on its button.
pub fn form(app: App, send: &'static str, parts: Vec<El>, on_send: impl Fn() + 'static) -> El {
    app.signing.set(false);
    let label = move || if app.signing.get() { app.text.ask().sending } else { send };
    el("form")
        .attr("method", "post")
        .attr("novalidate", "")
        .instead_of("submit", on_send)
        .child(parts)
        .child(el("button").class("button").attr("type", "submit").child(text_of(move || label().into())))
}

/// Does what a form says: the deed, its name and its title. `field`: where it is said that nothing was kept.
pub fn keep(
    app: App,
    errors: Errors,
    field: String,
    (deed, name, title): (Deed, String, String),
    then: impl FnOnce() + 'static,
) {
    app.signing.set(true);
    wasm_bindgen_futures::spawn_local(async move {
        match done(app, deed, name, title).await {
            Ok(()) => then(),
            Err(why) => {
                errors.show(vec![(field, why)]);
            }
        }
    });
}

/// When it is really kept the page says so; else why it is not, and what to do.
async fn done(app: App, deed: Deed, name: String, title: String) -> Result<(), String> {
    let kept = submit::act(app, deed, name.clone(), title).await;
    app.signing.set(false);
    match kept {
        Ok(_) => {
            app.say.set(app.text.ask().act_kept.into());
            focus::later(&stands(&name));
            Ok(())
        }
        Err(why) => Err(not_sent(app, why)),
    }
}

/// Where an item is that waits, or was refused.
#[must_use]
pub fn waiting(app: App, item: Item) -> El {
    let t = app.text.ask();
    let stands = el("p").class("notice").id(&stands(item.work.assignment.as_str())).attr("tabindex", "-1");
    match &item.attention {
        Some(problem) => el("div")
            .child(stands.child(t.act_refused))
            .child(receipt::said(problem.clone()))
            .child(el("p").child(receipt::again(app, item.clone()))),
        None if item.way == Way::Arrived => stands.child(t.act_sent),
        None => stands.child(t.act_waits),
    }
}

fn stands(name: &str) -> String {
    format!("stands-{name}")
}
