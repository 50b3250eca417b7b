//! The secret address of a learner's calendar, and what stands in it.

use super::Store;
use crate::db::{DbError, Occasion, Result, What, text};
use chrono::{DateTime, Utc};
use contract::{
    deadline::{Assignment, Extension, Mode},
    ids::{CourseId, LearnerId},
    webinar::Webinar,
};
use std::collections::BTreeMap;

/// Kind, id, body, the course by which it is seen, gone, revision: all that the learner sees or once saw. Of what stands at several places the newest counts, and what is
/// still there before what is gone.
const SEEN: &str = "
    SELECT r.kind, r.id, r.body, e.course, r.removed OR e.removed,
        CASE WHEN e.revision > r.revision THEN e.revision ELSE r.revision END
    FROM enrolment e JOIN record r ON r.audience_kind = 'course' AND r.audience_id = e.course
    WHERE e.learner = $1 AND r.kind IN ('assignment', 'webinar')
    UNION ALL
    SELECT r.kind, r.id, r.body, '', r.removed, r.revision FROM record r
    WHERE r.kind IN ('assignment', 'webinar', 'extension')
        AND (r.audience_kind = 'learner' AND r.audience_id = $1 OR r.audience_kind = 'everyone' AND r.audience_id = '')
    UNION ALL
    SELECT d.kind, d.id, r.body, e.course, TRUE, d.revision
    FROM enrolment e JOIN departure d ON d.audience_kind = 'course' AND d.audience_id = e.course
        JOIN record r ON r.kind = d.kind AND r.id = d.id
    WHERE e.learner = $1 AND d.kind IN ('assignment', 'webinar')";

type Row = (String, String, String, String, bool, i64);

pub async fn make(db: &Store, learner: &LearnerId, secret_sha256: &str, now: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "INSERT INTO calendar (learner, secret_sha256, made) VALUES ($1, $2, $3)
         ON CONFLICT (learner) DO UPDATE SET secret_sha256 = excluded.secret_sha256, made = excluded.made",
    )
    .bind(learner.as_str())
    .bind(secret_sha256)
    .bind(now.timestamp_millis())
    .execute(&db.writer)
    .await?;
    Ok(())
}

pub async fn since(db: &Store, learner: &LearnerId) -> Result<Option<DateTime<Utc>>> {
    let made: Option<i64> = sqlx::query_scalar("SELECT made FROM calendar WHERE learner = $1")
        .bind(learner.as_str())
        .fetch_optional(&db.readers)
        .await?;
    made.map(text::time).transpose()
}

pub async fn end(db: &Store, learner: &LearnerId) -> Result<()> {
    sqlx::query("DELETE FROM calendar WHERE learner = $1").bind(learner.as_str()).execute(&db.writer).await?;
    Ok(())
}

/// Nothing where nobody's calendar has this secret.
pub async fn of(db: &Store, secret_sha256: &str) -> Result<Option<Vec<Occasion>>> {
    let mut tx = db.snapshot().await?;
    let learner: Option<String> = sqlx::query_scalar("SELECT learner FROM calendar WHERE secret_sha256 = $1")
        .bind(secret_sha256)
        .fetch_optional(&mut *tx)
        .await?;
    let Some(learner) = learner else { return Ok(None) };
    let rows: Vec<Row> = sqlx::query_as(SEEN).bind(&learner).fetch_all(&mut *tx).await?;
    let base: Option<String> =
        sqlx::query_scalar("SELECT value FROM setting WHERE name = 'sequence-base'").fetch_optional(&mut *tx).await?;
    let base: i64 = base.and_then(|base| base.parse().ok()).unwrap_or_default();
    let mut occasions = Vec::new();
    let mut times = BTreeMap::new();
    for (occasion, revision) in together(rows)? {
        let modified = match times.get(&revision) {
            Some(at) => *at,
            None => {
                let at: Option<i64> = sqlx::query_scalar(
                    "SELECT at FROM revision_time WHERE revision <= $1 ORDER BY revision DESC LIMIT 1",
                )
                .bind(revision)
                .fetch_optional(&mut *tx)
                .await?;
                *times.entry(revision).or_insert(text::time(at.unwrap_or_default())?)
            }
        };
        occasions.push(Occasion { sequence: base + revision, modified, ..occasion });
    }
    Ok(Some(occasions))
}

/// One of each, in the order of their kinds and ids, with the newest revision of all that it is made from.
fn together(rows: Vec<Row>) -> Result<Vec<(Occasion, i64)>> {
    let mut found: BTreeMap<(String, String), (String, String, bool, i64)> = BTreeMap::new();
    let mut extensions = BTreeMap::new();
    for (kind, id, body, course, gone, revision) in rows {
        if kind == "extension" {
            let extension: Extension = text::parse(&body)?;
            extensions.insert(extension.assignment.0.clone(), (extension.due, gone, revision));
            continue;
        }
        let known = found.entry((kind, id)).or_insert_with(|| (body, course.clone(), gone, revision));
        if known.2 && !gone {
            (known.1, known.2) = (course, false);
        }
        known.3 = known.3.max(revision);
    }
    let mut all = Vec::new();
    for ((kind, id), (body, course, gone, revision)) in found {
        let (mut occasion, mut revision) = (occasion(&kind, id, &body, gone)?, revision);
        if !course.is_empty() {
            occasion.course = CourseId(course);
        }
        if let Some((due, taken_back, of)) = extensions.get(&occasion.id).filter(|_| occasion.what == What::Work) {
            revision = revision.max(*of);
            if !taken_back {
                occasion.starts = *due;
            }
        }
        all.push((occasion, revision));
    }
    Ok(all)
}

fn occasion(kind: &str, id: String, body: &str, gone: bool) -> Result<Occasion> {
    let nothing_yet = (0, DateTime::UNIX_EPOCH);
    let (sequence, modified) = nothing_yet;
    Ok(match kind {
        "assignment" => {
            let Assignment { course, due, cancelled, .. } = text::parse(body)?;
            let cancelled = cancelled || gone;
            Occasion { what: What::Work, id, course, starts: due, ends: None, cancelled, sequence, modified }
        }
        "webinar" => {
            let Webinar { course, starts, ends, mode, cancelled, .. } = text::parse(body)?;
            let what = if mode == Mode::FaceToFace { What::Meeting } else { What::Webinar };
            let (ends, cancelled) = (Some(ends).filter(|ends| *ends > starts), cancelled || gone);
            Occasion { what, id, course, starts, ends, cancelled, sequence, modified }
        }
        other => return Err(DbError::Corrupt(format!("a calendar with a record of kind {other}"))),
    })
}
