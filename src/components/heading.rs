use crate::{browser::page, state::app::App};
use leptos::prelude::*;

/// The page's one h1, which is also its title. Focus comes here on a page change, so that a screen reader says where the
/// learner now is.
#[component]
pub fn PageTitle(
    #[prop(into)] title: Signal<String>,
    /// A line above it, such as the step of a form; read with it.
    #[prop(optional, into)]
    caption: Option<String>,
) -> impl IntoView {
    let app = App::here();
    Effect::new(move || {
        let error = if app.faulty.get() { app.text.common.error_prefix } else { "" };
        let title = (app.text.shell.page_title)(&title.get(), &app.config().service);
        page::set_title(&format!("{error}{title}"));
    });
    view! {
        <h1 id="page-title" tabindex="-1">
            {caption.map(|caption| view! { <span class="caption">{caption}" "</span> })}
            {move || title.get()}
        </h1>
    }
    .into_any()
}
