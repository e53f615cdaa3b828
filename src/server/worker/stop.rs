//! Whether the server is about to stop.

use std::time::Duration;

use tokio::{sync::watch, time::sleep};

/// Says when the server stops: when its sender says true, or is gone.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

impl From<watch::Receiver<bool>> for Stop {
    fn from(receiver: watch::Receiver<bool>) -> Self {
        Self(receiver)
    }
}

impl Stop {
    /// Whether it is time.
    pub fn is_done(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits until it is time.
    pub async fn done(&self) {
        drop(self.0.clone().wait_for(|stopped| *stopped).await);
    }

    /// Waits until it has been time for so long.
    pub(super) async fn done_for(&self, time: Duration) {
        self.done().await;
        sleep(time).await;
    }
}
