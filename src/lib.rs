//! The learner portal's browser app.

pub mod browser;
pub mod data;

use browser::early;
use leptos::prelude::*;

/// Shows the app in place of the first page.
pub fn start() {
    let _early = early::take();
    if let Some(root) = early::clear_root() {
        mount_to(root, || view! { <h1>"Learner portal"</h1> }).forget();
    }
}
