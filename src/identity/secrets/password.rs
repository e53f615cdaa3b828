//! Passwords and security answers: argon2id (RFC 9106) in a bounded pool of blocking threads.
//!
//! One hash takes 19 MiB and some 20 ms of one core. As many run at once as there are cores; the rest wait, a bounded
//! number for a bounded time. So a rush of logins costs patience, never memory, nor the other requests.

mod pool;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, Version};
use thiserror::Error;

use self::pool::Pool;

/// The cost of a hash: 19456 KiB, 2 passes, 1 lane (OWASP's first choice for argon2id). Raising a number is enough:
/// [`Passwords::verify`] then reports older hashes as outdated.
const COST: (u32, u32, u32) = (19456, 2, 1);
/// The most KiB and passes that a stored hash may ask for, so that no row (imported, say) can exhaust the server.
const MOST: (u32, u32) = (131_072, 16);
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
    argon2: Argon2<'static>,
    /// Stands in for the hash of an unknown account; nobody knows its password, nor does it have one.
    dummy: PasswordHash,
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
    /// Never: the built-in cost is valid.
    #[must_use]
    pub fn with_limits(running: usize, waiting: usize, patience: Duration) -> Self {
        let params = Params::new(COST.0, COST.1, COST.2, None).expect("the built-in cost is valid");
        let dummy = PasswordHash {
            algorithm: ARGON2ID_IDENT,
            version: Some(Version::V0x13.into()),
            params: ParamsString::try_from(&params).expect("the built-in cost is valid"),
            salt: Some(Salt::new(&super::random::<16>()).expect("16 bytes are a salt")),
            hash: Some(Output::new(&super::random::<32>()).expect("32 bytes are a hash")),
        };
        Self {
            argon2: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            dummy,
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
        let hash = self.run(self.argon2.params(), move |argon2| {
            argon2.hash_password_with_salt(password.as_bytes(), &super::random::<16>())
        });
        Ok(hash.await?.expect("argon2id takes any password of this length").to_string())
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
        let (hash, params) = match stored {
            Some(stored) => read(stored)?,
            None => (self.dummy.clone(), self.argon2.params().clone()),
        };
        let outdated = hash.algorithm != ARGON2ID_IDENT
            || params.m_cost() < COST.0
            || params.t_cost() < COST.1;
        let password = password.to_owned();
        let right = self
            .run(&params, move |argon2| argon2.verify_password(password.as_bytes(), &hash).is_ok())
            .await?;
        Ok(match (right && stored.is_some(), outdated) {
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

    async fn run<T, F>(&self, params: &Params, job: F) -> Result<T, PasswordError>
    where
        T: Send + 'static,
        F: FnOnce(&Argon2<'static>) -> T + Send + 'static,
    {
        let argon2 = self.argon2.clone();
        let result = self.pool.run(move || job(&argon2)).await?;
        self.work
            .fetch_add(u64::from(params.m_cost()) * u64::from(params.t_cost()), Ordering::Relaxed);
        Ok(result)
    }
}

/// A stored hash and its cost, if it is one within bounds.
fn read(stored: &str) -> Result<(PasswordHash, Params), PasswordError> {
    let hash = PasswordHash::new(stored).map_err(|_| PasswordError::Unusable)?;
    let params = Params::try_from(&hash).map_err(|_| PasswordError::Unusable)?;
    let usable =
        hash.algorithm.as_str().starts_with("argon2") && hash.salt.is_some() && hash.hash.is_some();
    if usable && params.m_cost() <= MOST.0 && params.t_cost() <= MOST.1 {
        Ok((hash, params))
    } else {
        Err(PasswordError::Unusable)
    }
}

#[cfg(test)]
mod tests;
