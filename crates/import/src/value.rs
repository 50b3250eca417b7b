//! From a cell's text to a value. The text comes trimmed and is not empty.

use crate::{london, report::Fault};
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Utc};
use contract::{
    course::Role,
    deadline::{AiLevel, Mode},
    declaration::NAME_MAX,
};

pub(crate) type Value<T> = Result<T, Fault>;

/// The longest title, in characters.
pub(crate) const TITLE_MAX: usize = 300;
/// The longest text of several lines, in characters.
pub(crate) const TEXT_MAX: usize = 10_000;
const ID_MAX: usize = 64;

/// 1 to 64 of `A-Z a-z 0-9 . _ - :`.
pub(crate) fn id(text: &str) -> Value<String> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-:".contains(&byte);
    if text.len() > ID_MAX || text.is_empty() || !text.bytes().all(plain) {
        return Err(Fault::new(
            format!("{} cannot be an id.", quoted(text)),
            "Use 1 to 64 of the letters A to Z, digits, and the marks . _ - :",
        ));
    }
    Ok(text.into())
}

pub(crate) fn name(text: &str) -> Value<String> {
    one_line(text, NAME_MAX)
}

pub(crate) fn title(text: &str) -> Value<String> {
    one_line(text, TITLE_MAX)
}

/// Plain text with line breaks, each one `\n`.
pub(crate) fn text(text: &str) -> Value<String> {
    let text = text.replace("\r\n", "\n").replace('\t', " ");
    no_controls(&text, |c| c == '\n')?;
    not_longer(&text, TEXT_MAX)?;
    Ok(text)
}

/// `2026-11-27`, or `27/11/2026` with the day first.
pub(crate) fn date(text: &str) -> Value<NaiveDate> {
    let wrong = || Fault::new(format!("{} is not a date.", quoted(text)), "Write it as 2026-11-27 or 27/11/2026.");
    let iso: Vec<_> = text.split('-').collect();
    let uk: Vec<_> = text.split('/').collect();
    let (year, month, day) = match (iso.as_slice(), uk.as_slice()) {
        ([year, month, day], _) | (_, [day, month, year]) => (*year, *month, *day),
        _ => return Err(wrong()),
    };
    if year.len() != 4 {
        return Err(wrong());
    }
    let date = number(year)
        .zip(number(month))
        .zip(number(day))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
        .ok_or_else(wrong)?;
    if !(2000..=2100).contains(&date.year()) {
        return Err(Fault::new(format!("The year {} cannot be right.", date.year()), "Give a year from 2000 to 2100."));
    }
    Ok(date)
}

