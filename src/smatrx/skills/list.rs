//! The list of skills: newest first, narrowed, or searched by name. Each way of asking has its index.

use axum::extract::State;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::ValidationError;

use super::{MarketDemand, Skill};
use crate::{
    App, filters,
    identity::Caller,
    rest::{
        extract::Params,
        page::{Page, Position},
        problem::Result,
        reply::Reply,
        validation::rules::{broken, lines},
    },
};

filters! {
    /// Which skills are wanted.
    SkillParams {
        /// Only those with a name like this, misspelt or unfinished, the likest first.
        #[validate(length(max = 200), custom(function = "said"))]
        pub q: Option<String>,
        /// Only those of this category: its id or its slug.
        #[validate(length(min = 1, max = 100))]
        pub category: Option<String>,
        /// Only those with this tag; repeated, with all of them.
        #[serde(default)]
        #[validate(custom(function = "lines"))]
        pub tag: Vec<String>,
        /// Only those asked for so much.
        pub market_demand: Option<MarketDemand>,
    }
}

fn said(text: &str) -> std::result::Result<(), ValidationError> {
    match text.trim() {
        "" => Err(broken("blank", "must not be blank")),
        _ => Ok(()),
    }
}

/// A skill, and how like its name is to what was asked for.
struct Found {
    rank: i32,
    skill: Skill,
}

/// Where a page of found skills ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ByRank {
    rank: i32,
    id: Uuid,
}

pub async fn list(
    State(app): State<App>,
    _: Caller,
    Params(params): Params<SkillParams>,
) -> Result<Reply> {
    if let Some(text) = &params.q {
        let position = Position::<ByRank>::of(&params)?;
        let mut conn = app.pool.get().await?;
        let found = search(&mut conn, text.trim(), &position, &params).await?;
        let page = position.page(found, |last| ByRank { rank: last.rank, id: last.skill.id });
        let items = page.items.into_iter().map(|found| found.skill).collect();
        return Reply::json(&Page { items, next_cursor: page.next_cursor });
    }
    let position = Position::<Uuid>::of(&params)?;
    let mut conn = app.pool.get().await?;
    let rows = newest(&mut conn, &position, &params).await?;
    Reply::json(&position.page(rows, |skill| skill.id))
}

impl SkillParams {
    /// The category by its id, or else by its slug.
    fn category(&self) -> (Option<Uuid>, Option<&str>) {
        let category = self.category.as_deref();
        match category.and_then(|category| Uuid::try_parse(category).ok()) {
            Some(id) => (Some(id), None),
            None => (None, category),
        }
    }
}

async fn search(
    conn: &mut PgConnection,
    text: &str,
    position: &Position<ByRank>,
    params: &SkillParams,
) -> sqlx::Result<Vec<Found>> {
    let (rank, id) = position.after.as_ref().map(|last| (last.rank, last.id)).unzip();
    let (category, slug) = params.category();
    sqlx::query_file_as!(
        Found,
        "sql/smatrx/skills/search.sql",
        text,
        rank,
        id,
        position.rows,
        category,
        slug,
        &params.tag,
        params.market_demand as _
    )
    .fetch_all(conn)
    .await
}

/// By what narrows the list most.
async fn newest(
    conn: &mut PgConnection,
    Position { after, rows }: &Position<Uuid>,
    params: &SkillParams,
) -> sqlx::Result<Vec<Skill>> {
    let (category, slug) = params.category();
    let demand = params.market_demand;
    match (params.tag.as_slice(), &params.category, demand) {
        ([], None, None) => {
            sqlx::query_file_as!(Skill, "sql/smatrx/skills/list.sql", *after, rows)
                .fetch_all(conn)
                .await
        }
        ([], None, Some(demand)) => {
            sqlx::query_file_as!(
                Skill,
                "sql/smatrx/skills/list_by_market_demand.sql",
                *after,
                rows,
                demand as _
            )
            .fetch_all(conn)
            .await
        }
        ([], Some(_), demand) => {
            sqlx::query_file_as!(
                Skill,
                "sql/smatrx/skills/list_by_category.sql",
                *after,
                rows,
                category,
                slug,
                demand as _
            )
            .fetch_all(conn)
            .await
        }
        (tags, _, demand) => {
            sqlx::query_file_as!(
                Skill,
                "sql/smatrx/skills/list_by_tag.sql",
                *after,
                rows,
                tags,
                category,
                slug,
                demand as _
            )
            .fetch_all(conn)
            .await
        }
    }
}
