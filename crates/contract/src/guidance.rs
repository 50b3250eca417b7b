//! The provider's own online-safety guidance.

use crate::ids::GuidanceId;
use chrono::NaiveDate;

wire! {
    pub struct Guidance {
        pub id: GuidanceId,
        pub title: String,
        pub version: String,
        pub reviewed_on: NaiveDate,
        /// Made from Markdown and allow-listed by the server: p, h4, h5 (the title above it is an h3), ul, ol, li, strong, em, blockquote, br, and a with an
        /// https, tel or mailto address.
        pub html: String,
        /// The order on the page, lowest first.
        #[serde(default)]
        pub order: i32,
        /// What this version changed, in plain words with line breaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changes: Option<String>,
    }
}
