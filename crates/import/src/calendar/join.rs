//! How to take part: the link, the room, the telephone number and its PIN, out of what calendar programs write.

use super::{
    component::Component,
    words::{Words, addresses, tidy, unescape},
};
use crate::{
    batch::Refusal,
    link,
    report::{Fault, Place},
    value,
};

/// What an event says of where it happens.
#[derive(Debug, Default)]
pub(super) struct Joining {
    pub join: Option<String>,
    /// Where more is to be found: the URL, or the first address in the text.
    pub more: Option<String>,
    pub telephone: Option<String>,
    pub pin: Option<String>,
    /// A room or an address.
    pub place: Option<String>,
    /// The location names a meeting program or says 'online'.
    pub online: bool,
    /// The description without what a program put into it.
    pub text: String,
    /// Addresses that stood behind words or in a footnote, so that the text no longer has them.
    pub loose: Vec<String>,
    /// Addresses that are not taken.
    pub bad: Vec<Refusal>,
}

pub(super) fn joining(file: &str, event: &Component, words: Words) -> Joining {
    let mut found = Joining::default();
    let mut links = Links { file, bad: Vec::new() };
    let location = event.property("LOCATION").map(|property| (property.line, unescape(&property.value)));
    let (location_line, location) = location.unwrap_or_default();

    let mut join = None;
    for name in ["X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-GOOGLE-CONFERENCE"] {
        for property in event.all(name) {
            join = join.or_else(|| links.take(name, property.line, &property.value));
        }
    }
    for property in event.properties.iter().filter(|p| p.name.starts_with("X-") && p.name.ends_with("-URL")) {
        if is_address(&property.value) {
            join = join.or_else(|| links.take(&property.name, property.line, &unescape(&property.value)));
        }
    }
    for property in event.all("CONFERENCE") {
        match property.value.trim().split_once(':') {
            Some((scheme, call)) if scheme.eq_ignore_ascii_case("tel") => found.call(call),
            _ => join = join.or_else(|| links.take("CONFERENCE", property.line, &unescape(&property.value))),
        }
    }
    for piece in pieces(&location) {
        if is_address(piece) {
            join = join.or_else(|| links.take("LOCATION", location_line, piece));
        } else if is_online(piece) {
            found.online = true;
        } else {
            found.place = Some(found.place.map_or_else(|| piece.to_owned(), |place| format!("{place}; {piece}")));
        }
    }
    let in_text = words.links.iter().find(|link| is_meeting(link)).cloned();
    let in_text = in_text.or_else(|| after_join(&words).filter(|link| !is_page(link)));
    if let (None, Some(link)) = (&join, in_text) {
        let line = event.property("DESCRIPTION").map_or(event.line, |property| property.line);
        join = links.take("DESCRIPTION", line, &link);
    }
    for property in event.all("URL") {
        let address = unescape(&property.value);
        if let Some(link) = links.take("URL", property.line, &address) {
            if join.is_none() && !is_page(&link) {
                join = Some(link.clone());
            }
            found.more = found.more.or(Some(link));
        }
    }
    found.more = found.more.or_else(|| words.links.iter().find_map(|link| link::https(link).ok()));
    found.join = join;
    found.bad = links.bad;
    if found.telephone.is_none() {
        found.telephone = telephone(&words.text);
    }
    if found.telephone.is_some() && found.pin.is_none() {
        found.pin = pin(&words.text);
    }
    found.text = without_blocks(&words.text);
    // What a program puts in leads to its own help pages.
    if found.text == words.text {
        let loose = words.links.iter().filter(|link| !words.text.contains(link.as_str()));
        found.loose = loose.filter_map(|link| link::https(link).ok()).collect();
    }
    found
}

impl Joining {
    /// `before`, the text, and every address that would be lost, as nothing else leads to it.
    pub fn whole_text(&self, before: Option<&str>, shown: Option<&String>) -> Option<String> {
        let same = |link: &&String| shown.is_some_and(|shown| shown.eq_ignore_ascii_case(link));
        let mut parts: Vec<&str> = before.into_iter().chain([self.text.as_str()]).collect();
        for link in self.loose.iter().chain(&self.more).filter(|link| !same(link)) {
            if !parts.iter().any(|part| part.contains(link.as_str())) {
                parts.push(link);
            }
        }
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n");
        Some(text).filter(|text| !text.is_empty())
    }

