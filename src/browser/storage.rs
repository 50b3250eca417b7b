//! How much the browser keeps for the portal, and for how long.

use super::{property, window};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

/// Bytes, as the browser reckons them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    pub used: f64,
    pub most: f64,
}

/// Asks the browser not to clear what is kept when the device runs short. Whether it agreed; nothing where it cannot be asked.
pub async fn persist() -> Option<bool> {
    JsFuture::from(manager("persist")?.persist().ok()?).await.ok()?.as_bool()
}

/// Whether the browser has agreed before.
pub async fn is_persisted() -> bool {
    let Some(promise) = manager("persisted").and_then(|manager| manager.persisted().ok()) else { return false };
    JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy())
}

/// What is used, and how much may be; nothing where the browser does not say.
pub async fn estimate() -> Option<Estimate> {
    let estimate = JsFuture::from(manager("estimate")?.estimate().ok()?).await.ok()?;
    let number = |name| property(&estimate, name)?.as_f64();
    Some(Estimate { used: number("usage")?, most: number("quota")? })
}

/// The storage manager, if it can do this: a page without https has none, and WebKit's is partial.
fn manager(function: &str) -> Option<StorageManager> {
    let manager = property(&window()?.navigator(), "storage")?;
    property(&manager, function)?.is_function().then(|| manager.unchecked_into())
}
