//! Connections that say nothing, or not enough.

use std::time::{Duration, Instant};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{Caller, TestApp};

/// How long the server keeps a connection on which only this is said.
async fn kept(app: &TestApp, said: &str) -> Duration {
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    let started = Instant::now();
    stream.write_all(said.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = timeout(Duration::from_secs(20), stream.read_to_end(&mut answer)).await;
    read.expect("the connection is never cut").unwrap_or_default();
    started.elapsed()
}

#[tokio::test]
async fn silent_and_slow_clients_are_cut_off_after_five_seconds() {
    let app = TestApp::new().await;
    let (silent, half_sent, idle) = tokio::join!(
        kept(&app, ""),
        kept(&app, "GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow"),
        kept(&app, "GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n"),
    );
    for (what, took) in [("silent", silent), ("half a head", half_sent), ("idle", idle)] {
        let seconds = took.as_secs_f64();
        assert!((4.5..8.0).contains(&seconds), "{what}: {seconds} s");
    }
    assert_eq!(app.anonymous().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn what_is_no_http_is_refused() {
    let app = TestApp::new().await;
    for nonsense in ["\r\n\r\n\r\n nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\x16\x03\x01\x02"]
    {
        let took = kept(&app, nonsense).await;
        assert!(took < Duration::from_secs(8), "{nonsense:?}");
    }
    // Two lengths, or a length and chunks: what a smuggler sends.
    let both = "POST /v1/coach/jobs HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!";
    let mut stream = TcpStream::connect(app.address).await.unwrap();
    stream.write_all(both.as_bytes()).await.unwrap();
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(String::from_utf8(answer).unwrap(), "HTTP/1.1 400");
}
