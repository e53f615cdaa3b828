//! What happens when something breaks: the database, the pool, the server itself, its clients.

mod clients;
mod gate;
mod killed;
mod network;
mod pool;
mod postgres;
mod process;
mod shutdown;
mod wire;
mod writes;

use std::time::{Duration, Instant};

use gate::Gate;
pub use process::Process;
use wire::Wire;

/// How long anything may take that will surely happen.
const DEADLINE: Duration = Duration::from_secs(30);

/// Waits until something is so, and fails when it never is.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) -> Duration {
    let started = Instant::now();
    while !is_so().await {
        assert!(started.elapsed() < DEADLINE, "{what}: never");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    started.elapsed()
}
