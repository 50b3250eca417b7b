//! How the contract's values stand in a column.

use crate::db::{DbError, Result};
use chrono::{DateTime, Utc};
use contract::delta::Kind;
use import::{Audience, RecordKind};
use std::borrow::Cow;

pub fn time(milliseconds: i64) -> Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(milliseconds)
        .ok_or_else(|| DbError::Corrupt(format!("{milliseconds} is not a time")))
}

/// Whether each database can hold the text: PostgreSQL knows no U+0000.
pub fn storable(text: &str) -> bool {
    !text.contains('\0')
}

/// The text with something in the place of what cannot be held, where its exact form is of no account.
pub fn made_storable(text: &str) -> Cow<'_, str> {
    if storable(text) { Cow::Borrowed(text) } else { Cow::Owned(text.replace('\0', "\u{fffd}")) }
}

pub fn record(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::First(first) => self::kind(first),
        RecordKind::Late(name) => name,
    }
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

/// A whole number of the contract, which the column must be able to hold.
pub fn number(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|_| DbError::Corrupt("a number beyond 63 bits".into()))
}

/// The first of the numbers from 1 to below `below` that are not in the ascending list.
pub fn holes(seen: &[i64], below: i64, most: usize) -> Vec<u64> {
    let mut seen = seen.iter().copied().peekable();
    let holes = (1..below).filter(|number| seen.next_if_eq(number).is_none());
    holes.take(most).filter_map(|number| u64::try_from(number).ok()).collect()
}

/// The error says where and not what: its own words would quote what a learner wrote into the log.
pub fn parse<T: serde::de::DeserializeOwned>(json: &str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| {
        DbError::Corrupt(format!("JSON of another shape, at line {} column {}", error.line(), error.column()))
    })
}

/// JSON that is passed on as it is.
pub fn raw<T: serde::Serialize>(value: &T) -> Result<Box<serde_json::value::RawValue>> {
    serde_json::value::to_raw_value(value).map_err(|error| DbError::Corrupt(error.to_string()))
}

pub fn write<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| DbError::Corrupt(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::holes;

    #[test]
    fn the_numbers_that_are_not_there_are_the_holes() {
        assert_eq!(holes(&[1, 2, 4, 7], 8, 50), [3, 5, 6]);
        assert_eq!(holes(&[], 4, 2), [1, 2]);
        assert_eq!(holes(&[2], i64::MAX, 3), [1, 3, 4]);
        assert!(holes(&[1, 2], 3, 50).is_empty() && holes(&[], 1, 50).is_empty());
    }
}
