//! A page that a learner makes for an employer or a mentor: what it shows is their own choice, and they can withdraw it at once.

use crate::{
    ids::ChangeId,
    late::{LateRecord, kind as late},
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// What a page can show. Nothing else is ever on it.
    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum Shows {
        /// What is due from today on, and when.
        Deadlines,
        /// The sessions to come, without the ways to join them.
        Sessions,
        /// How many sessions of a hundred the learner was at.
        Attendance,
        /// Study time, planned and taken.
        Study,
    }

    /// A page to make.
    pub struct NewShare {
        /// For whom it is, in the learner's words: 1 to [`WHOM_MAX`] characters. They stand on the page.
        pub whom: String,
        /// One or more.
        pub shows: Vec<Shows>,
        /// 1 to [`WEEKS_MAX`].
        pub weeks: u32,
    }

    /// A page that was made.
    pub struct Shared {
        pub share: Share,
        /// The page's address, said this once: only a hash of its secret is kept.
        pub address: String,
    }

    /// A page and what became of it: the late record of kind `share`.
    pub struct Share {
        /// A UUID. It opens nothing.
        pub id: String,
        pub whom: String,
        pub shows: Vec<Shows>,
        pub made_at: DateTime<Utc>,
        pub ends_at: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub withdrawn_at: Option<DateTime<Utc>>,
        /// By days in London, the first one first. By whom is not known.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub opened: Vec<Opened>,
        /// The changes by which it was withdrawn.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub changes: Vec<ChangeId>,
    }

    /// How often the page was opened on a day.
    pub struct Opened {
        pub day: NaiveDate,
        pub times: u32,
    }

    /// 'Withdraw this page.'
    pub struct Unshare {
        /// The share's id.
        pub share: String,
    }
}

crate::wire_words!(Shows {
    Deadlines = "deadlines",
    Sessions = "sessions",
    Attendance = "attendance",
    Study = "study",
});

impl Shows {
    pub const ALL: [Self; 4] = [Self::Deadlines, Self::Sessions, Self::Study, Self::Attendance];
}

impl LateRecord for Share {
    const KIND: &str = late::SHARE;
}

/// The longest name of whom a page is for, in characters.
pub const WHOM_MAX: usize = 100;
/// The longest that a page lasts: three months.
pub const WEEKS_MAX: u32 = 13;
/// Pages of one learner that are open at the same time.
pub const SHARES_MAX: usize = 20;