/// `23:59`, `9:30`, `9:30am`, `11:59pm`; a full stop may stand for the colon before am or pm.
pub(crate) fn time(text: &str) -> Value<NaiveTime> {
    let wrong = || Fault::new(format!("{} is not a time.", quoted(text)), "Write it as 23:59 or 11:59pm.");
    let lower = text.to_ascii_lowercase();
    let (clock, afternoon) = match (lower.strip_suffix("am"), lower.strip_suffix("pm")) {
        (Some(clock), _) => (clock.trim_end().replace('.', ":"), Some(false)),
        (_, Some(clock)) => (clock.trim_end().replace('.', ":"), Some(true)),
        _ => (lower.clone(), None),
    };
    let parts: Vec<_> = clock.split(':').collect();
    let (hour, minute, second) = match parts.as_slice() {
        [hour, minute] if minute.len() == 2 => (number(hour), number(minute), Some(0)),
        [hour, minute, second] if minute.len() == 2 && second.len() == 2 => {
            (number(hour), number(minute), number(second))
        }
        [hour] if afternoon.is_some() => (number(hour), Some(0), Some(0)),
        _ => return Err(wrong()),
    };
    let (Some(hour), Some(minute), Some(second)) = (hour, minute, second) else { return Err(wrong()) };
    if (hour, minute, second) == (24, 0, 0) {
        return Err(Fault::new("24:00 can be read as two days.", "Write 23:59, or 00:00 of the next day."));
    }
    let hour = match afternoon {
        None => hour,
        Some(_) if hour == 0 || hour > 12 => return Err(wrong()),
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    NaiveTime::from_hms_opt(hour, minute, second).ok_or_else(wrong)
}

/// A date, or a date and a time; a date alone is its last minute.
pub(crate) fn moment(text: &str) -> Value<DateTime<Utc>> {
    match text.split_once(' ') {
        Some((day, clock)) => london::instant(date(day)?, time(clock.trim())?),
        None => london::end_of_day(date(text)?),
    }
}

pub(crate) fn mode(text: &str) -> Value<Mode> {
    one_of(
        text,
        &[
            ("face-to-face", Mode::FaceToFace),
            ("live-webinar", Mode::LiveWebinar),
            ("distance", Mode::Distance),
            ("blended", Mode::Blended),
            ("independent-study", Mode::IndependentStudy),
        ],
    )
}

pub(crate) fn ai_level(text: &str) -> Value<AiLevel> {
    one_of(
        text,
        &[("none", AiLevel::None), ("plan", AiLevel::Plan), ("draft", AiLevel::Draft), ("open", AiLevel::Open)],
    )
}

pub(crate) fn role(text: &str) -> Value<Role> {
    one_of(
        text,
        &[
            ("tutor", Role::Tutor),
            ("assessor", Role::Assessor),
            ("safeguarding-lead", Role::SafeguardingLead),
            ("learner-support", Role::LearnerSupport),
            ("technical", Role::Technical),
            ("mentor", Role::Mentor),
        ],
    )
}

pub(crate) fn yes(text: &str) -> Value<bool> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "y" | "true" | "1" => Ok(true),
        "no" | "n" | "false" | "0" => Ok(false),
        _ => Err(Fault::new(format!("{} is neither yes nor no.", quoted(text)), "Write yes or no, or leave it empty.")),
    }
}

/// A whole number from 1 to `max`.
pub(crate) fn count(max: u32) -> impl Fn(&str) -> Value<u32> {
    move |text| match number(text) {
        Some(count) if (1..=max).contains(&count) => Ok(count),
        _ => Err(Fault::new(format!("{} is not a whole number from 1 to {max}.", quoted(text)), "Write digits alone.")),
    }
}

pub(crate) fn telephone(text: &str) -> Value<String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_alphanumeric() || " +()-.,;#*".contains(c);
    if !(3..=25).contains(&digits) || text.len() > 40 || !text.chars().all(plain) {
        return Err(Fault::new(
            format!("{} is not a telephone number.", quoted(text)),
            "Write it as 020 7946 0123 or +44 20 7946 0123.",
        ));
    }
    Ok(text.into())
}

pub(crate) fn pin(text: &str) -> Value<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || " -#*".contains(c);
    if text.len() > 32 || !text.chars().all(plain) {
        return Err(Fault::new(
            format!("{} is not a PIN.", quoted(text)),
            "Use digits, and # or * where the call needs it.",
        ));
    }
    Ok(text.into())
}

pub(crate) fn email(text: &str) -> Value<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_{|}~-".contains(c);
    let proper = text.len() <= 254
        && text.split_once('@').is_some_and(|(local, host)| {
            !local.is_empty()
                && local.chars().all(plain)
                && host.contains('.')
                && host.split('.').all(|l| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        });
    if !proper {
        return Err(Fault::new(format!("{} is not an e-mail address.", quoted(text)), "Write it as name@example.org."));
    }
    Ok(text.into())
}

/// A value as it is shown in a refusal: short, and without marks that would upset a terminal.
pub(crate) fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(60).map(|c| if is_control(c) { '\u{fffd}' } else { c }).collect();
    let more = if text.chars().nth(60).is_some() { "..." } else { "" };
    format!("'{shown}{more}'")
}

fn one_line(text: &str, max: usize) -> Value<String> {
    no_controls(text, |_| false)?;
    not_longer(text, max)?;
    Ok(text.into())
}

