//! A learner's deadlines and sessions for a calendar of their own, at an address that is a secret.

use crate::{
    auth::session::{self, Session},
    db::{Occasion, What},
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
    web::address::From,
};
use axum::{
    Json,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use contract::{
    calendar::{Calendar, NewCalendar},
    ics,
    problem::Problem,
};

/// Whether your calendar has an address
///
/// And since when. The address itself is told once, when it is made.
#[utoipa::path(
    get,
    path = "/api/v1/calendar",
    tag = "learner",
    security(("session" = [])),
    responses((status = 200, body = Calendar), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn show(State(app): State<App>, session: Session) -> Result<Json<Calendar>> {
    Ok(Json(Calendar { since: app.db.calendar_since(&session.learner).await? }))
}

/// Make a new address for your calendar
///
/// The one before it stops working. Whoever has it reads when your work is due and when you have a session, without signing in.
#[utoipa::path(
    post,
    path = "/api/v1/calendar",
    tag = "learner",
    security(("session" = [])),
    responses((status = 200, body = NewCalendar), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn make(State(app): State<App>, session: Session) -> Result<Json<NewCalendar>> {
    let (secret, since) = (session::new_token(), app.now());
    let address = app.config.public_url.join(&format!("api/v1/calendar/{secret}.ics")).map_err(|_| Error::Internal)?;
    app.db.make_calendar(&session.learner, &sha256_hex(secret.as_bytes()), since).await?;
    Ok(Json(NewCalendar { address: address.into(), since }))
}

/// End the address of your calendar
///
/// Nobody reads the calendar by it any more.
#[utoipa::path(
    delete,
    path = "/api/v1/calendar",
    tag = "learner",
    security(("session" = [])),
    responses((status = 204), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn end(State(app): State<App>, session: Session) -> Result<StatusCode> {
    app.db.end_calendar(&session.learner).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A calendar
///
/// As iCalendar (RFC 5545), for Google, Outlook, Apple and others: when work is due, the extension counted, and when sessions are. What was
/// called off stays, as cancelled. It names no work, no person and no link. `If-None-Match` gets 304 where nothing changed. At most 60
/// calls a minute from one address.
#[utoipa::path(
    get,
    path = "/api/v1/calendar/{file}",
    tag = "service",
    params(("file" = String, Path, description = "The secret of the address, and `.ics`")),
    responses(
        (status = 200, body = str, content_type = "text/calendar"),
        (status = 304, description = "Nothing changed"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
        (status = 429, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn read(
    State(app): State<App>,
    From(from): From,
    file: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response> {
    app.calendar_calls.count(from, app.now())?;
    let Path(file) = file.map_err(|_| Error::NoSuchCalendar)?;
    let secret = file.strip_suffix(".ics").ok_or(Error::NoSuchCalendar)?;
    let found = app.db.calendar(&sha256_hex(secret.as_bytes())).await?;
    let occasions = found.ok_or(Error::NoSuchCalendar)?;
    let text = ics::calendar(Some(&app.config.service_name), &occasions.into_iter().map(event).collect::<Vec<_>>());
    let tag = format!("\"{}\"", &sha256_hex(text.as_bytes())[..32]);
    let had = headers.get(header::IF_NONE_MATCH).and_then(|had| had.to_str().ok());
    // A proxy that compresses makes the tag a weak one.
    if had.is_some_and(|had| had.split(',').any(|one| one.trim().trim_start_matches("W/") == tag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let about = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::ETAG, tag),
    ];
    Ok((about, text).into_response())
}

/// With a title that tells a stranger little: the course by the provider's short name for it, never the work.
fn event(occasion: Occasion) -> ics::Event {
    let Occasion { what, id, course, starts, ends, cancelled, sequence, modified } = occasion;
    let (kind, title) = match what {
        What::Work => ("work", "Work due"),
        What::Webinar => ("session", "Live session"),
        What::Meeting => ("session", "Session"),
    };
    ics::Event {
        uid: ics::uid(&sha256_hex(ics::named(kind, &id).as_bytes())),
        sequence,
        modified,
        starts,
        ends,
        title: format!("{title}: {course}"),
        cancelled,
    }
}
