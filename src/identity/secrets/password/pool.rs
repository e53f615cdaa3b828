//! The bounded pool: a fixed number of blocking jobs at once, each with memory to work in, a bounded queue, a bounded
//! wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::PasswordError;
use super::stored::Memory;

/// Runs jobs on tokio's blocking threads, never more than it has permits.
pub(super) struct Pool {
    running: Arc<Semaphore>,
    waiting: Semaphore,
    patience: Duration,
    /// Kept for the next job; where several run at once, the others make their own.
    spare: Arc<Mutex<Option<Memory>>>,
}

impl Pool {
    pub(super) fn new(running: usize, waiting: usize, patience: Duration) -> Self {
        let running = Arc::new(Semaphore::new(running));
        Self { running, waiting: Semaphore::new(waiting), patience, spare: Arc::default() }
    }

    /// The result of `job`, or [`PasswordError::Busy`] if its turn did not come, or [`PasswordError::Lost`].
    pub(super) async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let permit = self.admit().await?;
        let spare = Arc::clone(&self.spare);
        let task = spawn_blocking(move || {
            // Kept until the work is done, even when the request it was for is gone.
            let _permit = permit;
            let mut memory = lock(&spare).take().unwrap_or_default();
            let result = job(&mut memory);
            drop(lock(&spare).replace(memory));
            result
        });
        task.await.map_err(|_| PasswordError::Lost)
    }

    async fn admit(&self) -> Result<OwnedSemaphorePermit, PasswordError> {
        if let Ok(permit) = Arc::clone(&self.running).try_acquire_owned() {
            return Ok(permit);
        }
        let _place = self.waiting.try_acquire().map_err(|_| PasswordError::Busy)?;
        let permit = timeout(self.patience, Arc::clone(&self.running).acquire_owned());
        permit.await.map_err(|_| PasswordError::Busy)?.map_err(|_| PasswordError::Lost)
    }
}

/// It is there or it is not at any time, so a panic elsewhere does not matter.
fn lock(spare: &Mutex<Option<Memory>>) -> MutexGuard<'_, Option<Memory>> {
    spare.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::sleep;

    use super::*;

    const TICK: Duration = Duration::from_millis(5);

    #[tokio::test(flavor = "multi_thread")]
    async fn fifty_jobs_run_at_most_two_at_once() {
        let pool = Arc::new(Pool::new(2, 50, Duration::from_secs(10)));
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let jobs = (0..50).map(|_| {
            let (pool, now, most) = (Arc::clone(&pool), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                pool.run(move |_| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    sleep(TICK);
                    now.fetch_sub(1, Ordering::SeqCst);
                })
                .await
            })
        });
        for job in jobs.collect::<Vec<_>>() {
            job.await.unwrap().unwrap();
        }
        assert_eq!((now.load(Ordering::SeqCst), most.load(Ordering::SeqCst)), (0, 2));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_queue_and_a_long_wait_are_busy() {
        let pool = Arc::new(Pool::new(1, 1, 2 * TICK));
        let (started, start) = tokio::sync::oneshot::channel();
        let long = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move { pool.run(|_| (started.send(()), sleep(100 * TICK)).1).await }
        });
        start.await.unwrap();
        let (waits, refused) = tokio::join!(pool.run(|_| ()), pool.run(|_| ()));
        assert_eq!((waits, refused), (Err(PasswordError::Busy), Err(PasswordError::Busy)));
        assert_eq!(long.await.unwrap(), Ok(()));
        assert_eq!(pool.run(|_| 1).await, Ok(1));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_request_that_goes_away_keeps_its_permit_until_the_work_is_done() {
        let pool = Pool::new(1, 1, TICK);
        let gone = timeout(TICK, pool.run(|_| sleep(100 * TICK))).await;
        assert!(gone.is_err());
        assert_eq!(pool.run(|_| ()).await, Err(PasswordError::Busy));
    }

    #[tokio::test]
    async fn a_panic_is_lost_and_frees_its_permit() {
        let pool = Pool::new(1, 0, TICK);
        assert_eq!(pool.run(|_| panic!("on purpose")).await, Err::<(), _>(PasswordError::Lost));
        assert_eq!(pool.run(|_| 1).await, Ok(1));
    }
}
