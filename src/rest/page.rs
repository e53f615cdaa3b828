//! Keyset pages: a list goes on from where its last item stood, not from a count.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use super::{
    problem::{self, Problem, Result},
    validation::refuse_nul,
};

/// Items on a page when the client does not say.
const DEFAULT_LIMIT: u8 = 20;

/// Query parameters that say, among others, which part of a list is wanted.
pub trait Paged {
    /// How many items at most.
    fn limit(&self) -> Option<u8>;
    /// `nextCursor` of the page before.
    fn cursor(&self) -> Option<&str>;
}

/// Query parameters of a list that can be narrowed: the given ones, and those of [`PageParams`].
#[macro_export]
macro_rules! filters {
    ($(#[$about:meta])* $name:ident { $($fields:tt)* }) => {
        #[derive(Debug, ::serde::Deserialize, ::validator::Validate, ::schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        $(#[$about])*
        pub struct $name {
            $($fields)*
            /// How many items at most, 1 to 100; 20 when absent.
            #[validate(range(min = 1, max = 100))]
            pub limit: Option<u8>,
            /// `nextCursor` of the page before.
            #[validate(length(max = 4000))]
            pub cursor: Option<String>,
        }

        impl $crate::rest::page::Paged for $name {
            fn limit(&self) -> Option<u8> {
                self.limit
            }

            fn cursor(&self) -> Option<&str> {
                self.cursor.as_deref()
            }
        }
    };
}

filters! {
    /// Which part of a list is wanted.
    PageParams {}
}

/// One page of a list.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Asks for the page after this one; null on the last.
    pub next_cursor: Option<String>,
}

/// A position in a list: where the page before ended.
#[derive(Debug)]
pub struct Position<C> {
    /// Key of the last item seen; none on the first page.
    pub after: Option<C>,
    /// Rows to read: one more than the page holds, to know whether there is a next one.
    pub rows: i64,
}

impl<C: Serialize + DeserializeOwned> Position<C> {
    /// Reads the position out of the query parameters.
    pub fn of(params: &impl Paged) -> Result<Self> {
        let after = params.cursor().map(decode).transpose()?;
        Ok(Self { after, rows: i64::from(params.limit().unwrap_or(DEFAULT_LIMIT)) + 1 })
    }

    /// Makes the page out of the rows that were read.
    pub fn page<T>(&self, mut items: Vec<T>, key: impl Fn(&T) -> C) -> Page<T> {
        let size = usize::try_from(self.rows - 1).unwrap_or_default();
        let more = items.len() > size;
        items.truncate(size);
        let next_cursor = items.last().filter(|_| more).map(|last| encode(&key(last)));
        Page { items, next_cursor }
    }
}

fn encode(key: &impl Serialize) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(serde_json::to_vec(key).unwrap_or_default())
}

fn decode<C: DeserializeOwned>(cursor: &str) -> Result<C> {
    BASE64_URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .filter(|json| refuse_nul(json).is_ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(|| {
            Problem::new(&problem::MALFORMED)
                .detail("this cursor belongs to no page of this list")
                .field("cursor", "cursor", "pass nextCursor of the page before, unchanged")
        })
}
