//! The service worker (public/sw.js): registration, and handing over to a new version when the learner is ready.

use super::{listen::Listener, page, property, window};
use gloo_timers::callback::Timeout;
use js_sys::Object;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState,
    ServiceWorkerUpdateViaCache,
};

const ADDRESS: &str = "./sw.js";
/// Milliseconds that a new version gets to take over.
const HAND_OVER: u32 = 4_000;

/// Why the app is not kept on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorkerFault {
    /// The browser has no service workers here: an old one, a private window, or a page without https.
    Unavailable,
    /// The worker could not be fetched or started, in the browser's own words.
    Refused(String),
}

thread_local! {
    static REGISTRATION: RefCell<Option<ServiceWorkerRegistration>> = const { RefCell::new(None) };
    /// Another tab may hand over too; only the tab that asked is loaded again.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

/// Registers the worker, and calls back whenever a new version is ready and waits. Its listeners live as long as the app.
/// Not in a debug build, where kept files would hide each change.
///
/// # Errors
/// [`WorkerFault`].
pub async fn register(on_waiting: impl Fn() + 'static) -> Result<(), WorkerFault> {
    if cfg!(debug_assertions) {
        return Ok(());
    }
    let container = container().ok_or(WorkerFault::Unavailable)?;
    core::mem::forget(Listener::new(&container, "controllerchange", |_| {
        if ASKED.get() {
            page::reload();
        }
    }));
    let options = RegistrationOptions::new();
    options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
    let registration = JsFuture::from(container.register_with_options(ADDRESS, &options)).await.map_err(refused)?;
    let registration: ServiceWorkerRegistration = registration.dyn_into().map_err(refused)?;
    let on_waiting: Rc<dyn Fn()> = Rc::new(on_waiting);
    // Without a controller this is the first version, and there is nothing to hand over.
    if registration.waiting().is_some() && container.controller().is_some() {
        on_waiting();
    }
    let found = Closure::<dyn FnMut(Event)>::new({
        let registration = registration.clone();
        move |_| {
            if let Some(worker) = registration.installing() {
                watch(worker, container.clone(), on_waiting.clone());
            }
        }
    });
    registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
    REGISTRATION.set(Some(registration));
    Ok(())
}

/// Lets the waiting version take over, and then loads the page again: call it only when no form is unfinished. `false` if none
/// waits.
pub fn take_over() -> bool {
    let Some(worker) = waiting() else { return false };
    let told = tell(&worker, "take-over");
    ASKED.set(told);
    if told {
        // Chromium may wait minutes for the version in use to be idle (always, while developer tools are attached). Loading the page
        // again makes it so, or at least shows a page that works.
        Timeout::new(HAND_OVER, page::reload).forget();
    }
    told
}

/// Lets the worker keep the late part of the program too.
pub fn keep_late() {
    wasm_bindgen_futures::spawn_local(async {
        let Some(ready) = container().and_then(|container| container.ready().ok()) else { return };
        let registration = JsFuture::from(ready).await.ok();
        let active = registration.and_then(|r| r.dyn_into::<ServiceWorkerRegistration>().ok()).and_then(|r| r.active());
        if let Some(worker) = active {
            tell(&worker, "keep-late");
        }
    });
}

fn tell(worker: &ServiceWorker, what: &str) -> bool {
    let message = Object::new();
    js_sys::Reflect::set(&message, &"type".into(), &what.into()).is_ok() && worker.post_message(&message).is_ok()
}

fn watch(worker: ServiceWorker, container: ServiceWorkerContainer, on_waiting: Rc<dyn Fn()>) {
    let state = Closure::<dyn FnMut(Event)>::new({
        let worker = worker.clone();
        move |_| {
            if worker.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                on_waiting();
            }
        }
    });
    worker.set_onstatechange(Some(state.into_js_value().unchecked_ref()));
}

fn waiting() -> Option<ServiceWorker> {
    REGISTRATION.with_borrow(|registration| registration.as_ref()?.waiting())
}

fn container() -> Option<ServiceWorkerContainer> {
    Some(property(&window()?.navigator(), "serviceWorker")?.unchecked_into())
}

fn refused(error: JsValue) -> WorkerFault {
    let (name, message) = super::describe(&error);
    WorkerFault::Refused(format!("{name}: {message}"))
}
