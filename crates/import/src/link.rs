//! Which web addresses are taken: https to a plain host name.

use crate::report::Fault;
use url::{Host, Url};

/// The longest address, in bytes.
const BYTES_MAX: usize = 2_000;
const MEND: &str = "Give the whole address, beginning with https://.";

/// An address in the form in which it is kept, or what is wrong with it.
///
/// The rule is narrow so that what a learner reads is where they go. The host is refused when it has a letter outside
/// plain English ones, or the `xn--` that stands for one: such hosts can look like another. So is one that is only a number.
pub(crate) fn https(text: &str) -> Result<String, Fault> {
    let text = text.trim_matches([' ', '\t', '\r', '\n']);
    if text.len() > BYTES_MAX {
        return Err(Fault::new(format!("The address is longer than {BYTES_MAX} characters."), "Give a shorter one."));
    }
    if text.contains(|c: char| c.is_control() || c.is_whitespace() || "\\\"<>`".contains(c)) {
        return Err(Fault::new("The address has a space, a line break or a mark inside it.", MEND));
    }
    let Some(rest) = strip_https(text) else {
        return Err(Fault::new("The address does not begin with https://.", "Only https:// addresses are taken."));
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err(Fault::new("The address has a name or password before its host.", "Take out all up to the @."));
    }
    if !authority.is_ascii() || authority.contains('%') || authority.to_ascii_lowercase().split('.').any(is_punycode) {
        return Err(Fault::new(
            "The address's host has letters that can look like others.",
            "Use a host of plain letters, digits and hyphens.",
        ));
    }
    let url = Url::parse(text).map_err(|error| Fault::new(format!("The address cannot be read: {error}."), MEND))?;
    let named = matches!(url.host(), Some(Host::Domain(host)) if is_plain_host(host));
    if url.scheme() != "https" || !named || !url.username().is_empty() || url.password().is_some() {
        return Err(Fault::new("The address has no proper host name, such as www.example.org.", MEND));
    }
    Ok(url.into())
}

fn strip_https(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_at_checked("https://".len())?;
    scheme.eq_ignore_ascii_case("https://").then_some(rest)
}

fn is_punycode(label: &str) -> bool {
    label.starts_with("xn--")
}

fn is_plain_host(host: &str) -> bool {
    let mut labels = host.split('.').rev();
    let top = labels.next().is_some_and(|label| label.len() >= 2 && label.bytes().all(|b| b.is_ascii_alphabetic()));
    let proper = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let rest: Vec<_> = labels.collect();
    top && !rest.is_empty() && rest.into_iter().all(proper)
}

#[cfg(test)]
mod tests {
    use super::https;

    #[test]
    fn takes_https_to_a_named_host() {
        for (given, kept) in [
            ("https://teams.example.org/l/meetup-join/19%3Ameeting_abc", None),
            (" https://zoom.example.org/j/1?pwd=a,b;c ", Some("https://zoom.example.org/j/1?pwd=a,b;c")),
            ("HTTPS://Example.ORG:8443/a#b", Some("https://example.org:8443/a#b")),
            ("https://example.org", Some("https://example.org/")),
            ("https://example.org/a?next=https://x.org/@me", None),
        ] {
            assert_eq!(https(given).unwrap(), kept.unwrap_or(given), "{given}");
        }
    }

    #[test]
    fn refuses_every_other_address() {
        for given in [
            "",
            "example.org",
            "http://example.org/",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,hello",
            "ftp://example.org/",
            "//example.org/",
            "https:example.org",
            "https:/example.org",
            "https:\\\\example.org",
            "https://exam\tple.org/",
            "https://example.org/a\nb",
            "https://example.org/a b",
            "https://user:pass@example.org/",
            "https://example.org@evil.example/",
            "https://example.org\\@evil.example/",
            "https://еxample.org/",
            "https://xn--e1awd7f.example.org/",
            "https://XN--e1awd7f.example.org/",
            "https://ｅxample.org/",
            "https://ex%61mple.org/",
            "https://127.0.0.1/",
            "https://0x7f000001/",
            "https://2130706433/",
            "https://[::1]/",
            "https://localhost/",
            "https:///path",
            "https://example.org:99999/",
            "https://exam\u{200b}ple.org/",
            "https://example.org/\u{202e}gpj",
        ] {
            assert!(https(given).is_err() || given.contains('\u{202e}'), "{given:?} was taken: {:?}", https(given));
        }
        assert_eq!(https("https://example.org/\u{202e}gpj").unwrap(), "https://example.org/%E2%80%AEgpj");
        assert!(https(&format!("https://example.org/{}", "a".repeat(2_000))).is_err());
    }
}
