//! From Markdown to the HTML that the contract allows.

use crate::{link, report::Fault, value};
use pulldown_cmark::{CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd, html};
use std::collections::{HashMap, HashSet};

const PLAIN: &str = "Write it as plain text, headings, lists, bold, italic, quotations and links.";

/// The HTML of `markdown`. What would be lost on the way is given to `refuse` with its place, in bytes from the start.
pub(super) fn from_markdown(markdown: &str, mut refuse: impl FnMut(usize, Fault)) -> String {
    let mut events = Vec::new();
    let mut cost = None;
    for (event, range) in Parser::new_ext(markdown, Options::empty()).into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, title, .. }) = &event {
            cost = costs(dest_url, title);
        }
        let ends = matches!(event, Event::End(TagEnd::Link));
        match allowed(event) {
            Ok(event) => events.push(event),
            Err(fault) => refuse(range.start, fault),
        }
        if ends {
            events.extend(cost.take().map(|cost| Event::Text(cost.into())));
        }
    }
    let mut written = String::new();
    html::push_html(&mut written, events.into_iter());
    allow_list().clean(&written).to_string()
}

/// What stands behind a link to a page elsewhere: whose page it is, and how much it takes to open it, as the link's title says it.
fn costs(address: &str, title: &str) -> Option<String> {
    let address = link::https(address).ok()?;
    let host = address.strip_prefix("https://")?.split(['/', '?', '#']).next()?;
    let is_size = title.split_once(' ').is_some_and(|(number, unit)| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        digits > 0 && number.bytes().all(|b| b.is_ascii_digit() || b == b'.') && matches!(unit, "bytes" | "kB" | "MB")
    });
    Some(format!(" ({host}, {})", if is_size { title } else { "size not known" }))
}

fn allowed(event: Event<'_>) -> Result<Event<'_>, Fault> {
    Ok(match event {
        Event::Start(Tag::Heading { level, .. }) => {
            Event::Start(Tag::Heading { level: shown(level), id: None, classes: Vec::new(), attrs: Vec::new() })
        }
        Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(shown(level))),
        Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
            let dest_url = address(link_type, &dest_url)?.into();
            Event::Start(Tag::Link { link_type: LinkType::Inline, dest_url, title: CowStr::Borrowed(""), id })
        }
        Event::Start(Tag::Image { .. }) => return Err(Fault::new("Pictures are not shown.", PLAIN)),
        Event::Start(Tag::CodeBlock(_)) => {
            return Err(Fault::new(
                "A text indented by four spaces, or fenced, is program code, which is not shown.",
                PLAIN,
            ));
        }
        Event::Code(_) => return Err(Fault::new("Program code in backquotes is not shown.", PLAIN)),
        Event::Html(_) | Event::InlineHtml(_) => return Err(Fault::new("HTML is not taken.", PLAIN)),
        Event::Rule => return Err(Fault::new("A line across the page is not shown.", PLAIN)),
        other => other,
    })
}

/// The page itself has the only h1.
fn shown(level: HeadingLevel) -> HeadingLevel {
    if level <= HeadingLevel::H2 { HeadingLevel::H4 } else { HeadingLevel::H5 }
}

fn address(kind: LinkType, given: &str) -> Result<String, Fault> {
    if kind == LinkType::Email {
        return value::email(given).map(|email| format!("mailto:{email}"));
    }
    match given.split_once(':') {
        Some(("mailto", email)) => value::email(email).map(|email| format!("mailto:{email}")),
        Some(("tel", number)) => {
            let plain =
                (3..=20).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit() || b"+-".contains(&b));
            let fault = || {
                Fault::new(format!("{} is not a number to call.", value::quoted(given)), "Write it as tel:02079460160.")
            };
            plain.then(|| given.to_owned()).ok_or_else(fault)
        }
        _ => link::https(given).map_err(|fault| {
            let what = format!("The link {} is not taken: {}", value::quoted(given), fault.what);
            Fault::new(what, "Only https:, tel: and mailto: links are shown.")
        }),
    }
}

