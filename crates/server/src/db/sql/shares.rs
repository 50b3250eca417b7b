//! Pages that learners share: the rows, the record that tells their learner of each, and all that one may show.

use super::{
    Connection, Store,
    acts::{self, Judged, Kept},
    changes::Keeping,
};
use crate::{
    db::{DbError, Opening, Result, Written, text},
    declare,
    working_days::london_day,
};
use ::import::{Audience, RecordKind, RecordRow};
use chrono::{DateTime, NaiveDate, Utc};
use contract::{
    ids::{ChangeId, LearnerId},
    late::kind::SHARE,
    share::{Opened, SHARES_MAX, Share, Shows, Unshare},
};

/// Id, whom, what it shows, made, ends, withdrawn.
type ShareRow = (String, String, String, i64, i64, Option<i64>);

/// Nothing is written where the learner has as many open already as they may.
pub async fn add(db: &Store, learner: &LearnerId, share: &Share, secret_sha256: &str) -> Result<Written> {
    let mut tx = db.write().await?;
    let open: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM share WHERE learner = $1 AND withdrawn_at IS NULL AND ends_at > $2")
            .bind(learner.as_str())
            .bind(share.made_at.timestamp_millis())
            .fetch_one(&mut *tx)
            .await?;
    if usize::try_from(open).unwrap_or(usize::MAX) >= SHARES_MAX {
        return Ok(Written::No);
    }
    sqlx::query(
        "INSERT INTO share (id, learner, secret_sha256, whom, shows, made_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&share.id)
    .bind(learner.as_str())
    .bind(secret_sha256)
    .bind(&share.whom)
    .bind(text::write(&share.shows)?)
    .bind(share.made_at.timestamp_millis())
    .bind(share.ends_at.timestamp_millis())
    .execute(&mut *tx)
    .await?;
    acts::tell(&mut tx, &[record(learner, share)?]).await?;
    tx.commit().await?;
    Ok(Written::Yes)
}

/// All of a learner's, the newest first.
pub async fn all(db: &Store, learner: &LearnerId) -> Result<Vec<Share>> {
    read(&mut *db.snapshot().await?, learner, "").await
}

/// Nothing is written where the learner has no such page; one that is withdrawn stays as it is.
pub async fn withdraw(db: &Store, learner: &LearnerId, id: &str, now: DateTime<Utc>) -> Result<Written> {
    let mut tx = db.write().await?;
    match withdrawn(&mut tx, learner, id, now).await? {
        None => Ok(Written::No),
        Some(share) => {
            acts::tell(&mut tx, &[record(learner, &share)?]).await?;
            tx.commit().await?;
            Ok(Written::Yes)
        }
    }
}

/// The same by an act, which may have waited for a connection.
pub async fn judge(connection: &mut Connection, keeping: &Keeping<'_>, unshare: &Unshare) -> Judged<Kept> {
    let Some(mut share) = withdrawn(connection, keeping.learner, &unshare.share, keeping.now).await? else {
        return Ok(Err(declare::nothing_like_that("/what/act/deed/unshare/share")));
    };
    share.changes.push(keeping.change.id.clone());
    Ok(Ok(Kept { subject: unshare.share.clone(), told: vec![record(keeping.learner, &share)?] }))
}

/// The page whose secret has this hash, if it is still shared, with all that could be on it. That it was opened is counted.
pub async fn open(db: &Store, secret_sha256: &str, now: DateTime<Utc>) -> Result<Option<Opening>> {
    let mut tx = db.write().await?;
    let found: Option<(String, String, String)> = sqlx::query_as(
        "SELECT s.id, s.learner, l.name FROM share s JOIN learner l ON l.id = s.learner
         WHERE s.secret_sha256 = $1 AND s.withdrawn_at IS NULL AND s.ends_at > $2",
    )
    .bind(secret_sha256)
    .bind(now.timestamp_millis())
    .fetch_optional(&mut *tx)
    .await?;
    let Some((id, learner, learner_name)) = found else { return Ok(None) };
    sqlx::query(
        "INSERT INTO share_opening (share, day, times) VALUES ($1, $2, 1)
         ON CONFLICT (share, day) DO UPDATE SET times = share_opening.times + 1",
    )
    .bind(&id)
    .bind(london_day(now).to_string())
    .execute(&mut *tx)
    .await?;
    let learner = LearnerId(learner);
    let Some(share) = of(&mut tx, &learner, &id).await? else { return Ok(None) };
    acts::tell(&mut tx, &[record(&learner, &share)?]).await?;
    let records = seen(&mut tx, &learner, &share.shows).await?;
    tx.commit().await?;
    Ok(Some(Opening { share, learner_name, records }))
}

/// The bodies of what the learner sees, of the kinds that are needed for what is shown and no other.
async fn seen(connection: &mut Connection, learner: &LearnerId, shows: &[Shows]) -> Result<Vec<(String, String)>> {
    let mut kinds = String::from(",contact,");
    for shown in shows {
        kinds.push_str(match shown {
            Shows::Deadlines => "course,assignment,extension,",
            Shows::Sessions => "course,webinar,",
            Shows::Attendance => "webinar,attendance,",
            Shows::Study => "study-plan,studied,",
        });
    }
    Ok(sqlx::query_as(
        "WITH audience (kind, id) AS (
            SELECT 'everyone', '' UNION ALL SELECT 'learner', CAST($1 AS TEXT)
            UNION ALL SELECT 'course', course FROM enrolment WHERE learner = $1 AND NOT removed
        )
        SELECT r.kind, r.body FROM audience a CROSS JOIN record r
        WHERE r.audience_kind = a.kind AND r.audience_id = a.id AND NOT r.removed AND $2 LIKE '%,' || r.kind || ',%'
        ORDER BY r.kind, r.id",
    )
    .bind(learner.as_str())
    .bind(kinds)
    .fetch_all(connection)
    .await?)
}

