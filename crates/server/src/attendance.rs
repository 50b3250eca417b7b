//! 'I am here', judged: when its learner was there by clocks that can be believed.

use chrono::{DateTime, Duration, Utc};
use contract::{act::Act, attendance::Arrival, webinar::Webinar};

/// How far a device's corrected clock may be ahead: what a clock loses in a few days without a network.
const AHEAD: Duration = Duration::minutes(2);

/// Nothing where the session cannot be joined yet, by the device's clock and by the server's. What does not fit otherwise is kept, for
/// the tutor to look at.
#[must_use]
pub fn arrival(webinar: &Webinar, act: &Act, now: DateTime<Utc>) -> Option<Arrival> {
    let (opens, closes) = (webinar.opens(), webinar.closes());
    let claimed = act.made_at();
    if now < opens && claimed.is_none_or(|at| at < opens || at > now + AHEAD) {
        return None;
    }
    let fits = claimed.filter(|at| opens <= *at && *at < closes && *at <= now + AHEAD && !webinar.cancelled);
    let at = fits.unwrap_or(now);
    Some(Arrival {
        at,
        minutes_late: u32::try_from((at - webinar.starts).num_minutes()).unwrap_or_default(),
        device_time: act.device_time,
        clock_offset_ms: act.clock_offset_ms,
        received_at: now,
        to_check: fits.is_none(),
    })
}

/// Which of two counts: one that fits before one that does not, then the earlier.
#[must_use]
pub fn counts(first: Option<Arrival>, other: Arrival) -> Arrival {
    match first {
        Some(first) if (first.to_check, first.at) <= (other.to_check, other.at) => first,
        _ => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::{act::Deed, attendance::Arrive, deadline::Mode};

    fn at(time: &str) -> DateTime<Utc> {
        format!("2026-11-23T{time}Z").parse().unwrap()
    }

    /// From 18:00 to 19:30.
    fn session() -> Webinar {
        Webinar {
            id: "w".into(),
            course: "c".into(),
            title: "Arc welding".into(),
            starts: at("18:00:00"),
            ends: at("19:30:00"),
            mode: Mode::LiveWebinar,
            join: None,
            telephone: None,
            pin: None,
            data_mb_per_hour: None,
            place: None,
            about: None,
            cancelled: false,
        }
    }

    fn said(device: &str, offset: Option<i64>, now: &str) -> Option<Arrival> {
        let deed = Deed::Arrive(Arrive { webinar: "w".into() });
        let act = Act { learner: "L1".into(), deed, device_time: at(device), clock_offset_ms: offset };
        arrival(&session(), &act, at(now))
    }

    fn judged(device: &str, offset: Option<i64>, now: &str) -> (DateTime<Utc>, u32, bool) {
        let arrival = said(device, offset, now).expect("kept");
        (arrival.at, arrival.minutes_late, arrival.to_check)
    }

    #[test]
    fn it_counts_from_fifteen_minutes_before_the_start_until_the_end() {
        for (time, late) in [("17:45:00", 0), ("18:00:59", 0), ("18:01:00", 1), ("19:29:59", 89)] {
            assert_eq!(judged(time, None, time), (at(time), late, false), "{time}");
        }
        assert_eq!(said("17:44:59", None, "17:44:59"), None);
        assert!(judged("19:30:00", None, "19:30:00").2);
    }

    #[test]
    fn what_arrives_later_counts_for_when_it_was_made_by_the_corrected_clock() {
        assert_eq!(judged("18:04:00", None, "23:00:00"), (at("18:04:00"), 4, false));
        // Twenty minutes fast, and six hours slow.
        assert_eq!(judged("18:20:00", Some(-1_200_000), "18:00:00"), (at("18:00:00"), 0, false));
        assert_eq!(judged("12:03:00", Some(21_600_000), "22:00:00"), (at("18:03:00"), 3, false));
    }

    #[test]
    fn a_time_that_cannot_be_is_kept_for_the_tutor_by_the_servers_clock() {
        // In the future, before the session though sent in it, and no time at all.
        assert_eq!(judged("19:00:00", None, "18:10:00"), (at("18:10:00"), 10, true));
        assert_eq!(judged("09:00:00", None, "18:10:00"), (at("18:10:00"), 10, true));
        assert_eq!(judged("18:05:00", Some(i64::MAX), "18:10:00"), (at("18:10:00"), 10, true));
        assert_eq!(said("18:05:00", Some(i64::MIN), "12:00:00"), None);
        assert_eq!(said("18:05:00", None, "12:00:00"), None);
    }

    #[test]
    fn the_earliest_that_fits_counts() {
        let one = |device, now| said(device, None, now).expect("kept");
        let (odd, second, first) =
            (one("09:00:00", "18:01:00"), one("18:05:00", "18:05:00"), one("18:02:00", "20:00:00"));
        let counted = counts(Some(counts(Some(counts(None, odd.clone())), second)), first.clone());
        assert_eq!(counted, first);
        assert_eq!(counts(Some(first.clone()), odd), first);
    }
}
