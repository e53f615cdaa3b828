//! Clears away what has expired, every ten minutes, in one server at a time.

use std::time::Duration;

use tokio::time::sleep;

use super::metrics;
use crate::{
    App, database,
    identity::secrets::random,
    registry::{Chore, DOMAINS},
    rest::problem::Result,
};

/// Seconds between two rounds, half a jitter more or less.
const PAUSE: u64 = 600;

/// Servers that started together do not go on together. The first round comes within this many seconds.
const JITTER: u64 = 120;

/// Statements of one chore in one round at most; what is left waits for the next.
const STATEMENTS: usize = 1000;

/// One round every ten minutes until `shutdown` is done. What fails is tried again in the next.
pub async fn run(app: App, shutdown: impl Future<Output = ()>) {
    let rounds = async {
        sleep(jitter()).await;
        loop {
            run_once(&app).await;
            sleep(Duration::from_secs(PAUSE - JITTER / 2) + jitter()).await;
        }
    };
    tokio::select! {
        () = rounds => {}
        () = shutdown => {}
    }
}

fn jitter() -> Duration {
    Duration::from_secs(u64::from(u16::from_le_bytes(random())) % JITTER)
}

/// One round; says what was removed. A chore that fails does not keep the others from theirs.
pub async fn run_once(app: &App) -> Vec<(&'static str, i64)> {
    let mut counts = Vec::new();
    for chore in DOMAINS.iter().flat_map(|domain| domain.chores) {
        counts.push((chore.what, told(chore.what, clear(app, chore).await)));
    }
    counts.push(("audit_partitions", told("audit_partitions", tend_audit(app).await)));
    counts
}

fn told(what: &'static str, done: Result<i64>) -> i64 {
    match done {
        Ok(count) => {
            metrics::housekeeping(what, count);
            count
        }
        Err(problem) => {
            tracing::warn!(what, status = problem.status().as_u16(), "housekeeping failed");
            0
        }
    }
}

/// Statement by statement, each with a connection of its own, so that requests get theirs in between.
async fn clear(app: &App, chore: &Chore) -> Result<i64> {
    let mut removed = 0;
    for _ in 0..STATEMENTS {
        let mut conn = app.pool.get().await?;
        let cleared = (chore.clear)(&mut conn).await?;
        removed += cleared.removed;
        if !cleared.ours || cleared.removed == 0 {
            break;
        }
    }
    Ok(removed)
}

async fn tend_audit(app: &App) -> Result<i64> {
    let mut conn = app.pool.get().await?;
    database::ensure_audit_partitions(&mut conn).await?;
    let dropped =
        database::drop_old_audit_partitions(&mut conn, app.settings.audit_months.into()).await?;
    Ok(dropped.into())
}
