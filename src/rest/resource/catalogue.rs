//! Catalogues: nobody's own, read by everybody who is signed in, written by a role.

use std::marker::PhantomData;

use aide::OperationInput;
use axum::{extract::FromRequestParts, http::request::Parts};

use super::{Creatable, Readable};
use crate::{
    App,
    identity::{Caller, Roles},
    rest::problem::{self, Kind, Problem, Result},
};

/// A caller who may write rows of this kind; everybody else gets 403, before anything is read or looked up.
#[derive(Debug)]
pub struct Writer<R> {
    /// The caller.
    pub caller: Caller,
    of: PhantomData<R>,
}

impl<R: Readable> FromRequestParts<App> for Writer<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self { caller: permitted(R::WRITERS, parts, app).await?, of: PhantomData })
    }
}

impl<R> OperationInput for Writer<R> {}

/// A caller who may create rows of this kind; everybody else gets 403, before anything is read or looked up.
#[derive(Debug)]
pub struct Maker<R> {
    /// The caller.
    pub caller: Caller,
    of: PhantomData<R>,
}

impl<R: Creatable> FromRequestParts<App> for Maker<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = permitted(R::WRITERS, parts, app).await?;
        if let Some(makers) = R::MAKERS {
            caller.require(makers)?;
        }
        Ok(Self { caller, of: PhantomData })
    }
}

impl<R> OperationInput for Maker<R> {}

/// The caller, if they have one of these roles, or none is asked for.
pub async fn permitted(by: Option<Roles>, parts: &mut Parts, app: &App) -> Result<Caller> {
    let caller = Caller::from_request_parts(parts, app).await?;
    if let Some(roles) = by {
        caller.require(roles)?;
    }
    Ok(caller)
}

/// How [`permitted`] fails, beside 401.
pub const fn refusals(by: Option<Roles>) -> &'static [&'static Kind] {
    match by {
        Some(_) => &[&problem::FORBIDDEN],
        None => &[],
    }
}

/// [`crud!`](crate::crud) for a catalogue: it names its `writers`, a domain and the roles of it, one of which is needed.
///
/// Reads take no owner; `insert.sql`, `update.sql` and `delete.sql` take the acting user where an owner would be. A catalogue
/// whose rows are not found by their id alone says where (`at`), and how it is listed and created by itself; if not all who
/// have the role may write a row wherever they find it, `shared` tells where.
#[macro_export]
macro_rules! catalogue {
    (
        $row:ty, $input_type:ty, $name:literal, writers: $writers:expr,
        $(list: $list:literal,)?
        get: $get:literal, insert: $insert:literal,
        update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::catalogue! {
            $row, $input_type, $name, writers: $writers,
            at: |place: $crate::rest::extract::Id| [place.id],
            get: $get, update: $update, delete: $delete,
            columns: |$input| [$($column),*],
            example: $example,
        }

        $(impl $crate::rest::resource::Listed for $row {
            type Params = $crate::rest::page::PageParams;

            async fn list(
                conn: &mut ::sqlx::PgConnection,
                _reader: ::uuid::Uuid,
                position: &$crate::rest::page::Position<::uuid::Uuid>,
                _params: &$crate::rest::page::PageParams,
            ) -> ::sqlx::Result<Vec<Self>> {
                ::sqlx::query_file_as!(Self, $list, position.after, position.rows)
                    .fetch_all(conn)
                    .await
            }
        })?

        $crate::creatable! {
            $row, $input_type, $insert, |$input| [$($column),*], example: $example
        }
    };
    (
        $row:ty, $input_type:ty, $name:literal, writers: $writers:expr,
        $(shared: |$shared:ident, $caller:ident| $may:expr,)?
        at: |$place:ident: $place_type:ty| [$($id:expr),+],
        get: $get:literal, update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::entity!($row);

        impl $crate::rest::resource::Readable for $row {
            type Place = $place_type;
            const NAME: &'static str = $name;
            const WRITERS: Option<$crate::identity::Roles> = Some($writers);
            $(
                const SHARED: bool = true;

                fn may_write(&self, $caller: &$crate::identity::Caller) -> bool {
                    let $shared = self;
                    $may
                }
            )?

            async fn get(
                conn: &mut ::sqlx::PgConnection,
                _reader: ::uuid::Uuid,
                $place: $place_type,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $get, $($id),+).fetch_optional(conn).await
            }
        }

        $crate::deletable!($row, at: |$place: $place_type| [$($id),+], $delete);
        $crate::writable! {
            $row, $input_type,
            at: |$place: $place_type| [$($id),+], $update,
            |$input| [$($column),*],
            example: $example,
        }
    };
}