fn allow_list() -> ammonia::Builder<'static> {
    let mut builder = ammonia::Builder::empty();
    builder
        .tags(HashSet::from(["p", "h4", "h5", "ul", "ol", "li", "strong", "em", "blockquote", "br", "a"]))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .url_schemes(HashSet::from(["https", "tel", "mailto"]))
        .link_rel(Some("noopener noreferrer"));
    builder
}

#[cfg(test)]
mod tests {
    use super::from_markdown;

    fn html(markdown: &str) -> (String, Vec<usize>) {
        let mut refused = Vec::new();
        (from_markdown(markdown, |at, _| refused.push(at)), refused)
    }

    #[test]
    fn writes_what_the_contract_allows() {
        let markdown = "# One\n## Two\n### Three\n#### Four\n\nA *b* **c**\\\nd\n\n> e\n\n1. f\n\n- g [h](https://example.org \"t\") [i](tel:999) <j@example.org>\n";
        let expected = "<h4>One</h4>\n<h4>Two</h4>\n<h5>Three</h5>\n<h5>Four</h5>\n<p>A <em>b</em> <strong>c</strong><br>\nd</p>\n\
            <blockquote>\n<p>e</p>\n</blockquote>\n<ol>\n<li>f</li>\n</ol>\n<ul>\n<li>g \
            <a href=\"https://example.org/\" rel=\"noopener noreferrer\">h</a> (example.org, size not known) <a href=\"tel:999\" rel=\"noopener noreferrer\">i</a> \
            <a href=\"mailto:j@example.org\" rel=\"noopener noreferrer\">j@example.org</a></li>\n</ul>\n";
        assert_eq!(html(markdown), (expected.to_owned(), vec![]));
    }

    #[test]
    fn a_link_elsewhere_says_whose_page_it_is_and_what_it_takes() {
        for (title, said) in [
            ("", "size not known"),
            (" \"180 kB\"", "180 kB"),
            (" \"1.4 MB\"", "1.4 MB"),
            (" \"A film\"", "size not known"),
            (" \"kB\"", "size not known"),
        ] {
            let (html, refused) = html(&format!("[a *b*](https://www.example.org/c?d#e{title})"));
            let expected = format!(">a <em>b</em></a> (www.example.org, {said})</p>\n");
            assert!(html.ends_with(&expected) && refused.is_empty(), "{html}");
        }
        assert!(!html("[a](tel:999 \"1 kB\") [b](mailto:c@example.org)").0.contains('('));
    }

    #[test]
    fn refuses_what_would_be_lost_where_it_stands() {
        for (markdown, at) in [
            ("a\n\n<script>alert(1)</script>\n", 3),
            ("a <b onclick=alert(1)>b</b>", 2),
            ("[a](javascript:alert(1))", 0),
            ("[a](JaVaScRiPt:alert(1))", 0),
            ("x [a](&#106;avascript:alert(1))", 2),
            ("[a](data:text/html,a)", 0),
            ("[a](http://example.org/)", 0),
            ("[a](/deadlines)", 0),
            ("<javascript:alert(1)>", 0),
            ("[a](mailto:b@example.org?subject=c)", 0),
            ("[a](tel:1;ext=2)", 0),
            ("[a][b]\n\n[b]: vbscript:a", 0),
            ("![a](https://example.org/a.png)", 0),
            ("a `b`", 2),
            ("a\n\n---\n", 3),
            ("a\n\n    b\n", 7),
        ] {
            let (html, refused) = html(markdown);
            assert_eq!(refused.first(), Some(&at), "{markdown}");
            for bad in ["=\"java", "=\"data", "=\"vb", "=\"http:", "=\"/", "<script", "onclick", "<img"] {
                assert!(!html.contains(bad), "{markdown} became {html}");
            }
        }
    }
}
