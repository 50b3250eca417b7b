//! Days, times and spans of a calendar file.

use super::{line::Property, zone::Zones};
use crate::{report::Fault, value::quoted};
use chrono::{DateTime, Datelike, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

/// A day, or a wall time in a zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Day(NaiveDate),
    At { wall: NaiveDateTime, zone: Tz, floating: bool },
}

impl When {
    /// The first value of a property such as DTSTART.
    pub fn of(property: &Property, zones: &Zones) -> Result<Self, Fault> {
        Self::parse(property.value.trim(), property.param("TZID"), zones)
    }

    /// The values of a property that may list several, such as EXDATE; of a period, its start and its end.
    pub fn list(property: &Property, zones: &Zones) -> Result<Vec<(Self, Option<Span>)>, Fault> {
        let values = property.value.split(',').map(str::trim).filter(|value| !value.is_empty());
        values
            .map(|value| {
                let (start, end) = value.split_once('/').map_or((value, None), |(start, end)| (start, Some(end)));
                let start = Self::parse(start, property.param("TZID"), zones)?;
                let span = match end {
                    Some(end) if end.starts_with(['P', '+', '-']) => Some(span(end)?),
                    Some(end) => Some(start.until(&Self::parse(end, property.param("TZID"), zones)?)?),
                    None => None,
                };
                Ok((start, span))
            })
            .collect()
    }

    fn parse(text: &str, tzid: Option<&str>, zones: &Zones) -> Result<Self, Fault> {
        let wrong = || {
            let mend = "A day is written 20261127, a time 20261127T235900Z: export the calendar again, or correct it.";
            Fault::new(format!("{} is not a day or a time.", quoted(text)), mend)
        };
        let (day, clock) = text.split_once(['T', 't']).map_or((text, None), |(day, clock)| (day, Some(clock)));
        let date = ymd(day).ok_or_else(wrong)?;
        if !(2000..=2100).contains(&date.year()) {
            return Err(Fault::new(
                format!("The year {} cannot be right.", date.year()),
                "Give a year from 2000 to 2100.",
            ));
        }
        let Some(clock) = clock else { return Ok(Self::Day(date)) };
        let (clock, utc) = clock.strip_suffix(['Z', 'z']).map_or((clock, false), |clock| (clock, true));
        let wall = date.and_time(hms(clock).ok_or_else(wrong)?);
        Ok(match (utc, tzid) {
            (true, _) => Self::At { wall, zone: Tz::UTC, floating: false },
            (false, Some(tzid)) => Self::At { wall, zone: zones.find(tzid)?, floating: false },
            (false, None) => Self::At { wall, zone: zones.floating(), floating: true },
        })
    }

    pub fn date(&self) -> NaiveDate {
        match self {
            Self::Day(date) => *date,
            Self::At { wall, .. } => wall.date(),
        }
    }

    /// The day that it is in that zone then.
    pub fn date_in(&self, zone: Tz) -> NaiveDate {
        self.instant().map_or_else(|| self.date(), |instant| instant.with_timezone(&zone).date_naive())
    }

    /// Nothing for a day.
    pub fn instant(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Day(_) => None,
            Self::At { wall, zone, .. } => Some(instant(*wall, *zone)),
        }
    }

    /// Does a clock change skip this time, or give it twice?
    pub fn is_odd(&self) -> bool {
        match self {
            Self::Day(_) => false,
            Self::At { wall, zone, .. } => !matches!(zone.from_local_datetime(wall), LocalResult::Single(_)),
        }
    }

    /// The same wall time, or day, on another date.
    pub fn on(&self, date: NaiveDate) -> Self {
        match *self {
            Self::Day(_) => Self::Day(date),
            Self::At { wall, zone, floating } => Self::At { wall: date.and_time(wall.time()), zone, floating },
        }
    }

    /// Does this, an EXDATE or a RECURRENCE-ID, name that occurrence? A day names the one of that day.
    pub fn names(&self, occurrence: &Self) -> bool {
        match (self.instant(), occurrence.instant()) {
            (Some(named), Some(instant)) => named == instant,
            _ => self.date() == occurrence.date(),
        }
    }

    pub fn until(&self, end: &Self) -> Result<Span, Fault> {
        let span = match (self.instant(), end.instant()) {
            (Some(start), Some(end)) => Span::Exact(end - start),
            _ => Span::Days((end.date() - self.date()).num_days()),
        };
        if span.is_negative() {
            return Err(Fault::new("The end is before the start.", "Correct one of the two."));
        }
        Ok(span)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    Days(i64),
    Exact(TimeDelta),
}

