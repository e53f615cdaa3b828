//! What hangs below a parent that more than its owner may see: `GET` and `POST` of `…/{id}/<rows>`.

use aide::axum::routing::{ApiMethodRouter, get_with, post_with};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{Readable, WRITE, describe, missing};
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Id, Params, Path, Post},
        idempotency,
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Result},
        reply::Reply,
    },
};

/// What hangs below a parent, is listed there newest first, and is added to there.
///
/// Whoever may read the parent reads the list; the queries name the reader, or the writer, and then the parent.
pub trait Below: Readable {
    /// What it hangs below.
    type Parent: Readable<Place = Id>;
    /// The collection that has each row at its id; none: the one that it is added to.
    const FOUND: Option<&'static str> = None;
    /// What a client writes of a new row.
    type New: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;

    /// A new row as the reference shows it: good enough to be sent.
    fn example() -> Value;

    /// Rows after the position, newest first; none where the reader finds no such parent.
    fn list(
        conn: &mut PgConnection,
        reader: Uuid,
        parent: Uuid,
        position: &Position<Uuid>,
    ) -> impl Future<Output = sqlx::Result<Vec<Self>>> + Send;

    /// A new row, if the writer finds such a parent to add it to.
    fn insert(
        conn: &mut PgConnection,
        writer: Uuid,
        parent: Uuid,
        new: &Self::New,
    ) -> impl Future<Output = sqlx::Result<Option<Self>>> + Send;
}

/// Implements [`Below`]: `list.sql` takes the reader, the parent, the cursor and the number of rows; `insert.sql` the writer, the
/// parent and the columns in this order. Rows that are found elsewhere than they are added say where.
#[macro_export]
macro_rules! below {
    (
        $row:ty, $new:ty, in: $parent:ty, $(found: $found:literal,)?
        list: $list:literal, insert: $insert:literal,
        columns: |$input:ident| [$($column:expr),* $(,)?],
        example: $example:tt $(,)?
    ) => {
        impl $crate::rest::resource::Below for $row {
            type Parent = $parent;
            type New = $new;
            $(const FOUND: Option<&'static str> = Some($found);)?

            fn example() -> ::serde_json::Value {
                ::serde_json::json!($example)
            }

            async fn list(
                conn: &mut ::sqlx::PgConnection,
                reader: ::uuid::Uuid,
                parent: ::uuid::Uuid,
                position: &$crate::rest::page::Position<::uuid::Uuid>,
            ) -> ::sqlx::Result<Vec<Self>> {
                ::sqlx::query_file_as!(Self, $list, reader, parent, position.after, position.rows)
                    .fetch_all(conn)
                    .await
            }

            async fn insert(
                conn: &mut ::sqlx::PgConnection,
                writer: ::uuid::Uuid,
                parent: ::uuid::Uuid,
                $input: &$new,
            ) -> ::sqlx::Result<Option<Self>> {
                ::sqlx::query_file_as!(Self, $insert, writer, parent, $($column),*)
                    .fetch_optional(conn)
                    .await
            }
        }
    };
}

/// `GET` and `POST` of what hangs below the parent at `{id}`; `id` is the prefix of their operation ids.
pub fn below_route<R: Below>(id: &str) -> ApiMethodRouter<App> {
    get_with(list::<R>, |op| {
        describe::<R>(op, id, "list", "Lists, newest first, every")
            .ok::<Page<R>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    })
    .merge(post_with(create::<R>, |op| {
        describe::<R>(op, id, "create", "Creates a new")
            .created::<R>()
            .fails(WRITE)
            .fails(&[&problem::NOT_FOUND])
            .example(R::example())
    }))
}

async fn list<R: Below>(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = R::list(&mut conn, caller.id, place.id, &position).await?;
    // Nothing below it, or nothing above: only then is it worth a second query to tell.
    if rows.is_empty() && R::Parent::get(&mut conn, caller.id, place).await?.is_none() {
        return Err(missing::<R::Parent>());
    }
    Reply::json(&position.page(rows, R::id))
}

async fn create<R: Below>(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<R::New>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        let row = R::insert(conn, caller.id, id, &input).await?;
        Reply::created(
            R::FOUND.unwrap_or_else(|| uri.path()),
            &row.ok_or_else(missing::<R::Parent>)?,
        )
    })
    .await
}
