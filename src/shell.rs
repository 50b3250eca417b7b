//! The frame around every page: landmarks, skip link, navigation, how it stands with the server, and what happens on a page
//! change.

use crate::{
    browser::{early::Early, focus, worker},
    components::{Telephone, focus_later},
    data::sync,
    pages,
    route::Route,
    state::app::{Account, App, Link},
};
use contract::course::Role;
use leptos::prelude::*;

const TITLE: &str = "page-title";
const MAIN: &str = "main";

/// The whole app.
#[component]
pub fn Shell(early: Early) -> impl IntoView {
    let app = App::here();
    let text = app.text;
    provide_context(StoredValue::new_local(Some(early)));
    // A new page is read from its heading. The first one is not touched: the browser reads that itself, and a learner may
    // already be typing.
    Effect::new(move |before: Option<()>| {
        app.route.track();
        if before.is_some() {
            focus::scroll_to_top();
            focus_later(TITLE);
        }
    });
    // So is the page that comes and goes with signing in and out.
    let signed_in = Memo::new(move |_| matches!(app.account.get(), Account::In(_)));
    Effect::new(move |before: Option<bool>| {
        let now = signed_in.get();
        if before.is_some_and(|b| b != now) {
            focus::scroll_to_top();
            focus_later(TITLE);
        }
        now
    });
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus::to_id(MAIN);
    };
    view! {
        <a class="skip" href="#main" on:click=skip>{text.shell.skip}</a>
        <Header />
        <Update />
        <main id=MAIN tabindex="-1" class="wrap">
            {move || pages::page(app)}
        </main>
        <Footer />
        <p class="visually-hidden" role="status">{move || app.say.get()}</p>
    }
}

#[component]
fn Header() -> impl IntoView {
    let app = App::here();
    let text = app.text;
    let open = RwSignal::new(false);
    // Choosing a page closes the menu.
    Effect::new(move || {
        app.route.track();
        open.set(false);
    });
    let signed_in = Memo::new(move |_| app.who().is_some());
    let item = move |route: Route, label: &'static str| {
        let href = route.href();
        let current = move || app.route.with(|now| belongs(now, &route)).then_some("page");
        view! { <li><a href=href aria-current=current>{label}</a></li> }.into_any()
    };
    let items = move || {
        let t = &text.shell;
        if signed_in.get() {
            vec![
                item(Route::Today, t.today),
                item(Route::Deadlines, t.deadlines),
                item(Route::Live, t.live),
                item(Route::Work, t.declare),
                item(Route::Receipts, t.receipts),
                item(Route::Safety, t.safety),
                item(Route::Device, t.device),
            ]
        } else {
            vec![item(Route::Today, t.sign_in), item(Route::Safety, t.safety), item(Route::Device, t.device)]
        }
    };
    view! {
        <header class="header">
            <div class="wrap header__bar">
                <a class="header__name" href=Route::Today.href()>{app.config().service}</a>
                <button class="header__menu" type="button" aria-controls="menu"
                    aria-expanded=move || if open.get() { "true" } else { "false" }
                    on:click=move |_| open.update(|o| *o = !*o)>{text.shell.menu}</button>
                {move || signed_in.get().then(|| view! {
                    <a class="header__out" href=Route::SignOut.href()>{text.shell.sign_out}</a>
                })}
            </div>
            <nav id="menu" class="menu" class:menu--open=move || open.get() aria-label=text.shell.navigation>
                <ul class="wrap menu__list">{items}</ul>
            </nav>
            <Status />
        </header>
    }
    .into_any()
}

/// Whether a page stands under a menu's entry.
fn belongs(page: &Route, entry: &Route) -> bool {
    match page {
        Route::Deadline(_) => *entry == Route::Deadlines,
        Route::Declare(..) => *entry == Route::Work,
        Route::Receipt(_) => *entry == Route::Receipts,
        other => other == entry,
    }
}

/// How it stands with the server, in words, on every page.
#[component]
fn Status() -> impl IntoView {
    let app = App::here();
    let t = &app.text.shell;
    let waiting = move || {
        let (attention, queued): (Vec<_>, Vec<_>) =
            app.unsent().into_iter().partition(|item| item.attention.is_some());
        [
            (!queued.is_empty()).then(|| (t.unsent)(queued.len())),
            (!attention.is_empty()).then(|| (t.attention)(attention.len())),
        ]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
    };
    let others = move || match app.unsent_of_others() {
        0 => None,
        n => Some((t.unsent_others)(n)),
    };
    let link = move || {
        app.who()?;
        let dates = app.dates();
        Some(match app.link.get() {
            Link::Unknown => t.not_checked.to_string(),
            Link::Checking => t.syncing.to_string(),
            Link::UpToDate(at) => (t.up_to_date)(&dates.time(at)),
            Link::Unreachable(Some(at)) => (t.offline)(&dates.time(at)),
            Link::Unreachable(None) => t.offline_never.to_string(),
        })
    };
    let unreachable = move || matches!(app.link.get(), Link::Unreachable(_));
    let no_storage = (!app.cache().persistent()).then_some(t.no_storage);
    view! {
        <div class="status" class:status--offline=unreachable>
            <div class="wrap status__line">
                <p>{link}</p>
                {move || app.who().map(|_| view! {
                    <button type="button" class="plain" on:click=move |_| sync::kick(app)>{t.check_now}</button>
                })}
            </div>
            {move || waiting().into_iter().map(|line| view! {
                <p class="wrap status__waiting">{line}" "<a href=Route::Receipts.href()>{t.see_receipts}</a></p>
            }).collect_view()}
            {move || others().map(|line| view! { <p class="wrap status__waiting">{line}</p> })}
            {no_storage.map(|line| view! { <p class="wrap status__waiting">{line}</p> })}
        </div>
    }
    .into_any()
}

/// A new version asks; it never takes over by itself.
#[component]
fn Update() -> impl IntoView {
    let app = App::here();
    let t = &app.text.shell;
    move || {
        app.update.get().then(|| {
            let draft = app.drafts.with(|d| d.iter().any(|d| !d.is_untouched()));
            view! {
                <section class="wrap notice" aria-labelledby="update-title">
                    <h2 id="update-title">{t.update_title}</h2>
                    <p>{if draft { t.update_draft } else { t.update_text }}</p>
                    <button type="button" class="button" on:click=|_| { worker::take_over(); }>{t.update_now}</button>
                </section>
            }
        })
    }
}

#[component]
fn Footer() -> impl IntoView {
    let app = App::here();
    let text = app.text;
    let config = app.config();
    let lead = move || {
        let known = app.records.with(|r| r.contacts.iter().find(|c| c.role == Role::SafeguardingLead).cloned());
        let (name, number) = match known {
            Some(lead) => (lead.name, lead.telephone),
            None => {
                let lead = app.config().safeguarding;
                (lead.name.unwrap_or_default(), lead.telephone)
            }
        };
        number.filter(|n| !n.is_empty()).map(|number| {
            view! { <p>{(text.common.role)(Role::SafeguardingLead)}": "{name}", "<Telephone number=number /></p> }
        })
    };
    view! {
        <footer class="footer">
            <div class="wrap">
                <p><a href="tel:999">{text.shell.help_now}</a></p>
                {lead}
                {config.provider.telephone.map(|number| {
                    let name = config.provider.name.unwrap_or(config.service);
                    view! { <p>{name}": "<Telephone number=number /></p> }
                })}
                <p><a href=Route::Safety.href()>{text.shell.safety}</a></p>
            </div>
        </footer>
    }
    .into_any()
}
