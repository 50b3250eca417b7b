//! What is kept, and for how long.

use super::Account;
use chrono::NaiveDate;
use contract::{
    ids::{CourseId, LearnerId},
    kept::KeptCourse,
};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Rows about one learner, by their table, in the order of [`crate::db::copy::TABLES`]: a column's name and its value. Times are in RFC 3339;
/// what opens or proves something (passphrases, tokens, codes, secrets) is left out.
pub type Rows = Vec<(&'static str, Vec<Map<String, Value>>)>;

/// All that is kept of a learner.
pub struct Mine {
    pub account: Account,
    pub rows: Rows,
    pub courses: Vec<KeptCourse>,
}

/// A certificate, from which its course's years are counted.
pub struct Certified {
    pub learner: LearnerId,
    pub learner_name: String,
    pub course: CourseId,
    /// Whose rule decides, of the course's and its work's: the longest, or one that has none.
    pub awarding_body: Option<String>,
    pub certified_on: NaiveDate,
    /// The years of the awarding body's rule, and the last day on which it is kept.
    pub years: Option<u32>,
    pub kept_until: Option<NaiveDate>,
    /// The learner's declarations for work of the course.
    pub declarations: i64,
    /// The learner's other courses that keep them: not certified, without a rule, or not run out on the day that was asked for.
    pub other_courses: Vec<CourseId>,
    /// All rows about the learner, of every course, by their table.
    pub rows: Vec<(&'static str, i64)>,
}

/// What became of a certificate that was to be erased with all that is kept because of it.
#[derive(Debug, PartialEq, Eq)]
pub enum Erasing {
    Done(Erasure),
    NoSuchLearner,
    /// It was erased before, or taken back.
    NotCertified,
    /// Nobody said for how many years it is kept.
    NoRule,
    /// Its last day is today or later.
    KeptUntil(NaiveDate),
}

/// What went, or would go.
#[derive(Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Rows by their table: of `change`, `evidence`, `arrival` and `access_log` they stay, without what was in them.
    pub rows: BTreeMap<&'static str, u64>,
    /// The link of the chain that says so; nothing where there was no link to erase.
    pub link: Option<i64>,
    /// The course was the last that the learner had, so all of them went.
    pub learner: bool,
}

/// What is left of erased rows outside of any row.
#[derive(Debug, PartialEq, Eq)]
pub enum Traces {
    None,
    /// In the log beside the file: somebody else was reading.
    InLog,
    /// In files that the database looks after itself.
    InDatabase,
}

/// A rule's setting.
pub const RETENTION: &str = "retention.";

/// The last day on which something is kept; 29 February becomes the 28th.
#[must_use]
pub fn kept_until(certified_on: NaiveDate, years: u32) -> Option<NaiveDate> {
    certified_on.checked_add_months(chrono::Months::new(years.checked_mul(12)?))
}

#[cfg(test)]
mod tests {
    use super::kept_until;

    #[test]
    fn years_are_counted_from_the_certificate_also_from_the_last_of_february() {
        let day = |text: &str| text.parse().unwrap();
        assert_eq!(kept_until(day("2026-11-26"), 3), Some(day("2029-11-26")));
        assert_eq!(kept_until(day("2028-02-29"), 1), Some(day("2029-02-28")));
        assert_eq!(kept_until(day("2028-02-29"), u32::MAX), None);
    }
}
