//! Writing a batch: compared row by row with what is here, in one transaction and, if anything changes, one new revision.

mod siblings;

use super::{Connection, Store, requests};
use crate::{
    db::{Count, Counts, ERASED, Imported, Result, text},
    times::moment,
};
use chrono::{DateTime, Utc};
use contract::{
    deadline::Extension,
    delta::Kind,
    ids::{AssignmentId, ContactId, CourseId, LearnerId, WebinarId},
};
use import::{Audience, Batch, EnrolmentRow, Known, LearnerRow, RecordRow};
use std::collections::BTreeMap;

pub async fn known(db: &Store) -> Result<Known> {
    let mut tx = db.snapshot().await?;
    let records = "SELECT id FROM record WHERE kind = $1";
    let courses: Vec<String> = sqlx::query_scalar(records).bind("course").fetch_all(&mut *tx).await?;
    let assignments: Vec<String> = sqlx::query_scalar(records).bind("assignment").fetch_all(&mut *tx).await?;
    let sessions: Vec<(String, String)> =
        sqlx::query_as("SELECT id, audience_id FROM record WHERE kind = 'webinar'").fetch_all(&mut *tx).await?;
    let learners: Vec<String> =
        sqlx::query_scalar("SELECT id FROM learner WHERE id <> $1").bind(ERASED).fetch_all(&mut *tx).await?;
    let contacts: Vec<(String, String)> = sqlx::query_as(
        "SELECT id, CASE audience_kind WHEN 'course' THEN audience_id ELSE '' END FROM record WHERE kind = 'contact'",
    )
    .fetch_all(&mut *tx)
    .await?;
    let course = |id: String| (!id.is_empty()).then_some(CourseId(id));
    Ok(Known {
        contacts: contacts.into_iter().map(|(id, of)| (ContactId(id), course(of))).collect(),
        courses: courses.into_iter().map(CourseId).collect(),
        learners: learners.into_iter().map(LearnerId).collect(),
        assignments: assignments.into_iter().map(AssignmentId).collect(),
        sessions: sessions.into_iter().map(|(id, course)| (WebinarId(id), CourseId(course))).collect(),
    })
}

pub async fn write(db: &Store, batch: &Batch, now: DateTime<Utc>, dry_run: bool) -> Result<Imported> {
    let mut tx = db.write().await?;
    let head: i64 = sqlx::query_scalar("SELECT revision FROM counter").fetch_one(&mut *tx).await?;
    let revision = head + 1;
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    let mut notes = Vec::new();
    for row in &batch.learners {
        let did = learner(&mut tx, row).await?;
        did.count(counts.entry("learner".into()).or_default());
    }
    for row in &batch.records {
        let note = takes_back(&mut tx, row).await?;
        let did = if note.is_some() { Did::Nothing } else { record(&mut tx, row, revision).await? };
        notes.extend(note);
        did.count(counts.entry(text::record(row.kind).into()).or_default());
    }
    siblings::remove(&mut tx, batch, now, revision, &mut counts).await?;
    for row in &batch.enrolments {
        let did = enrolment(&mut tx, row, revision).await?;
        did.count(counts.entry("enrolment".into()).or_default());
    }
    if dry_run {
        tx.rollback().await?;
    } else {
        if counts.values().any(Count::writes) {
            sqlx::query("UPDATE counter SET revision = $1").bind(revision).execute(&mut *tx).await?;
        }
        tx.commit().await?;
    }
    Ok(Imported { counts: Counts(counts), notes })
}

pub enum Did {
    Add,
    Change,
    Nothing,
    Remove,
}

impl Did {
    fn count(&self, count: &mut Count) {
        match self {
            Self::Add => count.added += 1,
            Self::Change => count.changed += 1,
            Self::Nothing => count.unchanged += 1,
            Self::Remove => count.removed += 1,
        }
    }
}

