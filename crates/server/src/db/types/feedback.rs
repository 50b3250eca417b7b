//! What staff enter about work, and what became of it, for the exports.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    feedback::{Feedback, WorkOutcome},
    ids::{AssignmentId, LearnerId},
    staff::Person,
};
use serde::{Deserialize, Serialize};

/// What someone on the staff enters about an attempt at some work.
pub struct WorkEntry {
    /// A UUID made by who sends it: the same again is the same entry.
    pub id: String,
    pub learner: LearnerId,
    pub assignment: AssignmentId,
    pub attempt: u32,
    pub staff: String,
    pub at: DateTime<Utc>,
    pub says: AboutWork,
    /// Of what asked for it.
    pub sha256: String,
}

/// As the body of its row has it. Of several the last counts; all stay.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AboutWork {
    HandedIn { at: DateTime<Utc> },
    Feedback { text: String, outcome: WorkOutcome, by: Person, at: DateTime<Utc> },
}

impl AboutWork {
    /// The kind of its row.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::HandedIn { .. } => "hand-in",
            Self::Feedback { .. } => "feedback",
        }
    }
}

/// What became of such an entry.
pub enum WorkEntered {
    /// How the work stands now.
    Done(Box<Feedback>),
    NoSuchLearner,
    /// There is none that this learner could ever see.
    NoSuchWork,
    /// There is another entry of its id.
    Taken,
}

/// An attempt whose feedback is promised or given.
pub struct FeedbackRow {
    pub learner: LearnerId,
    pub learner_name: String,
    pub assignment_title: String,
    pub feedback: Feedback,
    /// Working days from the hand-in until feedback was first given.
    pub working_days: Option<u32>,
    /// The version that its learner says they have read, and when by the device's clock.
    pub read: Option<(String, DateTime<Utc>)>,
}

/// A text that is to be read and a learner: that they read it, in some version, or that they have not read the one that counts.
pub struct Acknowledgement {
    pub learner: LearnerId,
    pub learner_name: String,
    /// `policy` or `guidance`.
    pub kind: String,
    pub id: String,
    pub title: String,
    pub version: String,
    /// It is the version that counts now.
    pub is_current: bool,
    /// By the device's clock, and when it arrived; nothing where they have not.
    pub read: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

impl FeedbackRow {
    /// Feedback came after the promised day, or has not come and that day is over. `today` in London.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let given = self.feedback.given.as_ref().map(|given| crate::working_days::london_day(given.given_at));
        self.feedback.promised_by.is_some_and(|promised| given.unwrap_or(today) > promised)
    }
}
