//! What changed for a learner since a cursor.

use crate::{
    course::{Contact, Course, Policy},
    deadline::{Assignment, Extension},
    guidance::Guidance,
    late::Late,
    receipt::Receipt,
    webinar::Webinar,
};
use chrono::{DateTime, Utc};

wire! {
    /// `GET /api/v1/sync?cursor=C`. Applying a delta twice is the same as once.
    pub struct Delta {
        /// Give it back to get what changes after this. What stands before its last dot names the life of the database: another name
        /// means that it was restored, and may lack what it once had acknowledged. The rest is opaque.
        pub cursor: String,
        pub server_time: DateTime<Utc>,
        /// Everything is here: forget what was known before. Set for the first sync, for a cursor that the server does not
        /// know (it was restored from a backup, say), and never otherwise.
        #[serde(default, skip_serializing_if = "core::ops::Not::not")]
        pub full: bool,
        #[serde(default)]
        pub changed: Records,
        /// What the learner no longer has, by kind and id.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub removed: Vec<Removed>,
    }

    /// Records by kind. A record replaces the one of the same id.
    #[derive(Default)]
    #[serde(default)]
    pub struct Records {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub courses: Vec<Course>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub assignments: Vec<Assignment>,
        /// One an assignment: its id is the assignment's.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub extensions: Vec<Extension>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub webinars: Vec<Webinar>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub contacts: Vec<Contact>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub policies: Vec<Policy>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub guidance: Vec<Guidance>,
        /// One a change: its id is the change's.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub receipts: Vec<Receipt>,
        /// Records of all kinds that came later.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        pub more: Vec<Late>,
    }

    pub struct Removed {
        pub kind: Kind,
        pub id: String,
        /// The kind's name where it is one of `contract::late::kind`; `kind` is `other` then.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub name: Option<String>,
    }

    #[derive(Copy, Hash)]
    #[serde(rename_all = "kebab-case")]
    pub enum Kind {
        Course,
        Assignment,
        Extension,
        Webinar,
        Contact,
        Policy,
        Guidance,
        Receipt,
        /// A kind that this version does not know.
        #[serde(other)]
        Other,
    }
}

crate::wire_words!(Kind {
    Course = "course",
    Assignment = "assignment",
    Extension = "extension",
    Webinar = "webinar",
    Contact = "contact",
    Policy = "policy",
    Guidance = "guidance",
    Receipt = "receipt",
} else Other);
