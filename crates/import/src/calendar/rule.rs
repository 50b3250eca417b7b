//! RRULE: the days of a series. The wall time is the start's on each of them, so a clock change does not move it.
//!
//! Written here, as the `rrule` library can be made to panic by what a file says (a BYDAY that is not ASCII).

use super::when::{When, hms, instant, ymd};
use crate::{report::Fault, value::quoted};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, Weekday};

/// The most occurrences of one series.
pub(super) const OCCURRENCES_MAX: usize = 400;
/// How long after its first day a series is followed.
const MONTHS_MAX: u32 = 24;

pub(super) struct Rule {
    every: Every,
    interval: u32,
    count: Option<u32>,
    until: Option<Until>,
    by_month: Vec<i32>,
    by_month_day: Vec<i32>,
    /// A number 0 is each such weekday, 2 the month's second, -1 its last.
    by_day: Vec<(i32, Weekday)>,
    by_set_pos: Vec<i32>,
    week_start: Weekday,
}

/// The days of a series, first to last.
pub(super) struct Series {
    pub days: Vec<NaiveDate>,
    /// It goes on beyond what is followed.
    pub cut: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Every {
    Day,
    Week,
    Month,
    Year,
}

enum Until {
    Day(NaiveDate),
    Wall(NaiveDateTime),
    Utc(NaiveDateTime),
}

impl Rule {
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let mut rule = Self {
            every: Every::Day,
            interval: 1,
            count: None,
            until: None,
            by_month: Vec::new(),
            by_month_day: Vec::new(),
            by_day: Vec::new(),
            by_set_pos: Vec::new(),
            week_start: Weekday::Mon,
        };
        let mut every = None;
        for part in text.trim().split(';').filter(|part| !part.trim().is_empty()) {
            let wrong = || {
                let mend = "Give the dates one by one, or a daily, weekly, monthly or yearly rule.";
                Fault::new(format!("{} in the rule for repeating is not understood.", quoted(part)), mend)
            };
            let upper = part.trim().to_ascii_uppercase();
            let (name, value) = upper.split_once('=').ok_or_else(wrong)?;
            match name {
                "FREQ" => every = Some(frequency(value).ok_or_else(wrong)?),
                "INTERVAL" => {
                    rule.interval = value.parse().ok().filter(|n| (1..=1000).contains(n)).ok_or_else(wrong)?
                }
                "COUNT" => rule.count = Some(value.parse().ok().filter(|n| *n > 0).ok_or_else(wrong)?),
                "UNTIL" => rule.until = Some(until(value).ok_or_else(wrong)?),
                "BYMONTH" => rule.by_month = numbers(value, 1, 12).ok_or_else(wrong)?,
                "BYMONTHDAY" => rule.by_month_day = numbers(value, -31, 31).ok_or_else(wrong)?,
                "BYSETPOS" => rule.by_set_pos = numbers(value, -366, 366).ok_or_else(wrong)?,
                "BYDAY" => rule.by_day = value.split(',').map(weekday).collect::<Option<_>>().ok_or_else(wrong)?,
                "WKST" => rule.week_start = weekday(value).filter(|(n, _)| *n == 0).ok_or_else(wrong)?.1,
                _ if name.starts_with("X-") => {}
                _ => return Err(wrong()),
            }
        }
        rule.every =
            every.ok_or_else(|| Fault::new("The rule for repeating has no FREQ.", "Export the calendar again."))?;
        let counted = rule.by_day.iter().any(|(number, _)| *number != 0);
        if counted
            && (matches!(rule.every, Every::Day | Every::Week) || rule.every == Every::Year && rule.by_month.is_empty())
        {
            return Err(Fault::new(
                "The rule counts weekdays of something other than a month.",
                "Give the dates one by one, or a weekly or monthly rule.",
            ));
        }
        Ok(rule)
    }

