//! The keyring: every key of the server, derived from the secrets in `TRELLIS_SECRET`.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{
    STANDARD, STANDARD_PAD_INDIFFERENT, URL_SAFE_PAD_INDIFFERENT,
};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

/// Of 32 bytes, fewer different ones than this are typed by hand (random ones have so few once in 10^30).
const LEAST_DIFFERENT_BYTES: usize = 8;

/// Why `TRELLIS_SECRET` is refused. Parts count from 1; the text never contains the secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Nothing between two commas, or nothing at all.
    #[error("TRELLIS_SECRET: part {0} is empty; wanted: 32 random bytes in base64")]
    Empty(usize),
    /// Neither standard nor URL-safe base64 (RFC 4648).
    #[error("TRELLIS_SECRET: part {0} is not base64; wanted: 32 random bytes in base64")]
    NotBase64(usize),
    /// Decodes to another length (second field, in bytes).
    #[error("TRELLIS_SECRET: part {0} has {1} bytes; wanted: 32 random bytes in base64")]
    Length(usize, usize),
    /// Hardly any different bytes.
    #[error("TRELLIS_SECRET: part {0} is not random; wanted: 32 random bytes in base64")]
    NotRandom(usize),
    /// The same secret as an earlier part, or one with the same key id.
    #[error("TRELLIS_SECRET: part {0} repeats an earlier part")]
    Repeated(usize),
}

/// Names a key without telling anything about it: written as 8 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyId(pub [u8; 4]);

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

/// The keys derived from one secret with HKDF-SHA256 (RFC 5869), one per purpose.
pub struct Key {
    /// First 4 bytes of the SHA-256 of an output that serves nothing else.
    pub id: KeyId,
    /// Signs access tokens; already keyed, which halves the work per token.
    pub(super) signing: Hmac<Sha256>,
    /// For AES-256-GCM.
    pub(super) encryption: [u8; 32],
    lookup: Hmac<Sha256>,
}

impl Key {
    fn derive(secret: &[u8; 32]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(Some(b"trellis"), secret);
        let expand = |label: &str| {
            let mut key = [0; 32];
            hkdf.expand(label.as_bytes(), &mut key).expect("HKDF-SHA256 gives up to 8160 bytes");
            key
        };
        let mac =
            |label| Hmac::new_from_slice(&expand(label)).expect("HMAC takes keys of any length");
        let [a, b, c, d, ..]: [u8; 32] = Sha256::digest(expand("trellis/v1/key-id")).into();
        Self {
            id: KeyId([a, b, c, d]),
            signing: mac("trellis/v1/access-token"),
            encryption: expand("trellis/v1/encryption"),
            lookup: mac("trellis/v1/lookup"),
        }
    }

    /// A keyed fingerprint (HMAC-SHA256, RFC 2104) of `value`, to find again what must not be stored in the clear.
    /// `label` says what kind of value it is: equal values of two kinds have different fingerprints.
    #[must_use]
    pub fn lookup(&self, label: &str, value: &[u8]) -> [u8; 32] {
        // The length keeps ("ab", "c") and ("a", "bc") apart.
        let length = (label.len() as u64).to_be_bytes();
        let mac = self.lookup.clone().chain_update(length).chain_update(label).chain_update(value);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

/// All keys, newest first: the newest signs and encrypts, every one verifies and decrypts.
///
/// To rotate: put a new secret in front, restart, run `trellis rotate-keys`, then drop the old secret.
#[derive(Debug)]
pub struct Keyring(Vec<Key>);

impl Keyring {
    /// Reads one or several comma-separated secrets, newest first: 32 bytes each, in standard or URL-safe base64 with
    /// or without padding; white space around them is ignored.
    ///
    /// # Errors
    /// [`KeyError`] names the first part that is wrong, and how.
    pub fn parse(text: &str) -> Result<Self, KeyError> {
        let mut keys: Vec<Key> = Vec::new();
        for (part, text) in (1..).zip(text.split(',')) {
            let key = Key::derive(&decode(part, text.trim())?);
            if keys.iter().any(|earlier| earlier.id == key.id) {
                return Err(KeyError::Repeated(part));
            }
            keys.push(key);
        }
        Ok(Self(keys))
    }

    /// A new secret for [`Self::parse`]: 256 random bits in base64.
    #[must_use]
    pub fn generate() -> String {
        STANDARD.encode(super::random::<32>())
    }

    /// The key that signs and encrypts.
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "parse gives at least one key")]
    pub fn newest(&self) -> &Key {
        self.0.first().expect("parse gives at least one key")
    }

    /// Every key, newest first.
    pub fn iter(&self) -> impl Iterator<Item = &Key> {
        self.0.iter()
    }
}

fn decode(part: usize, text: &str) -> Result<[u8; 32], KeyError> {
    if text.is_empty() {
        return Err(KeyError::Empty(part));
    }
    let bytes = STANDARD_PAD_INDIFFERENT
        .decode(text)
        .or_else(|_| URL_SAFE_PAD_INDIFFERENT.decode(text))
        .map_err(|_| KeyError::NotBase64(part))?;
    let secret: [u8; 32] =
        bytes.try_into().map_err(|bytes: Vec<u8>| KeyError::Length(part, bytes.len()))?;
    let different = (0..=u8::MAX).filter(|byte| secret.contains(byte)).count();
    if different < LEAST_DIFFERENT_BYTES { Err(KeyError::NotRandom(part)) } else { Ok(secret) }
}

#[cfg(test)]
mod tests;
