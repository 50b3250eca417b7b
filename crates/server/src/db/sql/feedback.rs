//! Feedback on work: promised when the work is handed in, given by staff, and told to its learner in one record an attempt.

use super::{Connection, Store, acts, entries, promises, requests};
use crate::{
    ask,
    db::{AboutWork, Entry, FeedbackRow, Result, WorkEntered, WorkEntry, text},
    working_days::{between, london_day},
};
use ::import::{Audience, RecordKind, RecordRow};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    act::Reading,
    deadline::Assignment,
    feedback::{Feedback, FeedbackGiven},
    ids::{AssignmentId, LearnerId},
    late::kind::{FEEDBACK, READING},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The body of a row of `entry`: the rows of one attempt in their order, however fast they came.
#[derive(Deserialize, Serialize)]
struct Numbered {
    number: usize,
    says: AboutWork,
}

/// Keeps what staff enter, with all that follows from it.
pub async fn enter(db: &Store, entry: WorkEntry) -> Result<WorkEntered> {
    let mut tx = db.write().await?;
    let WorkEntry { learner, assignment, attempt, .. } = &entry;
    let known = sqlx::query("SELECT 1 FROM learner WHERE id = $1").bind(learner.as_str());
    if known.fetch_optional(&mut *tx).await?.is_none() {
        return Ok(WorkEntered::NoSuchLearner);
    }
    if requests::seen(&mut tx, learner, "assignment", assignment.as_str()).await?.is_none() {
        return Ok(WorkEntered::NoSuchWork);
    }
    let (kind, subject) = (entry.says.kind(), id(learner, assignment, *attempt));
    let number = entered(&mut tx, kind, &subject).await?.len() + 1;
    let row = Entry {
        id: entry.id.clone(),
        kind,
        subject,
        learner: Some(learner.clone()),
        staff: entry.staff.clone(),
        at: entry.at,
        body: text::write(&Numbered { number, says: entry.says.clone() })?,
        sha256: entry.sha256.clone(),
    };
    if entries::add(&mut tx, &row).await?.is_none() {
        return Ok(WorkEntered::Taken);
    }
    let told = settle(&mut tx, learner, assignment, *attempt).await?;
    tx.commit().await?;
    Ok(told.map_or(WorkEntered::NoSuchWork, |told| WorkEntered::Done(Box::new(told))))
}

/// Tells how an attempt stands, from what was declared, withdrawn and entered: whoever changes one of these calls it, in their
/// transaction. Nothing where nobody handed it in and there is no feedback: then the promise goes, too.
pub async fn settle(
    connection: &mut Connection,
    learner: &LearnerId,
    assignment: &AssignmentId,
    attempt: u32,
) -> Result<Option<Feedback>> {
    let id = id(learner, assignment, attempt);
    let before: Option<String> =
        sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2 AND NOT removed")
            .bind(FEEDBACK)
            .bind(&id)
            .fetch_optional(&mut *connection)
            .await?;
    let before = before.as_deref().map(text::parse::<Feedback>).transpose()?;
    let handed_in_at = handed_in(connection, learner, assignment, attempt, &id).await?;
    let promised_by = match (&before, handed_in_at) {
        // What was promised stays promised, whatever the rule or the calendar become.
        (Some(before), _) if before.handed_in_at == handed_in_at => before.promised_by,
        (_, Some(at)) => promise(connection, learner, assignment, at).await?,
        (_, None) => None,
    };
    let given = given(connection, &id).await?;
    let removed = handed_in_at.is_none() && given.is_none();
    if removed && before.is_none() {
        return Ok(None);
    }
    let feedback = Feedback { assignment: assignment.clone(), attempt, handed_in_at, promised_by, given };
    if before.as_ref() != Some(&feedback) {
        let row = RecordRow {
            kind: RecordKind::Late(FEEDBACK),
            id,
            audience: Audience::Learner(learner.clone()),
            body: text::write(&feedback)?,
            removed,
        };
        acts::tell(connection, &[row]).await?;
    }
    Ok((!removed).then_some(feedback))
}

