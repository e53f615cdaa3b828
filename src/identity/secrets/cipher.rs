//! Encryption of columns at rest: AES-256-GCM (NIST SP 800-38D) under the keyring.
//!
//! A stored value is `version (1 byte) | key id (4) | nonce (12) | ciphertext | tag (16)`. Version, key id, the row's
//! id and the column's name are associated data: a value copied into another row or column does not decrypt.

use aes_gcm::aead::{Aead as _, KeyInit as _, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use thiserror::Error;
use uuid::Uuid;

use super::keys::{KeyId, Keyring};

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;

/// Why a stored value could not be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CipherError {
    /// Too short, or of an unknown version.
    #[error("the value is not an encrypted value of a known version")]
    Malformed,
    /// `TRELLIS_SECRET` no longer has the key it was encrypted with.
    #[error("the value is encrypted with key {0}, which TRELLIS_SECRET does not have")]
    UnknownKey(KeyId),
    /// Changed since, or encrypted for another row or column.
    #[error("the value was changed, or belongs to another row or column")]
    Forged,
}

/// Encrypts with the newest key, decrypts with every key. Cheap to share; build it once (it expands the keys).
pub struct Cipher(Vec<(KeyId, Aes256Gcm)>);

impl Cipher {
    /// A cipher with every key of the ring.
    #[must_use]
    pub fn new(keyring: &Keyring) -> Self {
        Self(keyring.iter().map(|key| (key.id, Aes256Gcm::new(&key.encryption.into()))).collect())
    }

    /// Encrypts `plain` for one column (`"identity.accounts.access_token"`) of the row with the id `row`; the result
    /// is 33 bytes longer. Nonces are random: rotate the secret before 2^32 values are written under one key.
    ///
    /// # Panics
    /// If `plain` is longer than AES-GCM's 64 GiB, or if the operating system has no randomness.
    #[must_use]
    pub fn encrypt(&self, plain: &[u8], row: Uuid, column: &str) -> Vec<u8> {
        let (id, aes) = self.0.first().expect("a keyring has at least one key");
        let nonce = super::random::<NONCE_BYTES>();
        let aad = associated(*id, row, column);
        let sealed = aes
            .encrypt(&Nonce::from(nonce), Payload { msg: plain, aad: &aad })
            .expect("a column is shorter than 64 GiB");
        [&[VERSION], id.0.as_slice(), &nonce, &sealed].concat()
    }

    /// The plain bytes of a value that [`Self::encrypt`] made for the same row and column.
    ///
    /// # Errors
    /// See [`CipherError`]; none of its texts says anything about the content.
    pub fn decrypt(&self, stored: &[u8], row: Uuid, column: &str) -> Result<Vec<u8>, CipherError> {
        let (id, rest) = header(stored).ok_or(CipherError::Malformed)?;
        let (nonce, sealed) =
            rest.split_first_chunk::<NONCE_BYTES>().ok_or(CipherError::Malformed)?;
        let (_, aes) =
            self.0.iter().find(|(key, _)| *key == id).ok_or(CipherError::UnknownKey(id))?;
        let aad = associated(id, row, column);
        aes.decrypt(&Nonce::from(*nonce), Payload { msg: sealed, aad: &aad })
            .map_err(|_| CipherError::Forged)
    }

    /// Whether `stored` is to be encrypted again: it is not under the newest key, or no encrypted value at all (so that
    /// `trellis rotate-keys` comes across it and reports it).
    #[must_use]
    pub fn needs_rotation(&self, stored: &[u8]) -> bool {
        let newest = self.0.first().map(|(id, _)| *id);
        header(stored).map(|(id, _)| id) != newest
    }
}

/// Key id and what follows it, if the version is known.
fn header(stored: &[u8]) -> Option<(KeyId, &[u8])> {
    let (version, rest) = stored.split_first()?;
    let (id, rest) = rest.split_first_chunk()?;
    (*version == VERSION).then_some((KeyId(*id), rest))
}

/// All but the last part have a fixed length, so no two inputs give the same bytes.
fn associated(id: KeyId, row: Uuid, column: &str) -> Vec<u8> {
    [&[VERSION], id.0.as_slice(), row.as_bytes(), column.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMN: &str = "identity.accounts.access_token";

    fn cipher(secrets: &[&str]) -> Cipher {
        Cipher::new(&Keyring::parse(&secrets.join(",")).unwrap())
    }

    #[test]
    fn what_goes_in_comes_out_for_this_row_and_column_only() {
        let cipher = cipher(&[&Keyring::generate()]);
        let row = Uuid::now_v7();
        for plain in [b"".as_slice(), b"ya29.token", &[0; 5000]] {
            let stored = cipher.encrypt(plain, row, COLUMN);
            assert_eq!(stored.len(), plain.len() + 33);
            assert_ne!(stored, cipher.encrypt(plain, row, COLUMN), "nonces repeat");
            assert_eq!(cipher.decrypt(&stored, row, COLUMN).unwrap(), plain);
            assert_eq!(cipher.decrypt(&stored, Uuid::now_v7(), COLUMN), Err(CipherError::Forged));
            assert_eq!(
                cipher.decrypt(&stored, row, "identity.accounts.id_token"),
                Err(CipherError::Forged)
            );
        }
    }

    #[test]
    fn any_changed_or_missing_byte_is_noticed() {
        let cipher = cipher(&[&Keyring::generate()]);
        let row = Uuid::now_v7();
        let stored = cipher.encrypt(b"secret", row, COLUMN);
        for at in 0..stored.len() {
            let mut changed = stored.clone();
            changed[at] ^= 1;
            assert!(cipher.decrypt(&changed, row, COLUMN).is_err(), "byte {at} changed");
            assert!(cipher.decrypt(&stored[..at], row, COLUMN).is_err(), "cut after {at}");
        }
    }

    #[test]
    fn rotation() {
        let (old, new) = (Keyring::generate(), Keyring::generate());
        let (before, during, after) = (cipher(&[&old]), cipher(&[&new, &old]), cipher(&[&new]));
        let row = Uuid::now_v7();
        let stored = before.encrypt(b"secret", row, COLUMN);
        assert!(!before.needs_rotation(&stored) && during.needs_rotation(&stored));
        let again = during.encrypt(&during.decrypt(&stored, row, COLUMN).unwrap(), row, COLUMN);
        assert!(!during.needs_rotation(&again));
        assert_eq!(after.decrypt(&again, row, COLUMN).unwrap(), b"secret");
        assert!(matches!(after.decrypt(&stored, row, COLUMN), Err(CipherError::UnknownKey(_))));
        assert!(during.needs_rotation(b"") && during.needs_rotation(b"plain text by mistake"));
    }
}
