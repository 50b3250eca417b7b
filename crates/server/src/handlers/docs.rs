//! The contract as a document: for programs as OpenAPI, for people as one page without a script.

use crate::web::pages::page;
use axum::{
    Extension,
    http::header,
    response::{Html, IntoResponse},
};
use std::sync::Arc;

mod html;
pub mod usual;

/// Both forms of the document, written once.
pub struct Docs {
    json: String,
    html: String,
}

impl Docs {
    #[must_use]
    pub fn new(document: &utoipa::openapi::OpenApi) -> Self {
        let value = serde_json::to_value(document).unwrap_or_default();
        let json = serde_json::to_string_pretty(&value).unwrap_or_default() + "\n";
        Self { json, html: page(&html::title(&value), &html::main(&value)) }
    }

    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }
}

pub async fn openapi(Extension(docs): Extension<Arc<Docs>>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")], docs.json.clone())
}

pub async fn show(Extension(docs): Extension<Arc<Docs>>) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-cache")], Html(docs.html.clone()))
}

pub async fn stylesheet() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")],
        include_str!("docs/docs.css"),
    )
}