async fn withdrawn(
    connection: &mut Connection,
    learner: &LearnerId,
    id: &str,
    now: DateTime<Utc>,
) -> Result<Option<Share>> {
    if !text::storable(id) {
        return Ok(None);
    }
    sqlx::query("UPDATE share SET withdrawn_at = $3 WHERE id = $1 AND learner = $2 AND withdrawn_at IS NULL")
        .bind(id)
        .bind(learner.as_str())
        .bind(now.timestamp_millis())
        .execute(&mut *connection)
        .await?;
    of(connection, learner, id).await
}

async fn of(connection: &mut Connection, learner: &LearnerId, id: &str) -> Result<Option<Share>> {
    Ok(read(connection, learner, id).await?.pop())
}

/// Those of a learner, or the one of an id.
async fn read(connection: &mut Connection, learner: &LearnerId, id: &str) -> Result<Vec<Share>> {
    let rows: Vec<ShareRow> = sqlx::query_as(
        "SELECT id, whom, shows, made_at, ends_at, withdrawn_at FROM share
         WHERE learner = $1 AND (CAST($2 AS TEXT) = '' OR id = $2) ORDER BY made_at DESC, id",
    )
    .bind(learner.as_str())
    .bind(id)
    .fetch_all(&mut *connection)
    .await?;
    let mut all = Vec::new();
    for (id, whom, shows, made_at, ends_at, withdrawn_at) in rows {
        let (opened, changes) = (opened(connection, &id).await?, changes(connection, &id).await?);
        all.push(Share {
            id,
            whom,
            shows: text::parse(&shows)?,
            made_at: text::time(made_at)?,
            ends_at: text::time(ends_at)?,
            withdrawn_at: withdrawn_at.map(text::time).transpose()?,
            opened,
            changes,
        });
    }
    Ok(all)
}

async fn opened(connection: &mut Connection, share: &str) -> Result<Vec<Opened>> {
    let days: Vec<(String, i64)> = sqlx::query_as("SELECT day, times FROM share_opening WHERE share = $1 ORDER BY day")
        .bind(share)
        .fetch_all(connection)
        .await?;
    let mut opened = Vec::new();
    for (day, times) in days {
        let day: NaiveDate = day.parse().map_err(|_| DbError::Corrupt("a day of an opening".into()))?;
        opened.push(Opened { day, times: u32::try_from(times).unwrap_or(u32::MAX) });
    }
    Ok(opened)
}

/// The changes that withdrew it.
async fn changes(connection: &mut Connection, share: &str) -> Result<Vec<ChangeId>> {
    let changes: Vec<String> =
        sqlx::query_scalar("SELECT id FROM act WHERE kind = 'unshare' AND subject = $1 ORDER BY received_at, id")
            .bind(share)
            .fetch_all(connection)
            .await?;
    Ok(changes.into_iter().map(ChangeId).collect())
}

fn record(learner: &LearnerId, share: &Share) -> Result<RecordRow> {
    let audience = Audience::Learner(learner.clone());
    let (id, body) = (format!("{learner}/{}", share.id), text::write(share)?);
    Ok(RecordRow { kind: RecordKind::Late(SHARE), id, audience, body, removed: false })
}
