//! Understanding checks: the questions on a session, a learner's answers, and what came of them.

use super::{
    Connection, Store,
    acts::{self, Judged, Kept},
    changes::Keeping,
    entries, requests,
};
use crate::{
    db::{Checked, Entry, Named, Result, Setting, text},
    declare,
};
use ::import::{Audience, RecordKind, RecordRow};
use contract::{
    act::Act,
    check::{CheckAnswer, CheckAnswers, CheckResult, Judged as Judgement, QUESTIONS_MAX, Question},
    ids::{CourseId, LearnerId, WebinarId},
    late::kind::{CHECK, CHECK_RESULT},
    webinar::Webinar,
};

/// The first answers that arrive count, whatever the clocks of the devices say. Later ones are kept beside them.
pub async fn judge(
    connection: &mut Connection,
    keeping: &Keeping<'_>,
    act: &Act,
    given: &CheckAnswers,
) -> Judged<Kept> {
    const WHICH: &str = "/what/act/deed/answer/webinar";
    let session = match begun(connection, keeping, &given.webinar, WHICH).await? {
        Ok(session) => session,
        Err(problem) => return Ok(Err(problem)),
    };
    // What was taken away meanwhile was there when it was answered.
    let questions = questions(connection, &given.webinar, true).await?;
    if questions.is_empty() {
        return Ok(Err(declare::nothing_like_that(WHICH)));
    }
    let id = format!("{}/{}", keeping.learner, given.webinar);
    let mut result = match result(connection, &id).await? {
        Some(first) => first,
        None => first(keeping, act, given, &session, &questions),
    };
    result.changes.push(keeping.change.id.clone());
    let told = RecordRow {
        kind: RecordKind::Late(CHECK_RESULT),
        id,
        audience: Audience::Learner(keeping.learner.clone()),
        body: text::write(&result)?,
        removed: false,
    };
    Ok(Ok(Kept { subject: given.webinar.0.clone(), told: vec![told] }))
}

fn first(keeping: &Keeping<'_>, act: &Act, given: &CheckAnswers, session: &Webinar, asked: &[Question]) -> CheckResult {
    let judge = |answer: &CheckAnswer| {
        let question = asked.iter().find(|question| question.number == answer.number);
        question.map_or(Judgement::NotJudged, |question| question.judge(answer))
    };
    let answered_at = act.made_at().unwrap_or(act.device_time).min(keeping.now);
    CheckResult {
        webinar: given.webinar.clone(),
        judged: given.answers.iter().map(judge).collect(),
        answers: given.answers.clone(),
        answered_at,
        received_at: keeping.now,
        catch_up: answered_at > session.closes(),
        changes: Vec::new(),
    }
}

/// A session of the learner's, if it has begun. `pointer`: to what names it.
pub async fn begun(
    connection: &mut Connection,
    keeping: &Keeping<'_>,
    webinar: &WebinarId,
    pointer: &str,
) -> Judged<Webinar> {
    let Some(body) = requests::seen(connection, keeping.learner, "webinar", webinar.as_str()).await? else {
        return Ok(Err(declare::nothing_like_that(pointer)));
    };
    let session: Webinar = text::parse(&body)?;
    Ok(if session.starts > keeping.now { Err(declare::not_begun(pointer)) } else { Ok(session) })
}

/// In their order; `removed`: with those that were taken away.
async fn questions(connection: &mut Connection, webinar: &WebinarId, removed: bool) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    for number in 1..=QUESTIONS_MAX {
        let body: Option<String> =
            sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2 AND ($3 OR NOT removed)")
                .bind(CHECK)
                .bind(format!("{webinar}/{number}"))
                .bind(removed)
                .fetch_optional(&mut *connection)
                .await?;
        questions.extend(body.map(|body| text::parse(&body)).transpose()?);
    }
    Ok(questions)
}

async fn result(connection: &mut Connection, id: &str) -> Result<Option<CheckResult>> {
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2")
        .bind(CHECK_RESULT)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    body.map(|body| text::parse(&body)).transpose()
}

/// Puts these questions in the place of those that a session has; none takes its check away.
pub async fn set(db: &Store, entry: &Entry, webinar: &WebinarId, questions: &[Question]) -> Result<Setting> {
    let mut tx = db.write().await?;
    let Some((_, course)) = session(&mut tx, webinar.as_str()).await? else { return Ok(Setting::NoSuchSession) };
    match entries::add(&mut tx, entry).await? {
        Some(true) => {}
        Some(false) => return Ok(Setting::Done),
        None => return Ok(Setting::Taken),
    }
    let mut told = Vec::new();
    for number in 1..=QUESTIONS_MAX {
        let question = questions.iter().find(|question| question.number == number);
        told.push(RecordRow {
            kind: RecordKind::Late(CHECK),
            id: format!("{webinar}/{number}"),
            audience: Audience::Course(course.clone()),
            body: question.map(text::write).transpose()?.unwrap_or_default(),
            removed: question.is_none(),
        });
    }
    // What is taken away keeps its words in its row, for answers that are still on their way.
    for row in told.iter_mut().filter(|row| row.removed) {
        let body = sqlx::query_scalar("SELECT body FROM record WHERE kind = $1 AND id = $2");
        row.body = body.bind(CHECK).bind(&row.id).fetch_optional(&mut *tx).await?.unwrap_or_default();
    }
    acts::tell(&mut tx, &told).await?;
    tx.commit().await?;
    Ok(Setting::Done)
}

/// A session's questions with all first answers, and who of its course has given none.
pub async fn show(db: &Store, webinar: &str) -> Result<Option<Checked>> {
    let mut tx = db.snapshot().await?;
    let Some((session, course)) = session(&mut tx, webinar).await? else { return Ok(None) };
    let questions = questions(&mut tx, &session.id, false).await?;
    let answered: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT l.id, l.name, b.body FROM learner l JOIN record b ON b.kind = $1 AND b.id = l.id || '/' || $2
         WHERE NOT b.removed ORDER BY l.name, l.id",
    )
    .bind(CHECK_RESULT)
    .bind(webinar)
    .fetch_all(&mut *tx)
    .await?;
    let missing: Vec<(String, String)> = sqlx::query_as(
        "SELECT l.id, l.name FROM learner l JOIN enrolment e ON e.learner = l.id AND e.course = $1 AND NOT e.removed
         WHERE NOT EXISTS (SELECT 1 FROM record b WHERE b.kind = $2 AND b.id = l.id || '/' || $3)
         ORDER BY l.name, l.id",
    )
    .bind(course.as_str())
    .bind(CHECK_RESULT)
    .bind(webinar)
    .fetch_all(&mut *tx)
    .await?;
    let named = |(id, name)| Named { learner: LearnerId(id), learner_name: name };
    let mut results = Vec::new();
    for (id, name, body) in answered {
        results.push((named((id, name)), text::parse(&body)?));
    }
    Ok(Some(Checked { session, questions, results, missing: missing.into_iter().map(named).collect() }))
}

/// A session and its course.
pub async fn session(connection: &mut Connection, webinar: &str) -> Result<Option<(Webinar, CourseId)>> {
    if !text::storable(webinar) {
        return Ok(None);
    }
    let body: Option<String> = sqlx::query_scalar("SELECT body FROM record WHERE kind = 'webinar' AND id = $1")
        .bind(webinar)
        .fetch_optional(connection)
        .await?;
    let session: Option<Webinar> = body.map(|body| text::parse(&body)).transpose()?;
    Ok(session.map(|session| (session.clone(), session.course)))
}
