//! The uniform part of the API: list, get, create, replace, patch and delete, written once.
//!
//! A resource brings its types and five checked queries; [`crud!`](crate::crud) ties them together
//! and [`routes`] serves them.

use std::collections::BTreeSet;

use aide::axum::{
    ApiRouter,
    routing::{ApiMethodRouter, delete_with, get_with, patch_with, post_with, put_with},
};
use axum::{
    extract::{OriginalUri, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{
    etag::{IfMatch, IfNoneMatch},
    extract::{Id, MergePatch, Params, Path, Post, Valid},
    idempotency,
    openapi::{Describe, Op},
    page::{Page, PageParams, Position},
    problem::{self, Problem, Result},
    reply::{Entity, Reply},
    validation,
};
use crate::{App, identity::Caller};

/// How often a patch starts again when somebody else changed the row in between.
pub(super) const PATCH_ATTEMPTS: usize = 64;

/// The versions that a change accepts; none accepts every version.
pub type Versions<'a> = Option<&'a [DateTime<Utc>]>;

/// A resource whose rows belong to one user each.
///
/// Every query names the owner first; a row that is not theirs is no row.
pub trait Resource: Entity + JsonSchema + Send + Sync + Sized + 'static {
    /// What a client may write: every field that the server does not keep for itself.
    type Input: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;
    /// Singular, as in 'there is no such job'.
    const NAME: &'static str;

    /// An input as the reference shows it: good enough to be sent.
    fn example() -> Value;

    /// One row.
    fn get(
        conn: &mut PgConnection,
        owner: Uuid,
        id: Uuid,
    ) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;

    /// A new row.
    fn insert(
        conn: &mut PgConnection,
        owner: Uuid,
        input: &Self::Input,
    ) -> impl Future<Output = sqlx::Result<Self>> + Send;

    /// The row with all its writable fields replaced, if it is there in one of these versions.
    fn update(
        conn: &mut PgConnection,
        owner: Uuid,
        id: Uuid,
        versions: Versions<'_>,
        input: &Self::Input,
    ) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;

    /// The id of the deleted row, if it was there in one of these versions.
    fn delete(
        conn: &mut PgConnection,
        owner: Uuid,
        id: Uuid,
        versions: Versions<'_>,
    ) -> impl Future<Output = sqlx::Result<Option<Uuid>>> + Send;
}

/// A resource whose list is the uniform one: without filters, newest first.
pub trait Listed: Resource {
    /// Rows older than `after`, newest first.
    fn list(
        conn: &mut PgConnection,
        owner: Uuid,
        after: Option<Uuid>,
        rows: i64,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;
}

/// Implements [`Resource`] by naming its query files and the columns that a client writes, and
/// [`Listed`] unless the resource has a list of its own and names none.
///
/// `insert.sql` takes the owner and the columns in this order; `update.sql` the owner, the id, the
/// accepted versions and the columns; `list.sql` the owner, the cursor and the number of rows.
#[macro_export]
macro_rules! crud {
    (
        $row:ty, $input_type:ty, $name:literal,
        list: $list:literal, $($rest:tt)*
    ) => {
        $crate::crud!($row, $input_type, $name, $($rest)*);

        impl $crate::rest::resource::Listed for $row {
            async fn list(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                after: Option<::uuid::Uuid>,
                rows: i64,
            ) -> ::sqlx::Result<Vec<Self>> {
                ::sqlx::query_file_as!(Self, $list, owner, after, rows).fetch_all(conn).await
            }
        }
    };
    (
        $row:ty, $input_type:ty, $name:literal,
        get: $get:literal, insert: $insert:literal,
        update: $update:literal, delete: $delete:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        $crate::entity!($row);

        impl $crate::rest::resource::Resource for $row {
            type Input = $input_type;
            const NAME: &'static str = $name;

            fn example() -> ::serde_json::Value {
                ::serde_json::json!($example)
            }

            async fn get(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                id: ::uuid::Uuid,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $get, owner, id).fetch_optional(conn).await
            }

            async fn insert(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                $input: &$input_type,
            ) -> ::sqlx::Result<Self> {
                ::sqlx::query_file_as!(Self, $insert, owner, $($column),*).fetch_one(conn).await
            }

            async fn update(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                id: ::uuid::Uuid,
                versions: $crate::rest::resource::Versions<'_>,
                $input: &$input_type,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $update, owner, id, versions as _, $($column),*)
                    .fetch_optional(conn)
                    .await
            }

            async fn delete(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                id: ::uuid::Uuid,
                versions: $crate::rest::resource::Versions<'_>,
            ) -> ::sqlx::Result<Option<::uuid::Uuid>> {
                ::sqlx::query_file_scalar!($delete, owner, id, versions as _)
                    .fetch_optional(conn)
                    .await
            }
        }
    };
}

/// All routes of a resource at `path`; `id` is the prefix of its operation ids.
pub fn routes<R: Listed>(path: &str, id: &str) -> ApiRouter<App> {
    ApiRouter::new()
        .api_route(path, list_route::<R>(id).merge(create_route::<R>(id)))
        .api_route(&format!("{path}/{{id}}"), one_routes::<R>(id))
}

/// `GET` of the collection.
pub fn list_route<R: Listed>(id: &str) -> ApiMethodRouter<App> {
    get_with(list::<R>, |op| {
        describe::<R>(op, id, "list", "Lists, newest first, every")
            .ok::<Page<R>>()
            .fails(&[&problem::MALFORMED])
    })
}

