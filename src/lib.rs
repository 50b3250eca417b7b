//! The learner portal's browser app.

pub mod browser;
pub mod data;

use leptos::prelude::*;

/// Shows the app in place of the first paint.
pub fn start() {
    mount_to_body(|| view! { <h1>"Learner portal"</h1> });
}
