//! London's wall clock.

use crate::report::Fault;
use chrono::{DateTime, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Europe::London;

/// The instant of a London date and time. A time that a clock change skips or gives twice is refused.
pub(crate) fn instant(date: NaiveDate, time: NaiveTime) -> Result<DateTime<Utc>, Fault> {
    let wall = date.and_time(time);
    match London.from_local_datetime(&wall) {
        LocalResult::Single(instant) => Ok(instant.with_timezone(&Utc)),
        LocalResult::Ambiguous(..) => Err(Fault::new(
            format!("The clocks go back that night, so {} happens twice.", wall.format("%H:%M on %-d %B %Y")),
            "Give a time before 01:00 or from 02:00 on.",
        )),
        LocalResult::None => Err(Fault::new(
            format!("The clocks go forward that night, so there is no {}.", wall.format("%H:%M on %-d %B %Y")),
            "Give a time before 01:00 or from 02:00 on.",
        )),
    }
}

/// The last minute of a day in London: 23:59.
pub(crate) fn end_of_day(date: NaiveDate) -> Result<DateTime<Utc>, Fault> {
    instant(date, NaiveTime::from_hms_opt(23, 59, 0).unwrap_or_default())
}
