//! What a resource must bring for the uniform handlers.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use crate::{
    database::Timestamp,
    identity::{Caller, Roles, secrets::cipher::Cipher},
    rest::{
        page::{Paged, Position},
        problem::Result,
        reply::Entity,
    },
};

/// The versions that a change accepts; none accepts every version.
pub type Versions<'a> = Option<&'a [Timestamp]>;

/// What belongs to one user each, and is read by them; or a catalogue, which all read.
///
/// Every query of what is owned names the owner first; a row that is not theirs is no row.
pub trait Readable: Entity + JsonSchema + Send + Sync + Sized + 'static {
    /// The ids in the path of one row.
    type Place: DeserializeOwned + JsonSchema + Copy + Send + Sync + 'static;
    /// Singular, as in 'there is no such job'.
    const NAME: &'static str;
    /// Who alone may create, change and delete; none: all write what is theirs.
    const WRITERS: Option<Roles> = None;
    /// Whether others than who may write a row read it, too.
    const SHARED: bool = false;

    /// Whether this caller, who reads the row, may write it. The queries decide; this words their refusal.
    fn may_write(&self, _caller: &Caller) -> bool {
        true
    }

    /// The row as its reader sees it, where some of it comes encrypted.
    fn opened(self, _cipher: &Cipher) -> Result<Self> {
        Ok(self)
    }

    /// One row.
    fn get(
        conn: &mut PgConnection,
        owner: Uuid,
        place: Self::Place,
    ) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;
}

/// What has the uniform list: newest first, perhaps narrowed.
pub trait Listed: Readable {
    /// The page that is wanted, and what narrows the list.
    type Params: DeserializeOwned + Validate + JsonSchema + Paged + Send + Sync + 'static;

    /// Rows after the position, newest first.
    fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        position: &Position<Uuid>,
        params: &Self::Params,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;
}

/// What stands below nothing but its owner, who adds to it.
pub trait Creatable: Readable {
    /// Who alone may add; none: everybody adds.
    const MAKERS: Option<Roles> = None;

    /// What a client writes of a new row.
    type New: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;

    /// A new row as the reference shows it: good enough to be sent.
    fn example() -> Value;

    /// A new row.
    fn insert(
        conn: &mut PgConnection,
        owner: Uuid,
        new: &Self::New,
    ) -> impl Future<Output = sqlx::Result<Self>> + Send;
}

/// What its owner, or the writers of a catalogue, delete.
pub trait Deletable: Readable {
    /// The id of the deleted row, if it was there in one of these versions.
    fn delete(
        conn: &mut PgConnection,
        owner: Uuid,
        place: Self::Place,
        versions: Versions<'_>,
    ) -> impl Future<Output = sqlx::Result<Option<Uuid>>> + Send;
}

/// A resource that its owner, or the writers of a catalogue, replace and patch.
pub trait Resource: Readable {
    /// What a client may write: every field that the server does not keep for itself.
    type Input: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;

    /// An input as the reference shows it: good enough to be sent.
    fn example() -> Value;

    /// The row with all its writable fields replaced, if it is there in one of these versions.
    fn update(
        conn: &mut PgConnection,
        owner: Uuid,
        place: Self::Place,
        versions: Versions<'_>,
        input: &Self::Input,
    ) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;
}
