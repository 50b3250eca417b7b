//! What the provider keeps of a learner, and until when.

use crate::{
    ids::CourseId,
    late::{LateRecord, kind},
};
use chrono::NaiveDate;

wire! {
    /// A learner has been certified for a course: the late record of kind `certification`.
    pub struct Certification {
        pub course: CourseId,
        pub certified_on: NaiveDate,
    }

    /// `GET /api/v1/me`: how much there is, and how long it stays.
    pub struct Kept {
        /// Of `GET /api/v1/me/data`, before it is compressed to travel.
        pub bytes: u64,
        /// The same with `?format=html`.
        pub page_bytes: u64,
        /// The courses that the learner is or was on.
        pub courses: Vec<KeptCourse>,
    }

    /// What is kept of a course runs out some years after the certificate, by a rule of its awarding body's. Where its work is
    /// of several, the longest rule decides; as long as one of them has none, there is none.
    pub struct KeptCourse {
        pub course: CourseId,
        pub title: String,
        /// Whose rule decides, of the course's and its work's: the longest rule's, or one for which there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub awarding_body: Option<String>,
        /// Nothing before the certificate.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub certified_on: Option<NaiveDate>,
        /// After the certificate; nothing where the provider has set no rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub years: Option<u32>,
        /// The last day on which it is kept, where both are known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub kept_until: Option<NaiveDate>,
    }
}

impl LateRecord for Certification {
    const KIND: &str = kind::CERTIFICATION;
}
