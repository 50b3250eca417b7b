//! Copying a text for the learner.

use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "clipboard"], js_name = writeText)]
    async fn write_text(text: &str) -> Result<JsValue, JsValue>;
}

/// Whether it was copied: a browser may refuse, and some cannot.
pub async fn copy(text: &str) -> bool {
    write_text(text).await.is_ok()
}