    /// `+442079460123,,,4417#`: a number to dial, pauses, and what to dial then.
    fn call(&mut self, call: &str) {
        let (number, code) = call.split_once([',', ';']).unwrap_or((call, ""));
        let code = code.trim_start_matches([',', ';', ' ']);
        if self.telephone.is_none() {
            self.telephone = value::telephone(number.trim()).ok();
            self.pin = value::pin(code).ok().filter(|code| code.bytes().any(|b| b.is_ascii_digit()));
        }
    }
}

/// Tries addresses and keeps what is wrong with those that are not taken.
struct Links<'a> {
    file: &'a str,
    bad: Vec<Refusal>,
}

impl Links<'_> {
    fn take(&mut self, property: &str, line: u64, address: &str) -> Option<String> {
        let place = Place::new(self.file, line);
        let named = |fault: Fault| Fault::new(format!("{} {}", fault.what, value::quoted(address)), fault.mend);
        link::https(address).map_err(|fault| self.bad.push(named(fault).at(&place, property))).ok()
    }
}

/// The parts of a location. A program joins several by `; `; an address may have a `;` of its own.
fn pieces(location: &str) -> impl Iterator<Item = &str> {
    location.split('\n').flat_map(|line| line.split("; ")).map(str::trim).filter(|piece| !piece.is_empty())
}

fn is_address(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.contains("://") || ["javascript:", "data:", "vbscript:", "file:"].iter().any(|scheme| text.starts_with(scheme))
}

fn is_online(piece: &str) -> bool {
    let piece = piece.to_lowercase();
    ["microsoft teams", "teams meeting", "zoom", "google meet", "webex", "online", "webinar", "virtual", "remote"]
        .iter()
        .any(|word| piece.starts_with(word))
}

fn is_meeting(link: &str) -> bool {
    let rest = link.strip_prefix("https://").unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase();
    let path = rest.get(host.len()..).unwrap_or_default().to_ascii_lowercase();
    let labels: Vec<_> = host.split('.').collect();
    let named = |name: &str| labels.contains(&name);
    (named("teams") && (path.contains("/meetup-join") || path.contains("/meet/")))
        || (named("zoom") && (path.contains("/j/") || path.contains("/my/") || path.contains("/w/")))
        || (labels.first() == Some(&"meet") && path.len() > 1)
        || named("webex") && path.len() > 1
        || host.contains("bigbluebutton")
        || labels.first() == Some(&"bbb")
        || path.contains("/bigbluebuttonbn/")
}

/// A page of a learning site, which is no meeting.
fn is_page(link: &str) -> bool {
    ["/calendar", "/courses/", "/mod/assign", "/course/", "/event?"].iter().any(|part| link.contains(part))
        && !link.contains("/bigbluebuttonbn/")
}

/// The address on or after a line that begins with 'Join'; a footnote's where the line has none of its own.
fn after_join(words: &Words) -> Option<String> {
    let mut lines = words.text.lines().skip_while(|line| !line.trim_start().to_lowercase().starts_with("join"));
    let near: Vec<_> = lines.by_ref().take(2).collect();
    if near.is_empty() {
        return None;
    }
    addresses(&near.join("\n")).into_iter().next().or_else(|| words.links.first().cloned())
}

fn telephone(text: &str) -> Option<String> {
    let lines: Vec<_> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines.iter().enumerate().find_map(|(at, line)| {
        let headed = lines.get(at.saturating_sub(3)..at).unwrap_or_default().iter().any(|line| is_call_heading(line));
        let lower = line.to_lowercase();
        let named = ["phone", "dial", "tel:", "tel ", "call "].iter().any(|word| lower.contains(word));
        if headed || named { number(line) } else { None }
    })
}

fn is_call_heading(line: &str) -> bool {
    let line = line.to_lowercase();
    ["by phone", "by telephone", "dial by your location", "one tap mobile", "audio only", "call in"]
        .iter()
        .any(|heading| line.contains(heading))
}

