//! Clients that say half of it, and those beside them.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;

use super::{DEADLINE, Wire, wire::request, writes::JOBS};
use crate::support::{Caller, TestApp};

/// How many of each kind.
const MANY: usize = 40;

#[tokio::test]
async fn half_sent_requests_are_cut_off_while_others_are_served() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let whole = request(&ann, "POST", JOBS, Some(&json!({"title": "half", "company": "Acme"})));
    let half_a_head = &whole[..whole.len() / 3];
    let half_a_body = &whole[..whole.len() - 10];
    let chunks = whole.split_once("content-length").unwrap().0.to_owned()
        + "transfer-encoding: chunked\r\n\r\n5\r\n{\"tit";
    let kinds = [
        ("silence", "", 4.5..7.0, ""),
        ("half a head", half_a_head, 4.5..7.0, ""),
        ("half a body", half_a_body, 9.5..12.0, "400"),
        ("half the chunks", &chunks, 9.5..12.0, "400"),
    ];
    let started = Instant::now();
    let slow =
        kinds.iter().flat_map(|kind| vec![kind; MANY]).map(async |(what, said, within, status)| {
            let mut wire = Wire::connect(app.address).await.unwrap();
            wire.send(said).await.unwrap();
            let heard = tokio::time::timeout(DEADLINE, wire.closed()).await.expect(what);
            let took = started.elapsed().as_secs_f64();
            assert!(within.contains(&took), "{what}: {took} s");
            assert_eq!(heard.split(' ').nth(1).unwrap_or_default(), *status, "{what}: {heard}");
        });
    let served = async {
        while started.elapsed() < Duration::from_secs(4) {
            let asked = Instant::now();
            ann.get(JOBS).await.ok(200);
            assert!(asked.elapsed() < Duration::from_secs(3), "{:?}", asked.elapsed());
        }
    };
    tokio::join!(join_all(slow), served);
    assert_eq!(app.count("select count(*) from coach.jobs").await, 0);
}
