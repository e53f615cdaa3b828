//! What of a profile is kept encrypted.

use thiserror::Error;
use uuid::Uuid;

use super::AdditionalAttributes;
use crate::{
    encrypted,
    identity::secrets::cipher::Cipher,
    registry::EncryptedColumn,
    rest::problem::{Problem, Result},
};

const ADDITIONAL_ATTRIBUTES: &str = "migratio.profiles.additional_attributes";

/// What was decrypted is not what was encrypted. Whatever it is, it is not said.
#[derive(Debug, Error)]
#[error("the value is not of the form that was encrypted")]
struct Unknown;

/// Encrypts the attributes for this row.
pub fn seal(attributes: &AdditionalAttributes, row: Uuid, cipher: &Cipher) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(attributes).map_err(|_| Problem::internal(&Unknown))?;
    Ok(cipher.encrypt(&plain, row, ADDITIONAL_ATTRIBUTES))
}

/// Decrypts the attributes of this row.
pub fn open(value: &[u8], row: Uuid, cipher: &Cipher) -> Result<AdditionalAttributes> {
    let plain = cipher
        .decrypt(value, row, ADDITIONAL_ATTRIBUTES)
        .map_err(|error| Problem::internal(&error))?;
    serde_json::from_slice(&plain).map_err(|_| Problem::internal(&Unknown))
}

/// What profiles keep encrypted.
pub const ENCRYPTED: &[EncryptedColumn] = encrypted! {
    "migratio.profiles", ["additional_attributes"],
    read: "sql/migratio/profiles/sealed.sql", write: "sql/migratio/profiles/reseal.sql",
};
