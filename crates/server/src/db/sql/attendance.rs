//! Who was at a session: what learners say, what staff enter, and the record of both.

use super::{
    Connection, Store,
    acts::{self, Judged, Kept},
    changes::Keeping,
    entries, requests,
};
use crate::{
    attendance::{arrival, counts},
    db::{AttendanceRow, Entered, Entering, Noted, Result, text},
    declare,
};
use ::import::{Audience, RecordKind, RecordRow};
use chrono::{DateTime, Utc};
use contract::{
    act::Act,
    attendance::{Arrive, Attendance, Mark, Marked},
    ids::{LearnerId, WebinarId},
    late::kind::{ATTENDANCE, REQUEST},
    request::{About, Request},
    webinar::Webinar,
};
use std::collections::BTreeMap;

/// The kind of a mark's entry.
const MARK: &str = "mark";
/// So many changes are told of one session, the latest: nobody presses more often.
const CHANGES_MAX: usize = 20;

pub async fn judge(connection: &mut Connection, keeping: &Keeping<'_>, act: &Act, arrive: &Arrive) -> Judged<Kept> {
    let learner = keeping.learner;
    let Some(webinar) = session(connection, learner, &arrive.webinar).await? else {
        return Ok(Err(declare::nothing_like_that("/what/act/deed/arrive/webinar")));
    };
    let Some(said) = arrival(&webinar, act, keeping.now) else { return Ok(Err(declare::too_early())) };
    let mut attendance = of(connection, learner, &arrive.webinar).await?;
    attendance.arrival = Some(counts(attendance.arrival, said));
    attendance.changes.push(keeping.change.id.clone());
    let before = attendance.changes.len().saturating_sub(CHANGES_MAX);
    attendance.changes.drain(..before);
    let told = record(learner, &attendance)?;
    Ok(Ok(Kept { subject: subject(learner, &arrive.webinar), told: vec![told] }))
}

/// Adds what staff enter, and tells the learner.
pub async fn enter(db: &Store, entered: &Entered) -> Result<Entering> {
    let Entered { entry, learner, webinar, what } = entered;
    let mut tx = db.write().await?;
    let known: Option<String> = sqlx::query_scalar("SELECT id FROM learner WHERE id = $1")
        .bind(learner.as_str())
        .fetch_optional(&mut *tx)
        .await?;
    if known.is_none() {
        return Ok(Entering::NoSuchLearner);
    }
    let Some(session) = session(&mut tx, learner, webinar).await? else { return Ok(Entering::NoSuchSession) };
    let mut attendance = of(&mut tx, learner, webinar).await?;
    match entries::add(&mut tx, entry).await? {
        None => return Ok(Entering::Taken),
        Some(false) => return Ok(Entering::Done(Box::new(attendance))),
        Some(true) => {}
    }
    if let Some(refused) = follow(&mut attendance, &session, what.clone(), entry.at) {
        return Ok(refused);
    }
    acts::tell(&mut tx, &[record(learner, &attendance)?]).await?;
    tx.commit().await?;
    Ok(Entering::Done(Box::new(attendance)))
}

/// Puts it into the record, or says why it cannot be.
fn follow(attendance: &mut Attendance, session: &Webinar, what: Noted, now: DateTime<Utc>) -> Option<Entering> {
    match what {
        // Whom the tutor has excused, they may have excused before.
        Noted::Mark { marked, .. } if marked.mark != Mark::Excused && now < session.opens() => {
            return Some(Entering::NotYet);
        }
        Noted::Mark { marked, unless_same } => {
            let said = |marked: &Marked| (marked.mark, marked.minutes_late, marked.note.clone());
            if unless_same && attendance.mark.as_ref().map(said) == Some(said(&marked)) {
                return Some(Entering::Same);
            }
            attendance.mark = Some(marked);
        }
        Noted::FollowUp(_) if now < session.starts => return Some(Entering::NotYet),
        Noted::FollowUp(follow_up) => attendance.follow_up = Some(follow_up),
        Noted::End(ended) => match &mut attendance.follow_up {
            Some(follow_up) if follow_up.ended.is_none() => follow_up.ended = Some(ended),
            _ => return Some(Entering::NothingToEnd),
        },
    }
    None
}

