//! All users, for platform administrators.

use aide::axum::{
    ApiRouter,
    routing::{get_with, patch_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use sqlx::{Acquire, PgConnection};
use uuid::Uuid;
use validator::Validate;

use super::{User, lock};
use crate::{
    App,
    database::literal,
    filters,
    identity::{Admin, UserStatus, sessions},
    rest::{
        etag::{IfMatch, IfNoneMatch},
        extract::{Id, MergePatch, Params, Path},
        openapi::Describe,
        page::{Page, Position},
        problem::{self, Problem, Result},
        reply::{Entity, Reply},
        resource::{WRITE, answer, merge},
        validation::rules::{language, url},
    },
};

filters! {
    /// Which users are wanted.
    UserParams {
        /// Only accounts of this status.
        pub status: Option<UserStatus>,
        /// Only whose e-mail address or any of whose names begins like this, in whatever case.
        #[validate(length(min = 2, max = 100))]
        pub q: Option<String>,
    }
}

/// What an administrator may change of a [`User`]: nothing that somebody signs in with.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct UserInput {
    /// Whether the account may be used; whoever is not active is signed out everywhere.
    status: UserStatus,
    /// Given name.
    #[validate(length(min = 1, max = 200))]
    first_name: Option<String>,
    /// Family name.
    #[validate(length(min = 1, max = 200))]
    last_name: Option<String>,
    /// The name that others see.
    #[validate(length(min = 1, max = 200))]
    display_name: Option<String>,
    /// Address of the profile picture.
    #[validate(custom(function = "url"))]
    image: Option<String>,
    /// Language of messages, a BCP 47 tag.
    #[validate(custom(function = "language"))]
    preferred_language: String,
}

/// `/users`.
pub fn routes() -> ApiRouter<App> {
    let list = get_with(list, |op| {
        op.about("identity_users_list", "Lists, newest first, the users of all products")
            .secured()
            .ok::<Page<User>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    let get = get_with(get, |op| {
        op.about("identity_users_get", "Reads one user")
            .secured()
            .row::<User>()
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND])
    });
    let patch = patch_with(patch, |op| {
        op.about("identity_users_update", "Patches one user")
            .description("Administrators cannot suspend or switch off themselves (409).")
            .secured()
            .patches::<UserInput>()
            .row::<User>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::NOT_FOUND, &problem::PRECONDITION_FAILED])
            .example(json!({"status": "suspended"}))
    });
    ApiRouter::new().api_route("/users", list).api_route("/users/{id}", get.merge(patch))
}

async fn list(
    State(app): State<App>,
    _: Admin,
    Params(params): Params<UserParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = find(&mut conn, &params, &position).await?;
    Reply::json(&position.page(rows, Entity::id))
}

/// Each way of asking has its index.
async fn find(
    conn: &mut PgConnection,
    params: &UserParams,
    Position { after, rows }: &Position<Uuid>,
) -> sqlx::Result<Vec<User>> {
    match (&params.q, params.status) {
        (Some(text), status) => {
            let pattern = literal(text) + "%";
            sqlx::query_file_as!(
                User,
                "sql/identity/users/search.sql",
                pattern,
                status as _,
                *after,
                rows
            )
            .fetch_all(conn)
            .await
        }
        (None, Some(status)) => {
            sqlx::query_file_as!(
                User,
                "sql/identity/users/list_by_status.sql",
                status as _,
                *after,
                rows
            )
            .fetch_all(conn)
            .await
        }
        (None, None) => {
            sqlx::query_file_as!(User, "sql/identity/users/list.sql", *after, rows)
                .fetch_all(conn)
                .await
        }
    }
}

async fn get(
    State(app): State<App>,
    _: Admin,
    Path(Id { id }): Path<Id>,
    known: IfNoneMatch,
) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    let user = User::get(&mut conn, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    answer(&user, &known)
}

async fn patch(
    State(app): State<App>,
    Admin(admin): Admin,
    Path(Id { id }): Path<Id>,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let mut transaction = conn.begin().await?;
    lock(&mut transaction, id).await?;
    let user = User::get(&mut transaction, id).await?.ok_or_else(|| Problem::not_found("user"))?;
    if !wanted.accepts(user.updated_at) {
        return Err(Problem::new(&problem::PRECONDITION_FAILED));
    }
    let input: UserInput = merge(&user, &patch)?;
    if id == admin.id && input.status != UserStatus::Active {
        let detail = "another administrator must do that: you would lock yourself out";
        return Err(Problem::new(&problem::CONFLICT).detail(detail));
    }
    let user = update(&mut transaction, admin.id, id, &input).await?;
    if user.status != UserStatus::Active {
        sessions::revoke_all(&mut transaction, admin.id, id).await?;
    }
    transaction.commit().await?;
    Reply::row(&user)
}

async fn update(
    conn: &mut PgConnection,
    actor: Uuid,
    id: Uuid,
    input: &UserInput,
) -> sqlx::Result<User> {
    sqlx::query_file_as!(
        User,
        "sql/identity/users/update.sql",
        actor,
        id,
        input.status as _,
        input.first_name.as_deref(),
        input.last_name.as_deref(),
        input.display_name.as_deref(),
        input.image.as_deref(),
        input.preferred_language,
    )
    .fetch_one(conn)
    .await
}