/// The first run of 9 to 15 digits that begins with + or 0, spaces, brackets and hyphens allowed.
fn number(line: &str) -> Option<String> {
    let starts = line.char_indices().filter(|(_, c)| matches!(c, '+' | '0' | '('));
    for (at, _) in starts {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        if before.is_some_and(|c| c.is_alphanumeric() || "/=_.+(-".contains(c)) {
            continue;
        }
        let rest = line.get(at..).unwrap_or_default();
        let end =
            rest.char_indices().find(|(i, c)| !(c.is_ascii_digit() || " ()-".contains(*c) || (*i == 0 && *c == '+')));
        let run = rest.get(..end.map_or(rest.len(), |(i, _)| i)).unwrap_or_default();
        let run = run.trim_end_matches([' ', '(', '-']);
        let digits = run.bytes().filter(u8::is_ascii_digit).count();
        if (9..=15).contains(&digits) {
            return value::telephone(run).ok();
        }
    }
    None
}

/// What to dial after the number: its own PIN first, else the meeting's number.
fn pin(text: &str) -> Option<String> {
    ["phone conference id", "conference id", "pin", "access code", "meeting id"].iter().find_map(|name| {
        let lower = text.to_ascii_lowercase();
        lower.match_indices(name).find_map(|(at, _)| {
            let apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            let rest = text.get(at + name.len()..)?;
            if !apart(text.get(..at)?.chars().next_back()) || !apart(rest.chars().next()) {
                return None;
            }
            let rest = rest.trim_start_matches([' ', ':', '=', '-']);
            let rest = rest.strip_prefix("is ").unwrap_or(rest);
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ' ')).unwrap_or(rest.len());
            let digits = rest.get(..end)?.trim();
            let hash = if rest.get(end..)?.starts_with('#') { "#" } else { "" };
            let code = format!("{digits}{hash}");
            (digits.bytes().filter(u8::is_ascii_digit).count() >= 3).then(|| value::pin(&code).ok()).flatten()
        })
    })
}

/// Takes out what Google and Teams put between their rules; a meeting's number and passcode stay, for typing.
fn without_blocks(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let is_google = |line: &&str| line.starts_with("-::~");
    let is_rule = |line: &&str| line.len() >= 10 && line.bytes().all(|b| b == b'_');
    let program = lines.iter().any(is_google) || text.contains("Microsoft Teams");
    let edges: Vec<_> =
        (0..).zip(&lines).filter(|(_, line)| is_google(line) || is_rule(line)).map(|(at, _)| at).collect();
    let (Some(first), Some(last), true) = (edges.first(), edges.last(), program) else { return text.to_owned() };
    let end = if first == last { lines.len() } else { *last };
    let typed = |line: &str| ["Meeting ID", "Passcode"].iter().any(|name| line.starts_with(name));
    let kept = (0..).zip(&lines).filter(|(at, line)| *at < *first || *at > end || typed(line)).map(|(_, line)| *line);
    tidy(&kept.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephones_and_pins_are_found_where_they_plainly_are() {
        for (text, expected, code) in [
            ("Phone 020 7946 0123, PIN 4417#", Some("020 7946 0123"), Some("4417#")),
            (
                "Dial in by phone\n+44 20 7946 0188,,123456789# United Kingdom, London\nPhone conference ID: 123 456 789#\nReset dial-in PIN",
                Some("+44 20 7946 0188"),
                Some("123 456 789#"),
            ),
            ("Or dial: (GB) +44 20 7946 0199 PIN: 987654321#", Some("+44 20 7946 0199"), Some("987654321#")),
            (
                "Dial by your location\n        +44 20 7946 0177 United Kingdom\nMeeting ID: 812 3456 7890",
                Some("+44 20 7946 0177"),
                Some("812 3456 7890"),
            ),
            ("Bring 020 7946 0123 sheets", None, None),
            ("Meeting ID: 020 7946 0123", None, None),
            ("Phone your tutor about pinning 2 sheets", None, None),
            ("Join https://phone.example.org/0123456789012", None, None),
        ] {
            assert_eq!(telephone(text).as_deref(), expected, "{text}");
            assert_eq!(pin(text).filter(|_| expected.is_some()).as_deref(), code, "{text}");
        }
    }
}
