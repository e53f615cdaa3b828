use std::{
    net::SocketAddr,
    process::{ExitStatus, Stdio},
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};
use trellis::identity::secrets::keys::Keyring;

use super::DEADLINE;
use crate::{commands::trellis, support::TestApp};

/// `trellis serve` as a process of its own, which can be stopped and killed.
pub struct Process {
    pub app: TestApp,
    child: Child,
    log: Arc<Mutex<String>>,
}

impl Process {
    /// Starts a server, and waits until it listens.
    pub async fn start(database_url: &str) -> Self {
        Self::with_secret(database_url, &Keyring::generate()).await
    }

    /// A server that logs all that it can.
    pub async fn talkative(database_url: &str) -> Self {
        Self::spawn(database_url, &Keyring::generate(), "trace").await
    }

    /// A server that knows the tokens of an earlier one.
    pub async fn with_secret(database_url: &str, secret: &str) -> Self {
        Self::spawn(database_url, secret, "info").await
    }

    async fn spawn(database_url: &str, secret: &str, level: &str) -> Self {
        let mut command = trellis(&["serve", "--listen", "127.0.0.1:0"]);
        command
            .args(["--database-connections", "4"])
            .env("DATABASE_URL", database_url)
            .env("TRELLIS_SECRET", secret)
            .env("TRELLIS_LOG", level)
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let address = timeout(DEADLINE, address(&mut output)).await.expect("it never listens");
        let log = Arc::default();
        tokio::spawn(gather(output, Arc::clone(&log)));
        Self { app: TestApp::of_process(address, database_url, secret), child, log }
    }

    /// What it has logged since it listens.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Asks it to stop, or ends it as a crash would.
    pub async fn signal(&self, name: &str) {
        let pid = self.child.id().unwrap().to_string();
        let status = Command::new("kill").args([name, &pid]).status().await.unwrap();
        assert!(status.success());
    }

    /// Waits until it has ended.
    pub async fn exit(mut self) -> ExitStatus {
        timeout(DEADLINE, self.child.wait()).await.expect("it never ends").unwrap()
    }
}

/// Where it says that it listens.
async fn address(output: &mut (impl AsyncBufReadExt + Unpin)) -> SocketAddr {
    let mut line = String::new();
    while output.read_line(&mut line).await.unwrap() > 0 {
        let said: Value = serde_json::from_str(&line).unwrap();
        if said["message"] == "listening" {
            return said["address"].as_str().unwrap().parse().unwrap();
        }
        line.clear();
    }
    panic!("the server ended without listening");
}

/// A log that nobody reads would stall the server.
async fn gather(output: impl AsyncBufRead + Unpin, log: Arc<Mutex<String>>) {
    let mut lines = output.lines();
    while let Ok(Some(line)) = lines.next_line().await {
        let mut log = log.lock().unwrap();
        log.push_str(&line);
        log.push('\n');
    }
}
