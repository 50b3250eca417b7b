//! Opening the database.

use super::{
    super::{describe, timer, window},
    NAME, StorageFault, Store, VERSION, fault, settle,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, IdbDatabase, IdbOpenDbRequest};

/// Milliseconds: some versions of WebKit never answer, and the app must still open.
const PATIENCE: u32 = 8_000;

pub(super) async fn connect() -> Result<IdbDatabase, StorageFault> {
    timer::within(PATIENCE, ask()).await.unwrap_or(Err(StorageFault::Unavailable))
}

async fn ask() -> Result<IdbDatabase, StorageFault> {
    let factory = window().and_then(|window| window.indexed_db().ok().flatten()).ok_or(StorageFault::Unavailable)?;
    let request = factory.open_with_u32(NAME, VERSION).map_err(|error| fault(&error))?;
    let upgrade = Closure::once(make_stores);
    request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
    let mut opened = settle::answer(&request).await;
    request.set_onupgradeneeded(None);
    if opened.as_ref().is_err_and(|error| describe(error).0 == "VersionError") {
        // A later version of the app has been here. It has only added to what this one knows.
        let request = factory.open(NAME).map_err(|error| fault(&error))?;
        opened = settle::answer(&request).await;
    }
    // Whatever the reason, nothing can be kept: Firefox, for one, says InvalidStateError in a private window.
    let connection: IdbDatabase =
        opened.ok().and_then(|opened| opened.dyn_into().ok()).ok_or(StorageFault::Unavailable)?;
    step_aside(&connection);
    Ok(connection)
}

/// Adds the stores that are not there. Never drops one.
fn make_stores(event: Event) {
    let request = event.target().and_then(|target| target.dyn_into::<IdbOpenDbRequest>().ok());
    let Some(database) =
        request.and_then(|request| request.result().ok()).and_then(|it| it.dyn_into::<IdbDatabase>().ok())
    else {
        return;
    };
    let there = database.object_store_names();
    for store in Store::ALL {
        if !there.contains(store.name()) {
            // An error here undoes the upgrade, and the request reports it.
            let _ = database.create_object_store(store.name());
        }
    }
}

/// Lets a later version of the app upgrade the database, from another tab. The listener lives as long as the connection.
fn step_aside(connection: &IdbDatabase) {
    let listener = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        if let Some(connection) = event.target().and_then(|target| target.dyn_into::<IdbDatabase>().ok()) {
            connection.close();
        }
    });
    connection.set_onversionchange(Some(listener.into_js_value().unchecked_ref()));
}
