//! How a learner's sessions count: the tutor's mark, else what the learner said themselves.

use super::{Attendance, Mark};
use crate::webinar::Webinar;

/// How a session that is over stands for its learner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Present,
    /// So many minutes, where they are known.
    Late(Option<u32>),
    Absent,
    Excused,
    /// The learner was there, at a time that the tutor has to look at.
    ToCheck,
    Unmarked,
    CalledOff,
}

/// `known`: what there is of the session for that learner.
#[must_use]
pub fn standing(session: &Webinar, known: Option<&Attendance>) -> Standing {
    if session.cancelled {
        return Standing::CalledOff;
    }
    let arrival = known.and_then(|known| known.arrival.as_ref());
    let minutes = arrival.filter(|arrival| !arrival.to_check && arrival.minutes_late > 0).map(|a| a.minutes_late);
    let marked = known.and_then(|known| known.mark.as_ref());
    match (marked.map(|marked| marked.mark), arrival) {
        (Some(Mark::Present), _) => Standing::Present,
        (Some(Mark::Late), _) => Standing::Late(marked.and_then(|marked| marked.minutes_late).or(minutes)),
        (Some(Mark::Absent), _) => Standing::Absent,
        (Some(Mark::Excused), _) => Standing::Excused,
        (Some(Mark::Other), _) | (None, None) => Standing::Unmarked,
        (None, Some(arrival)) if arrival.to_check => Standing::ToCheck,
        (None, Some(_)) if minutes.is_some() => Standing::Late(minutes),
        (None, Some(_)) => Standing::Present,
    }
}

/// What sessions come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Those with a mark that counts.
    pub counted: usize,
    /// Of them, those at which the learner was, late or not.
    pub attended: usize,
    /// Of those, the ones at which they were not late.
    pub on_time: usize,
    /// Of the others, as far as they are known.
    pub minutes_late: u32,
}

impl Count {
    pub fn add(&mut self, standing: Standing) {
        let (counts, there) = match standing {
            Standing::Present | Standing::Late(_) => (1, 1),
            Standing::Absent => (1, 0),
            Standing::Excused | Standing::ToCheck | Standing::Unmarked | Standing::CalledOff => (0, 0),
        };
        self.counted += counts;
        self.attended += there;
        self.on_time += usize::from(standing == Standing::Present);
        if let Standing::Late(Some(minutes)) = standing {
            self.minutes_late = self.minutes_late.saturating_add(minutes);
        }
    }

    /// How many in a hundred, rounded down; nothing where no session counts yet.
    #[must_use]
    pub fn percentage(&self) -> Option<usize> {
        (self.attended * 100).checked_div(self.counted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        attendance::{Arrival, Marked},
        deadline::Mode,
        staff::{Person, StaffRole},
    };
    use chrono::{DateTime, Utc};

    fn at(time: &str) -> DateTime<Utc> {
        time.parse().expect("a time")
    }

    fn session() -> Webinar {
        Webinar {
            id: "w".into(),
            course: "WELD2".into(),
            title: "Session w".into(),
            starts: at("2026-11-23T18:00:00Z"),
            ends: at("2026-11-23T19:30:00Z"),
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

    fn said(minutes_late: u32, to_check: bool) -> Option<Arrival> {
        let then = at("2026-11-23T18:00:00Z");
        Some(Arrival { at: then, minutes_late, device_time: then, clock_offset_ms: None, received_at: then, to_check })
    }

    fn marked(mark: Mark, minutes_late: Option<u32>) -> Option<Marked> {
        let by = Person { name: "Bo".into(), role: StaffRole::Tutor };
        Some(Marked { mark, minutes_late, note: None, at: at("2026-11-24T09:00:00Z"), by })
    }

    fn stands(arrival: Option<Arrival>, mark: Option<Marked>) -> Standing {
        standing(&session(), Some(&Attendance { arrival, mark, ..Attendance::new("w".into()) }))
    }

    #[test]
    fn the_tutors_mark_counts_over_what_the_learner_said_and_that_where_there_is_no_mark() {
        assert_eq!(standing(&session(), None), Standing::Unmarked);
        assert_eq!(stands(None, None), Standing::Unmarked);
        assert_eq!(stands(said(0, false), None), Standing::Present);
        assert_eq!(stands(said(4, false), None), Standing::Late(Some(4)));
        assert_eq!(stands(said(4, true), None), Standing::ToCheck);
        assert_eq!(stands(said(4, false), marked(Mark::Present, None)), Standing::Present);
        assert_eq!(stands(said(0, false), marked(Mark::Absent, None)), Standing::Absent);
        assert_eq!(stands(None, marked(Mark::Excused, None)), Standing::Excused);
        assert_eq!(stands(said(0, false), marked(Mark::Other, None)), Standing::Unmarked);
    }

    #[test]
    fn minutes_are_the_tutors_else_the_learners_own() {
        assert_eq!(stands(said(4, false), marked(Mark::Late, Some(10))), Standing::Late(Some(10)));
        assert_eq!(stands(said(4, false), marked(Mark::Late, None)), Standing::Late(Some(4)));
        assert_eq!(stands(said(4, true), marked(Mark::Late, None)), Standing::Late(None));
        assert_eq!(stands(None, marked(Mark::Late, None)), Standing::Late(None));
    }

    #[test]
    fn a_session_that_is_called_off_counts_for_nothing_whatever_was_said() {
        let off = Webinar { cancelled: true, ..session() };
        let known = Attendance { mark: marked(Mark::Absent, None), ..Attendance::new("w".into()) };
        assert_eq!(standing(&off, Some(&known)), Standing::CalledOff);
    }

    fn count(standings: &[Standing]) -> Count {
        let mut count = Count::default();
        standings.iter().for_each(|standing| count.add(*standing));
        count
    }

    #[test]
    fn late_is_there_and_not_on_time_and_what_has_no_mark_or_an_excuse_is_not_counted() {
        use Standing::{Absent, CalledOff, Excused, Late, Present, ToCheck, Unmarked};
        let all = count(&[Present, Late(Some(7)), Absent, Excused, ToCheck, Unmarked, CalledOff, Late(None)]);
        assert_eq!(all, Count { counted: 4, attended: 3, on_time: 1, minutes_late: 7 });
        assert_eq!(all.percentage(), Some(75));
        assert_eq!(count(&[Excused, Unmarked, CalledOff]).percentage(), None);
    }

    #[test]
    fn nobody_is_said_to_have_been_at_all_sessions_who_was_not() {
        let mut many = vec![Standing::Present; 299];
        assert_eq!(count(&many).percentage(), Some(100));
        many.push(Standing::Absent);
        assert_eq!(count(&many).percentage(), Some(99));
        assert_eq!(count(&[Standing::Absent]).percentage(), Some(0));
    }
}
