//! Work with a deadline, and a learner's own extension of it.

use crate::ids::{AssignmentId, CourseId};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    pub struct Assignment {
        pub id: AssignmentId,
        pub course: CourseId,
        pub title: String,
        /// The instant at which the work is due, seconds exact. For a deadline given as a day alone it is the last minute of
        /// that day in London, and `all_day` is set.
        pub due: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub all_day: bool,
        pub mode: Mode,
        /// What the task allows with AI; nothing where the tutor has not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub ai_level: Option<AiLevel>,
        /// What to hand in and how, as plain text with line breaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hand_in: Option<String>,
        /// The awarding body of this piece of work, where it is not the course's.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub awarding_body: Option<String>,
        /// When feedback is promised.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub feedback_by: Option<DateTime<Utc>>,
        /// How many attempts the work allows; nothing means that nobody has said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub attempts: Option<u32>,
        /// Work by a group: each member signs for their own part.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub group: bool,
        /// The tutor called it off; it is shown as such.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub cancelled: bool,
        /// Where more is to be found; always https.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// What the link opens, in bytes as it travels; nothing where nobody has said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link_bytes: Option<u64>,
        /// The day on which the provider last looked at what it opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link_reviewed_on: Option<NaiveDate>,
    }

    /// How a deadline or a session happens, in the policy's terms.
    #[derive(Copy, Default)]
    #[serde(rename_all = "kebab-case")]
    pub enum Mode {
        FaceToFace,
        /// Guided learning in real time over the network.
        LiveWebinar,
        /// Away from the site, in the learner's own time.
        #[default]
        Distance,
        /// Face to face and online combined.
        Blended,
        IndependentStudy,
    }

    /// What a task allows with AI, set by the tutor. Each level allows what the one before it does.
    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum AiLevel {
        /// No AI at all.
        None,
        /// To plan and to find ideas; nothing that it writes is handed in.
        Plan,
        /// To help draft, acknowledged.
        Draft,
        /// Freely, acknowledged.
        Open,
    }

    /// One learner's later deadline for one assignment. The original stays beside it.
    pub struct Extension {
        pub assignment: AssignmentId,
        pub due: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
    }
}

crate::wire_words!(Mode {
    FaceToFace = "face-to-face",
    LiveWebinar = "live-webinar",
    Distance = "distance",
    Blended = "blended",
    IndependentStudy = "independent-study",
});
crate::wire_words!(AiLevel { None = "none", Plan = "plan", Draft = "draft", Open = "open" });
