//! The number of a document, encrypted for its row.

use serde::{Serialize, Serializer};
use sqlx::{
    Decode, Postgres, Type,
    error::BoxDynError,
    postgres::{PgTypeInfo, PgValueRef},
};
use uuid::Uuid;

use crate::{
    identity::secrets::cipher::Cipher,
    rest::problem::{Problem, Result},
};

const COLUMN: &str = "migratio.documents.document_number";

/// A number as it is stored, and in plain text once it was opened: in JSON it is null until then.
pub struct DocumentNumber {
    sealed: Vec<u8>,
    plain: Option<String>,
}

impl DocumentNumber {
    /// A number that is to be stored in this row.
    pub fn sealed(number: &str, row: Uuid, cipher: &Cipher) -> Vec<u8> {
        cipher.encrypt(number.as_bytes(), row, COLUMN)
    }

    /// What is stored of a number that takes the place of this one: the same bytes if it is the same number, which has
    /// been verified perhaps.
    pub fn replaced(known: Option<&Self>, number: &str, row: Uuid, cipher: &Cipher) -> Vec<u8> {
        match known {
            Some(known) if known.plain.as_deref() == Some(number) => known.sealed.clone(),
            _ => Self::sealed(number, row, cipher),
        }
    }

    /// Makes it plain.
    pub fn open(&mut self, row: Uuid, cipher: &Cipher) -> Result<()> {
        let plain = cipher.decrypt(&self.sealed, row, COLUMN);
        let plain = plain.map_err(|error| Problem::internal(&error))?;
        self.plain =
            Some(String::from_utf8(plain).map_err(|error| Problem::internal(&error.utf8_error()))?);
        Ok(())
    }
}

impl Serialize for DocumentNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.plain.serialize(serializer)
    }
}

impl Type<Postgres> for DocumentNumber {
    fn type_info() -> PgTypeInfo {
        <Vec<u8> as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for DocumentNumber {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self { sealed: Decode::<'r, Postgres>::decode(value)?, plain: None })
    }
}
