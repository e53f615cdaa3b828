//! Every connection to the database is busy.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use super::{DEADLINE, Gate, Wire, wire::request, writes::JOBS};
use crate::support::{Caller, TestApp, User};

/// The server's settings in tests.
const CONNECTIONS: i64 = 4;

/// As many jobs as there are connections.
async fn places(user: &User<'_>) -> Vec<String> {
    let job = json!({"title": "x", "company": "Acme"});
    let made = join_all((0..CONNECTIONS).map(|_| user.post(JOBS, &job))).await;
    made.iter().map(|made| made.header("location").to_owned()).collect()
}

/// Asks while all connections are busy: 503 after about two seconds, and nothing else.
async fn refused_in_time(user: &User<'_>) {
    let started = Instant::now();
    let asked = join_all([user.get(JOBS), user.get("/v1/me"), user.get("/readyz")]);
    let (refused, alive) = tokio::join!(asked, async {
        let alive = user.get("/healthz").await;
        (alive.status, started.elapsed())
    });
    let waited = started.elapsed().as_secs_f64();
    for answer in refused {
        assert_eq!(answer.brief(), "503 unavailable");
        assert_eq!(answer.header("retry-after"), "1");
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert!((1.5..4.0).contains(&waited), "{waited} s");
    assert_eq!(alive.0, 200);
    assert!(alive.1 < Duration::from_secs(1), "{:?}", alive.1);
}

#[tokio::test]
async fn while_all_connections_are_busy_others_are_sent_away_and_the_busy_ones_finish() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let places = places(&ann).await;
    let gate = Gate::close(&app).await;
    let patch = json!({"notes": "through"});
    let busy = join_all(places.iter().map(|place| ann.patch(place, &patch)));
    let others = async {
        Gate::besieged(&app, CONNECTIONS).await;
        refused_in_time(&ann).await;
        gate.open().await;
    };
    let (busy, ()) = tokio::join!(busy, others);
    for answer in busy {
        assert_eq!(answer.ok(200)["notes"], "through");
    }
    assert_eq!(ann.get(JOBS).await.ok(200)["items"][0]["notes"], "through");
}

#[tokio::test]
async fn a_connection_is_not_lent_again_before_the_statement_of_a_client_who_hung_up_has_ended() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let places = places(&ann).await;
    let gate = Gate::close(&app).await;
    let mut wires = Vec::new();
    for place in &places {
        let patch = request(&ann, "PATCH", place, Some(&json!({"notes": "through"})));
        let mut wire = Wire::connect(app.address).await.unwrap();
        wire.send(&patch).await.unwrap();
        wires.push(wire);
    }
    Gate::besieged(&app, CONNECTIONS).await;
    drop(wires);
    tokio::time::timeout(DEADLINE, refused_in_time(&ann)).await.unwrap();
    gate.open().await;
    assert_eq!(ann.get(JOBS).await.status, 200);
}
