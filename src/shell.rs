//! The frame around every page: landmarks, skip link, navigation, how it stands with the server, and what happens on a page
//! change.

use crate::{
    browser::{
        dialog,
        dom::{El, Part, Slot, el, slot, text_of},
        early::Early,
        focus, page, worker,
    },
    components::{TITLE, button, go, telephone},
    data::{
        outbox::{Item, Way},
        session, sync,
    },
    pages,
    route::{REQUESTS, Route},
    signal::{Memo, RwSignal, StoredValue, effect},
    state::{
        app::{Account, App, Link},
        idle,
    },
};
use contract::course::Role;
use leptos::prelude::untrack;
use std::mem;

const MAIN: &str = "main";
const MENU: &str = "menu";
const IDLE: &str = "idle";
const IDLE_STAY: &str = "idle-stay";

/// All but the page.
pub struct Frame {
    parts: [El; 7],
    main: El,
    signed_in: Memo<bool>,
}

impl Frame {
    #[must_use]
    pub fn of(app: App) -> Self {
        let text = app.text;
        let signed_in = Memo::new(move || matches!(app.account.get(), Account::In(_)));
        // A new page is read from its heading; so is the one that comes and goes with signing in and out. The first one is not
        // touched: the browser reads that itself, and a learner may already be typing.
        let mut first = true;
        effect(move || {
            app.route.track();
            signed_in.track();
            if !mem::take(&mut first) {
                focus::scroll_to_top();
                focus::later(TITLE);
            }
        });
        let skip = el("a").class("skip").attr("href", "#main").child(text.shell.skip).instead_of("click", || {
            focus::to_id(MAIN);
        });
        let main = el("main").id(MAIN).attr("tabindex", "-1").class("wrap");
        let said = el("p").class("visually-hidden").attr("role", "status").child(text_of(move || app.say.get()));
        let update = el("div").child(slot(move || update(app)));
        let parts = [skip, header(app, signed_in), update, main.clone(), footer(app), said, idle_question(app)];
        Self { parts, main, signed_in }
    }

    /// The whole app. `typed` is what was typed before it had arrived.
    pub fn with_page(self, app: App, typed: Early) -> impl Part {
        let Self { parts, main, signed_in } = self;
        let typed = StoredValue::new(Some(typed));
        let page = slot(move || {
            let route = app.route.get();
            // Whoever is not signed in sees the public pages, and Sign in for all others.
            if signed_in.get() || route.is_public() {
                app.faulty.set(false);
                pages::page(app, route)
            } else {
                pages::sign_in(app, typed.update_value(Option::take).flatten())
            }
        });
        let _ = main.child(page);
        parts
    }
}

fn header(app: App, signed_in: Memo<bool>) -> El {
    let t = &app.text.shell;
    let open = RwSignal::new(false);
    // Choosing a page closes the menu.
    effect(move || {
        app.route.track();
        open.set(false);
    });
    let items = slot(move || {
        let pages = if signed_in.get() {
            vec![
                (Route::Today, t.today),
                (Route::Deadlines, t.deadlines),
                (Route::Live, t.live),
                (Route::Work, t.declare),
                (Route::Receipts, t.receipts),
                (Route::Help(String::new()), t.help),
                (Route::Safety, t.safety),
                (Route::Device, t.device),
            ]
        } else {
            vec![(Route::Today, t.sign_in), (Route::Safety, t.safety), (Route::Device, t.device)]
        };
        pages
            .into_iter()
            .map(|(route, label)| {
                let link = go(&route, label).attr_of("aria-current", move || {
                    app.route.with(|now| now.belongs_to(&route)).then(|| "page".into())
                });
                el("li").child(link)
            })
            .collect::<Vec<_>>()
    });
    let menu = button("header__menu", t.menu, move || open.set(!open.get_untracked()))
        .attr("aria-controls", MENU)
        .attr_of("aria-expanded", move || Some(open.get().to_string()));
    let out = slot(move || signed_in.get().then(|| go(&Route::SignOut, t.sign_out).class("header__out")));
    let bar = el("div")
        .class("wrap header__bar")
        .child(go(&Route::Today, &app.config().service).class("header__name"))
        .child(out)
        .child(menu);
    let nav = el("nav")
        .id(MENU)
        .class("menu")
        .class_of("menu--open", move || open.get())
        .attr("aria-label", t.navigation)
        .child(el("ul").class("wrap menu__list").child(items));
    el("header").class("header").child(bar).child(nav).child(status(app, signed_in))
}

/// How it stands with the server, in words, on every page.
fn status(app: App, signed_in: Memo<bool>) -> El {
    let t = &app.text.shell;
    let link = move || {
        let dates = app.dates();
        match app.link.get() {
            _ if !signed_in.get() => String::new(),
            Link::Unknown => t.not_checked.into(),
            Link::Checking => app.sent_of().map_or_else(|| t.syncing.into(), |(sent, all)| (t.sending)(sent, all)),
            Link::UpToDate(at) => (t.up_to_date)(&dates.time(at)),
            Link::Unreachable(Some(at)) => (t.offline)(&dates.time(at)),
            Link::Unreachable(None) => t.offline_never.into(),
        }
    };
    let check = slot(move || signed_in.get().then(|| button("plain", t.check_now, move || sync::kick(app))));
    let no_storage = (!app.cache().persistent()).then_some(t.no_storage);
    el("div")
        .class("status")
        .class_of("status--offline", move || matches!(app.link.get(), Link::Unreachable(_)))
        .child(el("div").class("wrap status__line").child(el("p").child(text_of(link))).child(check))
        .child(waiting(app))
        .child(no_storage.map(notice))
}

