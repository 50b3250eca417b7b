//! Days and times as the app writes them, in London.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use chrono_tz::Europe::London;

/// `Friday 27 November 2026`.
pub fn day(day: NaiveDate) -> String {
    day.format("%A %-d %B %Y").to_string()
}

/// `27 November 2026`.
pub fn short_day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// `Friday 27 November 2026, 11:59pm`.
pub fn moment(at: DateTime<Utc>) -> String {
    let london = at.with_timezone(&London);
    format!("{}, {}", day(london.date_naive()), clock(london.hour() * 60 + london.minute()))
}

/// `Friday 27 November 2026, 2pm to 3:30pm`.
pub fn span(from: DateTime<Utc>, until: DateTime<Utc>) -> String {
    let (start, end) = (from.with_timezone(&London), until.with_timezone(&London));
    if until <= from {
        moment(from)
    } else if start.date_naive() == end.date_naive() {
        format!("{} to {}", moment(from), clock(end.hour() * 60 + end.minute()))
    } else {
        format!("{} to {}", moment(from), moment(until))
    }
}

/// `9am`, `12:05am`, from minutes since midnight.
pub fn clock(minutes: u32) -> String {
    let (hour, minute) = (minutes / 60 % 24, minutes % 60);
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
    if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
}

/// `1 hour 30 minutes`, `45 minutes`, `2 hours`.
pub fn length(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hours_in_words = if hours == 1 { "1 hour".into() } else { format!("{hours} hours") };
    let rest_in_words = if rest == 1 { "1 minute".into() } else { format!("{rest} minutes") };
    match (hours, rest) {
        (0, _) => rest_in_words,
        (_, 0) => hours_in_words,
        _ => format!("{hours_in_words} {rest_in_words}"),
    }
}

/// The Monday of a day's week.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.week(chrono::Weekday::Mon).first_day()
}

/// The name of a weekday, 1 for Monday to 7 for Sunday.
pub fn weekday(number: u32) -> String {
    // A Monday.
    let day = NaiveDate::from_ymd_opt(2026, 11, 23 + number.clamp(1, 7) - 1).unwrap_or_default();
    debug_assert!(day.weekday().number_from_monday() == number.clamp(1, 7));
    day.format("%A").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_londons_and_lengths_are_words() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        assert_eq!(moment(at("2026-11-27T23:59:00Z")), "Friday 27 November 2026, 11:59pm");
        assert_eq!(moment(at("2026-07-01T23:30:00Z")), "Thursday 2 July 2026, 12:30am");
        assert_eq!(
            span(at("2026-11-27T14:00:00Z"), at("2026-11-27T15:30:00Z")),
            "Friday 27 November 2026, 2pm to 3:30pm"
        );
        let lengths = [0, 1, 45, 60, 61, 150].map(length);
        assert_eq!(lengths, ["0 minutes", "1 minute", "45 minutes", "1 hour", "1 hour 1 minute", "2 hours 30 minutes"]);
        assert_eq!(
            (weekday(1), weekday(7), clock(0), clock(1_110)),
            ("Monday".into(), "Sunday".into(), "12am".into(), "6:30pm".into())
        );
        assert_eq!(monday("2026-11-29".parse().unwrap()).to_string(), "2026-11-23");
    }
}
