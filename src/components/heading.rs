use crate::{
    browser::{
        dom::{El, el},
        page,
    },
    signal::follow,
    state::app::App,
};

/// The id of the page's heading.
pub const TITLE: &str = "page-title";

/// The page's one h1, which is also its title. Focus comes here on a page change, so that a screen reader says where the
/// learner now is.
#[must_use]
pub fn title(app: App, text: &str) -> El {
    titled(app, text, None, text)
}

/// With a page's title of its own, and a line above the heading, such as the step of a form, that is read with it. The title
/// stays in the browser's history, so it says what kind of page this is, never which work or whose.
#[must_use]
pub fn titled(app: App, general: &str, caption: Option<&str>, text: &str) -> El {
    let shown = general.to_owned();
    follow(Box::new(move || {
        let error = if app.faulty.get() { app.text.common.error_prefix } else { "" };
        let title = (app.text.shell.page_title)(&shown, &app.config().service);
        page::set_title(&format!("{error}{title}"));
    }));
    el("h1")
        .id(TITLE)
        .attr("tabindex", "-1")
        .child(caption.map(|caption| el("span").class("caption").child(caption).child(" ")))
        .child(text)
}
