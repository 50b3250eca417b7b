//! When a contact answers: hours of the week by a clock in London, without the days on which nobody works.
//!
//! Days are days since 1970-01-01 there, as `Dates::zone_day` counts them; times are minutes since midnight.

use contract::hours::StaffedHours;

/// How it stands with a contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Somebody answers, until then.
    Open {
        until: u32,
    },
    Opens {
        day: i64,
        from: u32,
    },
}

/// Further than this nobody plans.
const DAYS_AHEAD: i64 = 21;

/// How it stands at a minute of a day; nothing where no hours are known, or none come.
#[must_use]
pub fn standing(hours: &[StaffedHours], days_off: &[i64], day: i64, minute: u32) -> Option<Standing> {
    for ahead in 0..DAYS_AHEAD {
        let that_day = day + ahead;
        if days_off.contains(&that_day) {
            continue;
        }
        let mut next: Option<u32> = None;
        for hours in hours.iter().filter(|hours| i64::from(hours.weekday) == weekday(that_day)) {
            if ahead == 0 && hours.from <= minute && minute < hours.until {
                return Some(Standing::Open { until: hours.until });
            }
            if (ahead > 0 || hours.from > minute) && next.is_none_or(|next| hours.from < next) {
                next = Some(hours.from);
            }
        }
        if let Some(from) = next {
            return Some(Standing::Opens { day: that_day, from });
        }
    }
    None
}

/// 1 for Monday to 7 for Sunday. 1970-01-01 was a Thursday.
#[must_use]
pub fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Monday 23 November 2026.
    const MONDAY: i64 = 20_780;

    fn hours(weekday: u32, from: u32, until: u32) -> StaffedHours {
        StaffedHours { contact: "support".into(), weekday, from: from * 60, until: until * 60 }
    }

    fn opens(day: i64, hour: u32) -> Option<Standing> {
        Some(Standing::Opens { day, from: hour * 60 })
    }

    #[test]
    fn a_contact_is_open_from_the_first_minute_to_the_last_and_says_when_it_opens_next() {
        assert_eq!(weekday(MONDAY), 1);
        let week: Vec<_> = (1..=5).map(|day| hours(day, 9, 17)).collect();
        let at = |day, hour: u32, minute| standing(&week, &[], day, hour * 60 + minute);
        assert_eq!(at(MONDAY, 8, 59), opens(MONDAY, 9));
        assert_eq!(at(MONDAY, 9, 0), Some(Standing::Open { until: 17 * 60 }));
        assert_eq!(at(MONDAY, 16, 59), Some(Standing::Open { until: 17 * 60 }));
        assert_eq!(at(MONDAY, 17, 0), opens(MONDAY + 1, 9));
        assert_eq!(at(MONDAY + 4, 18, 0), opens(MONDAY + 7, 9));
        assert_eq!(at(MONDAY + 6, 0, 0), opens(MONDAY + 7, 9));
    }

    #[test]
    fn nobody_answers_on_a_day_off_and_between_two_shifts() {
        let shifts = [hours(1, 9, 12), hours(1, 14, 16)];
        assert_eq!(standing(&shifts, &[], MONDAY, 13 * 60), opens(MONDAY, 14));
        assert_eq!(standing(&shifts, &[MONDAY], MONDAY, 10 * 60), opens(MONDAY + 7, 9));
        assert_eq!(standing(&[], &[], MONDAY, 0), None);
        assert_eq!(standing(&shifts, &[MONDAY, MONDAY + 7, MONDAY + 14], MONDAY, 0), None);
    }
}
