//! Moments, as `timestamptz` keeps them and JSON shows them.

use std::ops::Deref;

use chrono::{DateTime, Datelike, Timelike, Utc};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

/// A moment in microseconds.
///
/// In JSON it is RFC 3339 in UTC, with as many digits of the second as there are. chrono writes the same, but piece by
/// piece, which is a tenth of the time that a list of rows takes.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(transparent)]
#[schemars(transparent)]
#[sqlx(transparent)]
pub struct Timestamp(DateTime<Utc>);

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment)
    }
}

impl Deref for Timestamp {
    type Target = DateTime<Utc>;

    fn deref(&self) -> &DateTime<Utc> {
        &self.0
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = *b"0000-00-00T00:00:00.000000Z";
        let micros = self.nanosecond() / 1000;
        let (Ok(year @ 0..=9999), 0..1_000_000) = (u32::try_from(self.year()), micros) else {
            return self.0.serialize(serializer); // a year that nobody means, or a leap second
        };
        for (place, width, value) in [
            (0, 4, year),
            (5, 2, self.month()),
            (8, 2, self.day()),
            (11, 2, self.hour()),
            (14, 2, self.minute()),
            (17, 2, self.second()),
            (20, 6, micros),
        ] {
            digits(&mut text[place..place + width], value);
        }
        let end = match (micros, micros % 1000) {
            (0, _) => 19,
            (_, 0) => 23,
            _ => 26,
        };
        text[end] = b'Z';
        match std::str::from_utf8(&text[..=end]) {
            Ok(text) => serializer.serialize_str(text),
            Err(error) => Err(serde::ser::Error::custom(error)),
        }
    }
}

/// Writes the number with leading zeros.
fn digits(place: &mut [u8], mut value: u32) {
    for digit in place.iter_mut().rev() {
        *digit = b'0' + u8::try_from(value % 10).unwrap_or_default();
        value /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_as_chrono_writes_it() {
        for text in [
            "2026-11-21T04:05:06Z",
            "2026-11-21T04:05:06.120Z",
            "2026-11-21T04:05:06.123456Z",
            "1970-01-01T00:00:00.000001Z",
            "0001-12-31T23:59:59.999999Z",
            "9999-12-31T23:59:59Z",
            "2016-12-31T23:59:60.500Z",
            "+10000-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
        ] {
            let moment: DateTime<Utc> = text.parse().unwrap();
            let (ours, theirs) = (serde_json::json!(Timestamp(moment)), serde_json::json!(moment));
            assert_eq!((&ours, ours.as_str()), (&theirs, Some(text)));
        }
    }
}
