//! A live session: a webinar to join, or a meeting face to face.

use crate::{
    deadline::Mode,
    ids::{CourseId, WebinarId},
};
use chrono::{DateTime, Duration, Utc};

wire! {
    pub struct Webinar {
        pub id: WebinarId,
        pub course: CourseId,
        pub title: String,
        pub starts: DateTime<Utc>,
        /// After `starts`, or equal to it where the end is not known.
        pub ends: DateTime<Utc>,
        pub mode: Mode,
        /// Always https; its host is shown before it opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub join: Option<String>,
        /// For those without data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub telephone: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub pin: Option<String>,
        /// What an hour of it takes, in megabytes of 1,000,000 bytes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub data_mb_per_hour: Option<u32>,
        /// A room or an address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub place: Option<String>,
        /// What it is about and what to bring, as plain text with line breaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub about: Option<String>,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub cancelled: bool,
    }
}

/// How long before its start a session can be joined.
pub const JOIN_EARLY: Duration = Duration::minutes(15);

impl Webinar {
    /// From when it can be joined.
    #[must_use]
    pub fn opens(&self) -> DateTime<Utc> {
        self.starts - JOIN_EARLY
    }

    /// When it is over: at its end, or two hours after its start where that is not known.
    #[must_use]
    pub fn closes(&self) -> DateTime<Utc> {
        if self.ends > self.starts { self.ends } else { self.starts + Duration::hours(2) }
    }
}
