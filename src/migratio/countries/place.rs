//! How a country is named in a path or a query.

use schemars::JsonSchema;
use serde::Deserialize;
use uuid::Uuid;

/// `{id}` in the path of a country.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
pub struct CountryPlace {
    /// The country's id, or its code of two letters, whatever the case.
    #[schemars(with = "String")]
    pub id: CountryKey,
}

/// A country by its id, or by its code of two letters, whatever the case.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub enum CountryKey {
    /// Its id.
    Id(Uuid),
    /// Its code of ISO 3166-1 alpha-2, in capitals.
    Alpha2([u8; 2]),
}

impl CountryKey {
    /// Its id, if that is what is known.
    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Id(id) => Some(id),
            Self::Alpha2(_) => None,
        }
    }

    /// Its code, if that is what is known.
    pub fn alpha2(self) -> Option<String> {
        match self {
            Self::Id(_) => None,
            Self::Alpha2(letters) => Some(letters.map(char::from).iter().collect()),
        }
    }
}

impl TryFrom<String> for CountryKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if let Ok(letters) = <[u8; 2]>::try_from(text.as_bytes())
            && letters.iter().all(u8::is_ascii_alphabetic)
        {
            return Ok(Self::Alpha2(letters.map(|letter| letter.to_ascii_uppercase())));
        }
        Uuid::try_parse(&text).map(Self::Id).map_err(|_| "must be an id, or a code of two letters")
    }
}
