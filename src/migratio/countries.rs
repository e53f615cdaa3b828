//! The countries of the world: a catalogue.

mod list;
mod parts;
mod place;

pub use parts::{CountryCurrency, EconomicInfo, GeneralInfo, ImmigrationInfo, LivingInfo};
pub use place::CountryKey;

use aide::axum::{ApiRouter, routing::get_with};
use place::CountryPlace;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::Validate;

use super::{
    WRITERS,
    rules::{alpha3, country},
};
use crate::{
    App, catalogue, creatable,
    database::Timestamp,
    rest::{
        openapi::Describe,
        page::Page,
        problem, resource,
        validation::rules::{languages, url},
    },
};

/// A country of ISO 3166-1.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Country {
    /// Id.
    pub id: Uuid,
    /// What it is called in English.
    pub name: String,
    /// Its code of two letters, ISO 3166-1 alpha-2.
    pub alpha2: String,
    /// Its code of three letters, ISO 3166-1 alpha-3.
    pub alpha3: String,
    /// The part of the world it is in, after UN M49.
    pub region: Option<String>,
    /// The part of that region, after UN M49.
    pub subregion: Option<String>,
    /// Its flag.
    pub flag_emoji: Option<String>,
    /// Its capital; null: it has none.
    pub capital: Option<String>,
    /// The languages spoken there officially, as tags of BCP 47.
    pub languages: Vec<String>,
    /// What is paid with there.
    #[schemars(with = "Vec<CountryCurrency>")]
    pub currencies: Json<Vec<CountryCurrency>>,
    /// Where its authorities tell of immigration.
    pub immigration_website: Option<String>,
    /// About the country.
    pub general_info: GeneralInfo,
    /// About immigration.
    pub immigration_info: ImmigrationInfo,
    /// About its economy.
    pub economic_info: EconomicInfo,
    /// About living there.
    pub living_info: LivingInfo,
    /// Whether there are programmes that lead there.
    pub is_destination_country: bool,
    /// Whether it is offered to choose from.
    pub is_active: bool,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Country`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CountryInput {
    /// What it is called in English.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Its code of two capital letters, ISO 3166-1 alpha-2; once.
    #[validate(custom(function = "country"))]
    pub alpha2: String,
    /// Its code of three capital letters, ISO 3166-1 alpha-3; once.
    #[validate(custom(function = "alpha3"))]
    pub alpha3: String,
    /// The part of the world it is in, after UN M49.
    #[validate(length(min = 1, max = 200))]
    pub region: Option<String>,
    /// The part of that region, after UN M49.
    #[validate(length(min = 1, max = 200))]
    pub subregion: Option<String>,
    /// Its flag, two regional indicators.
    #[validate(length(min = 1, max = 16))]
    pub flag_emoji: Option<String>,
    /// Its capital; null: it has none.
    #[validate(length(min = 1, max = 200))]
    pub capital: Option<String>,
    /// The languages spoken there officially, as tags of BCP 47.
    #[serde(default)]
    #[validate(custom(function = "languages"))]
    pub languages: Vec<String>,
    /// What is paid with there, at most 20.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub currencies: Vec<CountryCurrency>,
    /// Where its authorities tell of immigration.
    #[validate(custom(function = "url"))]
    pub immigration_website: Option<String>,
    /// About the country.
    #[serde(default)]
    #[validate(nested)]
    pub general_info: GeneralInfo,
    /// About immigration.
    #[serde(default)]
    #[validate(nested)]
    pub immigration_info: ImmigrationInfo,
    /// About its economy. What programmes cost in US dollars follows `currency` and `usdPerUnit`.
    #[serde(default)]
    #[validate(nested)]
    pub economic_info: EconomicInfo,
    /// About living there.
    #[serde(default)]
    #[validate(nested)]
    pub living_info: LivingInfo,
    /// Whether there are programmes that lead there.
    #[serde(default)]
    pub is_destination_country: bool,
    /// Whether it is offered to choose from; true when absent.
    #[serde(default = "yes")]
    pub is_active: bool,
}

const fn yes() -> bool {
    true
}

catalogue! {
    Country, CountryInput, "country", writers: WRITERS,
    at: |place: CountryPlace| [place.id.id(), place.id.alpha2()],
    get: "sql/migratio/countries/get.sql",
    update: "sql/migratio/countries/update.sql",
    delete: "sql/migratio/countries/delete.sql",
    columns: |input| [
        input.name, input.alpha2, input.alpha3, input.region, input.subregion, input.flag_emoji,
        input.capital, &input.languages, Json(&input.currencies) as _, input.immigration_website,
        &input.general_info as _, &input.immigration_info as _, &input.economic_info as _,
        &input.living_info as _, input.is_destination_country, input.is_active,
    ],
    example: {
        "name": "Portugal", "alpha2": "PT", "alpha3": "PRT", "capital": "Lisbon",
        "languages": ["pt"], "isDestinationCountry": true,
        "economicInfo": {"currency": "EUR", "usdPerUnit": 1.08},
    },
}
creatable! {
    Country, CountryInput, "sql/migratio/countries/insert.sql",
    |input| [
        input.name, input.alpha2, input.alpha3, input.region, input.subregion, input.flag_emoji,
        input.capital, &input.languages, Json(&input.currencies) as _, input.immigration_website,
        &input.general_info as _, &input.immigration_info as _, &input.economic_info as _,
        &input.living_info as _, input.is_destination_country, input.is_active,
    ],
    example: {
        "name": "Portugal", "alpha2": "PT", "alpha3": "PRT", "region": "Europe",
        "subregion": "Southern Europe", "flagEmoji": "🇵🇹", "capital": "Lisbon", "languages": ["pt"],
        "currencies": [{"code": "EUR", "name": "Euro", "symbol": "€"}],
        "immigrationWebsite": "https://immigration.example.pt",
        "generalInfo": {"population": 10_400_000, "areaKm2": 92230.0, "callingCode": "+351"},
        "economicInfo": {"currency": "EUR", "usdPerUnit": 1.08},
        "isDestinationCountry": true,
    },
}

/// `/countries` and `/countries/{id}`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "migratio_countries";
    let list = get_with(list::list, |op| {
        op.about("migratio_countries_list", "Lists countries by name")
            .secured()
            .ok::<Page<Country>>()
            .fails(&[&problem::MALFORMED, &problem::FORBIDDEN])
    });
    ApiRouter::new()
        .api_route("/countries", list.merge(resource::create_route::<Country>(ID)))
        .api_route("/countries/{id}", resource::one_routes::<Country>(ID))
}
