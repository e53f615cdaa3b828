//! `GET /programs/compare`: programmes side by side.

use std::collections::BTreeSet;

use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::Program;
use crate::{
    App,
    identity::Caller,
    rest::{
        extract::{Params, several},
        problem::{self, Problem, Result},
        reply::Reply,
        validation::rules::broken,
    },
};

/// Which programmes are compared.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompareParams {
    /// The programmes, two to five, each once: repeated, or separated by commas.
    #[serde(default, deserialize_with = "several")]
    #[validate(length(min = 2, max = 5), custom(function = "distinct"))]
    pub ids: Vec<Uuid>,
}

fn distinct(ids: &[Uuid]) -> std::result::Result<(), ValidationError> {
    if ids.iter().collect::<BTreeSet<_>>().len() == ids.len() {
        return Ok(());
    }
    Err(broken("distinct", "must each be another programme"))
}

/// Programmes side by side.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComparedPrograms {
    /// The programmes, in the order in which they were asked for.
    pub programs: Vec<Program>,
    /// Which of them is best at what.
    pub comparison: ProgramComparison,
}

/// Which of the compared programmes is best at what; of equals the one that was asked for first.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProgramComparison {
    /// The one with the least `estimatedCostUsd`; null: of none it is known.
    pub cheapest: Option<Uuid>,
    /// The one with the least `estimatedMonths`; null: of none they are known.
    pub fastest: Option<Uuid>,
    /// The one in which most succeed: as predicted, or else as told; null: of none it is known.
    pub most_likely: Option<Uuid>,
}

pub async fn compare(
    State(app): State<App>,
    _: Caller,
    Params(params): Params<CompareParams>,
) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let programs = sqlx::query_file_as!(Program, "sql/migratio/programs/compare.sql", &params.ids)
        .fetch_all(&mut *conn)
        .await?;
    let unknown = |id: &&Uuid| !programs.iter().any(|program| program.id == **id);
    if let Some(id) = params.ids.iter().find(unknown) {
        return Err(Problem::new(&problem::NOT_FOUND).detail(format!("there is no programme {id}")));
    }
    let comparison = ProgramComparison {
        cheapest: least(&programs, |program| program.estimated_cost_usd),
        fastest: least(&programs, |program| program.estimated_months),
        most_likely: least(&programs, |program| Some(-success(program)?)),
    };
    Reply::json(&ComparedPrograms { programs, comparison })
}

/// The part of those who succeed.
fn success(program: &Program) -> Option<f64> {
    let predicted = program.predicted_success_rate.as_ref().map(|rate| rate.base_rate);
    predicted.or_else(|| Some(program.success_rate.as_ref()?.rate))
}

/// The first of those that have the least of something.
fn least(programs: &[Program], of: impl Fn(&Program) -> Option<f64>) -> Option<Uuid> {
    programs
        .iter()
        .filter_map(|program| Some((of(program)?, program.id)))
        .min_by(|(one, _), (other, _)| one.total_cmp(other))
        .map(|(_, id)| id)
}
