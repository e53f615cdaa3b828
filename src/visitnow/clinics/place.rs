//! Where a clinic is and how it is reached: documents inside it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::{
    jsonb,
    rest::validation::rules::{self, url},
};

/// Where something is, as one writes it on an envelope.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Address {
    /// Street and number.
    #[validate(length(min = 1, max = 200))]
    pub street: Option<String>,
    /// City.
    #[validate(length(min = 1, max = 200))]
    pub city: Option<String>,
    /// State, province or the like.
    #[validate(length(min = 1, max = 200))]
    pub region: Option<String>,
    /// Postal code.
    #[validate(length(min = 1, max = 20))]
    pub postal_code: Option<String>,
    /// Country.
    #[validate(length(min = 1, max = 200))]
    pub country: Option<String>,
}

/// How somebody is reached.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Contact {
    /// Telephone number in E.164.
    #[validate(custom(function = "rules::phone"))]
    pub phone: Option<String>,
    /// E-mail address.
    #[validate(custom(function = "rules::email"))]
    pub email: Option<String>,
    /// Address of the website.
    #[validate(custom(function = "url"))]
    pub website: Option<String>,
}

jsonb!(Address, Contact);