fn no_controls(text: &str, allowed: impl Fn(char) -> bool) -> Value<()> {
    match text.chars().find(|c| is_control(*c) && !allowed(*c)) {
        Some('\n' | '\r') => Err(Fault::new("The text has a line break.", "Write it on one line.")),
        Some(mark) => Err(Fault::new(
            format!("The text has an unseen control character (U+{:04X}).", u32::from(mark)),
            "Type the text again instead of pasting it.",
        )),
        None => Ok(()),
    }
}

/// Controls, and the marks that turn the direction of text so that it reads as something else.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn not_longer(text: &str, max: usize) -> Value<()> {
    let length = text.chars().count();
    if length > max {
        return Err(Fault::new(format!("The text has {length} characters."), format!("Shorten it to at most {max}.")));
    }
    Ok(())
}

pub(crate) fn one_of<T: Copy>(text: &str, choices: &[(&str, T)]) -> Value<T> {
    let wanted: String =
        text.to_ascii_lowercase().split([' ', '_', '-']).filter(|w| !w.is_empty()).collect::<Vec<_>>().join("-");
    choices.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
        Fault::new(format!("{} is not known here.", quoted(text)), format!("Use one of: {}.", names.join(", ")))
    })
}

fn number(text: &str) -> Option<u32> {
    let digits = (1..=9).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_iso_or_british() {
        let expected = NaiveDate::from_ymd_opt(2026, 11, 7).unwrap();
        for text in ["2026-11-07", "07/11/2026", "7/11/2026"] {
            assert_eq!(date(text), Ok(expected), "{text}");
        }
        for text in [
            "11/27/2026",
            "31/02/2027",
            "27/11/26",
            "27.11.2026",
            "2026-11",
            "1999-01-01",
            "+026-11-07",
            "27/11/2026/1",
            "Friday",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_of_24_hours_or_with_am_and_pm() {
        for (text, hour, minute) in [
            ("23:59", 23, 59),
            ("9:30", 9, 30),
            ("9:30am", 9, 30),
            ("9.30 AM", 9, 30),
            ("11:59pm", 23, 59),
            ("12am", 0, 0),
            ("12:15pm", 12, 15),
            ("2pm", 14, 0),
            ("09:30:00", 9, 30),
        ] {
            assert_eq!(time(text), Ok(NaiveTime::from_hms_opt(hour, minute, 0).unwrap()), "{text}");
        }
        for text in ["24:00", "25:00", "9:5", "9.30", "13:00pm", "0:30am", "noon", "9", "12:60", ":30", "am"] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn texts_with_unseen_marks_or_too_many_characters_are_refused() {
        assert_eq!(text("a\r\nb\tc"), Ok("a\nb c".into()));
        for bad in ["a\u{0}b", "a\u{1b}[31m", "a\u{202e}b", "a\u{85}b"] {
            assert!(text(bad).is_err() && name(bad).is_err(), "{bad:?}");
        }
        assert!(name("a\nb").is_err());
        assert!(name(&"a".repeat(201)).is_err() && name(&"é".repeat(200)).is_ok());
        assert!(text(&"a".repeat(TEXT_MAX + 1)).is_err());
    }

    #[test]
    fn choices_name_what_is_allowed() {
        assert_eq!(mode("Face to face"), Ok(Mode::FaceToFace));
        assert_eq!(mode("independent_study"), Ok(Mode::IndependentStudy));
        assert_eq!(role("Safeguarding Lead"), Ok(Role::SafeguardingLead));
        assert!(ai_level("some").unwrap_err().mend.contains("none, plan, draft, open"));
    }

    #[test]
    fn ids_telephones_pins_and_emails_are_plain() {
        assert!(id("weld-2026:12.01_a").is_ok());
        for bad in ["", "a b", "a/b", "é", &"a".repeat(65)] {
            assert!(id(bad).is_err(), "{bad}");
        }
        assert!(telephone("+44 (0)20 7946 0123 ext 4").is_ok() && telephone("ring me").is_err());
        assert!(pin("4417#").is_ok() && pin("4417\u{0}").is_err());
        assert!(email("help@example.org").is_ok());
        for bad in ["help", "a@b", "a b@example.org", "a@example.org\nBcc: b", "a@.org"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }
}
