//! What changed for a learner.

use crate::{auth::session::Session, db::News, error::Error, state::App};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use contract::{
    delta::{Delta, Removed},
    problem::Problem,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Since {
    /// What the last answer gave; everything comes without one, or with one that is not known.
    cursor: Option<String>,
}

/// `contract::delta::Delta` with its records as they are stored.
#[derive(Serialize)]
struct Answer<'a> {
    cursor: &'a str,
    server_time: DateTime<Utc>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    full: bool,
    changed: &'a BTreeMap<&'static str, Vec<Box<RawValue>>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    removed: &'a [Removed],
}

/// What changed since a cursor
///
/// Only ever of the signed-in learner. `If-None-Match` with the last answer's `ETag` gets 304 where nothing changed.
#[utoipa::path(
    get,
    path = "/api/v1/sync",
    tag = "learner",
    params(Since),
    security(("session" = [])),
    responses(
        (status = 200, body = Delta),
        (status = 304, description = "Nothing changed"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn show(
    State(app): State<App>,
    session: Session,
    since: Result<Query<Since>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let Query(since) = since.map_err(|error| Error::WrongShape(error.body_text()))?;
    let had = headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok()).map(unquote);
    let cursor = since.cursor.as_deref();
    let unchanged = |had: &str| (StatusCode::NOT_MODIFIED, [(header::ETAG, quote(had))]).into_response();
    // Whoever asks with both asks for the same, and the database is asked once.
    if let Some(had) = had.filter(|had| Some(*had) != cursor)
        && app.db.sync(&session.learner, Some(had)).await?.is_empty()
    {
        return Ok(unchanged(had));
    }
    let sync = app.db.sync(&session.learner, cursor).await?;
    if let Some(had) = had.filter(|had| Some(*had) == cursor && sync.is_empty()) {
        return Ok(unchanged(had));
    }
    Ok(([(header::ETAG, quote(&sync.cursor))], Json(answer(&sync, app.now()))).into_response())
}

fn answer(sync: &News, server_time: DateTime<Utc>) -> Answer<'_> {
    let News { cursor, full, changed, removed } = sync;
    Answer { cursor, server_time, full: *full, changed, removed }
}

fn quote(cursor: &str) -> String {
    format!("\"{cursor}\"")
}

/// A proxy that compresses makes the tag a weak one; it means the same here.
fn unquote(tag: &str) -> &str {
    tag.trim().trim_start_matches("W/").trim_matches('"')
}
