//! A request and its steps: the rows, and the record that sync tells.

pub mod granted;

use super::{Connection, Store, changes::Keeping, import, staff};
use crate::{
    db::{Access, Answering, DbError, RequestRow, Result, StaffStep, text},
    keys::Keys,
};
use ::import::{Audience, RecordRow};
use chrono::{DateTime, Utc};
use contract::{
    deadline::Extension,
    ids::{ChangeId, LearnerId},
    late::kind::REQUEST,
    request::{About, Decision, Request, Said, Status, Words},
    seal::SealedWords,
    staff::Person,
};

/// What is about to be added.
pub struct Step {
    pub id: ChangeId,
    pub at: DateTime<Utc>,
    /// Nothing for the learner.
    pub by: Option<(String, Person)>,
    pub status: Status,
    pub says: Option<Words>,
    /// The same, for staff, where it is private.
    pub sealed: Option<SealedWords>,
    /// And for the learner.
    pub locked: Option<String>,
    pub decision: Option<Decision>,
    pub sha256: String,
}

pub fn by_learner(keeping: &Keeping<'_>, status: Status, says: Option<Words>) -> Step {
    Step {
        id: keeping.change.id.clone(),
        at: keeping.now,
        by: None,
        status,
        says,
        sealed: None,
        locked: None,
        decision: None,
        sha256: keeping.sha256.into(),
    }
}

