//! Dates and times as a learner reads them: 'Friday 27 November 2026, 11:59pm', in the provider's zone, whatever the
//! device's own zone is. The browser's Intl knows the zones; no time-zone table is in the wasm.

use crate::browser::intl::{self, Parts};
use chrono::{DateTime, NaiveDate, Utc};

/// Writes times in one zone and language.
#[derive(Clone)]
pub struct Dates {
    zone: String,
    language: &'static str,
}

impl Dates {
    #[must_use]
    pub fn new(zone: &str, language: &'static str) -> Self {
        Self { zone: zone.into(), language }
    }

    fn parts(&self, time: DateTime<Utc>) -> Parts {
        intl::parts(time, &self.zone, self.language)
    }

    /// `Friday 27 November 2026`.
    #[must_use]
    pub fn date(&self, time: DateTime<Utc>) -> String {
        let p = self.parts(time);
        format!("{} {} {} {}", p.weekday, p.day, p.month, p.year)
    }

    /// `11:59pm`.
    #[must_use]
    pub fn time(&self, time: DateTime<Utc>) -> String {
        let p = self.parts(time);
        clock(p.hour, p.minute)
    }

    /// `Friday 27 November 2026, 11:59pm`.
    #[must_use]
    pub fn date_time(&self, time: DateTime<Utc>) -> String {
        let p = self.parts(time);
        format!("{} {} {} {}, {}", p.weekday, p.day, p.month, p.year, clock(p.hour, p.minute))
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
        let p = intl::parts(day.and_time(chrono::NaiveTime::MIN).and_utc(), "UTC", self.language);
        format!("{} {} {}", p.day, p.month, p.year)
    }

    /// The day of an instant in the provider's zone, counted from 1970-01-01.
    #[must_use]
    pub fn zone_day(&self, time: DateTime<Utc>) -> i64 {
        let p = self.parts(time);
        NaiveDate::from_ymd_opt(p.year, p.month_number, p.day)
            .map_or(time.timestamp().div_euclid(86_400), |d| i64::from(d.to_epoch_days()))
    }

    /// Whether this device would have shown another time: then the zone is named beside it.
    #[must_use]
    pub fn device_differs(&self, time: DateTime<Utc>) -> bool {
        intl::device_zone().is_some_and(|zone| {
            zone != self.zone && {
                let there = intl::parts(time, &zone, self.language);
                let here = self.parts(time);
                (there.day, there.hour, there.minute) != (here.day, here.hour, here.minute)
            }
        })
    }

    #[must_use]
    pub fn is_london(&self) -> bool {
        self.zone == "Europe/London"
    }
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
