//! Attendance, as staff enter and export it.

use super::Entry;
use chrono::{DateTime, Utc};
use contract::{
    attendance::{Attendance, Ended, FollowUp, Marked},
    ids::{LearnerId, WebinarId},
    request::Request,
    webinar::Webinar,
};

/// What staff enter about a learner at a session.
pub struct Entered {
    pub entry: Entry,
    pub learner: LearnerId,
    pub webinar: WebinarId,
    pub what: Noted,
}

#[derive(Clone)]
pub enum Noted {
    Mark {
        marked: Marked,
        /// Nothing is entered where the mark is so already.
        unless_same: bool,
    },
    FollowUp(FollowUp),
    End(Ended),
}

/// What became of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Entering {
    /// As the learner has it now.
    Done(Box<Attendance>),
    /// The mark was so already.
    Same,
    NoSuchLearner,
    /// The learner has no such session.
    NoSuchSession,
    /// Nobody can have been there or missed it yet.
    NotYet,
    /// No follow-up is open.
    NothingToEnd,
    /// There is another entry of its id.
    Taken,
}

/// A learner at a session.
pub struct AttendanceRow {
    pub learner: LearnerId,
    pub learner_name: String,
    pub webinar: Webinar,
    pub attendance: Attendance,
    /// Every mark, the oldest first.
    pub marks: Vec<Marked>,
    /// Apologies and reasons, the oldest first.
    pub requests: Vec<Request>,
}

impl AttendanceRow {
    /// Something is known of it, or it has begun.
    #[must_use]
    pub fn is_to_show(&self, now: DateTime<Utc>) -> bool {
        let Attendance { arrival, mark, follow_up, .. } = &self.attendance;
        let known = arrival.is_some() || mark.is_some() || follow_up.is_some() || !self.requests.is_empty();
        known || self.webinar.starts <= now
    }
}
