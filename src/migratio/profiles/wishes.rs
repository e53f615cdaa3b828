//! The section of a profile that says what somebody wants.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    rest::validation::rules::{broken, currency, languages, tags},
};

/// What somebody wants.
#[derive(Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "ImmigrationPreferences")]
pub struct ProfilePreferences {
    /// Where to, each country and each rank once; at most 50.
    #[serde(default)]
    #[validate(length(max = 50), nested, custom(function = "destinations"))]
    pub destination_countries: Vec<Destination>,
    /// By which kinds of programmes, at most 20.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub pathway_types: Vec<PathwayType>,
    /// By when.
    pub timeframe: Option<Timeframe>,
    /// For how much.
    #[validate(nested)]
    pub budget_range: Option<BudgetRange>,
    /// What matters, at most 20.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub priority_factors: Vec<PriorityFactor>,
    /// What kind of place.
    #[validate(nested)]
    pub location_preferences: Option<LocationPreferences>,
}

/// A country that somebody wants to go to.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Destination {
    /// The country.
    pub country_id: Uuid,
    /// Its place in your order, 1 (first) to 250.
    #[validate(range(min = 1, max = 250))]
    pub preference_rank: i32,
}

/// A kind of programme that somebody would take.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PathwayType {
    /// A programme's category, whatever the case: skilled-worker, family, study, …
    #[validate(length(min = 1, max = 200))]
    pub r#type: String,
    /// Its place in your order, 1 (first) to 250.
    #[validate(range(min = 1, max = 250))]
    pub preference_rank: i32,
}

/// By when somebody wants to have gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Timeframe {
    /// Within six months.
    SixMonths,
    /// Within a year.
    OneYear,
    /// Within two years.
    TwoYears,
    /// Within five years.
    FiveYears,
    /// Whenever it works out.
    Flexible,
}

/// For how much somebody would go.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ordered", skip_on_field_errors = false))]
pub struct BudgetRange {
    /// The currency, a code of ISO 4217.
    #[validate(custom(function = "currency"))]
    pub currency: String,
    /// At least.
    #[validate(range(min = 0.0, max = 1_000_000_000_000.0))]
    pub min: Option<f64>,
    /// At most.
    #[validate(range(min = 0.0, max = 1_000_000_000_000.0))]
    pub max: Option<f64>,
}

/// Something that matters to somebody.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriorityFactor {
    /// What: cost, speed, climate, schools, …
    #[validate(length(min = 1, max = 200))]
    pub factor: String,
    /// How much, 1 (a little) to 5.
    #[validate(range(min = 1, max = 5))]
    pub importance: i32,
}

/// What kind of place somebody wants to live in.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LocationPreferences {
    /// The climate.
    #[validate(length(min = 1, max = 200))]
    pub climate: Option<String>,
    /// City, town, countryside.
    #[validate(length(min = 1, max = 200))]
    pub settlement: Option<String>,
    /// The languages that should be spoken there, as tags of BCP 47.
    #[serde(default)]
    #[validate(custom(function = "languages"))]
    pub languages: Vec<String>,
    /// The regions it should be in.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub regions: Vec<String>,
}

fn destinations(destinations: &[Destination]) -> Result<(), ValidationError> {
    let twice = destinations.iter().enumerate().any(|(at, one)| {
        destinations[..at].iter().any(|other| {
            other.country_id == one.country_id || other.preference_rank == one.preference_rank
        })
    });
    if twice {
        Err(broken("distinct", "must name each country and each rank once"))
    } else {
        Ok(())
    }
}

fn ordered(range: &BudgetRange) -> Result<(), ValidationError> {
    match (range.min, range.max) {
        (Some(min), Some(max)) if min > max => {
            Err(broken("range", "must not be more at least than at most"))
        }
        _ => Ok(()),
    }
}

jsonb!(ProfilePreferences);
