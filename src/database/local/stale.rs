//! A server that an earlier run left behind.

use std::{fs, io, path::Path, time::Duration};

use tokio::time::{Instant, sleep};

use super::{error::LocalError, process::ask};

/// Its supervisor may already be stopping it.
const PATIENCE: Duration = Duration::from_secs(3);
const LIMIT: Duration = Duration::from_secs(40);
const POLL: Duration = Duration::from_millis(50);

/// Ends a server that still runs on `data`; only the holder of the lock may call this.
pub(super) async fn end_server(data: &Path) -> Result<(), LocalError> {
    let Some(pid) = recorded_pid(data) else {
        return Ok(());
    };
    if serves(pid, data).await? {
        return end(pid, data).await;
    }
    if signal("0", pid).await? {
        // PostgreSQL would take the stranger with this pid for its predecessor and give up.
        remove_pid_file(data)?;
    }
    Ok(())
}

async fn end(pid: u32, data: &Path) -> Result<(), LocalError> {
    if gone_within(PATIENCE, pid, data).await? {
        return Ok(());
    }
    tracing::warn!(pid, "stopping a PostgreSQL server left from an earlier run");
    signal("INT", pid).await?;
    if gone_within(LIMIT, pid, data).await? {
        return Ok(());
    }
    Err(LocalError::Stuck { pid })
}

async fn gone_within(limit: Duration, pid: u32, data: &Path) -> Result<bool, LocalError> {
    let deadline = Instant::now() + limit;
    while serves(pid, data).await? {
        if Instant::now() >= deadline {
            return Ok(false);
        }
        sleep(POLL).await;
    }
    Ok(true)
}

fn recorded_pid(data: &Path) -> Option<u32> {
    let text = fs::read_to_string(data.join("postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

fn remove_pid_file(data: &Path) -> Result<(), LocalError> {
    let path = data.join("postmaster.pid");
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(LocalError::file("remove", path)(error))
        }
        _ => Ok(()),
    }
}

/// Whether process `pid` is a Postgres server on `data`, and not one that got a reused pid.
async fn serves(pid: u32, data: &Path) -> Result<bool, LocalError> {
    if let Ok(command) = fs::read(format!("/proc/{pid}/cmdline")) {
        // A server works inside its data directory.
        let inside = fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == data);
        let program = command.split(|byte| *byte == 0).next().unwrap_or_default();
        return Ok(inside && program.ends_with(b"postgres"));
    }
    if cfg!(target_os = "linux") {
        return Ok(false);
    }
    let line = ask(r#"ps -o command= -p "$1""#, [pid.to_string()], None).await?;
    let data = data.to_string_lossy();
    Ok(line.is_ok_and(|line| line.contains("postgres") && line.contains(data.as_ref())))
}

/// Sends a signal; tells whether there was a process to send it to.
async fn signal(name: &str, pid: u32) -> Result<bool, LocalError> {
    let script = r#"kill -s "$1" "$2""#;
    Ok(ask(script, [name, &pid.to_string()], None).await?.is_ok())
}
