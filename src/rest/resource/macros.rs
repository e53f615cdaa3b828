//! The macros by which a resource brings what the traits ask for: one for each trait, and [`crud!`] for all at once.

/// Two inputs: of a new row, which says some things once and for all, and of one that is there, which says the others.
#[macro_export]
macro_rules! inputs {
    (
        $(#[$of_new:meta])* $new:ident { $($once:tt)* }
        $(#[$of_change:meta])* $change:ident { $($fields:tt)* }
    ) => {
        #[derive(Debug, ::serde::Deserialize, ::validator::Validate, ::schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        $(#[$of_new])*
        pub struct $new {
            $($once)*
            $($fields)*
        }

        #[derive(Debug, ::serde::Deserialize, ::validator::Validate, ::schemars::JsonSchema)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        $(#[$of_change])*
        pub struct $change {
            $($fields)*
        }
    };
}

/// Implements [`Readable`](crate::rest::resource::Readable): `get.sql` takes the owner and the ids of the place.
///
/// Where a row is read by more than may write it, `shared` tells who may; what comes encrypted is `opened`.
#[macro_export]
macro_rules! readable {
    (
        $row:ty, $name:literal, $(shared: |$shared:ident, $caller:ident| $may:expr,)?
        $(opened: $opened:path,)?
        at: |$place:ident: $place_type:ty| [$($id:expr),+], get: $get:literal $(,)?
    ) => {
        impl $crate::rest::resource::Readable for $row {
            type Place = $place_type;
            const NAME: &'static str = $name;
            $(
                const SHARED: bool = true;

                fn may_write(&self, $caller: &$crate::identity::Caller) -> bool {
                    let $shared = self;
                    $may
                }
            )?
            $(
                fn opened(
                    self,
                    cipher: &$crate::identity::secrets::cipher::Cipher,
                ) -> $crate::rest::problem::Result<Self> {
                    $opened(self, cipher)
                }
            )?

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

/// Implements [`Listed`](crate::rest::resource::Listed): `list.sql` takes the owner, the cursor, the number of rows and
/// the filters, if there are any.
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

/// Implements [`Creatable`](crate::rest::resource::Creatable): `insert.sql` takes the owner and the columns in this
/// order.
#[macro_export]
macro_rules! creatable {
    (
        $row:ty, $new:ty, $(by: $by:expr,)? $insert:literal,
        |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        impl $crate::rest::resource::Creatable for $row {
            type New = $new;
            $(const MAKERS: Option<$crate::identity::Roles> = Some($by);)?

            fn example() -> ::serde_json::Value {
                ::serde_json::json!($example)
            }

            async fn insert(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $input: &$new,
            ) -> ::sqlx::Result<Self> {
                ::sqlx::query_file_as!(Self, $insert, owner, $($column),*).fetch_one(conn).await
            }
        }
    };
}

/// Implements [`Deletable`](crate::rest::resource::Deletable): `delete.sql` takes the owner, the ids of the place and
/// the accepted versions.
#[macro_export]
macro_rules! deletable {
    ($row:ty, at: |$place:ident: $place_type:ty| [$($id:expr),+], $delete:literal $(,)?) => {
        impl $crate::rest::resource::Deletable for $row {
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

/// Implements [`Resource`](crate::rest::resource::Resource): `update.sql` takes the owner, the ids of the place, the
/// accepted versions and the columns in this order.
#[macro_export]
macro_rules! writable {
    (
        $row:ty, $input_type:ty,
        at: |$place:ident: $place_type:ty| [$($id:expr),+], $update:literal,
        |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        impl $crate::rest::resource::Resource for $row {
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
        }
    };
}

/// Implements all of a resource whose rows are created and changed with the same input, by naming the query files and
/// the columns that a client writes. One that has a list of its own names none; one that stands below another resource
/// says where (`at`), and how it is created by itself.
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
        $crate::creatable! {
            $row, $input_type, $insert, |$input| [$($column),*], example: $example
        }
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
        $crate::deletable!($row, at: |$place: $place_type| [$($id),+], $delete);
        $crate::writable! {
            $row, $input_type,
            at: |$place: $place_type| [$($id),+], $update,
            |$input| [$($column),*],
            example: $example,
        }
    };
}
