//! Whom a roadmap is shared with: the owner says so, and whom it is shared with may leave.

use aide::axum::{
    ApiRouter,
    routing::{ApiMethodRouter, delete_with, get_with, post_with},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{
    RoadmapAccess,
    roadmaps::{Roadmap, refusal},
};
use crate::{
    App,
    database::Timestamp,
    deletable, entity,
    identity::Caller,
    readable,
    rest::{
        etag::IfMatch,
        extract::{Id, Item, Params, Path, Post},
        idempotency,
        openapi::Describe,
        page::{Page, PageParams, Position},
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{self, Deletable, Readable, WRITE},
        validation::rules::{self, broken_at},
    },
    writable,
};

/// Somebody with whom a roadmap is shared.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RoadmapShare {
    /// Id.
    pub id: Uuid,
    /// The roadmap.
    pub roadmap_id: Uuid,
    /// With whom; null: with whoever proves that the e-mail address is theirs.
    pub user_id: Option<Uuid>,
    /// With whom, where it was said by e-mail address.
    pub email: Option<String>,
    /// What they may do with it.
    pub access: ShareAccess,
    /// When it was shared.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

/// What the owner writes of a new [`RoadmapShare`]: a user, or an e-mail address.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "with_one", skip_on_field_errors = false))]
pub struct RoadmapShareInput {
    /// Somebody else with an active account.
    pub user_id: Option<Uuid>,
    /// Whoever has this e-mail address, now or later, and has proven it.
    #[validate(custom(function = "rules::email"))]
    pub email: Option<String>,
    /// What they may do with it; `view` when absent.
    #[serde(default)]
    pub access: ShareAccess,
}

/// What the owner changes of a [`RoadmapShare`]: with whom stays.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoadmapShareChange {
    /// What they may do with it.
    pub access: ShareAccess,
}

/// What somebody may do with a roadmap that is shared with them.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "migratio.share_access", rename_all = "snake_case")]
pub enum ShareAccess {
    /// Read it.
    #[default]
    View,
    /// Change it, too.
    Edit,
}

fn with_one(input: &RoadmapShareInput) -> Result<(), ValidationError> {
    if input.user_id.is_some() == input.email.is_some() {
        return Err(broken_at("userId", "one_of", "must be given, or email, and not both"));
    }
    Ok(())
}

entity!(RoadmapShare);
readable! {
    RoadmapShare, "share",
    shared: |row, _caller| row.may_write,
    at: |place: Item| [place.id, place.item_id],
    get: "sql/migratio/roadmap_shares/get.sql",
}
writable! {
    RoadmapShare, RoadmapShareChange,
    at: |place: Item| [place.id, place.item_id], "sql/migratio/roadmap_shares/update.sql",
    |input| [input.access as _],
    example: {"access": "edit"},
}
deletable! {
    RoadmapShare,
    at: |place: Item| [place.id, place.item_id], "sql/migratio/roadmap_shares/delete.sql",
}

/// Everything under `/roadmaps/{id}/shares`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_roadmap_shares";
    let delete = delete_with(delete, |op| {
        op.about("migratio_roadmap_shares_delete", "Shares a roadmap no longer, or leaves it")
            .description("By the owner, or by whom it is shared with.")
            .secured()
            .no_content()
            .fails(&[&problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
    });
    ApiRouter::new().api_route("/roadmaps/{id}/shares", collection()).api_route(
        "/roadmaps/{id}/shares/{itemId}",
        resource::kept_routes::<RoadmapShare>(ID).merge(delete),
    )
}

fn collection() -> ApiMethodRouter<App> {
    get_with(list, |op| {
        op.about("migratio_roadmap_shares_list", "Lists, newest first, whom a roadmap is shared with")
            .description("All to the owner; to whom it is shared with their own, to leave by.")
            .secured()
            .ok::<Page<RoadmapShare>>()
            .fails(&[&problem::MALFORMED, &problem::NOT_FOUND])
    })
    .merge(post_with(create, |op| {
        op.about("migratio_roadmap_shares_create", "Shares a roadmap of yours")
            .description("With an e-mail address it counts for whoever proves that it is theirs; it never tells whether that is anybody.")
            .secured()
            .created::<RoadmapShare>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
            .example(json!({"email": "friend@example.com", "access": "view"}))
    }))
}

async fn list(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Id>,
    Params(params): Params<PageParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        RoadmapShare,
        "sql/migratio/roadmap_shares/list.sql",
        caller.id,
        place.id,
        position.after,
        position.rows,
    )
    .fetch_all(&mut *conn)
    .await?;
    if rows.is_empty() && Roadmap::get(&mut conn, caller.id, place).await?.is_none() {
        return Err(Problem::not_found(Roadmap::NAME));
    }
    Reply::json(&position.page(rows, RoadmapShare::id))
}

async fn create(
    State(app): State<App>,
    caller: Caller,
    OriginalUri(uri): OriginalUri,
    Path(Id { id }): Path<Id>,
    Post { input, key }: Post<RoadmapShareInput>,
) -> Result<Response> {
    idempotency::once(&app.pool, caller.id, key.as_ref(), async |conn| {
        match insert(conn, caller.id, id, &input).await? {
            Some(share) => Reply::created(uri.path(), &share),
            None => Err(refusal(conn, caller.id, id, RoadmapAccess::Owner).await?),
        }
    })
    .await
}

async fn insert(
    conn: &mut PgConnection,
    owner: Uuid,
    roadmap: Uuid,
    input: &RoadmapShareInput,
) -> sqlx::Result<Option<RoadmapShare>> {
    sqlx::query_file_as!(
        RoadmapShare,
        "sql/migratio/roadmap_shares/insert.sql",
        owner,
        roadmap,
        input.user_id,
        input.email,
        input.access as _,
    )
    .fetch_optional(conn)
    .await
}

async fn delete(
    State(app): State<App>,
    caller: Caller,
    Path(place): Path<Item>,
    wanted: IfMatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    // Whoever reads it may delete it, so that nothing but its version is in the way.
    let gone = RoadmapShare::delete(&mut conn, caller.id, place, wanted.versions()).await?;
    resource::deleted::<RoadmapShare>(&mut conn, caller.id, place, gone).await
}
