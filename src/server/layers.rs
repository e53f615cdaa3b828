//! What happens around every request: its id, its time limit, its log line, its metrics.

use std::{
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use tower_http::cors::{AllowOrigin, CorsLayer};
use uuid::Uuid;

use crate::{
    App,
    rest::problem::{self, Problem},
};

/// A request that takes longer is answered with 503; the database gives up before that.
const REQUEST_WITHIN: Duration = Duration::from_secs(15);

/// The largest body that is read.
const BODY_LIMIT: usize = 1024 * 1024;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers of every answer that has no value of its own for them.
const SECURITY: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
    (header::CACHE_CONTROL, "private, no-cache"),
];

/// Wraps the routes in everything that they share, in one layer: each is a box around every route, which axum clones
/// for every request with all the boxes in it.
pub fn wrap(routes: Router<App>, app: &App) -> Router {
    let routes = match cors(&app.settings.cors_origins) {
        Some(cors) => routes.layer(cors),
        None => routes,
    };
    routes.layer(middleware::from_fn_with_state(app.clone(), observe)).with_state(app.clone())
}

/// Nothing where no other origin's pages may call.
fn cors(origins: &[String]) -> Option<CorsLayer> {
    let origins = match origins {
        none if none.iter().all(String::is_empty) => return None,
        [all] if all == "*" => AllowOrigin::any(),
        some => AllowOrigin::list(some.iter().filter_map(|origin| origin.trim().parse().ok())),
    };
    let layer = CorsLayer::new()
        .allow_origin(origins)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            HeaderName::from_static("idempotency-key"),
            REQUEST_ID,
        ])
        .expose_headers([
            header::ETAG,
            header::LOCATION,
            header::RETRY_AFTER,
            HeaderName::from_static("idempotency-replayed"),
            REQUEST_ID,
        ])
        .max_age(Duration::from_hours(1));
    Some(layer)
}

/// Gives the request an id and its limits, the answer its headers, and writes down how it went.
async fn observe(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    DefaultBodyLimit::max(BODY_LIMIT).apply(&mut request);
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind();
    let mut response = match tokio::time::timeout(REQUEST_WITHIN, answer).await {
        Ok(Ok(response)) => response,
        Ok(Err(_)) => Problem::new(&problem::INTERNAL).into_response(),
        // PostgreSQL ends a statement before that: nothing comes back any more, on other connections neither.
        Err(_) => Problem::unavailable()
            .lost_connection()
            .detail("the request took too long")
            .into_response(),
    };
    if let Some(problem) = response.extensions_mut().remove::<Problem>() {
        if problem.is_lost_connection() {
            app.pool.discard_idle();
        }
        if problem.status().is_server_error() {
            let bare = std::mem::take(response.headers_mut());
            response = problem.render(id.to_str().ok());
            for (name, value) in &bare {
                response.headers_mut().entry(name).or_insert_with(|| value.clone());
            }
            response.headers_mut().remove(header::CONTENT_LENGTH);
        }
    }
    let route = route.as_ref().map_or("unmatched", MatchedPath::as_str);
    let status = response.status().as_u16();
    super::metrics::request(&method, route, status, started.elapsed());
    tracing::info!(
        request_id = id.to_str().unwrap_or_default(),
        method = method.as_str(),
        route,
        status,
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    let headers = response.headers_mut();
    for (name, value) in SECURITY {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.insert(REQUEST_ID, id);
    response
}

/// The client's own id when it is a plain one, else a new one.
fn request_id(headers: &HeaderMap) -> HeaderValue {
    let plain = |id: &&HeaderValue| {
        (1..=128).contains(&id.len()) && id.as_bytes().iter().all(u8::is_ascii_graphic)
    };
    headers.get(REQUEST_ID).filter(plain).cloned().unwrap_or_else(|| {
        let mut buffer = Uuid::encode_buffer();
        let id = Uuid::now_v7().hyphenated().encode_lower(&mut buffer);
        HeaderValue::from_str(id).unwrap_or(HeaderValue::from_static("none"))
    })
}
