use std::{
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::Child,
    time::timeout,
};

use super::trellis;

/// A data directory that goes with the test.
struct Directory(PathBuf);

impl Directory {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("trellis-dev-{name}-{}", std::process::id())))
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Starts `trellis dev` and reads what it says until the last line of its welcome.
async fn start(directory: &Path, port: u16) -> (Child, Vec<String>) {
    let listen = format!("127.0.0.1:{port}");
    let mut child =
        trellis(&["dev", "--data-dir", directory.to_str().unwrap(), "--listen", &listen])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut said = Vec::new();
    let welcome = async {
        while let Some(line) = lines.next_line().await.unwrap() {
            said.push(line);
            if said.last().is_some_and(|line| line.contains("Ctrl-C")) {
                return;
            }
        }
    };
    timeout(Duration::from_mins(1), welcome).await.unwrap();
    (child, said)
}

fn signal(child: &Child, name: &str) {
    let pid = child.id().unwrap().to_string();
    assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
}

/// Programs that still work in this directory.
fn left_over(directory: &Path) -> String {
    let found = Command::new("pgrep").args(["-fa", directory.to_str().unwrap()]).output().unwrap();
    String::from_utf8(found.stdout).unwrap()
}

#[tokio::test]
async fn dev_needs_one_command_says_at_most_twelve_lines_and_stops_cleanly() {
    let directory = Directory::new("fresh");
    let port = free_port();
    let (mut child, said) = start(&directory.0, port).await;
    assert!(said.len() <= 12, "{said:#?}");
    assert!(
        said.iter().any(|line| line.contains(&format!("http://127.0.0.1:{port}/docs"))),
        "{said:#?}"
    );

    // The curl line works when pasted.
    let curl = said.iter().find(|line| line.trim_start().starts_with("curl ")).unwrap();
    let output = tokio::process::Command::new("sh").args(["-c", curl]).output().await.unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(answer["accessToken"].is_string(), "{answer}");

    signal(&child, "-INT");
    let status = timeout(Duration::from_secs(20), child.wait()).await.unwrap().unwrap();
    assert!(status.success(), "{status}");
    assert_eq!(left_over(&directory.0), "");
}

#[tokio::test]
async fn killed_dev_leaves_nothing_that_hinders_the_next_start() {
    let directory = Directory::new("killed");
    let port = free_port();
    let (mut child, first) = start(&directory.0, port).await;
    signal(&child, "-KILL");
    child.wait().await.unwrap();
    let (mut child, second) = start(&directory.0, port).await;
    let without_database = |said: Vec<String>| -> Vec<String> {
        said.into_iter().filter(|line| !line.contains("postgres://")).collect()
    };
    assert_eq!(without_database(first), without_database(second));
    signal(&child, "-TERM");
    assert!(child.wait().await.unwrap().success());
}

#[tokio::test]
async fn port_that_is_taken_is_one_clear_line() {
    let directory = Directory::new("taken");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = taken.local_addr().unwrap().to_string();
    let arguments = ["dev", "--data-dir", directory.0.to_str().unwrap(), "--listen", &listen];
    let (status, stdout, stderr) = super::run(&arguments).await;
    assert_eq!((status, stdout.as_str(), stderr.lines().count()), (2, "", 1), "{stderr}");
    assert!(stderr.contains(&format!("cannot listen on {listen}")), "{stderr}");
}
