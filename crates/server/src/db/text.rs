//! How the contract's values stand in a column.

use crate::db::{DbError, Result};
use chrono::{DateTime, Utc};
use contract::delta::Kind;
use import::Audience;

pub fn time(milliseconds: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(milliseconds)
        .ok_or_else(|| DbError::Corrupt(format!("{milliseconds} is not a time")))
}

pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Course => "course",
        Kind::Assignment => "assignment",
        Kind::Extension => "extension",
        Kind::Webinar => "webinar",
        Kind::Contact => "contact",
        Kind::Policy => "policy",
        Kind::Guidance => "guidance",
        Kind::Receipt => "receipt",
        Kind::Other => "other",
    }
}

/// The kind, and the name of its list in `contract::delta::Records`.
pub fn list(kind: &str) -> Option<(Kind, &'static str)> {
    Some(match kind {
        "course" => (Kind::Course, "courses"),
        "assignment" => (Kind::Assignment, "assignments"),
        "extension" => (Kind::Extension, "extensions"),
        "webinar" => (Kind::Webinar, "webinars"),
        "contact" => (Kind::Contact, "contacts"),
        "policy" => (Kind::Policy, "policies"),
        "guidance" => (Kind::Guidance, "guidance"),
        "receipt" => (Kind::Receipt, "receipts"),
        _ => return None,
    })
}

pub fn audience(audience: &Audience) -> (&'static str, &str) {
    match audience {
        Audience::Everyone => ("everyone", ""),
        Audience::Course(course) => ("course", course.as_str()),
        Audience::Learner(learner) => ("learner", learner.as_str()),
    }
}
