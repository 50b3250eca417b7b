//! What learners say of a session: how clear it was, what helped, what to change.

use crate::{
    ids::{ChangeId, WebinarId},
    late::{LateRecord, kind as late},
};
use chrono::{DateTime, Utc};

/// The longest text, in characters.
pub const SAYS_MAX: usize = 2_000;

wire! {
    /// What one learner says. It may be said anew: the last that arrived counts, and all are kept.
    pub struct Rate {
        pub webinar: WebinarId,
        pub clear: Clear,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub helped: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub change: Option<String>,
        /// Those who read it may know who says so. Without it they are not told.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub named: bool,
    }

    /// How much of it the learner understood.
    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum Clear {
        All,
        Most,
        Some,
        Little,
    }

    /// What its learner said last of a session: the late record of kind `rating`, with the id `LEARNER/WEBINAR`.
    pub struct Rating {
        pub rate: Rate,
        pub received_at: DateTime<Utc>,
        /// All changes by which they said something of it, the last behind.
        pub changes: Vec<ChangeId>,
    }
}

crate::wire_words!(Clear { All = "all", Most = "most", Some = "some", Little = "little" });

impl Clear {
    /// The clearest first.
    pub const ALL: [Self; 4] = [Self::All, Self::Most, Self::Some, Self::Little];

    /// 4 for the clearest to 1.
    #[must_use]
    pub fn points(self) -> u32 {
        match self {
            Self::All => 4,
            Self::Most => 3,
            Self::Some => 2,
            Self::Little => 1,
        }
    }
}

impl LateRecord for Rating {
    const KIND: &str = late::RATING;
}
