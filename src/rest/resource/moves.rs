//! Workflow moves of one row: `POST …/{id}/<verb>`.

use std::marker::PhantomData;

use aide::{
    OperationInput,
    axum::routing::{ApiMethodRouter, post_with},
};
use axum::{
    extract::{FromRequestParts, State},
    http::request::Parts,
    response::Response,
};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::Validate;

use super::{Readable, WRITE, missing, missing_or, not_yours, permitted, refusals};
use crate::{
    App,
    identity::{Caller, Roles},
    rest::{
        extract::{Id, Path, Post},
        idempotency,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
    },
};

/// A move of a row by its owner, or by a role.
pub trait Move: Send + 'static {
    /// What moves.
    type Row: Readable<Place = Id>;
    /// What the move is told.
    type Input: DeserializeOwned + Validate + JsonSchema + Send + Sync + 'static;
    /// The role of those who alone may make it; none: all move what is theirs.
    const BY: Option<Roles> = None;
    /// Why a row that is there is not moved, in a 409; none: it always is.
    const REFUSAL: Option<&'static str>;

    /// An input as the reference shows it, unless there is nothing to say.
    fn example() -> Option<Value>;

    /// The row as it was moved, if it was.
    fn make(
        conn: &mut PgConnection,
        owner: Uuid,
        id: Uuid,
        input: &Self::Input,
    ) -> impl Future<Output = sqlx::Result<Option<Self::Row>>> + Send;
}

/// Makes a type that is a [`Move`], by naming its query file, which takes the owner, the id and what the move is told.
///
/// Where a role moves alone, `by` names its domain and code.
#[macro_export]
macro_rules! moves {
    (
        $(#[$about:meta])* $name:ident($row:ty), $file:literal,
        |$input:ident: $input_type:ty| [$($told:expr),* $(,)?]
        $(, by: $by:expr)? $(, refused: $refusal:literal)? $(, example: $example:tt)? $(,)?
    ) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $name;

        impl $crate::rest::resource::Move for $name {
            type Row = $row;
            type Input = $input_type;
            $(const BY: Option<$crate::identity::Roles> = Some($by);)?
            const REFUSAL: Option<&'static str> = [$($refusal)?].first().copied();

            fn example() -> Option<::serde_json::Value> {
                [$(::serde_json::json!($example))?].into_iter().next()
            }

            async fn make(
                conn: &mut ::sqlx::PgConnection,
                owner: ::uuid::Uuid,
                id: ::uuid::Uuid,
                $input: &$input_type,
            ) -> ::sqlx::Result<Option<$row>> {
                ::sqlx::query_file_as!($row, $file, owner, id $(, $told)*).fetch_optional(conn).await
            }
        }
    };
}

/// The `POST` of a move, with its operation id and what it does.
pub fn move_route<M: Move>(id: &str, does: &str) -> ApiMethodRouter<App> {
    post_with(moved::<M>, |op| {
        let op = op.about(id, does).secured().row::<M::Row>();
        let op = op.fails(WRITE).fails(&[&problem::NOT_FOUND]).fails(refusals(M::BY));
        let op = if M::Row::SHARED { op.fails(&[&problem::FORBIDDEN]) } else { op };
        match M::example() {
            Some(example) => op.example(example),
            None => op,
        }
    })
}

/// A caller who may make this move; everybody else gets 403, before anything is read or looked up.
struct Mover<M> {
    caller: Caller,
    of: PhantomData<M>,
}

impl<M: Move> FromRequestParts<App> for Mover<M> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        Ok(Self { caller: permitted(M::BY, parts, app).await?, of: PhantomData })
    }
}

impl<M> OperationInput for Mover<M> {}

async fn moved<M: Move>(
    State(app): State<App>,
    Mover { caller, .. }: Mover<M>,
    Path(place): Path<Id>,
    Post { input, key }: Post<M::Input>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match (M::make(conn, caller.id, place.id, &input).await?, M::REFUSAL) {
            (Some(row), _) => Reply::row(&row.opened(&app.cipher)?),
            (None, None) if M::Row::SHARED => {
                Err(missing_or::<M::Row>(conn, caller.id, place, not_yours()).await?)
            }
            (None, None) => Err(missing::<M::Row>()),
            (None, Some(refusal)) => {
                let refused = Problem::new(&problem::CONFLICT).detail(refusal);
                Err(missing_or::<M::Row>(conn, caller.id, place, refused).await?)
            }
        }
    })
    .await
}
