//! Putting text where the learner can paste it from.

use super::{Task, window};
use wasm_bindgen_futures::JsFuture;

/// Copies a text; `false` where the browser does not.
pub fn copy(text: String) -> Task<'static, bool> {
    Box::pin(async move {
        let Some(window) = window() else { return false };
        // On a page that was not opened safely there is no clipboard to write to: the promise is refused.
        if !window.is_secure_context() {
            return false;
        }
        JsFuture::from(window.navigator().clipboard().write_text(&text)).await.is_ok()
    })
}
