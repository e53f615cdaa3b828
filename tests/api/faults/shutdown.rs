//! SIGTERM: what is in flight is finished.

use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::future::join_all;
use serde_json::json;
use tokio::net::TcpStream;

use super::{Gate, Process, Wire, until, wire::request, writes::JOBS};
use crate::support::{Caller, TestApp};

#[tokio::test]
async fn sigterm_under_load_loses_no_request() {
    let url = TestApp::database().await;
    let server = Process::start(&url).await;
    let ann = server.app.user("ann").await;
    let address = server.app.address;
    let read = request(&ann, "GET", JOBS, None);
    let write = request(&ann, "POST", JOBS, Some(&json!({"title": "x", "company": "Acme"})));
    let (answered, written) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let count = |status: u16| {
        answered.fetch_add(1, Ordering::Relaxed);
        written.fetch_add(usize::from(status == 201), Ordering::Relaxed);
    };

    // Some keep their connection, as a proxy does; what they send on it is answered until they are told otherwise.
    let keeping = (0..8).map(async |number| {
        let mut wire = Wire::connect(address).await.unwrap();
        for turn in 0.. {
            let request = if (number + turn) % 2 == 0 { &read } else { &write };
            let answer = wire.ask(request).await.expect("a connection is cut unannounced");
            assert!([200, 201].contains(&answer.status), "{answer:?}");
            count(answer.status);
            if answer.last {
                return;
            }
        }
    });
    // Others come with every request, until they are not let in any more.
    let coming = (0..4).map(async |_| {
        while let Ok(mut wire) = Wire::connect(address).await {
            let answer = wire.ask(&write).await.expect("a connection that was accepted is cut");
            assert_eq!(answer.status, 201, "{answer:?}");
            count(answer.status);
        }
    });
    let stop = async {
        until("load", async || answered.load(Ordering::Relaxed) > 200).await;
        server.signal("-TERM").await;
    };
    tokio::join!(join_all(keeping), join_all(coming), stop);
    let app = TestApp::on(&url).await;
    assert!(server.exit().await.success());
    let jobs = app.count("select count(*) from coach.jobs").await;
    assert_eq!(jobs, i64::try_from(written.into_inner()).unwrap());
}

#[tokio::test]
async fn sigterm_waits_for_slow_requests_and_not_for_idle_clients() {
    let url = TestApp::database().await;
    let server = Process::start(&url).await;
    let ann = server.app.user("ann").await;
    let made = ann.post(JOBS, &json!({"title": "x", "company": "Acme"})).await;
    let address = server.app.address;
    let mut idle = Wire::connect(address).await.unwrap();
    let answer = idle.ask(&request(&ann, "GET", JOBS, None)).await.unwrap();
    assert_eq!((answer.status, answer.last), (200, false));
    let mut silent = Wire::connect(address).await.unwrap();

    let gate = Gate::close(&server.app).await;
    let mut slow = Wire::connect(address).await.unwrap();
    let patch = json!({"notes": "through"});
    slow.send(&request(&ann, "PATCH", made.header("location"), Some(&patch))).await.unwrap();
    Gate::besieged(&server.app, 1).await;
    server.signal("-TERM").await;
    until("nobody is let in", async || TcpStream::connect(address).await.is_err()).await;
    assert_eq!((idle.closed().await, silent.closed().await), (String::new(), String::new()));
    gate.open().await;
    let answer = slow.answer().await.unwrap();
    assert_eq!((answer.status, answer.last), (200, true), "{answer:?}");
    assert!(answer.body.contains("through"), "{answer:?}");
    assert!(server.exit().await.success());
}
