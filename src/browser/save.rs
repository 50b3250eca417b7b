//! Giving the learner a file.

use super::document;
use gloo_timers::callback::Timeout;
use wasm_bindgen::{JsCast, JsValue};

/// The browser would not make the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveFault;

/// Has the browser save a text under a file name. The name must hold nothing personal: it stays in the list of downloads.
///
/// # Errors
/// [`SaveFault`].
pub fn text(file_name: &str, media_type: &str, text: &str) -> Result<(), SaveFault> {
    attempt(file_name, media_type, text).map_err(|_| SaveFault)
}

fn attempt(file_name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = js_sys::Array::of1(&text.into());
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or(JsValue::UNDEFINED)?;
    let link: web_sys::HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(JsValue::from)?;
    link.set_href(&address);
    link.set_download(file_name);
    link.click();
    // Some browsers read the blob only after the click has been handled.
    Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    })
    .forget();
    Ok(())
}
