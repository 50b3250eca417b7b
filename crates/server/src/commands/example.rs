//! Requests, marks and feedback for the example: made at the times that its files say, so that every start has the same.

use crate::{
    ask::answer::Answer,
    auth::staff::Staff,
    db::{AboutWork, Answering, Db, Entering, WorkEntered, WorkEntry},
    error::Error,
    evidence::sha256_hex,
    handlers::attendance::{FollowsUp, PutDown},
    intake::Intake,
    keys::Keys,
};
use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use contract::{
    change::{Change, Outcome, Sent, What},
    ids::{AssignmentId, ChangeId, LearnerId},
    request::Ask,
    staff::Person,
};
use serde::Deserialize;
use std::{fs, path::Path};

/// The device on which all of them were written.
const CLIENT: &str = "2f6f7f0e-5a52-4c0d-9d3e-4a1f0c7d9e01";

/// A request of the file.
#[derive(Deserialize)]
struct Example {
    id: ChangeId,
    received_at: DateTime<Utc>,
    ask: Ask,
    #[serde(default)]
    answers: Vec<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    at: DateTime<Utc>,
    by: Person,
    #[serde(flatten)]
    answer: Answer,
}

/// # Errors
/// The file is not what it should be, or its learners and their work are not there.
pub async fn requests(db: &dyn Db, file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read.", file.display()))?;
    let examples: Vec<Example> =
        serde_json::from_str(&text).with_context(|| format!("{} is not a list of requests.", file.display()))?;
    let keys = Keys::load(db).await?;
    for (seq, Example { id, received_at, ask, answers }) in (1..).zip(examples) {
        let learner = ask.learner.clone();
        keep(db, &keys, &learner, change(id.clone(), seq, ask), received_at).await?;
        for answered in answers {
            answer(db, &keys, &id, answered).await?;
        }
    }
    println!("{}: its requests are there.", file.display());
    Ok(())
}

/// What someone on the staff entered about work.
#[derive(Deserialize)]
struct OfWork {
    id: String,
    entered_at: DateTime<Utc>,
    learner: LearnerId,
    assignment: AssignmentId,
    attempt: u32,
    says: AboutWork,
}

/// # Errors
/// The file is not what it should be, or its learners and their work are not there.
pub async fn feedback(db: &dyn Db, file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read.", file.display()))?;
    let examples: Vec<OfWork> =
        serde_json::from_str(&text).with_context(|| format!("{} is not a list of entries.", file.display()))?;
    for OfWork { id, entered_at: at, learner, assignment, attempt, says } in examples {
        let (staff, sha256) = ("example".into(), sha256_hex(&serde_json::to_vec(&says)?));
        let entry = WorkEntry { id: id.clone(), learner, assignment, attempt, staff, at, says, sha256 };
        match db.enter_work(entry).await? {
            WorkEntered::Done(_) => {}
            _ => bail!("The entry {id} is not kept: its learner or their work is not there, or another has its id."),
        }
    }
    println!("{}: its feedback is there.", file.display());
    Ok(())
}

fn change(id: ChangeId, seq: u64, ask: Ask) -> Change {
    let made_at = ask.device_time;
    Change { client: CLIENT.into(), id, seq, made_at, what: What::Ask(Box::new(ask)) }
}

async fn keep(db: &dyn Db, keys: &Keys, learner: &LearnerId, change: Change, now: DateTime<Utc>) -> anyhow::Result<()> {
    let sent = Sent { id: change.id.clone(), change: serde_json::to_string(&change)? };
    match (Intake { db, keys, now }).change(learner, &sent).await?.outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Refused { problem } | Outcome::Later { problem } => {
            bail!("The request {} is not kept. {problem:?}", change.id)
        }
    }
}

async fn answer(db: &dyn Db, keys: &Keys, id: &ChangeId, answered: Answered) -> anyhow::Result<()> {
    let Answered { at, by, answer } = answered;
    let row = db.request(id.as_str(), None).await?.with_context(|| format!("There is no request {id}."))?;
    let step_id = answer.id.as_deref().with_context(|| format!("An answer to {id} has no id."))?;
    let step = answer.step(&row.request, step_id.into(), ("example".into(), by), at);
    let step = step.map_err(|error| anyhow::anyhow!("{:?}", error.problem()))?;
    match db.answer(id.as_str(), step, keys).await? {
        Answering::Done => Ok(()),
        refused => bail!("The request {id} cannot be answered: {refused:?}"),
    }
}

/// A mark or a follow-up of the file.
#[derive(Deserialize)]
struct Entered {
    at: DateTime<Utc>,
    by: Person,
    #[serde(flatten)]
    what: Noted,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Noted {
    Mark(PutDown),
    FollowUp(FollowsUp),
}

/// # Errors
/// The file is not what it should be, or its learners and their sessions are not there.
pub async fn attendance(db: &dyn Db, file: &Path) -> anyhow::Result<()> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read.", file.display()))?;
    let entered: Vec<Entered> =
        serde_json::from_str(&text).with_context(|| format!("{} is not a list of marks.", file.display()))?;
    for (n, Entered { at, by, what }) in entered.into_iter().enumerate() {
        let staff = Staff { id: "example".into(), person: by };
        let entered = match &what {
            Noted::Mark(mark) => mark.entered(&staff, at, false),
            Noted::FollowUp(follow_up) => follow_up.entered(&staff, at),
        };
        let entered = entered.map_err(|error: Error| anyhow::anyhow!("{:?}", error.problem()))?;
        match db.enter_attendance(&entered).await? {
            Entering::Done(_) => {}
            refused => bail!("Entry {} of {} cannot be: {refused:?}", n + 1, file.display()),
        }
    }
    println!("{}: its marks are there.", file.display());
    Ok(())
}
