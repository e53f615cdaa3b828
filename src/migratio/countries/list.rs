//! The list of countries, by name.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{super::WRITERS, Country};
use crate::{
    App,
    database::literal,
    filters,
    identity::Caller,
    rest::{extract::Params, page::Position, problem::Result, reply::Reply},
};

filters! {
    /// Which countries are wanted.
    CountryParams {
        /// Only those with this text in their name, in whatever case.
        #[validate(length(min = 1, max = 200))]
        pub q: Option<String>,
        /// Only those in this part of the world, in whatever case.
        #[validate(length(min = 1, max = 200))]
        pub region: Option<String>,
        /// Only those to which programmes lead, or do not.
        pub is_destination_country: Option<bool>,
        /// Also those that are not offered to choose from: for content managers and administrators.
        #[serde(default)]
        pub include_inactive: bool,
    }
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByName {
    name: String,
    id: Uuid,
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<CountryParams>,
) -> Result<Reply> {
    if params.include_inactive {
        caller.require(WRITERS)?;
    }
    let position = Position::<ByName>::of(&params)?;
    let (name, id) = position.after.as_ref().map(|last| (last.name.as_str(), last.id)).unzip();
    let mut conn = app.pool.get().await?;
    let rows = sqlx::query_file_as!(
        Country,
        "sql/migratio/countries/list.sql",
        name,
        id,
        position.rows,
        params.q.as_deref().map(|text| format!("%{}%", literal(text))),
        params.region,
        params.is_destination_country,
        params.include_inactive,
    )
    .fetch_all(&mut *conn)
    .await?;
    Reply::json(&position.page(rows, |last| ByName { name: last.name.clone(), id: last.id }))
}
