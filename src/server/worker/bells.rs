//! Waking those who wait for work.

use std::collections::BTreeMap;

use tokio::sync::Notify;

use crate::registry::DOMAINS;

/// A bell for each queue: who adds to it in this server need not wait until somebody looks.
#[derive(Debug)]
pub struct Bells(BTreeMap<&'static str, Notify>);

impl Default for Bells {
    fn default() -> Self {
        let workers = DOMAINS.iter().flat_map(|domain| domain.workers);
        Self(workers.map(|worker| (worker.name, Notify::new())).collect())
    }
}

impl Bells {
    /// Wakes who works off this queue, or spares them the next wait if they are at work.
    pub fn ring(&self, queue: &str) {
        if let Some(bell) = self.0.get(queue) {
            bell.notify_one();
        }
    }

    /// Waits for the bell of this queue.
    pub(super) async fn heard(&self, queue: &str) {
        match self.0.get(queue) {
            Some(bell) => bell.notified().await,
            None => std::future::pending().await,
        }
    }
}
