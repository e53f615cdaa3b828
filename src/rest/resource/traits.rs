//! What a resource must bring for the uniform handlers, and the macros by which it does.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use crate::{
    database::Timestamp,
    rest::{
        page::{Paged, Position},
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

/// A resource that its owner, or the writers of a catalogue, replace, patch and delete.
pub trait Resource: Readable {
    /// The domain and the role of those who alone may write; none: all write what is theirs.
    const WRITER: Option<(&'static str, &'static str)> = None;

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

    /// The id of the deleted row, if it was there in one of these versions.
    fn delete(
        conn: &mut PgConnection,
        owner: Uuid,
        place: Self::Place,
        versions: Versions<'_>,
    ) -> impl Future<Output = sqlx::Result<Option<Uuid>>> + Send;
}

/// A resource that stands below nothing but its owner, who adds to it.
pub trait Creatable: Resource {
    /// A new row.
    fn insert(
        conn: &mut PgConnection,
        owner: Uuid,
        input: &Self::Input,
    ) -> impl Future<Output = sqlx::Result<Self>> + Send;
}

/// Implements [`Readable`]: `get.sql` takes the owner and the ids of the place.
#[macro_export]
macro_rules! readable {
    (
        $row:ty, $name:literal,
        at: |$place:ident: $place_type:ty| [$($id:expr),+], get: $get:literal $(,)?
    ) => {
        impl $crate::rest::resource::Readable for $row {
            type Place = $place_type;
            const NAME: &'static str = $name;

            async fn get(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $place: $place_type,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $get, owner, $($id),+).fetch_optional(conn).await
            }
        }
    };
}

/// Implements [`Listed`]: `list.sql` takes the owner, the cursor, the number of rows and the filters, if there are any.
#[macro_export]
macro_rules! listed {
    ($row:ty, $list:literal) => {
        $crate::listed!($row, $list, |_params: $crate::rest::page::PageParams| []);
    };
    ($row:ty, $list:literal, |$params:ident: $params_type:ty| [$($filter:expr),* $(,)?]) => {
        impl $crate::rest::resource::Listed for $row {
            type Params = $params_type;

            async fn list(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                position: &$crate::rest::page::Position<::uuid::Uuid>,
                $params: &$params_type,
            ) -> ::sqlx::Result<Vec<Self>> {
                ::sqlx::query_file_as!(Self, $list, owner, position.after, position.rows $(, $filter)*)
                    .fetch_all(conn)
                    .await
            }
        }
    };
}

/// Implements [`Resource`] and [`Creatable`] by naming the query files and the columns that a client writes, and
/// [`Listed`] unless the resource has a list of its own and names none. What stands below another resource says where
/// (`at`), and how it is created by itself.
///
/// `insert.sql` takes the owner and the columns in this order; `update.sql` the owner, the id, the
/// accepted versions and the columns; `delete.sql` the owner, the id and the accepted versions.
#[macro_export]
macro_rules! crud {
    (
        $row:ty, $input_type:ty, $name:literal,
        list: $list:literal,
        $(filters: |$params:ident: $params_type:ty| [$($filter:expr),+ $(,)?],)?
        get: $($rest:tt)*
    ) => {
        $crate::crud!($row, $input_type, $name, get: $($rest)*);
        $crate::listed!($row, $list $(, |$params: $params_type| [$($filter),+])?);
    };
    (
        $row:ty, $input_type:ty, $name:literal,
        get: $get:literal, insert: $insert:literal,
        update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::crud! {
            $row, $input_type, $name,
            at: |place: $crate::rest::extract::Id| [place.id],
            get: $get, update: $update, delete: $delete,
            columns: |$input| [$($column),*],
            example: $example,
        }
        $crate::creatable!($row, $input_type, $insert, |$input| [$($column),*]);
    };
    (
        $row:ty, $input_type:ty, $name:literal,
        at: |$place:ident: $place_type:ty| [$($id:expr),+],
        get: $get:literal, update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::entity!($row);
        $crate::readable!($row, $name, at: |$place: $place_type| [$($id),+], get: $get);

        $crate::writable! {
            $row, $input_type, writer: None,
            at: |$place: $place_type| [$($id),+],
            update: $update, delete: $delete,
            columns: |$input| [$($column),*],
            example: $example,
        }
    };
}

/// Implements [`Resource`], for [`crud!`] and [`catalogue!`](crate::catalogue).
#[macro_export]
macro_rules! writable {
    (
        $row:ty, $input_type:ty, writer: $writer:expr,
        at: |$place:ident: $place_type:ty| [$($id:expr),+],
        update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        impl $crate::rest::resource::Resource for $row {
            const WRITER: Option<(&'static str, &'static str)> = $writer;
            type Input = $input_type;

            fn example() -> ::serde_json::Value {
                ::serde_json::json!($example)
            }

            async fn update(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $place: $place_type,
                versions: $crate::rest::resource::Versions<'_>,
                $input: &$input_type,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $update, owner, $($id),+, versions as _, $($column),*)
                    .fetch_optional(conn)
                    .await
            }

            async fn delete(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $place: $place_type,
                versions: $crate::rest::resource::Versions<'_>,
            ) -> ::sqlx::Result<Option<::uuid::Uuid>> {
                ::sqlx::query_file_scalar!($delete, owner, $($id),+, versions as _)
                    .fetch_optional(conn)
                    .await
            }
        }
    };
}

/// Implements [`Creatable`], for [`crud!`] and [`catalogue!`](crate::catalogue).
#[macro_export]
macro_rules! creatable {
    ($row:ty, $input_type:ty, $insert:literal, |$input:ident| [$($column:expr),* $(,)?]) => {
        impl $crate::rest::resource::Creatable for $row {
            async fn insert(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $input: &$input_type,
            ) -> ::sqlx::Result<Self> {
                ::sqlx::query_file_as!(Self, $insert, owner, $($column),*).fetch_one(conn).await
            }
        }
    };
}