/// What waits on this device, of this learner and of others, and what went wrong with it.
fn waiting(app: App) -> Slot {
    let t = &app.text.shell;
    // It comes with time alone; the links are not built anew under somebody's finger each time the clock moves.
    let for_long = Memo::new(move || {
        app.now.track();
        app.unsent_for_long()
    });
    slot(move || {
        // Declarations that wait, those that need their learner; the same of requests.
        let mut own = [0_usize; 4];
        for item in app.unsent() {
            if item.way != Way::Arrived {
                own[usize::from(item.asks.is_some()) * 2 + usize::from(item.attention.is_some())] += 1;
            }
        }
        let needs_learner = |i: &&Item| i.learner.is_none() && i.attention.is_some();
        let needs_learner = app.outbox.with(|items| items.iter().filter(needs_learner).count());
        let mut lines = Vec::new();
        // How many, what to say, and where it is to be looked at.
        let requests = Route::Help(REQUESTS.into());
        let (receipts, requests) = (Some((&Route::Receipts, t.see_receipts)), Some((&requests, t.see_requests)));
        let mut say = |n: usize, text: fn(usize) -> String, look: Option<(&Route, &str)>| {
            if n > 0 {
                lines.push(notice(&text(n)).child(" ").child(look.map(|(to, label)| go(to, label))));
            }
        };
        say(usize::from(app.evicted.get()), t.evicted, receipts);
        say(app.gaps.get(), t.gap, receipts);
        say(for_long.get(), t.unsent_long, receipts);
        say(own[0], t.unsent, receipts);
        say(own[1], t.attention, receipts);
        say(own[2], t.unsent_asks, requests);
        say(own[3], t.attention_asks, requests);
        say(needs_learner, t.needs_learner, None);
        let others = if app.who().is_some() { t.unsent_others } else { t.unsent_sealed };
        say(app.unsent_of_others().saturating_sub(needs_learner), others, None);
        lines
    })
}

/// On a shared computer that nobody touches: asks whether anybody is still there, before it locks.
fn idle_question(app: App) -> El {
    let t = &app.text.shell;
    effect(move || dialog::show(IDLE, app.idle_warning.get(), IDLE_STAY));
    let content = slot(move || {
        app.idle_warning.get().then(|| {
            let locks = app.dates().time(app.touched.get_untracked() + idle::LOCK);
            let stay = button("button", app.text.sign_out.stay, move || session::stay(app)).id(IDLE_STAY);
            // What is being written is not lost by a press in haste.
            let out = move || {
                if untrack(|| app.unfinished() > 0) {
                    session::stay(app);
                    page::set_hash(&Route::SignOut.href());
                } else {
                    pages::leave(app);
                }
            };
            el("div")
                .child(el("h2").id("idle-title").child(t.idle_title))
                .child(el("p").id("idle-text").child((t.idle_text)(&locks)))
                .child(el("div").class("buttons").child(stay).child(button(
                    "button button--second",
                    t.sign_out_now,
                    out,
                )))
        })
    });
    // Escape, or whatever else closes it: somebody is there.
    let closed = move || {
        if app.idle_warning.get_untracked() {
            session::stay(app);
        }
    };
    el("dialog")
        .id(IDLE)
        .class("dialog")
        .attr("role", "alertdialog")
        .attr("aria-labelledby", "idle-title")
        .attr("aria-describedby", "idle-text")
        .instead_of("cancel", closed)
        .instead_of("close", closed)
        .child(content)
}

fn notice(line: &str) -> El {
    el("p").class("wrap status__waiting").child(line)
}

/// A new version asks; it never takes over by itself.
fn update(app: App) -> Option<El> {
    let t = &app.text.shell;
    app.update.get().then(|| {
        let draft = app.unfinished() > 0;
        let take_over = || {
            worker::take_over();
        };
        el("section")
            .class("wrap notice")
            .attr("aria-labelledby", "update-title")
            .child(el("h2").id("update-title").child(t.update_title))
            .child(el("p").child(if draft { t.update_draft } else { t.update_text }))
            .child(button("button", t.update_now, take_over))
    })
}

fn footer(app: App) -> El {
    let t = &app.text.shell;
    let config = app.config();
    let lead = slot(move || {
        let lead = app.safeguarding_lead();
        lead.telephone.map(|number| {
            let role = (app.text.common.role)(Role::SafeguardingLead);
            el("p").child(format!("{role}: {}, ", lead.name)).child(telephone(&number))
        })
    });
    let provider = config.provider.telephone.map(|number| {
        let name = config.provider.name.unwrap_or(config.service);
        el("p").child(format!("{name}: ")).child(telephone(&number))
    });
    let content = el("div")
        .class("wrap")
        .child(el("p").child(el("a").attr("href", "tel:999").child(t.help_now)))
        .child(lead)
        .child(provider)
        .child(el("p").child(go(&Route::Safety, t.safety)))
        .child(el("p").child(go(&Route::Check, t.check_receipt)));
    el("footer").class("footer").child(content)
}