/// When the attempt was handed in: declared, or entered by staff, whichever was first, so that nobody moves a promise on by entering it.
async fn handed_in(
    connection: &mut Connection,
    learner: &LearnerId,
    assignment: &AssignmentId,
    attempt: u32,
    id: &str,
) -> Result<Option<DateTime<Utc>>> {
    let declared: Option<i64> = sqlx::query_scalar(
        "SELECT d.received_at FROM declaration d LEFT JOIN withdrawal w ON w.declaration = d.change_id
         WHERE d.learner = $1 AND d.assignment = $2 AND d.attempt = $3 AND w.declaration IS NULL",
    )
    .bind(learner.as_str())
    .bind(assignment.as_str())
    .bind(i64::from(attempt))
    .fetch_optional(&mut *connection)
    .await?;
    let declared = declared.map(text::time).transpose()?;
    let entered = match entered(connection, "hand-in", id).await?.pop() {
        Some(AboutWork::HandedIn { at }) => Some(at),
        _ => None,
    };
    Ok(match (declared, entered) {
        (Some(declared), Some(entered)) => Some(declared.min(entered)),
        (declared, entered) => declared.or(entered),
    })
}

/// The day that the import gives for the work, where it was handed in by then; else by the provider's own rule.
async fn promise(
    connection: &mut Connection,
    learner: &LearnerId,
    assignment: &AssignmentId,
    at: DateTime<Utc>,
) -> Result<Option<NaiveDate>> {
    let work = requests::seen(connection, learner, "assignment", assignment.as_str()).await?;
    let work = work.as_deref().map(text::parse::<Assignment>).transpose()?;
    match work.and_then(|work| work.feedback_by) {
        Some(by) if at <= by => Ok(Some(london_day(by))),
        _ => promises::by(connection, ask::FEEDBACK_SETTING, ask::FEEDBACK_DAYS, at).await,
    }
}

/// The feedback as its last correction has it.
async fn given(connection: &mut Connection, id: &str) -> Result<Option<FeedbackGiven>> {
    let (mut given, mut version) = (None::<FeedbackGiven>, 0_u32);
    for entry in entered(connection, "feedback", id).await? {
        let AboutWork::Feedback { text, outcome, by, at } = entry else { continue };
        version += 1;
        let (given_at, changed_at) = given.map_or((at, None), |first| (first.given_at, Some(at)));
        given = Some(FeedbackGiven { version: version.to_string(), text, outcome, by, given_at, changed_at });
    }
    Ok(given)
}

/// What staff have entered, in the order in which they did.
async fn entered(connection: &mut Connection, kind: &str, subject: &str) -> Result<Vec<AboutWork>> {
    let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM entry WHERE kind = $1 AND subject = $2")
        .bind(kind)
        .bind(subject)
        .fetch_all(connection)
        .await?;
    let mut all = bodies.iter().map(|body| text::parse::<Numbered>(body)).collect::<Result<Vec<_>>>()?;
    all.sort_by_key(|entry| entry.number);
    Ok(all.into_iter().map(|entry| entry.says).collect())
}

/// All attempts with a promise or feedback.
pub async fn times(db: &Store) -> Result<Vec<FeedbackRow>> {
    let mut tx = db.long_snapshot().await?;
    let holidays = promises::holidays(&mut tx).await?;
    let works: Vec<String> =
        sqlx::query_scalar("SELECT body FROM record WHERE kind = 'assignment'").fetch_all(&mut *tx).await?;
    let mut titles = BTreeMap::new();
    for work in works {
        let work: Assignment = text::parse(&work)?;
        titles.insert(work.id, work.title);
    }
    let rows: Vec<(String, String, String, Option<String>)> = sqlx::query_as(
        "SELECT l.id, l.name, f.body, r.body FROM record f
         JOIN learner l ON l.id = f.audience_id
         LEFT JOIN record r ON r.kind = $2 AND r.id = f.audience_id || '/feedback/' || f.id
         WHERE f.kind = $1 AND f.audience_kind = 'learner' AND NOT f.removed ORDER BY f.id",
    )
    .bind(FEEDBACK)
    .bind(READING)
    .fetch_all(&mut *tx)
    .await?;
    let mut all = Vec::new();
    for (learner, learner_name, body, reading) in rows {
        let feedback: Feedback = text::parse(&body)?;
        let reading = reading.as_deref().map(text::parse::<Reading>).transpose()?;
        let days = |at: DateTime<Utc>, given: &FeedbackGiven| between(at, given.given_at, &holidays);
        all.push(FeedbackRow {
            learner: LearnerId(learner),
            learner_name,
            assignment_title: titles.get(&feedback.assignment).cloned().unwrap_or_default(),
            working_days: feedback.handed_in_at.zip(feedback.given.as_ref()).map(|(at, given)| days(at, given)),
            feedback,
            read: reading.map(|reading| (reading.read.version, reading.read_at)),
        });
    }
    Ok(all)
}

fn id(learner: &LearnerId, assignment: &AssignmentId, attempt: u32) -> String {
    format!("{learner}/{assignment}/{attempt}")
}
