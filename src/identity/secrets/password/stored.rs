//! What is stored of a password, a PHC string, and how it is computed.

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};

use super::PasswordError;
use crate::identity::secrets::random;

/// The cost of a hash: KiB, passes, lanes; OWASP's recommendation for argon2id. Raising a number here is all it takes:
/// older hashes are then [`super::Verdict::RightButOutdated`].
pub(super) const COST: (u32, u32, u32) = (19456, 2, 1);
/// The most KiB and passes that a stored hash may ask for, so that no row (imported, say) can exhaust the server.
const MOST: (u32, u32) = (131_072, 16);

/// The working memory of one computation at a time. glibc would keep 19 MiB for each thread that ever hashed (measured:
/// 430 MB after a few logins); the server's allocator gives them back.
pub(super) type Memory = Vec<Block>;

/// A hash with everything it takes to compute it again.
#[derive(Clone)]
pub(super) struct Stored {
    algorithm: Algorithm,
    version: Version,
    params: Params,
    salt: Salt,
    output: Output,
}

impl Stored {
    /// Stands in for the hash of an unknown account: costs what one of today costs, and is random, so no password has
    /// it.
    pub(super) fn dummy() -> Self {
        Self {
            algorithm: Algorithm::Argon2id,
            version: Version::V0x13,
            params: Params::new(COST.0, COST.1, COST.2, Some(32))
                .expect("the built-in cost is valid"),
            salt: Salt::new(&random::<16>()).expect("16 bytes are a salt"),
            output: Output::new(&random::<32>()).expect("32 bytes are a hash"),
        }
    }

    /// Today's hash of `password`, with a new salt.
    pub(super) fn compute(password: &str, memory: &mut Memory) -> Self {
        let mut stored = Self::dummy();
        stored.output = stored
            .output_for(password, memory)
            .expect("argon2id takes any password of bounded length");
        stored
    }

    /// Reads a PHC string, if it is an argon2 hash within bounds.
    pub(super) fn read(text: &str) -> Result<Self, PasswordError> {
        let stored = PasswordHash::new(text).ok().and_then(|hash| {
            Some(Self {
                algorithm: hash.algorithm.as_str().parse().ok()?,
                version: Version::try_from(hash.version?).ok()?,
                params: Params::try_from(&hash).ok()?,
                salt: hash.salt?,
                output: hash.hash?,
            })
        });
        let bounded =
            |stored: &Self| stored.params.m_cost() <= MOST.0 && stored.params.t_cost() <= MOST.1;
        stored.filter(bounded).ok_or(PasswordError::Unusable)
    }

    /// Whether this is the hash of `password`; compares in constant time.
    pub(super) fn matches(&self, password: &str, memory: &mut Memory) -> bool {
        self.output_for(password, memory) == Some(self.output)
    }

    /// Whether it costs less than today's hashes, or is of another kind.
    pub(super) fn outdated(&self) -> bool {
        (self.algorithm, self.version) != (Algorithm::Argon2id, Version::V0x13)
            || self.params.m_cost() < COST.0
            || self.params.t_cost() < COST.1
    }

    /// What computing it costs, in KiB × passes.
    pub(super) fn work(&self) -> u64 {
        u64::from(self.params.m_cost()) * u64::from(self.params.t_cost())
    }

    /// The PHC string.
    pub(super) fn to_phc(&self) -> String {
        let params = ParamsString::try_from(&self.params).expect("valid parameters can be written");
        let (salt, hash) = (Some(self.salt), Some(self.output));
        let version = Some(self.version.into());
        PasswordHash { algorithm: self.algorithm.ident(), version, params, salt, hash }.to_string()
    }

    fn output_for(&self, password: &str, memory: &mut Memory) -> Option<Output> {
        let argon2 = Argon2::new(self.algorithm, self.version, self.params.clone());
        memory.resize(self.params.block_count(), Block::new());
        let mut out = vec![0; self.output.len()];
        let done = argon2.hash_password_into_with_memory(
            password.as_bytes(),
            &self.salt,
            &mut out,
            memory.as_mut_slice(),
        );
        // An expensive stored hash leaves no larger memory behind.
        memory.truncate(COST.0 as usize);
        memory.shrink_to(COST.0 as usize);
        done.ok().and_then(|()| Output::new(&out).ok())
    }
}
