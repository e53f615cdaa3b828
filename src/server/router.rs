//! All routes, and the OpenAPI document that is made from them.

use std::sync::OnceLock;

use aide::{
    axum::ApiRouter,
    openapi::{Info, License, OpenApi, SecurityScheme, Tag},
};
use axum::{Router, http::Method, routing::get};
use bytes::Bytes;

use super::{docs, health, layers};
use crate::{
    App,
    registry::DOMAINS,
    rest::{
        openapi::BEARER,
        problem::{self, Problem},
    },
};

/// The whole API, ready to serve.
pub fn router(app: &App) -> Router {
    // The same for every server of this process, and describing them takes its time.
    static ROUTES: OnceLock<Router<App>> = OnceLock::new();
    layers::wrap(ROUTES.get_or_init(routes).clone(), app)
}

fn routes() -> Router<App> {
    let (routes, document) = describe();
    let document = serde_json::to_vec(&document).unwrap_or_default();
    routes
        .merge(docs::routes(Bytes::from(document)))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(async || Problem::new(&problem::NOT_FOUND).detail("there is no such route"))
        .method_not_allowed_fallback(async |_: Method| Problem::new(&problem::METHOD_NOT_ALLOWED))
}

/// The OpenAPI document, pretty-printed.
pub fn openapi() -> String {
    let (_, document) = describe();
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

fn describe() -> (Router<App>, OpenApi) {
    aide::generate::extract_schemas(true);
    aide::generate::infer_responses(false);
    let mut document = OpenApi {
        info: Info {
            title: "Trellis".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            summary: Some("One REST backend for five products.".into()),
            description: Some(include_str!("introduction.md").into()),
            license: Some(License {
                name: "MIT OR Apache-2.0".into(),
                identifier: Some("MIT OR Apache-2.0".into()),
                ..License::default()
            }),
            ..Info::default()
        },
        ..OpenApi::default()
    };
    let routes =
        DOMAINS.iter().fold(ApiRouter::new(), |routes, domain| routes.merge((domain.routes)()));
    let routes = ApiRouter::new().nest("/v1", routes);
    let bearer = SecurityScheme::Http {
        scheme: "bearer".into(),
        bearer_format: Some("JWT".into()),
        description: Some("An access token from POST /v1/auth/login, good for ten minutes.".into()),
        extensions: Default::default(),
    };
    let routes = routes.finish_api_with(&mut document, |api| {
        DOMAINS.iter().fold(api.security_scheme(BEARER, bearer), |api, domain| {
            api.tag(Tag { name: domain.name.into(), ..Tag::default() })
        })
    });
    (routes, document)
}
