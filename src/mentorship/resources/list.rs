//! The list of resources: newest first, narrowed or searched. Each way of asking has its index.

use axum::extract::State;
use sqlx::PgConnection;
use uuid::Uuid;
use validator::ValidationError;

use super::{super::KEEPER, Resource, ResourceType};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::Params,
        page::Position,
        problem::Result,
        reply::Reply,
        validation::rules::{broken, lines},
    },
};

filters! {
    /// Which resources are wanted.
    ResourceParams {
        /// Only this type.
        pub r#type: Option<ResourceType>,
        /// Only this category, whatever its case.
        #[validate(length(min = 1, max = 200))]
        pub category: Option<String>,
        /// Only those with this tag, whatever its case; repeated, with all of them.
        #[serde(default)]
        #[validate(custom(function = "lines"))]
        pub tag: Vec<String>,
        /// Only those with these words in title, category, tags or description: `"in a row"`, `or`, `-without`.
        #[validate(length(max = 200), custom(function = "said"))]
        pub q: Option<String>,
        /// Only those that you brought, published or not.
        #[serde(default)]
        pub mine: bool,
        /// Only those that are published, or are not; absent: the published ones, or all of `mine`.
        pub published: Option<bool>,
    }
}

fn said(text: &str) -> std::result::Result<(), ValidationError> {
    match text.trim() {
        "" => Err(broken("blank", "must not be blank")),
        _ => Ok(()),
    }
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(mut params): Params<ResourceParams>,
) -> Result<Reply> {
    let position = Position::<Uuid>::of(&params)?;
    if !params.mine {
        let published = *params.published.get_or_insert(true);
        // Of what is not published, one's own is all that others than administrators read.
        params.mine = !published && !caller.has(KEEPER);
    }
    let mut conn = app.pool.get().await?;
    let rows = match (&params.q, params.tag.as_slice()) {
        (Some(text), _) => search(&mut conn, caller.id, &position, text, &params).await?,
        (None, []) if params.mine => brought(&mut conn, caller.id, &position, &params).await?,
        (None, []) if params.published == Some(false) => {
            unpublished(&mut conn, caller.id, &position, &params).await?
        }
        (None, []) => published(&mut conn, &position, &params).await?,
        (None, _) => tagged(&mut conn, caller.id, &position, &params).await?,
    };
    Reply::json(&position.page::<Resource>(rows, |resource| resource.id))
}

async fn published(
    conn: &mut PgConnection,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<Resource>> {
    match (&params.category, params.r#type) {
        (None, None) => {
            sqlx::query_file_as!(Resource, "sql/mentorship/resources/list.sql", *after, rows)
                .fetch_all(conn)
                .await
        }
        (None, Some(of)) => {
            sqlx::query_file_as!(
                Resource,
                "sql/mentorship/resources/list_by_type.sql",
                *after,
                rows,
                of as _
            )
            .fetch_all(conn)
            .await
        }
        (Some(category), of) => {
            sqlx::query_file_as!(
                Resource,
                "sql/mentorship/resources/list_by_category.sql",
                *after,
                rows,
                category,
                of as _
            )
            .fetch_all(conn)
            .await
        }
    }
}

async fn unpublished(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<Resource>> {
    sqlx::query_file_as!(
        Resource,
        "sql/mentorship/resources/list_unpublished.sql",
        reader,
        *after,
        rows,
        params.r#type as _,
        params.category
    )
    .fetch_all(conn)
    .await
}

async fn brought(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<Resource>> {
    sqlx::query_file_as!(
        Resource,
        "sql/mentorship/resources/list_by_uploaded_by.sql",
        reader,
        *after,
        rows,
        params.published,
        params.r#type as _,
        params.category
    )
    .fetch_all(conn)
    .await
}

async fn tagged(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    params: &ResourceParams,
) -> sqlx::Result<Vec<Resource>> {
    sqlx::query_file_as!(
        Resource,
        "sql/mentorship/resources/list_by_tag.sql",
        reader,
        *after,
        rows,
        &params.tag,
        params.published,
        params.mine,
        params.r#type as _,
        params.category
    )
    .fetch_all(conn)
    .await
}

async fn search(
    conn: &mut PgConnection,
    reader: Uuid,
    Position { after, rows }: &Position<Uuid>,
    text: &str,
    params: &ResourceParams,
) -> sqlx::Result<Vec<Resource>> {
    sqlx::query_file_as!(
        Resource,
        "sql/mentorship/resources/search.sql",
        reader,
        *after,
        rows,
        text,
        params.published,
        params.mine,
        params.r#type as _,
        params.category,
        &params.tag
    )
    .fetch_all(conn)
    .await
}
