//! The nested documents of a country.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    rest::validation::rules::{self, broken, currency, tags, timezone},
};

/// What is paid with in a country.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CountryCurrency {
    /// Its code of ISO 4217.
    #[validate(custom(function = "currency"))]
    pub code: String,
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// How it is written.
    #[validate(length(min = 1, max = 16))]
    pub symbol: Option<String>,
}

/// About a country.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GeneralInfo {
    /// How many people live there.
    #[validate(range(min = 0, max = 100_000_000_000_i64))]
    pub population: Option<i64>,
    /// How large it is, in square kilometres.
    #[validate(range(min = 0.0, max = 600_000_000.0))]
    pub area_km2: Option<f64>,
    /// With what numbers there begin when they are called from abroad.
    #[validate(length(min = 1, max = 32))]
    pub calling_code: Option<String>,
    /// Its time zones, by their names in the IANA database; at most 100.
    #[serde(default)]
    #[validate(custom(function = "timezones"))]
    pub timezones: Vec<String>,
    /// How it is governed.
    #[validate(length(min = 1, max = 200))]
    pub government: Option<String>,
    /// What the weather is like.
    #[validate(length(max = 2000))]
    pub climate: Option<String>,
}

fn timezones(names: &[String]) -> Result<(), ValidationError> {
    if names.len() > 100 {
        return Err(broken("timezones", "must be at most 100 time zones"));
    }
    names.iter().try_for_each(|name| timezone(name))
}

/// About immigration to a country.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ImmigrationInfo {
    /// Who decides on it.
    #[validate(length(min = 1, max = 200))]
    pub authority: Option<String>,
    /// How it goes.
    #[validate(length(max = 10_000))]
    pub overview: Option<String>,
    /// Whether points are counted.
    pub points_based: Option<bool>,
    /// Whether one may keep the citizenship that one has.
    pub dual_citizenship: Option<bool>,
    /// After how many years one may stay for good, as a rule.
    #[validate(range(min = 0.0, max = 100.0))]
    pub years_to_residency: Option<f64>,
    /// After how many years one may become a citizen, as a rule.
    #[validate(range(min = 0.0, max = 100.0))]
    pub years_to_citizenship: Option<f64>,
}

/// About the economy of a country.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EconomicInfo {
    /// What is paid with, a code of ISO 4217.
    #[validate(custom(function = "rules::currency"))]
    pub currency: Option<String>,
    /// What a unit of that is worth in US dollars, at least a millionth. Where several countries pay with it, the first of them by `alpha2` counts.
    #[validate(range(min = 0.000_001, max = 1_000_000.0))]
    pub usd_per_unit: Option<f64>,
    /// Gross domestic product per head, in US dollars a year.
    #[validate(range(min = 0.0, max = 10_000_000.0))]
    pub gdp_per_capita_usd: Option<f64>,
    /// How many of those who could work have no work, in percent.
    #[validate(range(min = 0.0, max = 100.0))]
    pub unemployment_rate: Option<f64>,
    /// What is earned on average, in US dollars a year.
    #[validate(range(min = 0.0, max = 10_000_000.0))]
    pub average_salary_usd: Option<f64>,
    /// Where people are looked for.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub in_demand_sectors: Vec<String>,
}

/// About living in a country.
#[derive(Debug, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LivingInfo {
    /// What life costs there, New York being 100.
    #[validate(range(min = 0.0, max = 1000.0))]
    pub cost_of_living_index: Option<f64>,
    /// What a flat with one bedroom costs on average, in US dollars a month.
    #[validate(range(min = 0.0, max = 1_000_000.0))]
    pub average_rent_usd: Option<f64>,
    /// Who cares for the ill.
    #[validate(length(max = 2000))]
    pub healthcare: Option<String>,
    /// What schools there are.
    #[validate(length(max = 2000))]
    pub education: Option<String>,
    /// How safe it is.
    #[validate(length(max = 2000))]
    pub safety: Option<String>,
}

jsonb!(GeneralInfo, ImmigrationInfo, EconomicInfo, LivingInfo);