    /// The days from `start` on; the start itself is always the first.
    pub fn days(&self, start: &When) -> Series {
        let first = start.date();
        let horizon = first.checked_add_months(Months::new(MONTHS_MAX)).unwrap_or(first);
        let mut days = vec![first];
        for period in 0.. {
            let Some((from, to)) = self.period(first, period).filter(|(from, _)| *from <= horizon) else { break };
            let within = from.iter_days().take_while(|day| *day < to);
            let matching: Vec<_> = within.filter(|day| self.matches(*day, first)).collect();
            for day in self.at_positions(&matching).into_iter().filter(|day| *day > first) {
                if self.count.is_some_and(|count| days.len() >= count as usize) || self.is_over(&start.on(day)) {
                    return Series { days, cut: false };
                }
                if day > horizon || days.len() >= OCCURRENCES_MAX {
                    return Series { days, cut: true };
                }
                days.push(day);
            }
        }
        let over = self.count.is_some_and(|count| days.len() >= count as usize) || self.is_over(&start.on(horizon));
        Series { days, cut: !over }
    }

    /// The n-th day, week, month or year of the series, up to its end.
    fn period(&self, first: NaiveDate, number: u32) -> Option<(NaiveDate, NaiveDate)> {
        let ahead = number.checked_mul(self.interval)?;
        match self.every {
            Every::Day => {
                let from = first.checked_add_days(Days::new(ahead.into()))?;
                Some((from, from.succ_opt()?))
            }
            Every::Week => {
                let from = first.week(self.week_start).first_day().checked_add_days(Days::new(u64::from(ahead) * 7))?;
                Some((from, from.checked_add_days(Days::new(7))?))
            }
            Every::Month => {
                let from = first.with_day(1)?.checked_add_months(Months::new(ahead))?;
                Some((from, from.checked_add_months(Months::new(1))?))
            }
            Every::Year => {
                let from = NaiveDate::from_ymd_opt(first.year().checked_add_unsigned(ahead)?, 1, 1)?;
                Some((from, from.checked_add_months(Months::new(12))?))
            }
        }
    }

    fn matches(&self, day: NaiveDate, first: NaiveDate) -> bool {
        let (number, length) = (day.day().cast_signed(), i32::from(day.num_days_in_month()));
        let no_day = self.by_day.is_empty() && self.by_month_day.is_empty();
        let month = match self.every {
            Every::Year if self.by_month.is_empty() && no_day => day.month() == first.month(),
            _ => self.by_month.is_empty() || self.by_month.contains(&day.month().cast_signed()),
        };
        let month_day = match self.every {
            Every::Month | Every::Year if no_day => day.day() == first.day(),
            _ => {
                let from_end = number - length - 1;
                self.by_month_day.is_empty() || self.by_month_day.iter().any(|n| *n == number || *n == from_end)
            }
        };
        let weekday = match self.every {
            Every::Week if self.by_day.is_empty() => day.weekday() == first.weekday(),
            _ => {
                let (nth, nth_last) = ((number - 1) / 7 + 1, -((length - number) / 7 + 1));
                let named = |(n, weekday): &(i32, Weekday)| {
                    *weekday == day.weekday() && (*n == 0 || *n == nth || *n == nth_last)
                };
                self.by_day.is_empty() || self.by_day.iter().any(named)
            }
        };
        month && month_day && weekday
    }

    fn at_positions(&self, days: &[NaiveDate]) -> Vec<NaiveDate> {
        if self.by_set_pos.is_empty() {
            return days.to_vec();
        }
        let length = i32::try_from(days.len()).unwrap_or(i32::MAX);
        let chosen = |at: i32| self.by_set_pos.iter().any(|p| *p == at + 1 || *p == at - length);
        days.iter().zip(0..).filter(|(_, at)| chosen(*at)).map(|(day, _)| *day).collect()
    }

    fn is_over(&self, occurrence: &When) -> bool {
        match (&self.until, occurrence) {
            (None, _) => false,
            (Some(Until::Day(last)), _) => occurrence.date() > *last,
            (Some(Until::Wall(last) | Until::Utc(last)), When::Day(day)) => *day > last.date(),
            (Some(Until::Wall(last)), When::At { wall, .. }) => wall > last,
            (Some(Until::Utc(last)), When::At { wall, zone, .. }) => instant(*wall, *zone) > last.and_utc(),
        }
    }
}

fn frequency(text: &str) -> Option<Every> {
    match text {
        "DAILY" => Some(Every::Day),
        "WEEKLY" => Some(Every::Week),
        "MONTHLY" => Some(Every::Month),
        "YEARLY" => Some(Every::Year),
        _ => None,
    }
}

