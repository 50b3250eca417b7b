//! What a learner asks for, and what becomes of it: every kind by one mechanism, each step kept and shown with its time.

mod decision;
mod kind;

pub use decision::{About, Agreed, Call, Decision, Granted, Refused};
pub use kind::{AskKind, Need, Status};

use crate::{
    ids::{ChangeId, LearnerId},
    late::{LateRecord, kind as late},
    seal::SealedWords,
    staff::Person,
};
use chrono::{DateTime, NaiveDate, Utc};

wire! {
    /// The change that asks. What each kind needs is said at [`AskKind`].
    pub struct Ask {
        pub learner: LearnerId,
        pub kind: AskKind,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub about: Option<About>,
        /// In clear, for a kind that is not private.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub says: Option<Words>,
        /// For a private kind: the JSON of [`Words`], sealed with the change's id as additional data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sealed: Option<SealedWords>,
        /// More time: the day in London at whose end the work would be in.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<NaiveDate>,
        /// What keeps the learner from getting online: one or several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub needs: Vec<Need>,
        /// Another format: which, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub format: Option<String>,
        /// The device's own clock.
        pub device_time: DateTime<Utc>,
        /// The server's clock minus the device's at their last contact, in milliseconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
    }

    /// The change that goes on with a request of the learner's own: exactly one of `says`, `sealed`, `share` and `withdraw`.
    pub struct More {
        pub learner: LearnerId,
        /// The change that asked.
        pub request: ChangeId,
        /// A message, in clear.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub says: Option<Words>,
        /// A message to a private request, sealed with this change's id as additional data.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sealed: Option<SealedWords>,
        /// Lost study time that was private until now: the provider may read this of it, and answers by a promised date.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub share: Option<Words>,
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub withdraw: bool,
        pub device_time: DateTime<Utc>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
    }

    /// What somebody says.
    #[derive(Default)]
    pub struct Words {
        /// At most [`WORDS_MAX`] characters.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub text: Option<String>,
        /// Where to call.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub telephone: Option<String>,
        /// When a call suits, in words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub suits: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub study: Option<StudyTime>,
    }

    /// Study time that was cancelled.
    pub struct StudyTime {
        pub date: NaiveDate,
        /// 1 to 1,440.
        pub minutes: u32,
    }

    /// A request as its learner has it: the late record of kind `request`. Its id is that of the change that asked.
    pub struct Request {
        pub id: ChangeId,
        pub kind: AskKind,
        /// What is said is locked, and read by few.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub private: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub about: Option<About>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub until: Option<NaiveDate>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub needs: Vec<Need>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub format: Option<String>,
        /// By the device's clock.
        pub asked_at: DateTime<Utc>,
        pub received_at: DateTime<Utc>,
        pub status: Status,
        /// The day in London by whose end the provider answers; nothing where no answer is promised.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub promised_by: Option<NaiveDate>,
        /// Every step, the oldest first; the first is what was asked.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub said: Vec<Said>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub decision: Option<Decision>,
    }

    /// One step of a request.
    pub struct Said {
        /// The change's, for a step of the learner's.
        pub id: ChangeId,
        pub at: DateTime<Utc>,
        /// Nothing for the learner.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub by: Option<Person>,
        /// How the request stood then.
        pub status: Status,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub says: Option<Words>,
        /// The JSON of [`Words`] under `Who::reading_key`: AES-256-GCM with this step's id as additional data, the nonce of 12 bytes in
        /// front, in base64url without padding.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub locked: Option<String>,
    }
}

impl LateRecord for Request {
    const KIND: &str = late::REQUEST;
}

/// The longest text of a request, in characters.
pub const WORDS_MAX: usize = 5_000;