/// `POST` to the collection.
pub fn create_route<R: Resource>(id: &str) -> ApiMethodRouter<App> {
    post_with(create::<R>, |op| {
        describe::<R>(op, id, "create", "Creates a new")
            .created::<R>()
            .fails(WRITE)
            .example(R::example())
    })
}

/// `GET`, `PUT`, `PATCH` and `DELETE` of one row.
pub fn one_routes<R: Resource>(id: &str) -> ApiMethodRouter<App> {
    let missing: &[&problem::Kind] = &[&problem::NOT_FOUND];
    let changed: &[&problem::Kind] = &[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED];
    get_with(get::<R>, |op| describe::<R>(op, id, "get", "Reads one").row::<R>().fails(missing))
        .merge(put_with(replace::<R>, |op| {
            describe::<R>(op, id, "replace", "Replaces one")
                .row::<R>()
                .fails(WRITE)
                .fails(changed)
                .example(R::example())
        }))
        .merge(patch_with(patch::<R>, |op| {
            describe::<R>(op, id, "update", "Patches one")
                .patches::<R::Input>()
                .row::<R>()
                .fails(WRITE)
                .fails(changed)
                .example(R::example())
        }))
        .merge(delete_with(delete::<R>, |op| {
            describe::<R>(op, id, "delete", "Deletes one")
                .no_content()
                .fails(changed)
                .fails(&[&problem::CONFLICT])
        }))
}

/// How a write can fail.
pub const WRITE: &[&problem::Kind] = &[
    &problem::MALFORMED,
    &problem::CONFLICT,
    &problem::TOO_LARGE,
    &problem::UNSUPPORTED,
    &problem::VALIDATION,
];

fn describe<'t, R: Resource>(op: Op<'t>, id: &str, verb: &str, does: &str) -> Op<'t> {
    op.about(&format!("{id}_{verb}"), &format!("{does} {}", R::NAME)).secured()
}

async fn list<R: Listed>(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::by_id(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = R::list(&mut conn, caller.id, position.after, position.rows).await?;
    Reply::json(&position.page(rows, R::id))
}

async fn create<R: Resource>(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<R::Input>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        Reply::created(uri.path(), &R::insert(conn, caller.id, &input).await?)
    })
    .await
}

async fn get<R: Resource>(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row = R::get(&mut conn, caller.id, id).await?.ok_or_else(|| missing::<R>())?;
    answer(&row, &known)
}

/// The row, or 304 when the client has it already.
pub fn answer(row: &impl Entity, known: &IfNoneMatch) -> Result<Response> {
    if !known.has(row.version()) {
        return Ok(Reply::row(row)?.into_response());
    }
    let mut reply = Reply::no_content();
    reply.status = StatusCode::NOT_MODIFIED;
    reply.etag = Some(super::etag::of(row.version()));
    Ok(reply.into_response())
}

async fn replace<R: Resource>(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
    Valid(input): Valid<R::Input>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    match R::update(&mut conn, caller.id, id, wanted.versions(), &input).await? {
        Some(row) => Reply::row(&row),
        None => Err(missing_or_changed::<R>(&mut conn, caller.id, id).await?),
    }
}

/// Reads, merges and writes what it read; starts again when the row changed in between.
async fn patch<R: Resource>(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    for _ in 0..PATCH_ATTEMPTS {
        let row = R::get(&mut conn, caller.id, id).await?.ok_or_else(|| missing::<R>())?;
        if !wanted.accepts(row.version()) {
            return Err(Problem::new(&problem::PRECONDITION_FAILED));
        }
        let input = merge::<R::Input>(&row, &patch)?;
        let version = [row.version()];
        if let Some(row) = R::update(&mut conn, caller.id, id, Some(&version), &input).await? {
            return Reply::row(&row);
        }
    }
    Err(Problem::unavailable())
}

async fn delete<R: Resource>(
    State(app): State<App>,
    caller: Caller,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    match R::delete(&mut conn, caller.id, id, wanted.versions()).await? {
        Some(_) => Ok(Reply::no_content()),
        None => Err(missing_or_changed::<R>(&mut conn, caller.id, id).await?),
    }
}

/// The patch over what a client may write of the row, validated as a whole.
pub fn merge<I: DeserializeOwned + Validate + JsonSchema>(
    row: &impl Serialize,
    patch: &Value,
) -> Result<I> {
    let mut form = serde_json::to_value(row).map_err(|error| Problem::internal(&error))?;
    let schema = schemars::schema_for!(I);
    let writable: BTreeSet<&str> = schema
        .get("properties")
        .and_then(Value::as_object)
        .map(|fields| fields.keys().map(String::as_str).collect())
        .unwrap_or_default();
    if let Value::Object(fields) = &mut form {
        fields.retain(|name, _| writable.contains(name.as_str()));
    }
    json_patch::merge(&mut form, patch);
    validation::parse_value(form)
}

fn missing<R: Resource>() -> Problem {
    Problem::not_found(R::NAME)
}

async fn missing_or_changed<R: Resource>(
    conn: &mut PgConnection,
    owner: Uuid,
    id: Uuid,
) -> Result<Problem> {
    let row = R::get(conn, owner, id).await?;
    Ok(row.map_or_else(missing::<R>, |_| Problem::new(&problem::PRECONDITION_FAILED)))
}
