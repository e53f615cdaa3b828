//! A resource of which everybody has at most one: read it, replace it, patch it, at one fixed path.
//!
//! Every write replaces the version that it read, and starts again when somebody else was faster.
//! The first write makes the row.

use std::marker::PhantomData;

use aide::{
    OperationInput,
    axum::{
        ApiRouter,
        routing::{get_with, patch_with, put_with},
    },
};
use axum::{
    extract::{FromRequestParts, OriginalUri, State},
    http::{StatusCode, Uri, request::Parts},
    response::Response,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{
    etag::{IfMatch, IfNoneMatch},
    extract::{MergePatch, Valid},
    openapi::{Describe, Op},
    problem::{self, Problem, Result},
    reply::{Entity, Reply},
    resource::{PATCH_ATTEMPTS, WRITE, answer, merge, permitted, refusals},
};
use crate::{
    App,
    identity::{Caller, Roles, secrets::cipher::Cipher},
};

/// A resource of which a user has one, or none yet.
pub trait Singleton: Entity + JsonSchema + Send + Sync + Sized + 'static {
    /// What a client may write.
    type Input: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;
    /// As in 'there is no such profile'.
    const NAME: &'static str;
    /// Who alone may write theirs; none: everybody.
    const WRITERS: Option<Roles> = None;

    /// An input as the reference shows it: good enough to be sent.
    fn example() -> Value;

    /// The user's one; the cipher opens what of it is kept encrypted.
    fn get(
        conn: &mut PgConnection,
        cipher: &Cipher,
        owner: Uuid,
    ) -> impl Future<Output = Result<Option<Self>>> + Send;

    /// What was written over the version that was seen, or for the first time when none was; none
    /// if it is another version by now.
    fn put(
        conn: &mut PgConnection,
        cipher: &Cipher,
        owner: Uuid,
        seen: Option<&Self>,
        input: &Self::Input,
    ) -> impl Future<Output = Result<Option<Self>>> + Send;
}

/// Implements [`Singleton`] by naming its two query files and the columns that a client writes.
///
/// `get.sql` takes the owner; `put.sql` the owner, the version seen and the columns in this order. Where a role is needed to
/// write it, `writers` names its domain and those who may.
#[macro_export]
macro_rules! singleton {
    (
        $row:ty, $input_type:ty, $name:literal, $(writers: $writers:expr,)?
        get: $get:literal, put: $put:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::entity!($row);

        impl $crate::rest::singleton::Singleton for $row {
            type Input = $input_type;
            const NAME: &'static str = $name;
            $(const WRITERS: Option<$crate::identity::Roles> = Some($writers);)?

            fn example() -> ::serde_json::Value {
                ::serde_json::json!($example)
            }

            async fn get(
                conn: &mut ::sqlx::PgConnection,
                _cipher: &$crate::identity::secrets::cipher::Cipher,
                owner: ::uuid::Uuid,
            ) -> $crate::rest::problem::Result<Option<Self>> {
                Ok(::sqlx::query_file_as!(Self, $get, owner).fetch_optional(conn).await?)
            }

            async fn put(
                conn: &mut ::sqlx::PgConnection,
                _cipher: &$crate::identity::secrets::cipher::Cipher,
                owner: ::uuid::Uuid,
                seen: Option<&Self>,
                $input: &$input_type,
            ) -> $crate::rest::problem::Result<Option<Self>> {
                let seen = seen.map($crate::rest::reply::Entity::version);
                Ok(::sqlx::query_file_as!(Self, $put, owner, seen, $($column),*)
                    .fetch_optional(conn)
                    .await?)
            }
        }
    };
}

