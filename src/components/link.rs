use crate::{
    browser::dom::{El, el},
    route::Route,
    state::app::App,
};

/// A link inside the app.
#[must_use]
pub fn go(to: &Route, text: &str) -> El {
    el("a").attr("href", &to.href()).child(text)
}

/// A link inside the app that looks like a button: the one next thing to do.
#[must_use]
pub fn go_button(to: &Route, text: &str) -> El {
    go(to, text).class("button")
}

/// The same, beside a more important one.
#[must_use]
pub fn second_button(to: &Route, text: &str) -> El {
    go(to, text).class("button button--second")
}

/// A button that does something on this page.
#[must_use]
pub fn button(class: &str, text: &str, on_click: impl Fn() + 'static) -> El {
    el("button").attr("type", "button").class(class).child(text).on_click(on_click)
}

/// A button that reads as a link.
#[must_use]
pub fn action(text: &str, on_click: impl Fn() + 'static) -> El {
    button("plain no-print", text, on_click)
}

/// A link that leaves the portal, in a new tab; nothing where it is not safe. Nothing is told to the other side about where
/// the learner came from.
#[must_use]
pub fn outside(app: App, class: Option<&str>, href: &str, text: &str) -> Option<El> {
    host_of(href).map(|_| {
        let hint = format!(" ({})", app.text.common.opens_in_new_tab);
        el("a")
            .attr_if("class", class)
            .attr("href", href)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .child(text)
            .child(el("span").class("visually-hidden").child(hint))
    })
}

/// A number to tap.
#[must_use]
pub fn telephone(number: &str) -> El {
    let dialled: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    el("a").class("telephone").attr("href", &format!("tel:{dialled}")).child(number)
}

/// An address to write to.
#[must_use]
pub fn mail(address: &str, text: &str) -> El {
    el("a").class("telephone").attr("href", &format!("mailto:{address}")).child(text)
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
    let plain = host.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-') && !authority.contains('@');
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
            "https://meet.example.org:pw@evil.example/",
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
