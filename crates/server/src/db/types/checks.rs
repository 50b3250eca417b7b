//! Understanding checks and what learners say of sessions, as staff see them.

use contract::{
    check::{CheckResult, Question},
    ids::LearnerId,
    voice::Clear,
    webinar::Webinar,
};
use serde::Serialize;

/// A learner with their name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Named {
    pub learner: LearnerId,
    pub learner_name: String,
}

/// The check of a session, and what came of it.
pub struct Checked {
    pub session: Webinar,
    pub questions: Vec<Question>,
    /// By name.
    pub results: Vec<(Named, CheckResult)>,
    /// Who is on the course and has not answered, by name.
    pub missing: Vec<Named>,
}

/// What became of questions that staff set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Done,
    NoSuchSession,
    /// There is another entry of its id.
    Taken,
}

/// What one learner says of a session.
pub struct Rated {
    pub session: Webinar,
    pub clear: Clear,
    pub helped: Option<String>,
    pub change: Option<String>,
    /// Only where they allow it.
    pub by: Option<Named>,
}
