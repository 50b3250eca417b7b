//! How much the browser keeps for the portal, and for how long.

use super::{property, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Asks the browser not to clear what is kept when the device runs short. Whether it agreed; nothing where it cannot be asked.
pub async fn persist() -> Option<bool> {
    JsFuture::from(manager("persist")?.persist().ok()?).await.ok()?.as_bool()
}

/// Whether the browser has agreed before.
pub async fn is_persisted() -> bool {
    let Some(promise) = manager("persisted").and_then(|manager| manager.persisted().ok()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy())
}

/// The storage manager, if it can do this: a page without https has none, and WebKit's is partial.
fn manager(function: &str) -> Option<StorageManager> {
    let manager = property(&window()?.navigator(), "storage")?;
    property(&manager, function)?.is_function().then(|| manager.unchecked_into())
}
