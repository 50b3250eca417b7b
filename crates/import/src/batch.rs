//! What an import has read: rows ready to be compared with the database, and refusals.

use contract::{
    delta::Kind,
    ids::{CourseId, LearnerId},
};
use std::{collections::BTreeSet, fmt};

/// The good rows of all files, in the order in which they must be written: learners, then records, then enrolments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    pub learners: Vec<LearnerRow>,
    pub enrolments: Vec<EnrolmentRow>,
    pub records: Vec<RecordRow>,
    /// The ids of the calendar events that were read whole: what else there is of them, and is not over, they no longer have.
    pub calendars: BTreeSet<String>,
}

impl Batch {
    /// Is this the id of an event that was read whole, or of an occurrence of one?
    #[must_use]
    pub fn is_of_whole_event(&self, id: &str) -> bool {
        self.calendars.contains(event_of(id))
    }
}

/// `ics-0123456789abcdef` of `ics-0123456789abcdef-20261201`.
pub(crate) fn event_of(id: &str) -> &str {
    id.match_indices('-').nth(1).and_then(|(at, _)| id.get(..at)).unwrap_or(id)
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LearnerRow {
    pub id: LearnerId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnrolmentRow {
    pub learner: LearnerId,
    pub course: CourseId,
    /// The learner leaves the course: asked for by the row's `removed` column, never by a row's absence.
    pub removed: bool,
}

/// One record of the contract (`contract::delta::Records`) for those who may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    pub kind: RecordKind,
    /// Unique within its kind. An extension's id is `LEARNER/ASSIGNMENT`.
    pub id: String,
    pub audience: Audience,
    /// The JSON of the contract's type, as serde writes it: equal bytes are an unchanged record.
    pub body: String,
    /// Asked for by the row's `removed` column, never by a row's absence.
    pub removed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordKind {
    /// A kind of the contract's first version, with a list of its own.
    First(Kind),
    /// One of `contract::late::kind`.
    Late(&'static str),
}

impl From<Kind> for RecordKind {
    fn from(kind: Kind) -> Self {
        Self::First(kind)
    }
}

impl PartialEq<Kind> for RecordKind {
    fn eq(&self, kind: &Kind) -> bool {
        *self == Self::First(*kind)
    }
}

/// Who sees a record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Audience {
    Everyone,
    Course(CourseId),
    Learner(LearnerId),
}

/// A row, or a whole file, that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The file's path as it was given.
    pub file: String,
    /// 1 for the file's first line; nothing when the whole file is refused.
    pub line: Option<u64>,
    /// A CSV column's name or a calendar property's.
    pub column: Option<String>,
    /// What is wrong, in a sentence.
    pub what: String,
    /// What to do about it, in a sentence.
    pub mend: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, " ({column})")?;
        }
        write!(f, ": {} {}", self.what, self.mend)
    }
}
