//! What people wrote: escapes, HTML and footnotes taken off.

/// A description as plain text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub text: String,
    /// The addresses in it in their order: those behind words, in the text, and in footnotes.
    pub links: Vec<String>,
}

/// Takes off RFC 5545's escapes: `\n`, `\,`, `\;`, `\\`.
pub(super) fn unescape(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(escaped @ (',' | ';' | '\\' | ':' | '"')) => text.push(escaped),
                Some(other) => text.extend(['\\', other]),
                None => text.push('\\'),
            },
            _ => text.push(c),
        }
    }
    text
}

/// One line of text: entities decoded once, white space joined.
pub(super) fn line(value: &str) -> String {
    decode(&unescape(value)).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of several lines.
pub(super) fn words(value: &str) -> Words {
    let unescaped = unescape(value).replace("\r\n", "\n");
    let (stripped, mut links) = without_tags(&unescaped);
    let decoded = decode(&stripped).replace('\u{a0}', " ").replace('\u{feff}', "");
    let (text, footnotes) = without_footnotes(&decoded);
    for link in addresses(&text).into_iter().chain(footnotes) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    Words { text: tidy(&text), links }
}

/// At most one empty line between others, none around them, no white space at their ends.
pub(super) fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// The https and http addresses in a text, without the marks that end a sentence.
pub(super) fn addresses(text: &str) -> Vec<String> {
    let ends = |c: char| c.is_whitespace() || "<>\"|".contains(c);
    let starts = text.match_indices("http").filter(|(at, _)| {
        let rest = text.get(*at..).unwrap_or_default();
        rest.starts_with("https://") || rest.starts_with("http://")
    });
    let mut past = 0;
    let mut found = Vec::new();
    for (at, _) in starts {
        if at < past {
            continue;
        }
        let address = text.get(at..).unwrap_or_default().split(ends).next().unwrap_or_default();
        past = at + address.len();
        let mut address = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ']', '*']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        found.push(address.to_owned());
    }
    found
}

const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "code",
    "div",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "html",
    "i",
    "img",
    "li",
    "meta",
    "o:p",
    "ol",
    "p",
    "pre",
    "s",
    "script",
    "small",
    "span",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "u",
    "ul",
];
const BLOCKS: &[&str] =
    &["blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "table", "tr", "ul"];

/// Tags off, blocks on lines of their own, and the addresses that anchors lead to. What only looks like a tag stays.
fn without_tags(text: &str) -> (String, Vec<String>) {
    let mut plain = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        plain.push_str(before);
        let Some((name, inside, after)) = tag(from) else {
            plain.push('<');
            rest = from.strip_prefix('<').unwrap_or_default();
            continue;
        };
        rest = after;
        if BLOCKS.contains(&name.as_str()) && !plain.is_empty() && !plain.ends_with('\n') {
            plain.push('\n');
        }
        match name.as_str() {
            "a" => links.extend(href(inside)),
            "li" if !inside.starts_with('/') => plain.push_str("- "),
            "script" | "style" if !inside.starts_with('/') => {
                // Its text is no text.
                let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
                rest = rest.get(end..).unwrap_or_default();
            }
            _ => {}
        }
    }
    plain.push_str(rest);
    (plain, links)
}

/// The name, the inside and what comes after a known tag at the start of `from`.
fn tag(from: &str) -> Option<(String, &str, &str)> {
    let inner = from.strip_prefix('<')?;
    let (inside, after) = inner.split_once('>')?;
    let name = inside.trim_start_matches('/').split([' ', '\t', '\n', '/']).next()?.to_ascii_lowercase();
    TAGS.contains(&name.as_str()).then_some((name, inside, after))
}

fn href(inside: &str) -> Option<String> {
    let at = inside.to_ascii_lowercase().find("href=")?;
    let value = inside.get(at + "href=".len()..)?;
    let address = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split_whitespace().next()?,
    };
    let address = decode(address);
    (address.starts_with("https://") || address.starts_with("http://")).then_some(address)
}

/// Moodle's footnotes: a line `Links:`, a line of hyphens, then `[1] https://...`; the marks in the text go too.
fn without_footnotes(text: &str) -> (String, Vec<String>) {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let is_rule = |line: &&str| line.len() >= 3 && line.bytes().all(|b| b == b'-');
    let heading = lines.windows(2).rposition(|pair| matches!(pair, [a, b] if *a == "Links:" && is_rule(b)));
    let Some(heading) = heading else { return (text.to_owned(), Vec::new()) };
    let mut kept = lines.get(..heading).unwrap_or_default().join("\n");
    let mut links = Vec::new();
    for line in lines.get(heading + 2..).unwrap_or_default() {
        let note = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
        match note.filter(|(number, _)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())) {
            Some((number, address)) => {
                links.push(address.trim().to_owned());
                kept = kept.replace(&format!(" [{number}]"), "");
            }
            None if line.is_empty() => {}
            None => kept = format!("{kept}\n{line}"),
        }
    }
    (kept, links)
}

/// Decodes HTML entities once; what is none stays as it is.
fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        decoded.push_str(before);
        let entity = from.strip_prefix('&').and_then(|inner| inner.split_once(';')).filter(|(name, _)| name.len() <= 8);
        match entity.and_then(|(name, after)| Some((character(name)?, after))) {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = from.strip_prefix('&').unwrap_or_default();
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn character(entity: &str) -> Option<char> {
    if let Some(number) = entity.strip_prefix('#') {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = hexadecimal.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        return code.and_then(char::from_u32);
    }
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "middot" => '·',
        "pound" => '£',
        "euro" => '€',
        "copy" => '©',
        "deg" => '°',
        "frac12" => '½',
        "times" => '×',
        "eacute" => 'é',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_off_escapes_and_decodes_entities_once() {
        assert_eq!(unescape(r"a\, b\; c\\n d\ne\N\x\"), "a, b; c\\n d\ne\n\\x\\");
        assert_eq!(line(r"arc welding\; safety &amp\; PPE"), "arc welding; safety & PPE");
        assert_eq!(line("&amp;amp; &#163;5 &#x26; &nope; A&B &#xD800;"), "&amp; £5 & &nope; A&B &#xD800;");
    }

    #[test]
    fn takes_moodles_footnotes_off() {
        let value = r"Join: Join the webinar [1]\n\nPhone 020 7946 0123\, PIN 4417#\n\n\nLinks:\n------\n[1] https://teams.example.org/l/a_b\n";
        let expected = Words {
            text: "Join: Join the webinar\n\nPhone 020 7946 0123, PIN 4417#".into(),
            links: vec!["https://teams.example.org/l/a_b".into()],
        };
        assert_eq!(words(value), expected);
    }

    #[test]
    fn makes_plain_text_of_html_and_keeps_what_is_no_tag() {
        let value = "<p>Bring:</p><ul><li>boots &amp; gloves</li><li>a <b>pen</b></li></ul><a href=\"https://example.org/?a=1&amp;b=2\">More</a><script>alert(1)</script> 3 < 4, <name>, &lt;b&gt;";
        let words = words(value);
        assert_eq!(words.text, "Bring:\n- boots & gloves\n- a pen\nMore 3 < 4, <name>, <b>");
        assert_eq!(words.links, ["https://example.org/?a=1&b=2"]);
    }

    #[test]
    fn finds_addresses_without_the_marks_around_them() {
        let text = "See (https://example.org/a). Or https://example.org/b_(c), or <http://example.org>.";
        assert_eq!(addresses(text), ["https://example.org/a", "https://example.org/b_(c)", "http://example.org"]);
    }
}
