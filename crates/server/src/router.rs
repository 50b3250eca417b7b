//! Every route, once; and what stands around them.

use crate::{
    error::Error,
    handlers::{
        admin, attendance, calendar, changes, checks,
        docs::{self, Docs},
        envelopes, feedback, health, me, meta, readings, receipts, requests, session, shares, sync, voice,
    },
    state::App,
    web::{cors, headers, log, origin, panic, statics, text},
};
use axum::{Extension, Router, middleware, routing::get};
use std::sync::Arc;
use tower::util::option_layer;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate,
        predicate::{Predicate, SizeAbove},
    },
};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Bytes of an answer below which compressing it saves next to nothing. A receipt is above it: a quarter of its bytes goes.
const WORTHWHILE: u64 = 300;

/// How hard answers are compressed: with 5 in place of 4 a learner's records are 6 % smaller, for a seventh more of the time that it takes; 6 saves
/// hardly more.
const QUALITY: i32 = 5;

/// The whole service.
pub fn router(app: App) -> Router {
    let (routes, document) = parts();
    routes
        .route("/openapi.json", get(docs::openapi))
        .route("/api/docs", get(docs::show))
        .route("/api/docs.css", get(docs::stylesheet))
        .route("/share/{secret}", get(shares::show))
        .route("/share.css", get(shares::stylesheet))
        .layer(Extension(Arc::new(Docs::new(&document))))
        .fallback(statics::serve)
        .method_not_allowed_fallback(|| async { Error::NoSuchMethod })
        .layer(middleware::from_fn(text::guard))
        .layer(middleware::from_fn_with_state(app.clone(), origin::guard))
        .layer(CatchPanicLayer::custom(panic::answer))
        .layer(
            CompressionLayer::new()
                .quality(CompressionLevel::Precise(QUALITY))
                .compress_when(DefaultPredicate::new().and(SizeAbove::new(WORTHWHILE))),
        )
        .layer(option_layer(cors::layer(&app.origins)))
        .layer(option_layer(cors::sizes(&app.origins)))
        .layer(middleware::from_fn(headers::add))
        .layer(middleware::from_fn(log::line))
        .with_state(app)
}

/// The OpenAPI document of the contract.
#[must_use]
pub fn document() -> utoipa::openapi::OpenApi {
    parts().1
}

fn parts() -> (Router<App>, utoipa::openapi::OpenApi) {
    let (routes, mut document) = calls().split_for_parts();
    docs::usual::add(&mut document);
    (routes, document)
}

fn calls() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(meta::show))
        .routes(routes!(session::sign_in, session::show, session::sign_out))
        .routes(routes!(session::sign_out_everywhere))
        .routes(routes!(sync::show))
        .routes(routes!(changes::send))
        .routes(routes!(envelopes::send))
        .routes(routes!(receipts::check))
        .routes(routes!(calendar::show, calendar::make, calendar::end))
        .routes(routes!(calendar::read))
        .routes(routes!(me::show))
        .routes(routes!(me::data))
        .routes(routes!(shares::make, shares::list))
        .routes(routes!(shares::withdraw))
        .routes(routes!(admin::import))
        .routes(routes!(admin::declarations))
        .routes(routes!(admin::countersign))
        .routes(routes!(admin::gaps))
        .routes(routes!(admin::access_log))
        .routes(routes!(requests::list))
        .routes(routes!(requests::show))
        .routes(routes!(requests::answer))
        .routes(routes!(requests::requests))
        .routes(routes!(requests::concerns))
        .routes(routes!(attendance::mark))
        .routes(routes!(attendance::take))
        .routes(routes!(attendance::follow_up))
        .routes(routes!(attendance::export))
        .routes(routes!(checks::set))
        .routes(routes!(checks::answers))
        .routes(routes!(voice::feedback))
        .routes(routes!(voice::export))
        .routes(routes!(feedback::hand_in))
        .routes(routes!(feedback::give))
        .routes(routes!(feedback::times))
        .routes(routes!(readings::acknowledgements))
        .routes(routes!(health::alive))
        .routes(routes!(health::ready))
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "The learner portal's API",
        description = "What the learner portal's app asks of its back end. Times are UTC. Every error is \
            `application/problem+json` (RFC 9457).",
    ),
    // What travels inside a string, and the bodies of the later kinds of record.
    components(schemas(
        contract::change::Change,
        contract::request::Request,
        contract::act::Reading,
        contract::attendance::Attendance,
        contract::kept::Certification,
        contract::share::Share,
        contract::study::StudyPlan,
        contract::study::Studied,
        contract::hours::StaffedHours,
        contract::hours::Holiday,
    )),
    modifiers(&Security)
)]
struct Document;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            "__Host-portal",
            "The cookie that signing in sets; `portal` on loopback without TLS",
        )));
        components.add_security_scheme("session", cookie);
        components.add_security_scheme("staff", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}
