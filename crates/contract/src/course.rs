//! A course, whom to turn to, and the policies it runs under.

use crate::ids::{ContactId, CourseId, PolicyId};
use chrono::NaiveDate;

wire! {
    pub struct Course {
        pub id: CourseId,
        pub title: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub awarding_body: Option<String>,
        /// The day on which the awarding body agreed to blended delivery.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub blended_agreed_on: Option<NaiveDate>,
    }

    /// Someone a learner can reach: a tutor, an assessor, the safeguarding lead.
    pub struct Contact {
        pub id: ContactId,
        pub role: Role,
        pub name: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub telephone: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub email: Option<String>,
        /// When someone answers, in words: `Monday to Friday, 8am to 6pm`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub hours: Option<String>,
        /// Only for this course; for everybody where there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub course: Option<CourseId>,
    }

    #[derive(Copy)]
    #[serde(rename_all = "kebab-case")]
    pub enum Role {
        Tutor,
        Assessor,
        SafeguardingLead,
        LearnerSupport,
        Technical,
        /// Who helps a learner at work: an employer's mentor.
        Mentor,
        /// A role that this version does not know.
        #[serde(other)]
        Other,
    }

    /// A policy is data: its name, version and dates come from the provider, and one past its renewal date is shown as such.
    pub struct Policy {
        pub id: PolicyId,
        pub title: String,
        pub version: String,
        pub issued_on: NaiveDate,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub renewal_on: Option<NaiveDate>,
        /// What this version changed, in plain words with line breaks.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub changes: Option<String>,
        /// Always https.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link: Option<String>,
        /// What the link opens, in bytes as it travels; nothing where nobody has said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link_bytes: Option<u64>,
        /// The day on which the provider last looked at what it opens.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub link_reviewed_on: Option<NaiveDate>,
    }
}

crate::wire_words!(Role {
    Tutor = "tutor",
    Assessor = "assessor",
    SafeguardingLead = "safeguarding-lead",
    LearnerSupport = "learner-support",
    Technical = "technical",
    Mentor = "mentor",
} else Other);
