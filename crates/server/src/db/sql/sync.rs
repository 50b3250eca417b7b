//! What changed for a learner since a cursor: one statement, and in it one seek an audience, so its cost is what changed.

use super::Store;
use crate::db::{DbError, News, Result, text};
use contract::ids::LearnerId;

/// All of one moment, as it is one statement: where the counter stands and whether the cursor is of this database and of after what was last
/// erased of the learner's (a row without a kind), the records that are news, and those that went to an audience which is not the learner's.
///
/// `audience` has a learner's audiences with the revision from which each is news: all of a course that was joined or left since the
/// cursor, of the others what is newer. `CROSS JOIN` keeps the few audiences outside and the many records inside.
const NEWS: &str = "
    WITH known (epoch, head, ours, since) AS (
        SELECT s.value, c.revision, s.value = $2 AND $3 BETWEEN l.floor AND c.revision,
            CASE WHEN s.value = $2 AND $3 BETWEEN l.floor AND c.revision THEN CAST($3 AS BIGINT) ELSE 0 END
        FROM counter c CROSS JOIN setting s
            CROSS JOIN (SELECT COALESCE(MAX(sync_from), 0) AS floor FROM learner WHERE id = $1) l
        WHERE c.\"only\" = 1 AND s.name = 'epoch'
    ), audience (kind, id, floor, since, live, shown) AS (
        SELECT 'everyone', '', since, since, TRUE, TRUE FROM known WHERE since < head
        UNION ALL SELECT 'learner', CAST($1 AS TEXT), since, since, TRUE, TRUE FROM known WHERE since < head
        UNION ALL SELECT 'course', e.course, CASE WHEN e.revision > k.since THEN -1 ELSE k.since END, k.since,
            NOT e.removed, NOT e.removed OR e.revision > k.since
        FROM known k CROSS JOIN enrolment e WHERE k.since < k.head AND e.learner = $1
    )
    SELECT '', epoch, '', ours, head FROM known
    UNION ALL SELECT r.kind, r.id, r.body, r.removed OR NOT a.live, 0
    FROM audience a CROSS JOIN record r
    WHERE a.shown AND r.audience_kind = a.kind AND r.audience_id = a.id AND r.revision > a.floor
        AND (NOT r.removed OR r.revision > a.since)
    UNION ALL SELECT d.kind, d.id, '', TRUE, 0
    FROM audience a CROSS JOIN departure d
    WHERE d.audience_kind = a.kind AND d.audience_id = a.id AND d.revision > a.since AND NOT EXISTS (
        SELECT 1 FROM record r WHERE r.kind = d.kind AND r.id = d.id AND (
            r.audience_kind = 'everyone'
            OR r.audience_kind = 'learner' AND r.audience_id = $1
            OR r.audience_kind = 'course' AND EXISTS (
                SELECT 1 FROM enrolment e
                WHERE e.learner = $1 AND e.course = r.audience_id AND (NOT e.removed OR e.revision > a.since))))";

pub async fn delta(db: &Store, learner: &LearnerId, cursor: Option<&str>) -> Result<News> {
    let (epoch, since) = cursor.and_then(parse).unwrap_or(("", -1));
    let mut rows: Vec<(String, String, String, bool, i64)> =
        sqlx::query_as(NEWS).bind(learner.as_str()).bind(epoch).bind(since).fetch_all(&db.readers).await?;
    let known = rows.iter().position(|(kind, ..)| kind.is_empty());
    let (_, epoch, _, ours, head) =
        rows.remove(known.ok_or_else(|| DbError::Corrupt("no epoch, or no counter".into()))?);
    let mut news = News { cursor: format!("{epoch}.{head}"), full: !ours, ..News::default() };
    for (kind, id, body, gone, _) in rows {
        if gone { news.leave_out(&kind, &id) } else { news.put(&kind, &id, body)? }
    }
    Ok(news)
}

/// A cursor's epoch and revision; whether they are ours, the database says.
fn parse(cursor: &str) -> Option<(&str, i64)> {
    let (epoch, revision) = cursor.split_once('.')?;
    let revision = revision.parse().ok().filter(|revision| *revision >= 0)?;
    text::storable(epoch).then_some((epoch, revision))
}