impl Span {
    fn is_negative(self) -> bool {
        match self {
            Self::Days(days) => days < 0,
            Self::Exact(span) => span < TimeDelta::zero(),
        }
    }
}

/// `P1W`, `P2D`, `PT1H30M`; whole days count on the wall clock, the rest in hours.
pub(super) fn span(text: &str) -> Result<Span, Fault> {
    let wrong = || Fault::new(format!("{} is not a duration.", quoted(text)), "Write it as PT1H30M or P1D.");
    let mut rest = text.trim().strip_prefix('+').unwrap_or(text.trim()).strip_prefix('P').ok_or_else(wrong)?;
    let (mut days, mut seconds, mut in_time, mut any) = (0_i64, 0_i64, false, false);
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T').filter(|_| !in_time) {
            (rest, in_time) = (time, true);
            continue;
        }
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at_checked(digits).filter(|_| (1..=6).contains(&digits)).ok_or_else(wrong)?;
        let number: i64 = number.parse().map_err(|_| wrong())?;
        match (tail.bytes().next(), in_time) {
            (Some(b'W'), false) => days += number * 7,
            (Some(b'D'), false) => days += number,
            (Some(b'H'), true) => seconds += number * 3600,
            (Some(b'M'), true) => seconds += number * 60,
            (Some(b'S'), true) => seconds += number,
            _ => return Err(wrong()),
        }
        rest = tail.get(1..).unwrap_or_default();
        any = true;
    }
    if !any || days > 3660 || seconds > 3660 * 86400 {
        return Err(wrong());
    }
    let exact = TimeDelta::days(days) + TimeDelta::seconds(seconds);
    Ok(if seconds == 0 { Span::Days(days) } else { Span::Exact(exact) })
}

/// The instant of a wall time as RFC 5545 has it: of two, the earlier; of one that is skipped, by the offset before.
pub(super) fn instant(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let before = TimeDelta::hours(6);
    let by_earlier_offset = || {
        let earlier = wall - before;
        zone.from_local_datetime(&earlier).earliest().map_or(earlier.and_utc(), |i| i.with_timezone(&Utc)) + before
    };
    zone.from_local_datetime(&wall).earliest().map_or_else(by_earlier_offset, |instant| instant.with_timezone(&Utc))
}

pub(super) fn ymd(text: &str) -> Option<NaiveDate> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |from, to| text.get(from..to)?.parse::<u32>().ok();
    if !digits {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(part(0, 4)?).ok()?, part(4, 6)?, part(6, 8)?)
}

pub(super) fn hms(text: &str) -> Option<NaiveTime> {
    let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    let part = |from, to| text.get(from..to)?.parse::<u32>().ok();
    if !digits {
        return None;
    }
    NaiveTime::from_hms_opt(part(0, 2)?, part(2, 4)?, part(4, 6)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::London;

    #[test]
    fn durations_are_days_or_exact() {
        assert_eq!(span("P1W"), Ok(Span::Days(7)));
        assert_eq!(span("PT1H30M"), Ok(Span::Exact(TimeDelta::minutes(90))));
        assert_eq!(span("PT0S"), Ok(Span::Days(0)));
        for bad in ["", "P", "PT", "-PT1H", "P1H", "PT1D", "P9999999D", "P1", "PTT1H", "PT1Hé", "1H"] {
            assert!(span(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_skipped_time_goes_on_from_before_and_a_doubled_one_is_the_first() {
        let wall = |text: &str| ymd(&text[..8]).unwrap().and_time(hms(&text[9..]).unwrap());
        let shown = |text: &str| instant(wall(text), London).format("%Y%m%dT%H%M%SZ").to_string();
        assert_eq!(shown("20270328T013000"), "20270328T013000Z");
        assert_eq!(shown("20261025T013000"), "20261025T003000Z");
        assert_eq!(shown("20270328T235900"), "20270328T225900Z");
    }
}
