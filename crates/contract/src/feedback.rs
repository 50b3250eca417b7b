//! Feedback on work that was handed in: by when it is promised, and what it says.

use crate::{
    ids::AssignmentId,
    late::{LateRecord, kind as late},
    staff::Person,
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// The late record of kind `feedback`, one an attempt: its id is `LEARNER/ASSIGNMENT/ATTEMPT`.
    pub struct Feedback {
        pub assignment: AssignmentId,
        /// 1 for the first.
        pub attempt: u32,
        /// From when the promise counts; nothing where feedback came without anybody saying so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub handed_in_at: Option<DateTime<Utc>>,
        /// The day in London by whose end feedback is promised; nothing where none is.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub promised_by: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub given: Option<FeedbackGiven>,
    }

    /// Feedback as it stands after its last correction.
    pub struct FeedbackGiven {
        /// `1`, and one more with each correction.
        pub version: String,
        /// Plain, with line breaks. At most [`FEEDBACK_MAX`] characters.
        pub text: String,
        pub outcome: WorkOutcome,
        /// Who gave it, or corrected it last.
        pub by: Person,
        /// When it was first given.
        pub given_at: DateTime<Utc>,
        /// When it was corrected last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changed_at: Option<DateTime<Utc>>,
    }
}

/// The longest feedback, in characters.
pub const FEEDBACK_MAX: usize = 20_000;

words! {
    /// What came of the work.
    WorkOutcome {
        /// Only feedback.
        None = "none",
        Passed = "passed",
        Merit = "merit",
        Distinction = "distinction",
        /// Not yet: the learner works on it again.
        Refer = "refer",
    }
}

impl LateRecord for Feedback {
    const KIND: &str = late::FEEDBACK;
}
