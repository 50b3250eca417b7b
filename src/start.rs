//! From the first line of code to the first page.

use crate::{
    browser::{dom, early, idle, online, page, pass, prefs, worker},
    data::{cache::Cache, config, session, sync},
    late, pages,
    route::Route,
    shell::Frame,
    state::app::App,
};
use gloo_timers::callback::{Interval, Timeout};
use leptos::mount::mount_to;

/// The element that the app fills.
const ROOT: &str = "app";
/// Milliseconds between two looks at how long a shared computer has been left.
const WATCH: u32 = 5_000;
/// Milliseconds in which the browser draws the first page, before anything is asked of the network.
const DRAWING: u32 = 30;

/// Puts the app in place of the first picture. That one stays, with what is typed into it, until everything is there.
pub fn start() {
    // Leptos has no executor before the first mount.
    wasm_bindgen_futures::spawn_local(async {
        let config = match config::load().await {
            Ok(config) => config,
            Err(fault) => {
                return under_an_owner(move || dom::put_into(ROOT, pages::config_fault(fault)));
            }
        };
        let cache = Cache::open().await;
        let app = App::new(config, cache, Route::parse(&page::hash()));
        session::open(app).await;
        // In tasks of their own: a slow phone answers its learner in between.
        Timeout::new(0, move || build(app)).forget();
    });
}

/// Builds the frame; nothing is seen of it yet.
fn build(app: App) {
    under_an_owner(move || {
        let frame = Frame::of(app);
        Timeout::new(0, move || show(app, frame)).forget();
    });
}

fn show(app: App, frame: Frame) {
    let typed = early::take();
    let keyboard = typed.focus.filter(|_| !typed.submitted).map(|field| (field, typed.selection));
    under_an_owner(move || dom::put_into(ROOT, frame.with_page(app, typed)));
    if let Some((field, selection)) = keyboard {
        pages::take_up(field, selection);
    }
    follow(app);
    Timeout::new(DRAWING, move || go_on(app)).forget();
}

/// What can wait until the first page is seen.
fn go_on(app: App) {
    app.cache().count_data(&app.config().time_zone);
    sync::kick(app);
    late::when_there_is_time(app);
    wasm_bindgen_futures::spawn_local(async move {
        // Without a service worker the app works while there is a network; This device says so.
        let registered = worker::register(move || app.update.set(true)).await;
        app.offline_ready.set(registered.is_ok());
    });
}

/// Builds under an owner of signals that lives as long as the page.
fn under_an_owner(build: impl FnOnce() + 'static) {
    if let Some(body) = page::body() {
        mount_to(body, build).forget();
    }
}

/// Lets the state follow the world for as long as the page lives: the address, the clock, the network, the learner's touch.
fn follow(app: App) {
    let go = move |hash: String| {
        // An anchor inside the page is not a page.
        if hash.is_empty() || hash.starts_with("#/") {
            let route = Route::parse(&hash);
            if app.route.with_untracked(|now| *now != route) {
                app.route.set(route);
            }
        }
    };
    let address = page::on_hash(go);
    // It may have changed since it was first read, while the app opened.
    go(page::hash());
    let network = online::on_turn(move |turn| {
        app.tick();
        session::watch(app);
        if turn != online::Turn::Hidden {
            sync::kick(app);
        }
    });
    // While the page asks, only its buttons answer: else a press on 'Sign out now' would close the question under the finger.
    let touch = idle::on_touch(move |at| {
        if !app.idle_warning.get_untracked() {
            session::touched(app, at);
        }
    });
    // Signing out in one tab closes them all, and one that comes back from the browser's memory of pages too.
    let left = (
        prefs::on_changed_elsewhere(move || {
            session::leave_if_another_sits_here(app);
            session::watch(app);
        }),
        page::on_restored(move || session::page_is_back(app)),
        pass::on_leaving(move || session::page_leaves(app)),
    );
    std::mem::forget((address, network, touch, left));
    Interval::new(30_000, move || app.tick()).forget();
    Interval::new(WATCH, move || session::watch(app)).forget();
}
