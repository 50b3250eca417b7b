//! Pages that learners share with an employer or a mentor: making, listing and withdrawing them, and the page itself.

mod page;

use crate::{
    auth::session::{self, Session},
    db::Written,
    error::{Error, Result},
    evidence::sha256_hex,
    state::App,
    web::{address::From, json::Json},
};
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use chrono::Duration;
use contract::{
    problem::{FieldProblem, Problem},
    share::{NewShare, Share, Shared, WEEKS_MAX, WHOM_MAX},
};
use std::collections::HashSet;

/// Share a page
///
/// Makes a page that shows what its learner chose and nothing else. Its address is said this once. Where the answer is lost, the page
/// is in the list: withdraw it, and make another.
#[utoipa::path(
    post,
    path = "/api/v1/shares",
    tag = "learner",
    request_body = NewShare,
    security(("session" = [])),
    responses(
        (status = 200, body = Shared),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "As many are open as may be", body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn make(State(app): State<App>, session: Session, Json(new): Json<NewShare>) -> Result<axum::Json<Shared>> {
    check(&new)?;
    let now = app.now();
    let share = Share {
        id: uuid::Uuid::new_v4().to_string(),
        whom: new.whom.trim().into(),
        shows: new.shows,
        made_at: now,
        ends_at: now + Duration::weeks(new.weeks.into()),
        withdrawn_at: None,
        opened: Vec::new(),
        changes: Vec::new(),
    };
    let secret = session::new_token();
    let address = app.config.public_url.join(&format!("share/{secret}")).map_err(|_| Error::Internal)?.to_string();
    match app.db.add_share(&session.learner, &share, &sha256_hex(secret.as_bytes())).await? {
        Written::Yes => Ok(axum::Json(Shared { share, address })),
        Written::No => Err(Error::TooManyShares),
    }
}

/// List shared pages
///
/// Of the signed-in learner, the newest first, with those that are over; and how often each was opened. Without their addresses.
#[utoipa::path(
    get,
    path = "/api/v1/shares",
    tag = "learner",
    security(("session" = [])),
    responses((status = 200, body = Vec<Share>), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn list(State(app): State<App>, session: Session) -> Result<axum::Json<Vec<Share>>> {
    Ok(axum::Json(app.db.shares(&session.learner).await?))
}

/// Withdraw a shared page
///
/// At once and for good; also one that is withdrawn already. The act `unshare` does the same, and can wait for a connection.
#[utoipa::path(
    delete,
    path = "/api/v1/shares/{id}",
    tag = "learner",
    params(("id" = String, Path, description = "The page's id, which is no part of its address")),
    security(("session" = [])),
    responses(
        (status = 204),
        (status = 401, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn withdraw(State(app): State<App>, session: Session, Path(id): Path<String>) -> Result<StatusCode> {
    match app.db.withdraw_share(&session.learner, &id, app.now()).await? {
        Written::Yes => Ok(StatusCode::NO_CONTENT),
        Written::No => Err(Error::NoSuchShare),
    }
}

/// The page itself, for whoever has its address. One that is over, withdrawn or never was is the same page, to the byte.
pub async fn show(
    State(app): State<App>,
    From(from): From,
    method: Method,
    secret: Result<Path<String>, PathRejection>,
) -> Result<Response> {
    if method == Method::HEAD {
        // What only looks whether there is a page would count as having opened it.
        return Err(Error::NoSuchMethod);
    }
    let service = &app.config.service_name;
    let now = app.now();
    if app.share_calls.count(from, now).is_err() {
        return Ok(([(header::RETRY_AFTER, "60")], answer(StatusCode::TOO_MANY_REQUESTS, page::too_many(service)))
            .into_response());
    }
    let opening = match secret {
        Ok(Path(secret)) => app.db.open_share(&sha256_hex(secret.as_bytes()), now).await?,
        Err(_) => None,
    };
    Ok(match opening {
        Some(opening) => answer(StatusCode::OK, page::write(service, &opening, now)?),
        None => answer(StatusCode::NOT_FOUND, page::none(service)),
    })
}

pub async fn stylesheet() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("shares/share.css"))
}

fn answer(status: StatusCode, page: String) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

fn check(new: &NewShare) -> Result<()> {
    let mut fields = Vec::new();
    let mut unless = |fine: bool, pointer: &str, detail: String| {
        if !fine {
            fields.push(FieldProblem { pointer: pointer.into(), detail });
        }
    };
    let letters = new.whom.trim().chars().count();
    unless((1..=WHOM_MAX).contains(&letters), "/whom", format!("Say for whom it is, in 1 to {WHOM_MAX} letters."));
    let mut seen = HashSet::new();
    let distinct = !new.shows.is_empty() && new.shows.iter().all(|shown| seen.insert(*shown));
    unless(distinct, "/shows", "Choose what to show, each only once.".into());
    unless((1..=WEEKS_MAX).contains(&new.weeks), "/weeks", format!("Choose 1 to {WEEKS_MAX} weeks."));
    if fields.is_empty() { Ok(()) } else { Err(Error::Fields(fields)) }
}