/// `GET`, `PUT` and `PATCH` at `path`; `id` is the prefix of the operation ids.
pub fn routes<S: Singleton>(path: &str, id: &str) -> ApiRouter<App> {
    let methods = get_with(get::<S>, |op| {
        describe::<S>(op, id, "get", "Reads your").row::<S>().fails(&[&problem::NOT_FOUND])
    })
    .merge(put_with(replace::<S>, |op| {
        writes::<S>(describe::<S>(op, id, "replace", "Makes or replaces your"))
    }))
    .merge(patch_with(patch::<S>, |op| {
        let op = describe::<S>(op, id, "update", "Makes or patches your");
        writes::<S>(op.patches::<S::Input>())
    }));
    ApiRouter::new().api_route(path, methods)
}

fn describe<'t, S: Singleton>(op: Op<'t>, id: &str, verb: &str, does: &str) -> Op<'t> {
    op.about(&format!("{id}_{verb}"), &format!("{does} {}", S::NAME)).secured()
}

fn writes<S: Singleton>(op: Op<'_>) -> Op<'_> {
    op.row::<S>()
        .created::<S>()
        .fails(WRITE)
        .fails(&[&problem::PRECONDITION_FAILED])
        .fails(refusals(S::WRITERS))
        .example(S::example())
}

/// A caller who may write theirs; everybody else gets 403, before anything is read or looked up.
struct Owner<S> {
    caller: Caller,
    of: PhantomData<S>,
}

impl<S: Singleton> FromRequestParts<App> for Owner<S> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self { caller: permitted(S::WRITERS, parts, app).await?, of: PhantomData })
    }
}

impl<S> OperationInput for Owner<S> {}

async fn get<S: Singleton>(
    State(app): State<App>,
    caller: Caller,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row = S::get(&mut conn, &app.cipher, caller.id).await?;
    let row = row.ok_or_else(|| Problem::not_found(S::NAME))?;
    answer(&row, &known)
}

async fn replace<S: Singleton>(
    State(app): State<App>,
    Owner { caller, .. }: Owner<S>,
    OriginalUri(uri): OriginalUri,
    wanted: IfMatch,
    Valid(input): Valid<S::Input>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    for _ in 0..PATCH_ATTEMPTS {
        let seen = seen::<S>(&mut conn, &app.cipher, caller.id, &wanted).await?;
        let row = S::put(&mut conn, &app.cipher, caller.id, seen.as_ref(), &input).await?;
        if let Some(row) = row {
            return written(&uri, seen.as_ref(), &row);
        }
    }
    Err(Problem::unavailable())
}

async fn patch<S: Singleton>(
    State(app): State<App>,
    Owner { caller, .. }: Owner<S>,
    OriginalUri(uri): OriginalUri,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    for _ in 0..PATCH_ATTEMPTS {
        let seen = seen::<S>(&mut conn, &app.cipher, caller.id, &wanted).await?;
        let input = merge::<S::Input>(&seen, &patch)?;
        let row = S::put(&mut conn, &app.cipher, caller.id, seen.as_ref(), &input).await?;
        if let Some(row) = row {
            return written(&uri, seen.as_ref(), &row);
        }
    }
    Err(Problem::unavailable())
}

/// What is there before a write, if the client accepts it; 412 otherwise.
async fn seen<S: Singleton>(
    conn: &mut PgConnection,
    cipher: &Cipher,
    owner: Uuid,
    wanted: &IfMatch,
) -> Result<Option<S>> {
    let row = S::get(conn, cipher, owner).await?;
    let accepted = match &row {
        Some(row) => wanted.accepts(row.version()),
        None => wanted.accepts_absence(),
    };
    if accepted { Ok(row) } else { Err(Problem::new(&problem::PRECONDITION_FAILED)) }
}

/// 200, or 201 for the first version.
fn written<S: Entity>(uri: &Uri, seen: Option<&S>, row: &S) -> Result<Reply> {
    let reply = Reply::row(row)?;
    Ok(match seen {
        Some(_) => reply,
        None => {
            Reply { status: StatusCode::CREATED, location: Some(uri.path().to_owned()), ..reply }
        }
    })
}
