//! Taking a declaration back: a dated statement beside the original, which stays as it was.

use crate::{
    declaration::Wording,
    ids::{ChangeId, LearnerId},
};
use chrono::{DateTime, Utc};

wire! {
    pub struct Withdrawal {
        pub learner: LearnerId,
        /// The change that declared.
        pub declaration: ChangeId,
        /// In the learner's words; they need not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub reason: Option<String>,
        /// The exact wording that was signed.
        pub wording: Wording,
        /// The name as the learner typed it.
        pub signed_name: String,
        /// The device's own clock when the learner signed.
        pub device_time: DateTime<Utc>,
        /// The server's clock minus the device's at their last contact, in milliseconds; nothing if they never had one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub clock_offset_ms: Option<i64>,
    }
}
