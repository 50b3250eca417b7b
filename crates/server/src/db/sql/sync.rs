//! What changed for a learner since a cursor: one seek an audience, so its cost is what changed.

use super::Store;
use crate::db::{News, Result};
use contract::ids::LearnerId;

/// A learner's audiences with the revision from which each is news: all of a course that was joined or left since the cursor,
/// of the others what is newer. `CROSS JOIN` keeps the few audiences outside and the many records inside.
const RECORDS: &str = "
    WITH audience (kind, id, floor, live) AS (
        SELECT 'everyone', '', CAST($2 AS BIGINT), TRUE
        UNION ALL SELECT 'learner', CAST($1 AS TEXT), $2, TRUE
        UNION ALL SELECT 'course', course, CASE WHEN revision > $2 THEN -1 ELSE $2 END, NOT removed
        FROM enrolment WHERE learner = $1 AND (NOT removed OR revision > $2)
    )
    SELECT r.kind, r.id, r.body, r.removed OR NOT a.live
    FROM audience a CROSS JOIN record r
    WHERE r.audience_kind = a.kind AND r.audience_id = a.id AND r.revision > a.floor
        AND (NOT r.removed OR r.revision > $2)";

/// Records that went to an audience which is not the learner's.
const DEPARTED: &str = "
    WITH audience (kind, id, floor) AS (
        SELECT 'everyone', '', CAST($2 AS BIGINT)
        UNION ALL SELECT 'learner', CAST($1 AS TEXT), $2
        UNION ALL SELECT 'course', course, CASE WHEN revision > $2 THEN -1 ELSE $2 END FROM enrolment WHERE learner = $1
    )
    SELECT d.kind, d.id
    FROM audience a CROSS JOIN departure d
    WHERE d.audience_kind = a.kind AND d.audience_id = a.id AND d.revision > a.floor
        AND d.revision > $2 AND NOT EXISTS (
        SELECT 1 FROM record r WHERE r.kind = d.kind AND r.id = d.id AND (
            r.audience_kind = 'everyone'
            OR r.audience_kind = 'learner' AND r.audience_id = $1
            OR r.audience_kind = 'course' AND EXISTS (
                SELECT 1 FROM enrolment e
                WHERE e.learner = $1 AND e.course = r.audience_id AND (NOT e.removed OR e.revision > $2))))";

pub async fn delta(db: &Store, learner: &LearnerId, cursor: Option<&str>) -> Result<News> {
    let mut tx = db.snapshot().await?;
    // The epoch with the rest: a restore gives a new one while servers run.
    let (epoch, head): (String, i64) =
        sqlx::query_as("SELECT s.value, c.revision FROM counter c CROSS JOIN setting s WHERE s.name = 'epoch'")
            .fetch_one(&mut *tx)
            .await?;
    let since = cursor.and_then(|cursor| parse(&epoch, cursor)).filter(|since| *since <= head);
    let mut sync = News { cursor: format!("{epoch}.{head}"), full: since.is_none(), ..News::default() };
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

fn parse(epoch: &str, cursor: &str) -> Option<i64> {
    let (its_epoch, revision) = cursor.split_once('.')?;
    let revision = revision.parse().ok().filter(|revision| *revision >= 0)?;
    (its_epoch == epoch).then_some(revision)
}
