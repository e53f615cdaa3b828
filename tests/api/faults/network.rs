//! The network to the database swallows everything: no answer, no reset, as when a host loses its power.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::future::join_all;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
};

use super::writes::JOBS;
use crate::support::{Caller, TestApp};

/// Stands between server and database. Connections that live through a failure are dead for ever.
struct Line {
    failures: watch::Sender<(u32, bool)>,
    url: String,
}

impl Line {
    async fn lay(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let own = listener.local_addr().unwrap().to_string();
        let (before, rest) = url.rsplit_once('@').unwrap();
        let (database, path) = rest.split_once('/').unwrap();
        let (failures, state) = watch::channel((0, true));
        let database = Arc::<str>::from(database);
        tokio::spawn(async move {
            loop {
                let (client, _) = listener.accept().await.unwrap();
                tokio::spawn(carry(client, database.clone(), state.clone()));
            }
        });
        Self { failures, url: format!("{before}@{own}/{path}") }
    }

    fn cut(&self) {
        self.failures.send_modify(|(failures, works)| (*failures, *works) = (*failures + 1, false));
    }

    fn mend(&self) {
        self.failures.send_modify(|(_, works)| *works = true);
    }
}

/// Carries bytes until the line fails, then keeps both ends open and silent.
async fn carry(mut client: TcpStream, database: Arc<str>, mut state: watch::Receiver<(u32, bool)>) {
    let (failures, works) = *state.borrow();
    let Ok(mut server) = TcpStream::connect(&*database).await else { return };
    if works {
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut client, &mut server) => return,
            _ = state.wait_for(|(now, _)| *now > failures) => (),
        }
    }
    drop(server);
    // Until the test is over.
    drop(state.wait_for(|_| false).await);
    drop(client);
}

#[tokio::test]
async fn connections_on_which_nothing_comes_back_are_given_up() {
    let line = Line::lay(&TestApp::database().await).await;
    let app = TestApp::on(&line.url).await;
    let ann = app.user("ann").await;
    let all = join_all((0..8).map(|_| ann.get(JOBS))).await;
    assert!(all.iter().all(|answer| answer.status == 200), "{all:?}");

    line.cut();
    let started = Instant::now();
    let refused = join_all((0..4).map(|_| ann.get(JOBS))).await;
    assert!(refused.iter().all(|answer| answer.brief() == "503 unavailable"), "{refused:?}");
    assert!(started.elapsed() < Duration::from_secs(18), "{:?}", started.elapsed());
    let started = Instant::now();
    assert_eq!(ann.get(JOBS).await.brief(), "503 unavailable");
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());

    line.mend();
    let started = Instant::now();
    let all = join_all((0..8).map(|_| ann.get(JOBS))).await;
    assert!(all.iter().all(|answer| answer.status == 200), "{all:?}");
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
}
