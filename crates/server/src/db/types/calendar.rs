//! What goes into a learner's calendar.

use chrono::{DateTime, Utc};
use contract::ids::CourseId;

/// Some work or a session that its learner sees or once saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    pub what: What,
    pub id: String,
    pub course: CourseId,
    pub starts: DateTime<Utc>,
    /// Nothing for a deadline, and for a session whose end is not known.
    pub ends: Option<DateTime<Utc>>,
    /// Called off, taken away, or of a course that was left.
    pub cancelled: bool,
    /// Rises with each change of it, whatever changed: of the work, of the learner's extension of it, of their place on the course. It
    /// never falls, also when an extension is taken back or the database is restored.
    pub sequence: i64,
    /// About when that was, to a minute.
    pub modified: DateTime<Utc>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The extension counted.
    Work,
    Webinar,
    /// Face to face.
    Meeting,
}
