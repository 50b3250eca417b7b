//! From the first line of code to the first page.

use crate::{
    browser::{early, idle, online, page, worker},
    data::{cache::Cache, config, session, sync},
    pages::ConfigFault,
    route::Route,
    shell::Shell,
    state::app::App,
};
use gloo_timers::callback::Interval;
use leptos::prelude::*;

/// Puts the app in place of the first picture. That one stays, with what is typed into it, until everything is there.
pub fn start() {
    leptos::task::spawn_local(async {
        let config = match config::load().await {
            Ok(config) => config,
            Err(fault) => {
                let root = page::take_over();
                mount_to(root, move || view! { <ConfigFault fault=fault /> }).forget();
                return;
            }
        };
        let app = App::new(config, Cache::open().await, Route::parse(&page::fragment()));
        session::open(app).await;
        let early = early::take();
        let root = page::take_over();
        mount_to(root, move || {
            provide_context(app);
            view! { <Shell early=early /> }
        })
        .forget();
        follow(app);
        sync::kick(app);
    });
}

/// Lets the state follow the world: the address, the clock, the network, the learner's touch, new versions.
fn follow(app: App) {
    page::on_fragment(move |fragment| {
        if let Some(route) = fragment.starts_with("#/").then(|| Route::parse(&fragment)).or_else(|| {
            // An anchor inside the page is not a page.
            fragment.is_empty().then_some(Route::Today)
        }) {
            app.route.set(route);
        }
    });
    Interval::new(30_000, move || app.tick()).forget();
    online::on_change(move || {
        app.tick();
        sync::kick(app);
    });
    idle::on_touch(move |at| app.touched.set(at));
    worker::register(move || app.update.set(true));
}
