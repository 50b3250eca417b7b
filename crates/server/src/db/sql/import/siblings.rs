//! What a calendar's event no longer has: an occurrence of a series that was shortened or moved to another day, or the event itself
//! under another kind.

use super::Connection;
use crate::db::{Count, Result, text};
use chrono::{DateTime, Utc};
use contract::{deadline::Assignment, delta::Kind, webinar::Webinar};
use import::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// Removes what the events that were read whole have in the database beyond the batch. What is over at `now` stays: attendance and
/// declarations hang on it.
pub async fn remove(
    connection: &mut Connection,
    batch: &Batch,
    now: DateTime<Utc>,
    revision: i64,
    counts: &mut BTreeMap<String, Count>,
) -> Result<()> {
    if batch.calendars.is_empty() {
        return Ok(());
    }
    let read: BTreeSet<_> = batch.records.iter().map(|row| (text::record(row.kind), row.id.as_str())).collect();
    for kind in [Kind::Assignment, Kind::Webinar] {
        let name = text::kind(kind);
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT id, body FROM record WHERE kind = $1 AND NOT removed AND SUBSTR(id, 1, 4) = 'ics-' ORDER BY id",
        )
        .bind(name)
        .fetch_all(&mut *connection)
        .await?;
        for (id, body) in rows {
            if !batch.is_of_whole_event(&id) || read.contains(&(name, id.as_str())) || over(kind, &body)? <= now {
                continue;
            }
            sqlx::query("UPDATE record SET removed = TRUE, revision = $1 WHERE kind = $2 AND id = $3")
                .bind(revision)
                .bind(name)
                .bind(&id)
                .execute(&mut *connection)
                .await?;
            counts.entry(name.into()).or_default().removed += 1;
        }
    }
    Ok(())
}

/// When a deadline or a session is over.
fn over(kind: Kind, body: &str) -> Result<DateTime<Utc>> {
    Ok(match kind {
        Kind::Webinar => text::parse::<Webinar>(body)?.closes(),
        _ => text::parse::<Assignment>(body)?.due,
    })
}
