//! The list of programmes: sorted in five ways. What narrows it to few is found first; else an index gives the order.

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::ValidationError;

use super::{super::WRITERS, Program};
use crate::{
    App, filters,
    identity::Caller,
    migratio::{CountryKey, rules::said},
    rest::{
        extract::Params,
        page::{Page, Position},
        problem::{self, Problem, Result},
        reply::Reply,
        validation::rules::{broken, broken_at, lines},
    },
};

filters! {
    /// Which programmes are wanted, and in which order; a cursor belongs to its `sort`.
    #[validate(schema(function = "sensible"))]
    ProgramParams {
        /// Only those with these words in name, categories, tags or description: `"in a row"`, `or`, `-without`.
        #[validate(length(max = 200), custom(function = "said"))]
        pub q: Option<String>,
        /// Only those that lead to this country: its id, or its code of two letters.
        #[schemars(with = "Option<String>")]
        pub country: Option<CountryKey>,
        /// Only those of this category, whatever its case.
        #[validate(length(min = 1, max = 200))]
        pub category: Option<String>,
        /// Only those with this tag, whatever its case; repeated, with all of them.
        #[serde(default)]
        #[validate(custom(function = "lines"))]
        pub tag: Vec<String>,
        /// Only those known to cost no more than so many US dollars.
        #[validate(custom(function = "bound"))]
        pub max_cost: Option<f64>,
        /// Only those known to take no more than so many months.
        #[validate(custom(function = "bound"))]
        pub max_months: Option<f64>,
        /// Only those that lead to permanent residency, or do not.
        pub pathway_to_residency: Option<bool>,
        /// Also those that are not open: for content managers and administrators.
        #[serde(default)]
        pub include_inactive: bool,
        /// The order; absent: by relevance with `q`, by popularity without.
        pub sort: Option<ProgramSort>,
    }
}

/// Orders of the list of programmes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ProgramSort {
    /// The most popular first.
    Popularity,
    /// By name.
    Name,
    /// The cheapest first, in US dollars; last of which that is not known.
    Cost,
    /// The fastest first; last of which that is not known.
    Months,
    /// What fits `q` best first.
    Relevance,
}

/// Where a page ended.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Last {
    sort: ProgramSort,
    /// Its name, or the number that it is sorted by, in digits: not every number survives JSON.
    key: String,
    id: Uuid,
}

/// What a page goes on after.
#[derive(Debug, Default, Clone, Copy)]
struct After<'a> {
    name: Option<&'a str>,
    number: Option<f64>,
    id: Option<Uuid>,
}

/// A programme, and the number by which it was sorted.
struct Found {
    number: f64,
    program: Program,
}

fn bound(most: f64) -> std::result::Result<(), ValidationError> {
    // Not a number is no bound.
    if (0.0..=1e15).contains(&most) {
        return Ok(());
    }
    Err(broken("range", "must be at least 0"))
}

fn sensible(params: &ProgramParams) -> std::result::Result<(), ValidationError> {
    if params.sort == Some(ProgramSort::Relevance) && params.q.is_none() {
        return Err(broken_at("sort", "relevance", "needs q, to which something is relevant"));
    }
    Ok(())
}

pub async fn list(
    State(app): State<App>,
    caller: Caller,
    Params(params): Params<ProgramParams>,
) -> Result<Reply> {
    if params.include_inactive {
        caller.require(WRITERS)?;
    }
    let position = Position::<Last>::of(&params)?;
    let after = after(position.after.as_ref(), params.sort())?;
    let mut conn = app.pool.get().await?;
    let found = if params.finds() {
        search(&mut conn, after, position.rows, &params).await?
    } else {
        let programs = walk(&mut conn, after, position.rows, &params).await?;
        programs.into_iter().map(|program| Found::of(program, params.sort())).collect()
    };
    let page = position.page(found, |last| last.position(params.sort()));
    let items = page.items.into_iter().map(|found| found.program).collect();
    Reply::json(&Page { items, next_cursor: page.next_cursor })
}

impl ProgramParams {
    fn sort(&self) -> ProgramSort {
        let usual = || match self.q {
            Some(_) => ProgramSort::Relevance,
            None => ProgramSort::Popularity,
        };
        self.sort.unwrap_or_else(usual)
    }

