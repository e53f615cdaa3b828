//! Passwords and security answers: argon2id (RFC 9106) in a bounded pool of blocking threads.
//!
//! One hash takes 19 MiB and 20 to 30 ms of one core. As many run at once as there are cores, one of them in memory
//! that is kept for the next; the rest wait, a bounded number for a bounded time. So a rush of logins costs patience, never
//! memory, nor the other requests.

mod pool;
mod stored;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use thiserror::Error;

use self::pool::Pool;
use self::stored::{Memory, Stored};

/// Nothing longer, in bytes, is hashed or kept waiting: 128 characters have at most 512, answers may be longer.
const MAX_BYTES: usize = 2048;
/// How many may wait.
const MAX_WAITING: usize = 256;
/// How long one may wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why no hash could be made or compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// Too many are waiting, or it took too long: 503, try again.
    #[error("too many passwords are being verified at once")]
    Busy,
    /// More than 2048 bytes to hash.
    #[error("the password is too long to be hashed")]
    TooLong,
    /// What is stored is no argon2 hash within bounds: 500, an operator must look.
    #[error("the stored password hash is unusable")]
    Unusable,
    /// The blocking task was lost, as happens at shutdown.
    #[error("the password could not be hashed")]
    Lost,
}

/// What comparing a password with a stored hash says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Another password, or no such account.
    Wrong,
    /// The password.
    Right,
    /// The password, but hashed more cheaply than today: hash it again and store that.
    RightButOutdated,
}

/// Hashes and verifies passwords, a bounded number at once. Build it once and share it.
pub struct Passwords {
    dummy: Stored,
    pool: Pool,
    work: AtomicU64,
}

impl Default for Passwords {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Self::with_limits(cores, MAX_WAITING, PATIENCE)
    }
}

impl Passwords {
    /// At most `running` hashes at once (19 MiB each), at most `waiting` more that wait, none longer than `patience`.
    /// [`Self::default`] has as many running as there are cores, 256 waiting, 10 seconds.
    ///
    /// # Panics
    /// If the operating system has no randomness.
    #[must_use]
    pub fn with_limits(running: usize, waiting: usize, patience: Duration) -> Self {
        Self {
            dummy: Stored::dummy(),
            pool: Pool::new(running, waiting, patience),
            work: AtomicU64::new(0),
        }
    }

    /// The hash of a password or a normalized answer in PHC format (`$argon2id$v=19$m=…`), with a salt of its own.
    ///
    /// # Errors
    /// [`PasswordError::Busy`], [`PasswordError::TooLong`] or [`PasswordError::Lost`].
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        if password.len() > MAX_BYTES {
            return Err(PasswordError::TooLong);
        }
        let password = password.to_owned();
        let hash =
            self.run(self.dummy.work(), move |memory| Stored::compute(&password, memory)).await?;
        Ok(hash.to_phc())
    }

    /// Compares `password` with the `stored` hash; `None` (no such account, or none with a password) takes the same
    /// work and is [`Verdict::Wrong`].
    ///
    /// # Errors
    /// [`PasswordError::Busy`], [`PasswordError::Unusable`] or [`PasswordError::Lost`].
    pub async fn verify(
        &self,
        password: &str,
        stored: Option<&str>,
    ) -> Result<Verdict, PasswordError> {
        // Nobody's password is that long, so its text is not kept in the queue.
        let (password, stored) =
            if password.len() > MAX_BYTES { ("", None) } else { (password, stored) };
        let expected = stored.map_or_else(|| Ok(self.dummy.clone()), Stored::read)?;
        let (work, outdated) = (expected.work(), expected.outdated());
        let password = password.to_owned();
        let right = self.run(work, move |memory| expected.matches(&password, memory)).await?
            && stored.is_some();
        Ok(match (right, outdated) {
            (false, _) => Verdict::Wrong,
            (true, false) => Verdict::Right,
            (true, true) => Verdict::RightButOutdated,
        })
    }

    /// All the work done so far, in KiB × passes: a metric, and how the tests see that no path takes a shortcut.
    #[must_use]
    pub fn work_done(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: u64,
        job: impl FnOnce(&mut Memory) -> T + Send + 'static,
    ) -> Result<T, PasswordError> {
        let result = self.pool.run(job).await?;
        self.work.fetch_add(work, Ordering::Relaxed);
        Ok(result)
    }
}

#[cfg(test)]
mod tests;
