//! Prometheus metrics, on a port of their own.

use std::{sync::OnceLock, time::Duration};

use axum::{Router, extract::State, http::Method, routing::get};
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use crate::App;

/// Upper bounds of the latency histogram, in seconds.
const BUCKETS: &[f64] =
    &[0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0];

/// How often samples are summed up.
const UPKEEP: Duration = Duration::from_secs(5);

/// Nothing until the metrics port is served.
static HANDLE: OnceLock<Option<PrometheusHandle>> = OnceLock::new();

/// One recorder per process, however many servers run in it.
fn recorder() -> Option<&'static PrometheusHandle> {
    let install = || {
        PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), BUCKETS)
            .ok()?
            .install_recorder()
            .ok()
    };
    HANDLE.get_or_init(install).as_ref()
}

/// The routes of the metrics port.
pub fn router(app: App) -> Router {
    recorder();
    Router::new().route("/metrics", get(render)).with_state(app)
}

/// Sums up samples every few seconds, so that they do not pile up between two scrapes. Never ends.
pub async fn upkeep() {
    let mut ticks = tokio::time::interval(UPKEEP);
    loop {
        ticks.tick().await;
        if let Some(recorder) = recorder() {
            recorder.run_upkeep();
        }
    }
}

async fn render(State(app): State<App>) -> String {
    let (open, waiting) = app.pool.usage();
    gauge!("trellis_database_connections").set(small(open));
    gauge!("trellis_database_waiting_requests").set(small(waiting));
    recorder().map(PrometheusHandle::render).unwrap_or_default()
}

/// Counts one request.
pub fn request(method: &Method, route: &str, status: u16, took: Duration) {
    if HANDLE.get().is_none() {
        return; // labels cost a dozen allocations, recorded or not
    }
    let labels = [("method", method.to_string()), ("route", route.to_owned())];
    histogram!("trellis_http_request_duration_seconds", &labels).record(took.as_secs_f64());
    let [method, route] = labels;
    let labels = [method, route, ("status", status.to_string())];
    counter!("trellis_http_requests_total", &labels).increment(1);
}

/// Counts what one round of housekeeping removed or made.
pub fn housekeeping(what: &'static str, count: i64) {
    counter!("trellis_housekeeping_total", "what" => what)
        .increment(u64::try_from(count).unwrap_or_default());
}

/// Counts one piece of background work, by what became of it.
pub fn work(queue: &'static str, outcome: &'static str) {
    counter!("trellis_work_total", "queue" => queue, "outcome" => outcome).increment(1);
}

#[expect(clippy::cast_precision_loss, reason = "counts of connections are far below 2^52")]
fn small(count: usize) -> f64 {
    count as f64
}
