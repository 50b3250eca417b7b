//! What the browser keeps for the portal, in IndexedDB or until the page is closed; kept.js does the work, over store.js.
//!
//! Each operation is one method of the class `Kept` there, and one transaction: all of it happens, or nothing.

use super::Task;
use js_sys::Array;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/kept.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = openKept)]
    async fn open_kept(in_memory: bool) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = askKept)]
    async fn ask_kept(kept: &JsValue, operation: &str, args: &Array) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/src/browser/store.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = isDurable)]
    fn is_durable(kept: &JsValue) -> Result<bool, JsValue>;
}

#[wasm_bindgen(module = "/src/browser/meter.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = countData)]
    fn count_data(kept: &JsValue, zone: &str) -> Result<(), JsValue>;
}

/// Why the browser did not keep or give something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageFault {
    /// The browser keeps nothing here (a private window, a setting), or no longer lets this version of the app in.
    Unavailable,
    /// There is no room left on the device or in the portal's share of it. Nothing was kept.
    Full,
    /// Something else, in the browser's own words. Nothing was kept.
    Broken(String),
}

/// What is kept.
pub struct Kept(JsValue);

/// What an operation gave.
pub struct Answer(JsValue);

impl Kept {
    /// Opens the database, and makes it if there is none; where the browser refuses, or is not to be asked, it is in memory.
    pub async fn open(in_memory: bool) -> Self {
        Self(open_kept(in_memory).await.unwrap_or(JsValue::UNDEFINED))
    }

    /// Whether it is still there when the page is opened again.
    #[must_use]
    pub fn durable(&self) -> bool {
        is_durable(&self.0).unwrap_or(false)
    }

    /// Counts from now on what the page takes of the learner's data, a row a month of this zone. Nothing of whose it was.
    pub fn count_data(&self, zone: &str) {
        let _ = count_data(&self.0, zone); // a browser that does not tell
    }

    /// Asks for an operation.
    ///
    /// # Errors
    /// [`StorageFault`].
    pub fn ask<'a>(&'a self, operation: &'a str, args: &[&str]) -> Task<'a, Result<Answer, StorageFault>> {
        let args: Array = args.iter().map(|text| JsValue::from_str(text)).collect();
        Box::pin(async move {
            ask_kept(&self.0, operation, &args).await.map(Answer).map_err(|fault| match fault.as_string() {
                Some(fault) if fault == "full" => StorageFault::Full,
                Some(fault) if fault != "unavailable" => StorageFault::Broken(fault),
                _ => StorageFault::Unavailable,
            })
        })
    }
}

impl Answer {
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.0.as_string()
    }

    #[must_use]
    pub fn texts(&self) -> Vec<String> {
        let list: &Array = match wasm_bindgen::JsCast::dyn_ref(&self.0) {
            Some(list) => list,
            None => return Vec::new(),
        };
        list.iter().filter_map(|text| text.as_string()).collect()
    }

    #[must_use]
    pub fn yes(&self) -> bool {
        self.0.is_truthy()
    }
}
