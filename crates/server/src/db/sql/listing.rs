//! Which requests there are, and how many wait.

use super::{Row, Store};
use crate::db::{DbError, Listing, RequestRow, Result, Waiting, text};
use chrono::NaiveDate;
use contract::{ids::LearnerId, late::kind::REQUEST, request::AskKind};
use sqlx::{FromRow, Row as _};

/// Lost study time that nobody was shown yet is in no list.
const FOUND: &str = "
    SELECT q.learner, l.name, b.body FROM request q
    JOIN learner l ON l.id = q.learner
    JOIN record b ON b.kind = $7 AND b.id = q.id
    WHERE $1 LIKE '%,' || q.kind || ',%'
        AND NOT (q.kind = 'study-time' AND q.private)
        AND (CAST($2 AS TEXT) = '' OR q.status = $2)
        AND (CAST($3 AS TEXT) = '' OR q.promised_by <> '' AND q.promised_by < $3
            AND q.status IN ('received', 'seen', 'in-progress'))
        AND (q.received_at > $4 OR q.received_at = $4 AND q.id > $5)
    ORDER BY q.received_at, q.id LIMIT $6";

pub async fn list(db: &Store, listing: &Listing) -> Result<Vec<RequestRow>> {
    let kinds: String = listing.kinds.iter().map(|kind| format!("{},", kind.word())).collect();
    let (after, id) = listing.after.clone().unwrap_or((i64::MIN, String::new()));
    if !text::storable(&id) {
        return Ok(Vec::new());
    }
    Ok(sqlx::query_as(FOUND)
        .bind(format!(",{kinds}"))
        .bind(listing.status.map(contract::request::Status::word).unwrap_or_default())
        .bind(listing.overdue_on.map(|day| day.to_string()).unwrap_or_default())
        .bind(after)
        .bind(id)
        .bind(i64::from(listing.limit))
        .bind(REQUEST)
        .fetch_all(&db.readers)
        .await?)
}

/// Of the kinds that are private, as numbers alone.
pub async fn waiting(db: &Store, today: NaiveDate) -> Result<Vec<Waiting>> {
    let rows: Vec<(String, i64, i64)> = sqlx::query_as(
        "SELECT kind, COUNT(*), COUNT(CASE WHEN promised_by <> '' AND promised_by < $1 THEN 1 END) FROM request
         WHERE private AND kind <> 'study-time' AND status IN ('received', 'seen', 'in-progress')
         GROUP BY kind ORDER BY kind",
    )
    .bind(today.to_string())
    .fetch_all(&db.readers)
    .await?;
    let waiting = |(kind, open, overdue): (String, i64, i64)| {
        let kind = AskKind::named(&kind).ok_or_else(|| DbError::Corrupt("a request of an unknown kind".into()))?;
        Ok(Waiting { kind, open, overdue })
    };
    rows.into_iter().map(waiting).collect()
}

pub async fn set(db: &Store, name: &str, value: &str) -> Result<()> {
    sqlx::query(
        "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(name)
    .bind(value)
    .execute(&db.writer)
    .await?;
    Ok(())
}

pub async fn setting(db: &Store, name: &str) -> Result<Option<String>> {
    let value = sqlx::query_scalar("SELECT value FROM setting WHERE name = $1");
    Ok(value.bind(name).fetch_optional(&db.readers).await?)
}

impl FromRow<'_, Row> for RequestRow {
    fn from_row(row: &Row) -> sqlx::Result<Self> {
        let body: String = row.try_get("body")?;
        Ok(Self {
            request: text::parse(&body).map_err(|error| sqlx::Error::Decode(error.into()))?,
            learner: LearnerId(row.try_get("learner")?),
            learner_name: row.try_get("name")?,
            sealed: Vec::new(),
        })
    }
}
