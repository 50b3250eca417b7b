//! Dates and times as a learner reads them: 'Friday 27 November 2026, 11:59pm', in the provider's zone, whatever the
//! device's own zone is. The browser's Intl knows the zones; no time-zone table is in the wasm.

use crate::browser::intl;
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};

/// Writes times in one zone.
#[derive(Clone)]
pub struct Dates {
    zone: String,
}

impl Dates {
    #[must_use]
    pub fn new(zone: &str) -> Self {
        Self { zone: zone.into() }
    }

    /// A browser that does not know the zone shows UTC: an hour off in summer rather than nothing.
    fn wall(&self, time: DateTime<Utc>) -> NaiveDateTime {
        intl::wall(&self.zone, time).unwrap_or(time.naive_utc())
    }

    /// `Friday 27 November 2026`.
    #[must_use]
    pub fn date(&self, time: DateTime<Utc>) -> String {
        date(self.wall(time))
    }

    /// `11:59pm`.
    #[must_use]
    pub fn time(&self, time: DateTime<Utc>) -> String {
        let wall = self.wall(time);
        clock(wall.hour(), wall.minute())
    }

    /// `Friday 27 November 2026, 11:59pm`.
    #[must_use]
    pub fn date_time(&self, time: DateTime<Utc>) -> String {
        let wall = self.wall(time);
        format!("{}, {}", date(wall), clock(wall.hour(), wall.minute()))
    }

    /// `Friday 27 November 2026, 2pm to 3:30pm`; with both dates where they differ.
    #[must_use]
    pub fn span(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> String {
        if to <= from {
            self.date_time(from)
        } else if self.date(from) == self.date(to) {
            format!("{} to {}", self.date_time(from), self.time(to))
        } else {
            format!("{} to {}", self.date_time(from), self.date_time(to))
        }
    }

    /// `27 November 2026`, for a day without a time.
    #[must_use]
    pub fn day(&self, day: NaiveDate) -> String {
        format!("{} {} {}", day.day(), month(day.month()), day.year())
    }

    /// `Friday 27 November 2026`, for a day without a time.
    #[must_use]
    pub fn full_day(&self, day: NaiveDate) -> String {
        format!("{} {}", weekday(day.weekday()), self.day(day))
    }

    /// Minutes since midnight in the provider's zone.
    #[must_use]
    pub fn minute(&self, time: DateTime<Utc>) -> u32 {
        let wall = self.wall(time);
        wall.hour() * 60 + wall.minute()
    }

    /// The year and the month (1 to 12) of an instant in the provider's zone.
    #[must_use]
    pub fn month(&self, time: DateTime<Utc>) -> (i32, u32) {
        let wall = self.wall(time);
        (wall.year(), wall.month())
    }

    /// `November 2026`.
    #[must_use]
    pub fn month_name(&self, (year, number): (i32, u32)) -> String {
        format!("{} {year}", month(number))
    }

    /// The day of an instant in the provider's zone, counted from 1970-01-01.
    #[must_use]
    pub fn zone_day(&self, time: DateTime<Utc>) -> i64 {
        self.wall(time).date().to_epoch_days().into()
    }

    /// Whether this device would have shown another time: then the zone is named beside it.
    #[must_use]
    pub fn device_differs(&self, time: DateTime<Utc>) -> bool {
        let to_the_minute = |wall: NaiveDateTime| (wall.date(), wall.hour(), wall.minute());
        intl::device_wall(time).is_some_and(|here| to_the_minute(here) != to_the_minute(self.wall(time)))
    }

    #[must_use]
    pub fn is_london(&self) -> bool {
        self.zone == "Europe/London"
    }
}

fn date(wall: NaiveDateTime) -> String {
    format!("{} {} {} {}", weekday(wall.weekday()), wall.day(), month(wall.month()), wall.year())
}

#[must_use]
pub fn weekday(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `9am`, from minutes since midnight.
#[must_use]
pub fn clock_time(minute: u32) -> String {
    clock(minute / 60, minute % 60)
}

/// `1 hour 30 minutes`, `45 minutes`, `2 hours`.
#[must_use]
pub fn length(minutes: u32) -> String {
    let hours = super::count((minutes / 60) as usize, "hour", "hours");
    let rest = super::count((minutes % 60) as usize, "minute", "minutes");
    match (minutes / 60, minutes % 60) {
        (0, _) => rest,
        (_, 0) => hours,
        _ => format!("{hours} {rest}"),
    }
}

/// The month's name, from 1 to 12.
fn month(number: u32) -> &'static str {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS.get((number as usize).wrapping_sub(1)).copied().unwrap_or_default()
}

/// `12:05am`, `9am`, `12pm`, `11:59pm`.
fn clock(hour: u32, minute: u32) -> String {
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = match hour % 12 {
        0 => 12,
        h => h,
    };
    if minute == 0 { format!("{hour}{half}") } else { format!("{hour}:{minute:02}{half}") }
}

/// `3 kB`, `1.4 MB`: bytes in decimal units, as data is sold.
#[must_use]
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} bytes"),
        1_000..1_000_000 => format!("{} kB", n.div_ceil(1_000)),
        _ => format!("{}.{} MB", n / 1_000_000, n % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_people_say_them() {
        let cases =
            [((0, 5), "12:05am"), ((9, 0), "9am"), ((12, 0), "12pm"), ((23, 59), "11:59pm"), ((13, 30), "1:30pm")];
        for ((hour, minute), text) in cases {
            assert_eq!(clock(hour, minute), text);
        }
    }

    #[test]
    fn sizes_are_in_units_data_is_sold_in() {
        assert_eq!([bytes(999), bytes(1_000), bytes(1_001), bytes(1_450_000)], ["999 bytes", "1 kB", "2 kB", "1.4 MB"]);
    }
}
