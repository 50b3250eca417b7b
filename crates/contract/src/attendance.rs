//! Who was at a session: what its learner says of it, the tutor's mark over that, and who follows up when somebody was missed.

mod count;

pub use count::{Count, Standing, standing};

use crate::{
    ids::{ChangeId, WebinarId},
    late::{LateRecord, kind as late},
    staff::Person,
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// 'I am here', at a session.
    pub struct Arrive {
        pub webinar: WebinarId,
    }

    /// What the tutor puts down.
    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum Mark {
        Present,
        Late,
        Absent,
        /// Away for a good reason: it counts for nothing.
        Excused,
        /// A mark that this version does not know.
        #[serde(other)]
        Other,
    }

    /// A learner's attendance at a session: the late record of kind `attendance`, whose id is `LEARNER/WEBINAR`.
    pub struct Attendance {
        pub webinar: WebinarId,
        /// What the learner said: of several the first that fits the session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub arrival: Option<Arrival>,
        /// The latest mark. It counts over the arrival, which stays beside it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub mark: Option<Marked>,
        /// The latest: 'we noticed you missed this'.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub follow_up: Option<FollowUp>,
        /// The changes by which its learner said that they were there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub changes: Vec<ChangeId>,
    }

    /// 'I am here', as the server judged it.
    pub struct Arrival {
        /// By the device's clock as the server knew to correct it; where that cannot be, when it was received.
        pub at: DateTime<Utc>,
        /// Whole minutes after the start; 0 for who was there before.
        pub minutes_late: u32,
        /// The device's own clock.
        pub device_time: DateTime<Utc>,
        /// The server's clock minus the device's, as the device knew it, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
        pub received_at: DateTime<Utc>,
        /// The device's time does not fit: it is after the server's, or outside the session. It counts when the tutor has marked it.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub to_check: bool,
    }

    /// A mark.
    pub struct Marked {
        pub mark: Mark,
        /// How late, where the tutor says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub minutes_late: Option<u32>,
        /// For the learner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub note: Option<String>,
        pub at: DateTime<Utc>,
        pub by: Person,
    }

    /// Somebody was missed, and somebody sees to it.
    pub struct FollowUp {
        pub at: DateTime<Utc>,
        pub by: Person,
        /// Who follows up: a name.
        pub who: String,
        /// By the end of which day in London.
        pub until: NaiveDate,
        /// For the learner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ended: Option<Ended>,
    }

    /// How it ended.
    pub struct Ended {
        pub at: DateTime<Utc>,
        pub by: Person,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
    }
}

crate::wire_words!(Mark {
    Present = "present",
    Late = "late",
    Absent = "absent",
    Excused = "excused",
} else Other);

impl Mark {
    pub const ALL: [Self; 4] = [Self::Present, Self::Late, Self::Absent, Self::Excused];

    /// As it stands on the wire.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Late => "late",
            Self::Absent => "absent",
            Self::Excused => "excused",
            Self::Other => "other",
        }
    }

    /// Nothing for a word that is no mark.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mark| mark.word() == word)
    }
}

impl Attendance {
    /// Nothing is known yet of this session.
    #[must_use]
    pub fn new(webinar: WebinarId) -> Self {
        Self { webinar, arrival: None, mark: None, follow_up: None, changes: Vec::new() }
    }
}

impl LateRecord for Attendance {
    const KIND: &str = late::ATTENDANCE;
}

/// The longest note of staff's, in characters.
pub const NOTE_MAX: usize = 1_000;
/// The most minutes that a mark may say.
pub const MINUTES_MAX: u32 = 1_440;
