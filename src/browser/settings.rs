//! The run-time configuration's fields; settings.js reads and checks them.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

#[wasm_bindgen(module = "/src/browser/settings.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = readSettings)]
    fn read_settings(text: &str) -> Result<JsValue, JsValue>;
}

/// The fields of the text of a configuration, which is JSON, in the order of settings.js; empty where they are left out.
///
/// # Errors
/// The name of the first field that is wrong, such as `safeguarding.email`, and why.
pub fn read(text: &str) -> Result<Vec<String>, (String, String)> {
    let fields = read_settings(text).map_err(|fault| {
        let fault = fault.as_string().unwrap_or_default();
        let (field, why) = fault.split_once('\n').unwrap_or_default();
        (field.to_owned(), why.to_owned())
    })?;
    let fields: Array = fields.unchecked_into();
    Ok(fields.iter().map(|text| text.as_string().unwrap_or_default()).collect())
}
