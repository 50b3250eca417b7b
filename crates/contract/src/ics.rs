//! Calendar files (RFC 5545), as the server's feed and the app's file of one deadline write them. Times are UTC instants: no calendar
//! needs a table of time zones to read them, and none is wrong when the clocks change.

use chrono::{DateTime, Datelike, Timelike, Utc};

/// The longest line in bytes, without its end.
const LINE: usize = 75;

/// What stands in a calendar.
pub struct Event {
    /// Stays the same for as long as the work or the session is there: see [`named`].
    pub uid: String,
    /// Rises with each change.
    pub sequence: i64,
    pub modified: DateTime<Utc>,
    pub starts: DateTime<Utc>,
    /// Nothing for a moment.
    pub ends: Option<DateTime<Utc>>,
    pub title: String,
    pub cancelled: bool,
}

/// The text whose SHA-256 makes the [`uid`] of some work (`work`) or of a session (`session`): who sees the calendar does not see the id.
#[must_use]
pub fn named(kind: &str, id: &str) -> String {
    ["portal-calendar-1", kind, id].join("\n")
}

/// From the 64 hexadecimal digits.
#[must_use]
pub fn uid(sha256: &str) -> String {
    let mut uid = String::from(sha256.get(..32).unwrap_or(sha256));
    uid.push_str("@learner-portal");
    uid
}

/// A file of these events. `feed`: its name, where calendars come back for it.
#[must_use]
pub fn calendar(feed: Option<&str>, events: &[Event]) -> String {
    let mut out = String::new();
    for (name, value) in
        [("BEGIN", "VCALENDAR"), ("VERSION", "2.0"), ("PRODID", "-//Learner portal//EN"), ("CALSCALE", "GREGORIAN")]
    {
        line(&mut out, name, value);
    }
    if let Some(feed) = feed {
        line(&mut out, "METHOD", "PUBLISH");
        line(&mut out, "NAME", &escaped(feed));
        line(&mut out, "X-WR-CALNAME", &escaped(feed));
        line(&mut out, "REFRESH-INTERVAL;VALUE=DURATION", "PT4H");
        line(&mut out, "X-PUBLISHED-TTL", "PT4H");
    }
    for event in events {
        put(&mut out, event);
    }
    line(&mut out, "END", "VCALENDAR");
    out
}

fn put(out: &mut String, event: &Event) {
    line(out, "BEGIN", "VEVENT");
    line(out, "UID", &event.uid);
    line(out, "SEQUENCE", &event.sequence.to_string());
    line(out, "DTSTAMP", &instant(event.modified));
    line(out, "LAST-MODIFIED", &instant(event.modified));
    line(out, "DTSTART", &instant(event.starts));
    if let Some(ends) = event.ends {
        line(out, "DTEND", &instant(ends));
    }
    line(out, "SUMMARY", &escaped(&event.title));
    line(out, "CLASS", "PRIVATE");
    line(out, "STATUS", if event.cancelled { "CANCELLED" } else { "CONFIRMED" });
    // A deadline keeps nobody from meeting.
    line(out, "TRANSP", if event.ends.is_some() && !event.cancelled { "OPAQUE" } else { "TRANSPARENT" });
    line(out, "END", "VEVENT");
}

/// `20261127T235900Z`.
fn instant(at: DateTime<Utc>) -> String {
    let mut out = String::new();
    for (number, digits) in [(at.year().unsigned_abs(), 4), (at.month(), 2), (at.day(), 2)] {
        digit(&mut out, number, digits);
    }
    out.push('T');
    for number in [at.hour(), at.minute(), at.second()] {
        digit(&mut out, number, 2);
    }
    out.push('Z');
    out
}

fn digit(out: &mut String, number: u32, digits: usize) {
    let text = number.to_string();
    for _ in text.len()..digits {
        out.push('0');
    }
    out.push_str(&text);
}

/// A text as a value: no comma, semicolon or line break ends it.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A property, folded: no line is longer than 75 bytes, and none ends inside a character.
fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(title: &str) -> Event {
        let at = |text: &str| text.parse().expect("a time");
        Event {
            uid: uid(&"ab".repeat(32)),
            sequence: 7,
            modified: at("2026-11-23T12:00:00.5Z"),
            starts: at("2027-03-28T01:05:09Z"),
            ends: None,
            title: title.into(),
            cancelled: false,
        }
    }

    #[test]
    fn a_deadline_is_a_moment_in_utc_that_keeps_nobody_from_meeting() {
        let text = calendar(None, &[event("Work due: WELD2")]);
        let expected = [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Learner portal//EN",
            "CALSCALE:GREGORIAN",
            "BEGIN:VEVENT",
            "UID:abababababababababababababababab@learner-portal",
            "SEQUENCE:7",
            "DTSTAMP:20261123T120000Z",
            "LAST-MODIFIED:20261123T120000Z",
            "DTSTART:20270328T010509Z",
            "SUMMARY:Work due: WELD2",
            "CLASS:PRIVATE",
            "STATUS:CONFIRMED",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ];
        assert_eq!(text, expected.join("\r\n"));
    }

    #[test]
    fn no_line_is_too_long_and_no_text_ends_a_value() {
        let title = "Zoë’s work; part 1, \\ and\r\nBEGIN:VALARM ".to_owned() + &"ü".repeat(200);
        let text = calendar(Some("A name; of a service"), &[event(&title)]);
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert!(!text.replace("\r\n", "").contains(['\n', '\r']));
        let unfolded = text.replace("\r\n ", "");
        let summary = unfolded.split("\r\n").find(|line| line.starts_with("SUMMARY")).expect("a title");
        let expected = "SUMMARY:Zoë’s work\\; part 1\\, \\\\ and\\nBEGIN:VALARM ".to_owned() + &"ü".repeat(200);
        assert_eq!(summary, expected);
        assert!(unfolded.contains("\r\nNAME:A name\\; of a service\r\n"));
    }
}
