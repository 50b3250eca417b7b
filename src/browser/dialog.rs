//! Questions that come before everything else: the browser's own `<dialog>`, which keeps the keyboard in it and gives it back.

use super::{element, focus, property};
use js_sys::Function;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Opens or closes the dialog with this id. In a browser without modal ones it opens where it stands in the page, and `first`,
/// the id of its first button, gets the focus.
pub fn show(id: &str, open: bool, first: &str) {
    let Some(dialog) = element::<HtmlElement>(id).filter(|dialog| dialog.has_attribute("open") != open) else { return };
    let name = if open { "showModal" } else { "close" };
    if let Some(function) = property(&dialog, name).and_then(|function| function.dyn_into::<Function>().ok()) {
        let _ = function.call0(&dialog); // refused while the page is being closed
    } else if open {
        let _ = dialog.set_attribute("open", ""); // fails only for a name that is none
        focus::to_id(first);
    } else {
        let _ = dialog.remove_attribute("open"); // as above
    }
}