async fn learner(connection: &mut Connection, row: &LearnerRow) -> Result<Did> {
    let name: Option<String> = sqlx::query_scalar("SELECT name FROM learner WHERE id = $1")
        .bind(row.id.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let did = match name {
        Some(name) if name == row.name => return Ok(Did::Nothing),
        Some(_) => Did::Change,
        None => Did::Add,
    };
    sqlx::query("INSERT INTO learner (id, name) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET name = excluded.name")
        .bind(row.id.as_str())
        .bind(&row.name)
        .execute(connection)
        .await?;
    Ok(did)
}

async fn enrolment(connection: &mut Connection, row: &EnrolmentRow, revision: i64) -> Result<Did> {
    let removed: Option<bool> = sqlx::query_scalar("SELECT removed FROM enrolment WHERE learner = $1 AND course = $2")
        .bind(row.learner.as_str())
        .bind(row.course.as_str())
        .fetch_optional(&mut *connection)
        .await?;
    let did = match (removed, row.removed) {
        (None | Some(true), false) => Did::Add,
        (Some(false), true) => Did::Remove,
        (Some(false), false) | (None | Some(true), true) => return Ok(Did::Nothing),
    };
    sqlx::query(
        "INSERT INTO enrolment (learner, course, revision, removed) VALUES ($1, $2, $3, $4)
         ON CONFLICT (learner, course) DO UPDATE SET revision = excluded.revision, removed = excluded.removed",
    )
    .bind(row.learner.as_str())
    .bind(row.course.as_str())
    .bind(revision)
    .bind(row.removed)
    .execute(connection)
    .await?;
    Ok(did)
}

pub async fn record(connection: &mut Connection, row: &RecordRow, revision: i64) -> Result<Did> {
    let kind = text::record(row.kind);
    let (audience_kind, audience_id) = text::audience(&row.audience);
    let old: Option<(String, String, String, bool)> =
        sqlx::query_as("SELECT audience_kind, audience_id, body, removed FROM record WHERE kind = $1 AND id = $2")
            .bind(kind)
            .bind(&row.id)
            .fetch_optional(&mut *connection)
            .await?;
    let moved = old.as_ref().is_some_and(|(kind, id, ..)| (kind.as_str(), id.as_str()) != (audience_kind, audience_id));
    let did = match &old {
        None if row.removed => return Ok(Did::Nothing),
        Some((.., true)) if row.removed => return Ok(Did::Nothing),
        Some(_) if row.removed => Did::Remove,
        None | Some((.., true)) => Did::Add,
        Some((_, _, body, false)) if *body == row.body && !moved => return Ok(Did::Nothing),
        Some(_) => Did::Change,
    };
    if let Some((old_kind, old_id, ..)) = old.as_ref().filter(|_| moved) {
        depart(connection, (old_kind, old_id), (kind, &row.id), revision).await?;
    }
    sqlx::query(
        "INSERT INTO record (kind, id, audience_kind, audience_id, body, revision, removed)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, id) DO UPDATE SET audience_kind = excluded.audience_kind, audience_id = excluded.audience_id,
            body = excluded.body, revision = excluded.revision, removed = excluded.removed",
    )
    .bind(kind)
    .bind(&row.id)
    .bind(audience_kind)
    .bind(audience_id)
    .bind(&row.body)
    .bind(revision)
    .bind(row.removed)
    .execute(connection)
    .await?;
    Ok(did)
}

/// What to say of a row that would take back time which an answer granted; it is not written. A provider's file does not know of answers.
async fn takes_back(connection: &mut Connection, row: &RecordRow) -> Result<Option<String>> {
    let (true, Audience::Learner(learner)) = (row.kind == Kind::Extension, &row.audience) else { return Ok(None) };
    let given: Extension = text::parse(&row.body)?;
    let work = &given.assignment;
    let Some(body) = requests::extension(connection, learner, work.as_str()).await? else { return Ok(None) };
    let has = text::parse::<Extension>(&body)?.due;
    if !row.removed && given.due >= has {
        return Ok(None);
    }
    let Some(granted) = requests::granted::standing(connection, learner, work).await? else { return Ok(None) };
    if has < granted.until || !row.removed && given.due >= granted.until {
        return Ok(None);
    }
    let (until, stays) = (moment(granted.until), moment(has));
    let file = if row.removed { "takes back the extension until" } else { "gives an extension until" };
    Ok(Some(format!(
        "{learner}, {work}: the file {file} {}, but an answer to the learner's request granted time until {until}. The extension until {stays} \
         stays. To change it, answer request {} again.",
        moment(given.due),
        granted.request
    )))
}

/// Leaves word for those who saw the record and no longer do.
async fn depart(
    connection: &mut Connection,
    (audience_kind, audience_id): (&str, &str),
    (kind, id): (&str, &str),
    revision: i64,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO departure (audience_kind, audience_id, kind, id, revision) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (audience_kind, audience_id, kind, id) DO UPDATE SET revision = excluded.revision",
    )
    .bind(audience_kind)
    .bind(audience_id)
    .bind(kind)
    .bind(id)
    .bind(revision)
    .execute(connection)
    .await?;
    Ok(())
}