/// Every learner at every session of theirs that has begun, or of which something is known: by start, session and learner.
pub async fn all(db: &Store, now: DateTime<Utc>) -> Result<Vec<AttendanceRow>> {
    let mut tx = db.long_snapshot().await?;
    let rows: Vec<(String, String, String, Option<String>)> = sqlx::query_as(
        "SELECT e.learner, l.name, w.body, a.body FROM record w
         JOIN enrolment e ON w.audience_kind = 'course' AND e.course = w.audience_id
         JOIN learner l ON l.id = e.learner
         LEFT JOIN record a ON a.kind = $1 AND a.id = e.learner || '/' || w.id
         WHERE w.kind = 'webinar' AND (NOT w.removed AND NOT e.removed OR a.id IS NOT NULL)",
    )
    .bind(ATTENDANCE)
    .fetch_all(&mut *tx)
    .await?;
    let (mut marks, mut said) = (marks(&mut tx).await?, said(&mut tx).await?);
    let mut all = Vec::new();
    for (learner, learner_name, webinar, attendance) in rows {
        let (learner, webinar): (_, Webinar) = (LearnerId(learner), text::parse(&webinar)?);
        let attendance = match attendance {
            Some(body) => text::parse(&body)?,
            None => Attendance::new(webinar.id.clone()),
        };
        let about = subject(&learner, &webinar.id);
        let (marks, requests) = (marks.remove(&about).unwrap_or_default(), said.remove(&about).unwrap_or_default());
        let row = AttendanceRow { learner, learner_name, webinar, attendance, marks, requests };
        if row.is_to_show(now) {
            all.push(row);
        }
    }
    all.sort_by(|a, b| {
        let key = |row: &AttendanceRow| (row.webinar.starts, row.webinar.id.clone(), row.learner.clone());
        key(a).cmp(&key(b))
    });
    Ok(all)
}

/// Every mark by what it is about.
async fn marks(connection: &mut Connection) -> Result<BTreeMap<String, Vec<Marked>>> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT subject, body FROM entry WHERE kind = $1 ORDER BY subject, at")
            .bind(MARK)
            .fetch_all(connection)
            .await?;
    let mut marks: BTreeMap<String, Vec<Marked>> = BTreeMap::new();
    for (subject, body) in rows {
        marks.entry(subject).or_default().push(text::parse(&body)?);
    }
    Ok(marks)
}

/// Apologies and reasons by what they are about.
async fn said(connection: &mut Connection) -> Result<BTreeMap<String, Vec<Request>>> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT q.learner, b.body FROM request q JOIN record b ON b.kind = $1 AND b.id = q.id
         WHERE q.kind IN ('apology', 'missed-reason') ORDER BY q.received_at, q.id",
    )
    .bind(REQUEST)
    .fetch_all(connection)
    .await?;
    let mut said: BTreeMap<String, Vec<Request>> = BTreeMap::new();
    for (learner, body) in rows {
        let request: Request = text::parse(&body)?;
        if let Some(About::Webinar(webinar)) = &request.about {
            said.entry(subject(&LearnerId(learner), webinar)).or_default().push(request);
        }
    }
    Ok(said)
}

/// A session that the learner could see at some time.
async fn session(connection: &mut Connection, learner: &LearnerId, webinar: &WebinarId) -> Result<Option<Webinar>> {
    let body = requests::seen(connection, learner, "webinar", webinar.as_str()).await?;
    body.map(|body| text::parse(&body)).transpose()
}

/// What is known of the learner at the session.
async fn of(connection: &mut Connection, learner: &LearnerId, webinar: &WebinarId) -> Result<Attendance> {
    let body = requests::seen(connection, learner, ATTENDANCE, &subject(learner, webinar)).await?;
    body.map_or_else(|| Ok(Attendance::new(webinar.clone())), |body| text::parse(&body))
}

fn record(learner: &LearnerId, attendance: &Attendance) -> Result<RecordRow> {
    Ok(RecordRow {
        kind: RecordKind::Late(ATTENDANCE),
        id: subject(learner, &attendance.webinar),
        audience: Audience::Learner(learner.clone()),
        body: text::write(attendance)?,
        removed: false,
    })
}

fn subject(learner: &LearnerId, webinar: &WebinarId) -> String {
    format!("{learner}/{webinar}")
}
