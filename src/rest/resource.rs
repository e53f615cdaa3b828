//! The uniform part of the API: list, get, create, replace, patch and delete, written once.
//!
//! A resource brings its types and five checked queries; [`crud!`](crate::crud) ties them together
//! and [`routes`] serves them.

mod below;
mod catalogue;
mod macros;
mod moves;
mod refusal;
mod traits;

pub use below::{Below, below_route};
use catalogue::{Maker, Writer};
pub(super) use catalogue::{permitted, refusals};
pub use moves::{Move, move_route};
use refusal::{change_refusals, missing, not_yours, unwritten};
pub use refusal::{missing_or, missing_or_changed};
pub use traits::{Creatable, Deletable, Listed, Readable, Resource, Versions};

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
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{
    etag::{IfMatch, IfNoneMatch},
    extract::{MergePatch, Params, Path, Post, Valid},
    idempotency,
    openapi::{Describe, Op},
    page::{Page, Position},
    problem::{self, Kind, Problem, Result},
    reply::{Entity, Reply},
    validation,
};
use crate::{App, identity::Caller};

/// How often a patch starts again when somebody else changed the row in between.
pub const PATCH_ATTEMPTS: usize = 64;

/// All routes of a resource at `path`; `id` is the prefix of its operation ids.
pub fn routes<R: Listed + Creatable + Resource + Deletable>(
    path: &str,
    id: &str,
) -> ApiRouter<App> {
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
pub fn create_route<R: Creatable>(id: &str) -> ApiMethodRouter<App> {
    post_with(create::<R>, |op| {
        describe::<R>(op, id, "create", "Creates a new")
            .created::<R>()
            .fails(WRITE)
            .fails(refusals(R::WRITERS))
            .fails(if R::MAKERS.is_some() { &[&problem::FORBIDDEN] } else { &[] })
            .example(R::example())
    })
}

/// `GET` of one row.
pub fn get_route<R: Readable>(id: &str) -> ApiMethodRouter<App> {
    get_with(get::<R>, |op| {
        describe::<R>(op, id, "get", "Reads one").row::<R>().fails(&[&problem::NOT_FOUND])
    })
}

/// `DELETE` of one row, which no other row refers to.
pub fn delete_route<R: Deletable>(id: &str) -> ApiMethodRouter<App> {
    delete_with(delete::<R>, |op| describe_delete::<R>(op, id, &[]))
}

/// `GET`, `PUT`, `PATCH` and `DELETE` of one row.
pub fn one_routes<R: Resource + Deletable>(id: &str) -> ApiMethodRouter<App> {
    kept_routes::<R>(id)
        .merge(delete_with(delete::<R>, |op| describe_delete::<R>(op, id, &[&problem::CONFLICT])))
}

/// `GET`, `PUT` and `PATCH` of one row, which nobody deletes.
pub fn kept_routes<R: Resource>(id: &str) -> ApiMethodRouter<App> {
    get_route::<R>(id).merge(change_routes::<R>(id))
}

/// `PUT` and `PATCH` of one row.
pub fn change_routes<R: Resource>(id: &str) -> ApiMethodRouter<App> {
    put_with(replace::<R>, |op| {
        describe::<R>(op, id, "replace", "Replaces one")
            .row::<R>()
            .fails(WRITE)
            .fails(CHANGE)
            .fails(change_refusals::<R>())
            .example(R::example())
    })
    .merge(patch_with(patch::<R>, |op| {
        describe::<R>(op, id, "update", "Patches one")
            .patches::<R::Input>()
            .row::<R>()
            .fails(WRITE)
            .fails(CHANGE)
            .fails(change_refusals::<R>())
            .example(R::example())
    }))
}

/// How a write can fail.
pub const WRITE: &[&Kind] = &[
    &problem::MALFORMED,
    &problem::CONFLICT,
    &problem::TOO_LARGE,
    &problem::UNSUPPORTED,
    &problem::VALIDATION,
];

/// How a change of what is there can fail.
pub const CHANGE: &[&Kind] = &[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED];

fn describe<'t, R: Readable>(op: Op<'t>, id: &str, verb: &str, does: &str) -> Op<'t> {
    op.about(&format!("{id}_{verb}"), &format!("{does} {}", R::NAME)).secured()
}

fn describe_delete<'t, R: Readable>(op: Op<'t>, id: &str, kinds: &[&'static Kind]) -> Op<'t> {
    let op = describe::<R>(op, id, "delete", "Deletes one").no_content();
    op.fails(CHANGE).fails(kinds).fails(change_refusals::<R>())
}

/// `GET` of a collection.
pub async fn list<R: Listed>(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<R::Params>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = R::list(&mut conn, caller.id, &position, &params).await?;
    let rows = rows.into_iter().map(|row| row.opened(&app.cipher)).collect::<Result<_>>()?;
    Reply::json(&position.page(rows, R::id))
}

/// `POST` to a collection.
pub async fn create<R: Creatable>(
    State(app): State<App>,
    Maker { caller, .. }: Maker<R>,
    OriginalUri(uri): OriginalUri,
    Post { input, key }: Post<R::New>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        Reply::created(uri.path(), &R::insert(conn, caller.id, &input).await?)
    })
    .await
}

/// `GET` of one row.
pub async fn get<R: Readable>(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<R::Place>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let row = R::get(&mut conn, caller.id, place).await?.ok_or_else(|| missing::<R>())?;
    answer(&row.opened(&app.cipher)?, &known)
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
    Writer { caller, .. }: Writer<R>,
    Path(place): Path<R::Place>,
    wanted: IfMatch,
    Valid(input): Valid<R::Input>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    match R::update(&mut conn, caller.id, place, wanted.versions(), &input).await? {
        Some(row) => Reply::row(&row),
        None => Err(unwritten::<R>(&mut conn, &caller, place, &wanted).await?),
    }
}

/// Reads, merges and writes what it read; starts again when the row changed in between.
async fn patch<R: Resource>(
    State(app): State<App>,
    Writer { caller, .. }: Writer<R>,
    Path(place): Path<R::Place>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let mut refused = None;
    for _ in 0..PATCH_ATTEMPTS {
        let row = R::get(&mut conn, caller.id, place).await?.ok_or_else(|| missing::<R>())?;
        // What was not written, though it has not changed, is not theirs: the statement knows best.
        if !row.may_write(&caller) || refused == Some(row.version()) {
            return Err(not_yours());
        }
        if !wanted.accepts(row.version()) {
            return Err(Problem::new(&problem::PRECONDITION_FAILED));
        }
        let input = merge::<R::Input>(&row, &patch)?;
        let version = [row.version()];
        if let Some(row) = R::update(&mut conn, caller.id, place, Some(&version), &input).await? {
            return Reply::row(&row);
        }
        refused = Some(version[0]);
    }
    Err(Problem::unavailable())
}

/// `DELETE` of one row.
pub async fn delete<R: Deletable>(
    State(app): State<App>,
    Writer { caller, .. }: Writer<R>,
    Path(place): Path<R::Place>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    match R::delete(&mut conn, caller.id, place, wanted.versions()).await? {
        Some(_) => Ok(Reply::no_content()),
        None => Err(unwritten::<R>(&mut conn, &caller, place, &wanted).await?),
    }
}

/// 204 for a row that is gone, or why none is.
pub async fn deleted<R: Readable>(
    conn: &mut PgConnection,
    owner: Uuid,
    place: R::Place,
    gone: Option<Uuid>,
) -> Result<Reply> {
    match gone {
        Some(_) => Ok(Reply::no_content()),
        None => Err(missing_or_changed::<R>(conn, owner, place).await?),
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
