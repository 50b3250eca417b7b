//! What changed for a learner since a cursor: one seek an audience, so its cost is what changed.

use super::Sqlite;
use crate::db::{DbError, News, Result, text};
use contract::{delta::Removed, ids::LearnerId};
use serde_json::value::RawValue;

/// A learner's audiences with the revision from which each is news: all of a course that was joined or left since the cursor,
/// of the others what is newer. `CROSS JOIN` keeps the few audiences outside and the many records inside.
const RECORDS: &str = "
    WITH audience (kind, id, floor, live) AS (
        SELECT 'everyone', '', ?2, 1
        UNION ALL SELECT 'learner', ?1, ?2, 1
        UNION ALL SELECT 'course', course, CASE WHEN revision > ?2 THEN -1 ELSE ?2 END, NOT removed
        FROM enrolment WHERE learner = ?1 AND (NOT removed OR revision > ?2)
    )
    SELECT r.kind, r.id, r.body, r.removed OR NOT a.live
    FROM audience a CROSS JOIN record r
        ON r.audience_kind = a.kind AND r.audience_id = a.id AND r.revision > a.floor
    WHERE NOT r.removed OR r.revision > ?2";

/// Records that went to an audience which is not the learner's.
const DEPARTED: &str = "
    WITH audience (kind, id, floor) AS (
        SELECT 'everyone', '', ?2
        UNION ALL SELECT 'learner', ?1, ?2
        UNION ALL SELECT 'course', course, CASE WHEN revision > ?2 THEN -1 ELSE ?2 END FROM enrolment WHERE learner = ?1
    )
    SELECT d.kind, d.id
    FROM audience a CROSS JOIN departure d
        ON d.audience_kind = a.kind AND d.audience_id = a.id AND d.revision > a.floor
    WHERE d.revision > ?2 AND NOT EXISTS (
        SELECT 1 FROM record r WHERE r.kind = d.kind AND r.id = d.id AND (
            r.audience_kind = 'everyone'
            OR r.audience_kind = 'learner' AND r.audience_id = ?1
            OR r.audience_kind = 'course' AND EXISTS (
                SELECT 1 FROM enrolment e
                WHERE e.learner = ?1 AND e.course = r.audience_id AND (NOT e.removed OR e.revision > ?2))))";

pub async fn delta(db: &Sqlite, learner: &LearnerId, cursor: Option<&str>) -> Result<News> {
    let mut tx = db.readers.begin().await?;
    let head: i64 = sqlx::query_scalar("SELECT revision FROM counter").fetch_one(&mut *tx).await?;
    let since = cursor.and_then(|cursor| parse(&db.epoch, cursor)).filter(|since| *since <= head);
    let mut sync = News { cursor: format!("{}.{head}", db.epoch), full: since.is_none(), ..News::default() };
    if since == Some(head) {
        return Ok(sync);
    }
    let rows: Vec<(String, String, String, bool)> =
        sqlx::query_as(RECORDS).bind(learner.as_str()).bind(since.unwrap_or(0)).fetch_all(&mut *tx).await?;
    for (kind, id, body, gone) in rows {
        if gone { sync.leave_out(&kind, &id) } else { sync.put(&kind, body)? }
    }
    if let Some(since) = since {
        let rows: Vec<(String, String)> =
            sqlx::query_as(DEPARTED).bind(learner.as_str()).bind(since).fetch_all(&mut *tx).await?;
        rows.iter().for_each(|(kind, id)| sync.leave_out(kind, id));
    }
    Ok(sync)
}

impl News {
    fn put(&mut self, kind: &str, body: String) -> Result<()> {
        let (_, list) = text::list(kind).ok_or_else(|| DbError::Corrupt(format!("a record of kind `{kind}`")))?;
        let body =
            RawValue::from_string(body).map_err(|error| DbError::Corrupt(format!("a {kind}'s body: {error}")))?;
        self.changed.entry(list).or_default().push(body);
        Ok(())
    }

    fn leave_out(&mut self, kind: &str, id: &str) {
        // Who has nothing yet has nothing to forget.
        if self.full {
            return;
        }
        if let Some((kind, _)) = text::list(kind) {
            // `LEARNER/ASSIGNMENT`, of which the contract knows only the second.
            let id = match kind {
                contract::delta::Kind::Extension => id.split_once('/').map_or(id, |(_, assignment)| assignment),
                _ => id,
            };
            self.removed.push(Removed { kind, id: id.into() });
        }
    }
}

fn parse(epoch: &str, cursor: &str) -> Option<i64> {
    let (its_epoch, revision) = cursor.split_once('.')?;
    let revision = revision.parse().ok().filter(|revision| *revision >= 0)?;
    (its_epoch == epoch).then_some(revision)
}
