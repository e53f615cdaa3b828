//! The JSON of an export: one key per table of the registry, in its order.

use std::fmt::Write;

use axum::body::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};

use crate::registry::{DOMAINS, ExportedRow};

/// A row came of a table that was finished already, or that the registry does not list.
#[derive(Debug, thiserror::Error)]
#[error("a row of {0}.{1} is out of the registry's order")]
pub struct Disorder(String, String);

/// The part of the document that was not sent yet, and how far it has come.
pub struct Document {
    text: String,
    tables: Tables,
    open: Option<(&'static str, &'static str)>,
    empty: bool,
}

type Tables = Box<dyn Iterator<Item = (&'static str, &'static str)> + Send>;

impl Document {
    /// The beginning.
    pub fn begin(now: DateTime<Utc>) -> Self {
        let now = now.to_rfc3339_opts(SecondsFormat::Micros, true);
        let tables = DOMAINS
            .iter()
            .flat_map(|domain| domain.tables.iter().map(|table| (domain.name, *table)));
        Self {
            text: format!("{{\"exportedAt\":\"{now}\""),
            tables: Box::new(tables),
            open: None,
            empty: true,
        }
    }

    /// One row more. Tables that are passed over are empty.
    pub fn row(&mut self, domain: &'static str, row: &ExportedRow) -> Result<(), Disorder> {
        while self.open.is_none_or(|open| open != (domain, row.table.as_str())) {
            if !self.next_table() {
                return Err(Disorder(domain.to_owned(), row.table.clone()));
            }
        }
        if !std::mem::take(&mut self.empty) {
            self.text.push(',');
        }
        self.text.push_str(&row.row);
        Ok(())
    }

    /// Closes the open table and opens the next; false after the last.
    fn next_table(&mut self) -> bool {
        if self.open.is_some() {
            self.text.push(']');
        }
        self.open = self.tables.next();
        self.empty = true;
        if let Some((domain, table)) = self.open {
            // Names of schemas and tables need no escaping; writing to a string cannot fail.
            let _ = write!(self.text, ",\"{domain}.{table}\":[");
        }
        self.open.is_some()
    }

    /// Bytes that wait to be sent.
    pub const fn len(&self) -> usize {
        self.text.len()
    }

    /// What waits to be sent.
    pub fn take(&mut self) -> Bytes {
        std::mem::take(&mut self.text).into()
    }

    /// The rest, the end included.
    pub fn end(mut self) -> Bytes {
        while self.next_table() {}
        self.text.push('}');
        self.text.into()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn row(table: &str, id: u32) -> ExportedRow {
        ExportedRow { table: table.into(), row: json!({"id": id}).to_string() }
    }

    fn parse(text: &[u8]) -> Value {
        serde_json::from_slice(text).unwrap_or_default()
    }

    #[test]
    fn every_table_has_its_key_even_when_empty() {
        let mut document = Document::begin(DateTime::UNIX_EPOCH);
        document.row("identity", &row("sessions", 1)).unwrap();
        document.row("identity", &row("sessions", 2)).unwrap();
        document.row("coach", &row("jobs", 3)).unwrap();
        let whole = parse(&document.end());
        assert_eq!(whole["exportedAt"], "1970-01-01T00:00:00.000000Z");
        assert_eq!(whole["identity.sessions"], json!([{"id": 1}, {"id": 2}]));
        assert_eq!(whole["coach.jobs"], json!([{"id": 3}]));
        assert_eq!(whole["identity.users"], json!([]));
        let tables: usize = DOMAINS.iter().map(|domain| domain.tables.len()).sum();
        assert_eq!(whole.as_object().map(serde_json::Map::len), Some(tables + 1));
    }

    #[test]
    fn a_row_out_of_order_or_of_no_listed_table_is_refused() {
        let mut document = Document::begin(DateTime::UNIX_EPOCH);
        document.row("identity", &row("sessions", 1)).unwrap();
        assert!(document.row("identity", &row("users", 2)).is_err());
        assert!(Document::begin(DateTime::UNIX_EPOCH).row("identity", &row("cats", 1)).is_err());
    }

    #[test]
    fn pieces_join_to_the_whole() {
        let mut document = Document::begin(DateTime::UNIX_EPOCH);
        document.row("identity", &row("users", 1)).unwrap();
        let mut text = document.take().to_vec();
        assert_eq!(document.len(), 0);
        document.row("identity", &row("users", 2)).unwrap();
        text.extend(document.end());
        assert_eq!(parse(&text)["identity.users"], json!([{"id": 1}, {"id": 2}]));
    }
}