pub async fn insert(connection: &mut Connection, learner: &LearnerId, request: &Request) -> Result<()> {
    sqlx::query(
        "INSERT INTO request (id, learner, kind, received_at, status, promised_by, private)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(request.id.as_str())
    .bind(learner.as_str())
    .bind(request.kind.word())
    .bind(request.received_at.timestamp_millis())
    .bind(request.status.word())
    .bind(promised(request))
    .bind(request.private)
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a step, moves the request on, and tells all of its learner's devices.
pub async fn step(connection: &mut Connection, learner: &LearnerId, request: Request, step: Step) -> Result<()> {
    let said = match (&step.sealed, &step.says) {
        (Some(sealed), _) => text::write(sealed)?,
        (None, Some(words)) => text::write(words)?,
        (None, None) => String::new(),
    };
    sqlx::query(
        "INSERT INTO request_step (id, request, number, at, staff, status, said, sealed, decision, sha256)
         SELECT $1, $2, COUNT(*) + 1, $3, $4, $5, $6, $7, $8, $9 FROM request_step WHERE request = $2",
    )
    .bind(step.id.as_str())
    .bind(request.id.as_str())
    .bind(step.at.timestamp_millis())
    .bind(step.by.as_ref().map_or("", |(id, _)| id))
    .bind(step.status.word())
    .bind(said)
    .bind(step.sealed.is_some())
    .bind(step.decision.as_ref().map(text::write).transpose()?.unwrap_or_default())
    .bind(&step.sha256)
    .execute(&mut *connection)
    .await?;
    let mut request = Request { status: step.status, ..request };
    request.decision = step.decision.or(request.decision);
    request.said.push(Said {
        id: step.id,
        at: step.at,
        by: step.by.map(|(_, person)| person),
        status: step.status,
        says: if step.sealed.is_some() { None } else { step.says },
        locked: step.locked,
    });
    sqlx::query("UPDATE request SET status = $2, promised_by = $3, private = $4 WHERE id = $1")
        .bind(request.id.as_str())
        .bind(request.status.word())
        .bind(promised(&request))
        .bind(request.private)
        .execute(&mut *connection)
        .await?;
    tell(connection, learner, &request).await
}

/// The learner, and the request as it stands.
pub async fn of(connection: &mut Connection, id: &str) -> Result<Option<(LearnerId, Request)>> {
    let found: Option<(String, String)> = sqlx::query_as(
        "SELECT q.learner, b.body FROM request q JOIN record b ON b.kind = $2 AND b.id = q.id WHERE q.id = $1",
    )
    .bind(id)
    .bind(REQUEST)
    .fetch_optional(connection)
    .await?;
    found.map(|(learner, body)| Ok((LearnerId(learner), text::parse(&body)?))).transpose()
}

/// The body of a record that the learner could see at some time.
pub async fn seen(connection: &mut Connection, learner: &LearnerId, kind: &str, id: &str) -> Result<Option<String>> {
    let body = sqlx::query_scalar(
        "SELECT body FROM record WHERE kind = $3 AND id = $2 AND (
            audience_kind = 'everyone'
            OR audience_kind = 'learner' AND audience_id = $1
            OR audience_kind = 'course' AND EXISTS (
                SELECT 1 FROM enrolment WHERE learner = $1 AND course = audience_id))",
    );
    Ok(body.bind(learner.as_str()).bind(id).bind(kind).fetch_optional(connection).await?)
}

/// The body of a learner's extension of some work.
pub async fn extension(connection: &mut Connection, learner: &LearnerId, assignment: &str) -> Result<Option<String>> {
    let body = sqlx::query_scalar("SELECT body FROM record WHERE kind = 'extension' AND id = $1 AND NOT removed");
    Ok(body.bind(format!("{learner}/{assignment}")).fetch_optional(connection).await?)
}

/// Adds a step of staff's; time that is granted becomes the learner's extension with it, and one that is refused after all goes with it.
pub async fn answer(db: &Store, id: &str, given: StaffStep, keys: &Keys) -> Result<Answering> {
    let mut tx = db.write().await?;
    let before: Option<(String, String, String)> =
        sqlx::query_as("SELECT request, staff, sha256 FROM request_step WHERE id = $1")
            .bind(given.id.as_str())
            .fetch_optional(&mut *tx)
            .await?;
    if let Some(before) = before {
        let same = before == (id.to_owned(), given.staff, given.sha256);
        return Ok(if same { Answering::Done } else { Answering::Taken });
    }
    let Some((learner, request)) = of(&mut tx, id).await? else { return Ok(Answering::NoSuchRequest) };
    if request.status == Status::Withdrawn {
        return Ok(Answering::Withdrawn);
    }
    let (mut sealed, mut locked) = (None, None);
    if let (true, Some(words)) = (request.private, &given.says) {
        let Some(keys) = keys.confidential() else { return Ok(Answering::NoKey) };
        let json = text::write(words)?;
        sealed = keys.seal(&json, given.id.as_str());
        locked = keys.lock(&learner, &json, given.id.as_str());
        if sealed.is_none() || locked.is_none() {
            return Ok(Answering::NoKey);
        }
    }
    if let (Some(Decision::Granted(granted)), Some(About::Assignment(work))) = (&given.decision, &request.about) {
        if let Some(due) = granted::deadline(&mut tx, work).await?.filter(|due| granted.until <= *due) {
            return Ok(Answering::NotLater(due));
        }
        let reason = given.says.as_ref().and_then(|words| words.text.clone());
        let extension = Extension { assignment: work.clone(), due: granted.until, reason };
        granted::give(&mut tx, &learner, &extension).await?;
    }
    let refused = match (&given.decision, &request.decision, &request.about) {
        (Some(Decision::Refused(_)), Some(Decision::Granted(granted)), Some(About::Assignment(work))) => {
            Some((work.clone(), granted.clone()))
        }
        _ => None,
    };
    let StaffStep { id, at, staff, person, status, says, decision, sha256 } = given;
    let added = Step { id, at, by: Some((staff, person)), status, says, sealed, locked, decision, sha256 };
    step(&mut tx, &learner, request, added).await?;
    if let Some((work, granted)) = refused {
        granted::take_back(&mut tx, &learner, &work, &granted).await?;
    }
    tx.commit().await?;
    Ok(Answering::Done)
}

/// A request with all that is sealed in it. With `access` the reading is in the log before anything is given.
pub async fn one(db: &Store, id: &str, access: Option<&Access>) -> Result<Option<RequestRow>> {
    let mut tx = if access.is_some() { db.write().await? } else { db.snapshot().await? };
    let Some((learner, request)) = of(&mut tx, id).await? else { return Ok(None) };
    let learner_name: String =
        sqlx::query_scalar("SELECT name FROM learner WHERE id = $1").bind(learner.as_str()).fetch_one(&mut *tx).await?;
    let steps: Vec<(String, String)> =
        sqlx::query_as("SELECT id, said FROM request_step WHERE request = $1 AND sealed ORDER BY number")
            .bind(id)
            .fetch_all(&mut *tx)
            .await?;
    let mut sealed = Vec::new();
    for (step, said) in steps {
        sealed.push((ChangeId(step), text::parse(&said)?));
    }
    if let Some(access) = access {
        staff::log(&mut tx, access).await?;
    }
    tx.commit().await?;
    Ok(Some(RequestRow { request, learner, learner_name, sealed }))
}

async fn tell(connection: &mut Connection, learner: &LearnerId, request: &Request) -> Result<()> {
    let row = RecordRow {
        kind: ::import::RecordKind::Late(REQUEST),
        id: request.id.0.clone(),
        audience: Audience::Learner(learner.clone()),
        body: text::write(request)?,
        removed: false,
    };
    let revision = next_revision(connection).await?;
    import::record(connection, &row, revision).await?;
    Ok(())
}

pub async fn next_revision(connection: &mut Connection) -> Result<i64> {
    let revision: Option<i64> = sqlx::query_scalar("UPDATE counter SET revision = revision + 1 RETURNING revision")
        .fetch_optional(connection)
        .await?;
    revision.ok_or_else(|| DbError::Corrupt("no counter".into()))
}

fn promised(request: &Request) -> String {
    request.promised_by.map(|day| day.to_string()).unwrap_or_default()
}
