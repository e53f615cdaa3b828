//! The server is killed, again and again.

use futures_util::future::join_all;
use trellis::identity::secrets::keys::Keyring;

use super::{Process, until, writes::Ledger};
use crate::support::{TestApp, User};

/// How often.
const TIMES: usize = 20;

#[tokio::test]
async fn what_a_killed_server_acknowledged_is_there_and_nothing_is_half_done() {
    let url = TestApp::database().await;
    let secret = Keyring::generate();
    let nowhere = TestApp::of_process("127.0.0.1:1".parse().unwrap(), &url, &secret);
    let ann = nowhere.user("ann").await;
    let ledger = Ledger::default();
    for round in 0..TIMES {
        let server = Process::with_secret(&url, &secret).await;
        let ann = User { app: &server.app, ..ann.clone() };
        ledger.repeat_unanswered(&ann).await;
        let before = ledger.acknowledged();
        let series: Vec<String> = (0..6).map(|writer| format!("{round}-{writer}")).collect();
        let writers = join_all(series.iter().map(|series| ledger.write_on(&ann, series)));
        // After some more writes each time, so that it hits another moment.
        let kill = async {
            until("some writes", async || ledger.acknowledged() > before + round).await;
            server.signal("-KILL").await;
        };
        tokio::join!(writers, kill);
        assert!(!server.exit().await.success());
    }
    let server = Process::with_secret(&url, &secret).await;
    ledger.repeat_unanswered(&User { app: &server.app, ..ann.clone() }).await;
    ledger.assert_kept(&nowhere).await;
}
