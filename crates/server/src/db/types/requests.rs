//! Requests, as staff see them.

use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{ChangeId, LearnerId},
    request::{AskKind, Decision, Request, Status, Words},
    seal::SealedWords,
    staff::Person,
};
use serde::Serialize;

/// A request as its learner has it, with what staff need besides.
pub struct RequestRow {
    pub request: Request,
    pub learner: LearnerId,
    pub learner_name: String,
    /// By the id of a step: what is said in it, where that is sealed.
    pub sealed: Vec<(ChangeId, SealedWords)>,
}

/// Which requests, oldest first.
pub struct Listing {
    pub kinds: Vec<AskKind>,
    pub status: Option<Status>,
    /// Only those that are open and whose promised day is before this one.
    pub overdue_on: Option<NaiveDate>,
    /// Only those behind this one: its time of receipt in milliseconds since 1970, UTC, and its id.
    pub after: Option<(i64, String)>,
    pub limit: u32,
}

/// A step of staff's.
pub struct StaffStep {
    pub id: ChangeId,
    pub at: DateTime<Utc>,
    pub staff: String,
    pub person: Person,
    pub status: Status,
    pub says: Option<Words>,
    pub decision: Option<Decision>,
    /// Of what asked for it.
    pub sha256: String,
}

/// What became of a step of staff's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answering {
    Done,
    NoSuchRequest,
    /// There is another step of its id.
    Taken,
    /// The learner has withdrawn the request.
    Withdrawn,
    /// The time that it would grant ends no later than the work's own deadline, which is this.
    NotLater(DateTime<Utc>),
    /// It is private, and there is no key to seal an answer for.
    NoKey,
}

/// How many requests of a kind wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    pub kind: AskKind,
    pub open: i64,
    pub overdue: i64,
}
