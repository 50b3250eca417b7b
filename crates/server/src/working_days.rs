//! Days on which the provider works: Monday to Friday, but for bank holidays. Days are London's.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::London;
use std::collections::BTreeSet;

/// The day in London at an instant.
#[must_use]
pub fn london_day(at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&London).date_naive()
}

/// The instant of a London date and time; nothing for a time that a clock change skips or gives twice.
#[must_use]
pub fn london_instant(day: NaiveDate, time: NaiveTime) -> Option<DateTime<Utc>> {
    London.from_local_datetime(&day.and_time(time)).single().map(|at| at.to_utc())
}

/// The last minute of a day in London.
#[must_use]
pub fn end_of_day(day: NaiveDate) -> Option<DateTime<Utc>> {
    london_instant(day, NaiveTime::from_hms_opt(23, 59, 0)?)
}

#[must_use]
pub fn is_working_day(day: NaiveDate, holidays: &BTreeSet<NaiveDate>) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(&day)
}

/// The day by whose end something that arrived at `at` is done within so many working days. The day of arrival does not count, however
/// early it was.
#[must_use]
pub fn within(days: u32, at: DateTime<Utc>, holidays: &BTreeSet<NaiveDate>) -> NaiveDate {
    let mut day = london_day(at);
    let mut left = days;
    while left > 0 {
        let Some(next) = day.checked_add_days(Days::new(1)) else { return day };
        day = next;
        left -= u32::from(is_working_day(day, holidays));
    }
    day
}

/// How many working days something took: those after the day on which it came, up to the day on which it was done.
#[must_use]
pub fn between(came: DateTime<Utc>, done: DateTime<Utc>, holidays: &BTreeSet<NaiveDate>) -> u32 {
    let (mut day, last, mut days) = (london_day(came), london_day(done), 0);
    while day < last {
        let Some(next) = day.checked_add_days(Days::new(1)) else { break };
        day = next;
        days += u32::from(is_working_day(day, holidays));
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn holidays() -> BTreeSet<NaiveDate> {
        ["2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26", "2027-03-29"].map(day).into()
    }

    #[test]
    fn weekends_and_bank_holidays_do_not_count() {
        for (arrived, days, expected) in [
            ("2026-11-23T12:00:00Z", 1, "2026-11-24"),
            ("2026-11-23T12:00:00Z", 5, "2026-11-30"),
            ("2026-11-27T12:00:00Z", 1, "2026-11-30"), // a Friday
            ("2026-11-28T12:00:00Z", 1, "2026-11-30"), // a Saturday
            ("2026-12-24T12:00:00Z", 1, "2026-12-29"), // over Christmas and its substitute day
            ("2026-12-31T12:00:00Z", 2, "2027-01-05"), // over the end of a year
            ("2027-03-25T12:00:00Z", 1, "2027-03-30"), // over Easter, in which the clocks change
            ("2026-11-23T12:00:00Z", 0, "2026-11-23"),
        ] {
            let at = arrived.parse().unwrap();
            assert_eq!(within(days, at, &holidays()), day(expected), "{days} from {arrived}");
        }
    }

    #[test]
    fn what_took_as_long_as_was_promised_took_so_many_working_days() {
        for (came, done, expected) in [
            ("2026-12-18T12:00:00Z", "2027-01-13T09:00:00Z", 15), // over Christmas and New Year
            ("2026-11-23T00:30:00Z", "2026-11-23T23:00:00Z", 0),
            ("2026-11-27T12:00:00Z", "2026-11-29T12:00:00Z", 0), // a Friday to its Sunday
            ("2026-11-24T12:00:00Z", "2026-11-23T12:00:00Z", 0), // never handed in before it was marked
        ] {
            let (came, done) = (came.parse().unwrap(), done.parse().unwrap());
            assert_eq!(between(came, done, &holidays()), expected, "{came} to {done}");
        }
    }

    #[test]
    fn the_day_is_londons_on_both_sides_of_a_clock_change() {
        for (at, expected) in [
            ("2027-03-27T23:59:59Z", "2027-03-27"),
            ("2027-03-28T22:59:59Z", "2027-03-28"), // 23:59 in summer time
            ("2027-03-28T23:00:00Z", "2027-03-29"),
            ("2026-10-24T23:30:00Z", "2026-10-25"), // half past midnight in summer time
            ("2026-10-25T23:30:00Z", "2026-10-25"),
            ("2026-12-31T23:59:59Z", "2026-12-31"),
        ] {
            assert_eq!(london_day(at.parse().unwrap()), day(expected), "{at}");
        }
        assert_eq!(end_of_day(day("2027-03-28")), Some("2027-03-28T22:59:00Z".parse().unwrap()));
        assert_eq!(end_of_day(day("2026-12-04")), Some("2026-12-04T23:59:00Z".parse().unwrap()));
        let skipped = NaiveTime::from_hms_opt(1, 30, 0).unwrap();
        assert_eq!(london_instant(day("2027-03-28"), skipped), None);
    }
}
