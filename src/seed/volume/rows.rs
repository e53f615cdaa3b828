//! Rows in PostgreSQL's binary COPY format: half the work of text, for the server and for us.

use uuid::Uuid;

use super::random::Micros;

const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// No flags, no header extension.
const HEADER: [u8; 8] = [0; 8];
/// PostgreSQL counts from 2000.
const EPOCH: Micros = 946_684_800_000_000;
const TEXT_OID: i32 = 25;

/// The rows of one table for one batch; the buffer is used again for the next.
#[derive(Debug, Default)]
pub struct Rows {
    bytes: Vec<u8>,
}

impl Rows {
    /// Begins anew.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.bytes.extend_from_slice(SIGNATURE);
        self.bytes.extend_from_slice(&HEADER);
    }

    /// Ends the table: what COPY takes.
    pub fn finish(&mut self) {
        self.bytes.extend_from_slice(&(-1_i16).to_be_bytes());
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Begins a row; PostgreSQL refuses it unless so many values follow.
    pub fn row(&mut self, columns: i16) -> &mut Self {
        self.bytes.extend_from_slice(&columns.to_be_bytes());
        self
    }

    pub fn null(&mut self) -> &mut Self {
        self.bytes.extend_from_slice(&(-1_i32).to_be_bytes());
        self
    }

    /// Also domains over text, and enums.
    pub fn text(&mut self, value: &str) -> &mut Self {
        self.value(value.as_bytes())
    }

    pub fn uuid(&mut self, value: Uuid) -> &mut Self {
        self.value(value.as_bytes())
    }

    pub fn integer(&mut self, value: i32) -> &mut Self {
        self.value(&value.to_be_bytes())
    }

    pub fn time(&mut self, value: Micros) -> &mut Self {
        self.value(&(value.cast_signed() - EPOCH.cast_signed()).to_be_bytes())
    }

    pub fn json(&mut self, value: &str) -> &mut Self {
        self.length(value.len() + 1);
        self.bytes.push(1); // jsonb's format version
        self.bytes.extend_from_slice(value.as_bytes());
        self
    }

    /// A one-dimensional array of text.
    pub fn texts(&mut self, values: &[&str]) -> &mut Self {
        self.length(20 + values.iter().map(|value| 4 + value.len()).sum::<usize>());
        for word in [1, 0, TEXT_OID] {
            self.bytes.extend_from_slice(&i32::to_be_bytes(word));
        }
        self.length(values.len());
        self.bytes.extend_from_slice(&1_i32.to_be_bytes());
        for value in values {
            self.text(value);
        }
        self
    }

    /// A value, or null.
    pub fn some<T>(&mut self, value: Option<T>, write: fn(&mut Self, T) -> &mut Self) -> &mut Self {
        match value {
            Some(value) => write(self, value),
            None => self.null(),
        }
    }

    fn value(&mut self, value: &[u8]) -> &mut Self {
        self.length(value.len());
        self.bytes.extend_from_slice(value);
        self
    }

    fn length(&mut self, length: usize) {
        // Nothing here comes near 2 GiB; PostgreSQL would refuse it.
        let length = i32::try_from(length).unwrap_or(i32::MAX);
        self.bytes.extend_from_slice(&length.to_be_bytes());
    }
}
