use crate::{route::Route, state::app::App};
use leptos::prelude::*;

/// A link inside the app.
#[component]
pub fn Go(to: Route, #[prop(into)] text: String) -> impl IntoView {
    view! { <a href=to.href()>{text}</a> }.into_any()
}

/// A link inside the app that looks like a button: the one next thing to do.
#[component]
pub fn GoButton(
    to: Route,
    #[prop(into)] text: String,
    /// Beside a more important one.
    #[prop(optional)]
    second: bool,
) -> impl IntoView {
    view! { <a class="button" class:button--second=second href=to.href()>{text}</a> }.into_any()
}

/// A link that leaves the portal, in a new tab: https only, its host shown first. Nothing is told to the other side about
/// where the learner came from.
#[component]
pub fn Outside(
    #[prop(into)] href: String,
    #[prop(into)] text: String,
    #[prop(optional)] button: bool,
    #[prop(optional)] second: bool,
) -> impl IntoView {
    let hint = App::here().text.common.opens_in_new_tab;
    host_of(&href).map(|_| {
        view! {
            <a class:button=button class:button--second=button && second href=href.clone() target="_blank"
                rel="noopener noreferrer">{text}<span class="visually-hidden">" ("{hint}")"</span></a>
        }
        .into_any()
    })
}

/// A number to tap.
#[component]
pub fn Telephone(#[prop(into)] number: String) -> impl IntoView {
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    view! { <a class="telephone" href=format!("tel:{dialled}")>{number}</a> }.into_any()
}

/// The host of a safe link: https, no user name in it, a plain host of ASCII letters. Everything else is not shown as a link,
/// whatever the server let through.
#[must_use]
pub fn host_of(link: &str) -> Option<&str> {
    let rest = link.strip_prefix("https://")?;
    if link.chars().any(|c| c.is_ascii_control() || c == ' ' || c == '\\') {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.split_once(':').map_or(authority, |(host, _)| host);
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-');
    (plain && host.contains('.') && !host.starts_with('.')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::host_of;

    #[test]
    fn only_https_to_a_plain_host_is_a_link() {
        assert_eq!(host_of("https://meet.example.org/j/1?pwd=a,b"), Some("meet.example.org"));
        assert_eq!(host_of("https://meet.example.org:8443/"), Some("meet.example.org"));
        for unsafe_link in [
            "http://meet.example.org/",
            "javascript:alert(1)",
            "JavaScript://%0aalert(1)",
            "data:text/html,x",
            "java\tscript:alert(1)",
            "https://meet.example.org@evil.example/",
            "https://\u{43c}eet.example.org/",
            "https://evil.example\\@meet.example.org/",
            "https:///meet.example.org",
            " https://meet.example.org/",
            "https://localhost/",
        ] {
            assert_eq!(host_of(unsafe_link), None, "{unsafe_link:?}");
        }
    }
}
