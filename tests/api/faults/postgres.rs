//! PostgreSQL is stopped under the server, and comes back.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{Connection, Executor, PgConnection, raw_sql};
use trellis::database::{
    self,
    local::{LocalOptions, LocalServer},
};

use super::{
    Process, until,
    writes::{JOBS, Ledger},
};
use crate::{
    database::local::{Scratch, kept},
    support::{Caller, Response},
};

/// Answers with nothing but the database missing must come within.
const AT_ONCE: Duration = Duration::from_secs(1);

/// A port that no outgoing connection takes while the server that belongs there is down.
fn port() -> u16 {
    let tried = (20_000..30_000).cycle().skip(std::process::id() as usize % 10_000);
    let mut free =
        tried.take(10_000).filter(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok());
    free.next().unwrap()
}

async fn migrated(options: LocalOptions) -> (LocalServer, String) {
    let postgres = LocalServer::start(options).await.unwrap();
    let mut conn = PgConnection::connect(&postgres.url("postgres")).await.unwrap();
    conn.execute(raw_sql("create database trellis")).await.unwrap();
    let url = postgres.url("trellis");
    database::migrate(&url).await.unwrap();
    (postgres, url)
}

#[tokio::test]
async fn without_postgresql_requests_are_refused_at_once_and_served_again_when_it_is_back() {
    let scratch = Scratch::new("faults");
    let mut options = kept(scratch.data());
    options.settings.push(("port".into(), port().to_string()));
    let (postgres, url) = migrated(options.clone()).await;
    let server = Process::start(&url).await;
    let ann = server.app.user("ann").await;
    let nobody = server.app.anonymous();

    let ledger = Ledger::default();
    let writers = join_all(["a", "b", "c", "d"].map(|series| ledger.write_on(&ann, series)));
    let stop = async {
        until("some writes", async || ledger.acknowledged() >= 20).await;
        postgres.stop().await.unwrap();
    };
    tokio::join!(writers, stop);

    // Whatever it is that is asked for, at once and by many.
    let job = json!({"title": "x", "company": "Acme"});
    let login = json!({"login": "ann@example.com", "password": "correct horse battery"});
    let empty = json!({});
    let place = format!("{JOBS}/{}", uuid::Uuid::now_v7());
    let requests: [(Method, &str, Option<&Value>); 7] = [
        (Method::GET, JOBS, None),
        (Method::GET, "/v1/me", None),
        (Method::GET, "/v1/me/export", None),
        (Method::POST, JOBS, Some(&job)),
        (Method::PATCH, &place, Some(&empty)),
        (Method::POST, "/v1/auth/login", Some(&login)),
        (Method::GET, "/readyz", None),
    ];
    for _ in 0..3 {
        let started = Instant::now();
        let answers = requests.iter().map(async |(method, path, body)| {
            let request = ann.request(method.clone(), path);
            let request = if let Some(body) = body { request.json(body) } else { request };
            (*path, Response::of(request).await, started.elapsed())
        });
        for (path, answer, took) in join_all(answers).await {
            assert_eq!(answer.brief(), "503 unavailable", "{path}");
            assert_eq!(answer.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(answer.header("retry-after"), "1", "{path}");
            assert!(took < AT_ONCE, "{path} took {took:?}");
        }
        let started = Instant::now();
        assert_eq!(nobody.get("/healthz").await.status, 200);
        assert!(started.elapsed() < AT_ONCE);
    }

    let postgres = LocalServer::start(options).await.unwrap();
    let took = until("served again", async || ann.get(JOBS).await.status == 200).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    let again = join_all((0..20).map(|_| ann.get(JOBS))).await;
    assert!(again.iter().all(|answer| answer.status == 200), "{again:?}");
    assert_eq!(nobody.get("/readyz").await.status, 200);
    ledger.repeat_unanswered(&ann).await;
    ledger.assert_kept(&server.app).await;
    server.signal("-TERM").await;
    assert!(server.exit().await.success());
    postgres.stop().await.unwrap();
}