fn until(text: &str) -> Option<Until> {
    let Some((day, clock)) = text.split_once('T') else { return ymd(text).map(Until::Day) };
    let wall = |clock| Some(ymd(day)?.and_time(hms(clock)?));
    clock.strip_suffix('Z').map_or_else(|| wall(clock).map(Until::Wall), |clock| wall(clock).map(Until::Utc))
}

fn numbers(text: &str, least: i32, most: i32) -> Option<Vec<i32>> {
    let proper = |n: &i32| *n != 0 && (least..=most).contains(n);
    text.split(',').map(|number| number.trim().parse().ok().filter(proper)).collect()
}

fn weekday(text: &str) -> Option<(i32, Weekday)> {
    let text = text.trim();
    let (number, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let day = match name {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    };
    match number {
        "" => Some((0, day)),
        _ => number.parse().ok().filter(|n: &i32| *n != 0 && (-5..=5).contains(n)).map(|n| (n, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(start: &str, rule: &str) -> (Vec<String>, bool) {
        let series = Rule::parse(rule).unwrap().days(&When::Day(ymd(start).unwrap()));
        (series.days.iter().map(|day| day.format("%m%d").to_string()).collect(), series.cut)
    }

    #[test]
    fn follows_the_examples_of_the_standard() {
        for (start, rule, expected) in [
            ("20261201", "FREQ=DAILY;COUNT=3", vec!["1201", "1202", "1203"]),
            ("20261201", "FREQ=DAILY;INTERVAL=10;UNTIL=20261221", vec!["1201", "1211", "1221"]),
            ("20270323", "FREQ=WEEKLY;COUNT=3", vec!["0323", "0330", "0406"]),
            ("20261201", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4", vec!["1201", "1203", "1208", "1210"]),
            ("20261201", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU;COUNT=4", vec!["1201", "1213", "1215", "1227"]),
            ("20261201", "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU,SU;COUNT=4", vec!["1201", "1206", "1215", "1220"]),
            ("20261204", "FREQ=MONTHLY;BYDAY=1FR;COUNT=3", vec!["1204", "0101", "0205"]),
            ("20261225", "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3", vec!["1225", "0129", "0226"]),
            ("20261231", "FREQ=MONTHLY;COUNT=3", vec!["1231", "0131", "0331"]),
            ("20261231", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", vec!["1231", "0131", "0228"]),
            ("20261130", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3", vec!["1130", "1231", "0129"]),
            ("20261213", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=2", vec!["1213", "0813"]),
            ("20270328", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=2", vec!["0328", "0326"]),
            ("20261201", "FREQ=YEARLY;COUNT=2", vec!["1201", "1201"]),
        ] {
            assert_eq!(days(start, rule), (expected.iter().map(ToString::to_string).collect(), false), "{rule}");
        }
    }

    #[test]
    fn is_cut_after_two_years_or_400_days() {
        let (weekly, cut) = days("20261201", "FREQ=WEEKLY");
        assert_eq!((weekly.len(), cut), (105, true));
        let (daily, cut) = days("20261201", "FREQ=DAILY");
        assert_eq!((daily.len(), cut), (OCCURRENCES_MAX, true));
        assert_eq!(days("20261201", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"), (vec!["1201".into()], true));
        assert_eq!(days("20261201", "FREQ=WEEKLY;UNTIL=20200101"), (vec!["1201".into()], false));
    }

    #[test]
    fn refuses_what_it_would_get_wrong() {
        for rule in [
            "",
            "FREQ=HOURLY",
            "FREQ=WEEKLY;INTERVAL=0",
            "FREQ=WEEKLY;COUNT=0",
            "FREQ=WEEKLY;BYDAY=é",
            "FREQ=WEEKLY;BYDAY=1MO",
            "FREQ=YEARLY;BYDAY=20MO",
            "FREQ=YEARLY;BYWEEKNO=3",
            "FREQ=DAILY;BYHOUR=9",
            "FREQ=WEEKLY;UNTIL=soon",
            "FREQ=MONTHLY;BYMONTHDAY=0",
            "COUNT=3",
            "FREQ",
        ] {
            assert!(Rule::parse(rule).is_err(), "{rule}");
        }
    }
}
