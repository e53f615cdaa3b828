//! What is kept encrypted and still somebody's to have: an export gives it out readable.

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    identity::secrets::cipher::{Cipher, CipherError},
    registry::{Domain, ExportedRow},
};

/// Why a value could not be made readable; nothing here says anything about the content.
#[derive(Debug, thiserror::Error)]
pub enum RevealError {
    /// The row is no JSON object with an id.
    #[error("a row with encrypted columns has no id")]
    Row,
    /// The value is not as the database writes bytes.
    #[error("an encrypted value is not written in hexadecimal")]
    Hex,
    /// The value cannot be decrypted.
    #[error(transparent)]
    Cipher(#[from] CipherError),
}

/// Decrypts what a domain's `export.sql` gives out of its encrypted columns; secrets it leaves out.
pub fn reveal(domain: &Domain, row: &mut ExportedRow, cipher: &Cipher) -> Result<(), RevealError> {
    let table = format!("{}.{}.", domain.name, row.table);
    let columns = domain.encrypted.iter().copied().flatten();
    let mut columns = columns
        .filter_map(|column| Some((column.name, column.name.strip_prefix(&table)?)))
        .peekable();
    if columns.peek().is_none() {
        return Ok(());
    }
    let mut fields: Map<String, Value> =
        serde_json::from_str(&row.row).map_err(|_| RevealError::Row)?;
    let id = fields.get("id").and_then(Value::as_str).and_then(|id| Uuid::parse_str(id).ok());
    for (name, column) in columns {
        if let Some(Value::String(text)) = fields.get(column) {
            let sealed = text.strip_prefix("\\x").and_then(bytes).ok_or(RevealError::Hex)?;
            let plain = cipher.decrypt(&sealed, id.ok_or(RevealError::Row)?, name)?;
            fields.insert(column.to_owned(), readable(&plain));
        }
    }
    row.row = Value::Object(fields).to_string();
    Ok(())
}

/// A document as JSON, anything else as text.
fn readable(plain: &[u8]) -> Value {
    match serde_json::from_slice(plain) {
        Ok(document @ Value::Object(_)) => document,
        _ => String::from_utf8_lossy(plain).into(),
    }
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    let pair = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
        _ => None,
    };
    hex.as_bytes().chunks(2).map(pair).collect()
}
