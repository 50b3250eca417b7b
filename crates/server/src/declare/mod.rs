//! Whether a change can be kept. What its bytes alone tell is in `fields`; what the database must be asked for, here.

mod acts;
mod asks;
mod fields;
mod problems;

pub use asks::confided;
pub use fields::validate;
pub use problems::{
    already_withdrawn, damaged, needs_its_learner, no_private_route, no_such_declaration, no_such_request, no_uuid,
    not_begun, not_later, not_opened, not_private, not_sealed, nothing_like_that, request_closed, sealed_elsewhere,
    still_to_come, too_early, too_much_study,
};

use crate::{db::Answered, web::text};
use chrono::{DateTime, Utc};
use contract::{
    change::{Ack, Change, Outcome, Sent},
    deadline::Assignment,
    declaration::Declaration,
    ids::{ChangeId, LearnerId},
    problem::Problem,
};
use serde::de::DeserializeOwned;

/// What the server has about the declared work.
pub struct Facts {
    /// Nothing if the learner never could see it.
    pub assignment: Option<Assignment>,
    pub extended_to: Option<DateTime<Utc>>,
    /// This learner has declared this attempt of it already.
    pub declared: bool,
}

/// How a declaration stands when it arrives. Facts, not decisions.
pub struct Standing {
    /// The deadline that counts, as the server has it.
    pub counted_due: DateTime<Utc>,
    pub late: bool,
}

/// Reads an item of a list.
///
/// # Errors
/// It is not what the list is of, or has a null character outside the change, where no database could look for it.
pub fn item<T: DeserializeOwned>(position: usize, json: &str) -> Result<T, Problem> {
    let item = serde_json::from_str(json).map_err(|error| problems::unreadable_item(position, &error))?;
    match text::null_in(json) {
        Some(pointer) => Err(problems::null_character(&format!("/{position}{pointer}"))),
        None => Ok(item),
    }
}

/// Reads the change that was sent.
///
/// # Errors
/// It is not the JSON of a change, has a null character in it, or its id is not the one it was sent under.
pub fn parse(sent: &Sent) -> Result<Change, Problem> {
    if let Some(pointer) = text::null_in(&sent.change) {
        return Err(problems::null_character(&pointer));
    }
    let change: Change = serde_json::from_str(&sent.change).map_err(|error| problems::unreadable(&error))?;
    if change.id == sent.id { Ok(change) } else { Err(problems::other_id()) }
}

/// Judges a declaration, whose fields are in order, by what the server has.
///
/// # Errors
/// The problem says why it cannot be kept and what to do.
pub fn judge(declaration: &Declaration, facts: &Facts, received_at: DateTime<Utc>) -> Result<Standing, Problem> {
    let assignment = facts.assignment.as_ref().ok_or_else(problems::no_such_work)?;
    if facts.declared {
        return Err(problems::already_declared(declaration.attempt));
    }
    let own_part = declaration.own_part.as_deref().unwrap_or_default();
    if assignment.group && own_part.trim().is_empty() {
        return Err(problems::no_own_part());
    }
    let counted_due = facts.extended_to.unwrap_or(assignment.due);
    Ok(Standing { counted_due, late: received_at > counted_due })
}

/// The answer to a change whose id is here already: the first one again if it is the same change. What was erased is not kept anew.
#[must_use]
pub fn repeat(first: Answered, id: &ChangeId, learner: &LearnerId, sha256: &str) -> Ack {
    match first.ack {
        Some(ack) if first.sha256 == sha256 && first.learner == *learner => ack,
        None if first.sha256 == sha256 => refused(id, sha256.into(), problems::erased()),
        _ => refused(id, sha256.into(), problems::id_taken()),
    }
}

#[must_use]
pub fn refused(id: &ChangeId, sha256: String, problem: Problem) -> Ack {
    Ack { id: id.clone(), sha256, outcome: Outcome::Refused { problem }, missing: Vec::new() }
}
