//! Time to study: what a learner plans and what they took. It is their own: no call of staff's shows it.

use crate::{
    ids::ChangeId,
    late::{LateRecord, kind as late},
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// The learner's plan for each week from now on. The last one counts.
    pub struct PlanStudy {
        /// At most one a weekday; none for no plan.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub days: Vec<StudyDay>,
    }

    /// When they mean to study on a weekday.
    #[derive(Copy)]
    pub struct StudyDay {
        /// 1 for Monday to 7 for Sunday.
        pub weekday: u32,
        /// Minutes since midnight, by a clock in London.
        pub from: u32,
        /// 1 to 1,440.
        pub minutes: u32,
    }

    /// Time that was taken. The same day and words again correct what was said before; no minutes take it away.
    pub struct Study {
        pub date: NaiveDate,
        /// 0 to 1,440.
        pub minutes: u32,
        /// A word or two, of at most [`WHAT_MAX`] characters; may be empty.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub what: Option<String>,
    }

    /// The plan as it stands: the late record of kind `study-plan`, whose id is the learner's.
    pub struct StudyPlan {
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub days: Vec<StudyDay>,
        /// By the device's clock, as the server knew to correct it; never later than it was received.
        pub planned_at: DateTime<Utc>,
        /// How much each plan had a week, the oldest first: the last before a week's end is that week's.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub weeks: Vec<PlannedFrom>,
        /// The changes that made it, the last ones.
        pub changes: Vec<ChangeId>,
    }

    /// From this day in London on, so many minutes a week were planned.
    pub struct PlannedFrom {
        pub date: NaiveDate,
        pub minutes: u32,
    }

    /// What was taken in a week: the late record of kind `studied`, whose id is `LEARNER/MONDAY`.
    pub struct Studied {
        /// A Monday.
        pub week: NaiveDate,
        /// In the order of their days. What was taken away is here with no minutes, so that what comes late does not bring it back.
        pub taken: Vec<Taken>,
        /// The changes that made it, the last ones.
        pub changes: Vec<ChangeId>,
    }

    /// One piece of time.
    pub struct Taken {
        pub study: Study,
        /// When its learner said so, as `planned_at`.
        pub said_at: DateTime<Utc>,
    }
}

impl LateRecord for StudyPlan {
    const KIND: &str = late::STUDY_PLAN;
}

impl LateRecord for Studied {
    const KIND: &str = late::STUDIED;
}

/// The longest word for what was studied, in characters.
pub const WHAT_MAX: usize = 60;
/// The minutes of a day.
pub const DAY_MINUTES: u32 = 1_440;