    /// Whether there is something by which few are found.
    const fn finds(&self) -> bool {
        self.q.is_some()
            || self.country.is_some()
            || self.category.is_some()
            || !self.tag.is_empty()
    }
}

impl Found {
    /// A programme out of an index that is in this order.
    fn of(program: Program, sort: ProgramSort) -> Self {
        let number = match sort {
            ProgramSort::Popularity => f64::from(-program.popularity),
            ProgramSort::Cost => program.estimated_cost_usd.unwrap_or(f64::INFINITY),
            ProgramSort::Months => program.estimated_months.unwrap_or(f64::INFINITY),
            ProgramSort::Name | ProgramSort::Relevance => 0.0,
        };
        Self { number, program }
    }

    fn position(&self, sort: ProgramSort) -> Last {
        let key = match sort {
            ProgramSort::Name => self.program.name.clone(),
            _ => self.number.to_string(),
        };
        Last { sort, key, id: self.program.id }
    }
}

/// What the page goes on after; a cursor of another order is refused.
fn after(last: Option<&Last>, sort: ProgramSort) -> Result<After<'_>> {
    let Some(last) = last else { return Ok(After::default()) };
    let (name, number) = match sort {
        // By name, all have the same number.
        ProgramSort::Name => (Some(last.key.as_str()), Some(0.0)),
        ProgramSort::Popularity => (None, last.key.parse::<i32>().ok().map(f64::from)),
        _ => (None, last.key.parse().ok()),
    };
    if last.sort != sort || number.is_none() {
        let refused =
            Problem::new(&problem::MALFORMED).detail("this cursor belongs to another sort");
        return Err(refused.field("cursor", "cursor", "pass it with the sort of the page before"));
    }
    Ok(After { name, number, id: Some(last.id) })
}

/// A page in the order of an index; its file takes where the page before ended, the rows and what is left out.
macro_rules! walk {
    ($conn:ident, $file:literal, $key:expr, $after:ident, $rows:ident, $params:ident) => {
        sqlx::query_file_as!(
            Program,
            $file,
            $key,
            $after.id,
            $rows,
            $params.pathway_to_residency,
            $params.max_cost,
            $params.max_months,
            $params.include_inactive,
        )
        .fetch_all($conn)
        .await
    };
}

async fn walk(
    conn: &mut PgConnection,
    after: After<'_>,
    rows: i64,
    params: &ProgramParams,
) -> sqlx::Result<Vec<Program>> {
    match params.sort() {
        ProgramSort::Name => {
            walk!(conn, "sql/migratio/programs/list_by_name.sql", after.name, after, rows, params)
        }
        ProgramSort::Cost => {
            walk!(conn, "sql/migratio/programs/list_by_cost.sql", after.number, after, rows, params)
        }
        ProgramSort::Months => {
            walk!(
                conn,
                "sql/migratio/programs/list_by_months.sql",
                after.number,
                after,
                rows,
                params
            )
        }
        ProgramSort::Popularity | ProgramSort::Relevance => {
            walk!(conn, "sql/migratio/programs/list.sql", after.number, after, rows, params)
        }
    }
}

async fn search(
    conn: &mut PgConnection,
    after: After<'_>,
    rows: i64,
    params: &ProgramParams,
) -> sqlx::Result<Vec<Found>> {
    sqlx::query_file_as!(
        Found,
        "sql/migratio/programs/search.sql",
        params.q,
        &params.tag,
        params.country.and_then(CountryKey::id),
        params.country.and_then(CountryKey::alpha2),
        params.category,
        params.pathway_to_residency,
        params.max_cost,
        params.max_months,
        params.include_inactive,
        params.sort().column(),
        after.number,
        after.name,
        after.id,
        rows,
    )
    .fetch_all(conn)
    .await
}

impl ProgramSort {
    /// What the query calls it.
    const fn column(self) -> &'static str {
        match self {
            Self::Popularity => "popularity",
            Self::Name => "name",
            Self::Cost => "cost",
            Self::Months => "months",
            Self::Relevance => "relevance",
        }
    }
}
