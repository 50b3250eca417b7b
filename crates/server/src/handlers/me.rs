//! What is kept of the learner who is signed in.

use crate::{
    auth::session::Session,
    db::Mine,
    error::{Error, Result},
    mine,
    state::App,
};
use axum::{
    Json,
    extract::{Query, State, rejection::QueryRejection},
    http::header,
    response::IntoResponse,
};
use contract::{kept::Kept, problem::Problem};
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Form {
    /// `html` for a page to read; JSON without it.
    format: Option<String>,
}

/// What is kept of you, in short
///
/// How large the file of all of it is, and until when each course's part stays.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    tag = "learner",
    security(("session" = [])),
    responses((status = 200, body = Kept), (status = 401, body = Problem, content_type = "application/problem+json"))
)]
pub async fn show(State(app): State<App>, session: Session) -> Result<Json<Kept>> {
    let mine = mine_of(&app, session).await?;
    let (bytes, page_bytes) = (written(&app, &mine).await?.len(), page(&app, &mine).await?.len());
    Ok(Json(Kept { bytes: bytes as u64, page_bytes: page_bytes as u64, courses: mine.courses }))
}

/// Everything that is kept of you
///
/// Every row about the learner, whatever table it is in, as JSON or as a page. What is private is opened, for nobody else; what opens
/// something (passphrases, tokens) is not in it.
#[utoipa::path(
    get,
    path = "/api/v1/me/data",
    tag = "learner",
    params(Form),
    security(("session" = [])),
    responses(
        (status = 200, description = "A file; its shape is said in docs/api.md", body = str, content_type = "application/json"),
        (status = 401, body = Problem, content_type = "application/problem+json"),
    )
)]
pub async fn data(
    State(app): State<App>,
    session: Session,
    form: Result<Query<Form>, QueryRejection>,
) -> Result<impl IntoResponse> {
    let Query(form) = form.map_err(|error| Error::WrongShape(error.body_text()))?;
    let mine = mine_of(&app, session).await?;
    let (text, media_type, name) = match form.format.as_deref() {
        Some("html") => (page(&app, &mine).await?, "text/html; charset=utf-8", "my-data.html"),
        _ => (written(&app, &mine).await?, "application/json", "my-data.json"),
    };
    let about = [
        (header::CONTENT_TYPE, media_type.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((about, text))
}

async fn mine_of(app: &App, session: Session) -> Result<Mine> {
    app.db.mine(&session.learner).await?.ok_or(Error::NotSignedIn)
}

async fn written(app: &App, mine: &Mine) -> Result<String> {
    let told = mine::told(mine, &*app.keys().await?, app.now());
    serde_json::to_string_pretty(&told).map_err(|_| Error::Internal)
}

async fn page(app: &App, mine: &Mine) -> Result<String> {
    Ok(mine::page(&mine::told(mine, &*app.keys().await?, app.now())))
}
