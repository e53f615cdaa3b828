//! The sections of a profile that say who somebody is, and what nobody else may know of them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError};

use crate::{
    jsonb,
    migratio::rules::{born, countries, country, ordered},
    rest::validation::rules::{self, date, tags},
};

// None of these types can be written down by mistake: they do without `Debug`.

/// The person.
#[derive(Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonalInfo {
    /// When you were born.
    #[validate(custom(function = "born"))]
    pub date_of_birth: Option<NaiveDate>,
    /// Your gender, if you say it.
    pub gender: Option<Gender>,
    /// Whether you are married.
    pub marital_status: Option<MaritalStatus>,
    /// The countries whose citizen you are, by their codes of two letters, at most 10.
    #[serde(default)]
    #[validate(length(max = 10), custom(function = "countries"))]
    pub nationalities: Vec<String>,
    /// Where you live.
    #[validate(nested)]
    pub current_residence: Option<Residence>,
    /// Your family, whether they come along or not; at most 30.
    #[serde(default)]
    #[validate(length(max = 30), nested)]
    pub family_members: Vec<FamilyMember>,
    /// How you are reached.
    #[validate(nested)]
    pub contact_information: Option<ContactInformation>,
}

/// A person's gender, if they say it.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "MigratioGender")]
pub enum Gender {
    /// Female.
    Female,
    /// Male.
    Male,
    /// Neither, or both.
    Other,
    /// They would rather not say.
    Undisclosed,
}

/// Whether somebody is married.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum MaritalStatus {
    /// Never married.
    Single,
    /// Married.
    Married,
    /// Living together like that.
    CommonLaw,
    /// No longer living together.
    Separated,
    /// No longer married.
    Divorced,
    /// Their partner died.
    Widowed,
}

/// Where somebody lives.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Residence {
    /// The country, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: String,
    /// The city.
    #[validate(length(min = 1, max = 200))]
    pub city: Option<String>,
    /// By what right: citizen, permanent resident, on a visa, …
    #[validate(length(min = 1, max = 200))]
    pub status: Option<String>,
    /// Since when.
    #[validate(custom(function = "date"))]
    pub since: Option<NaiveDate>,
}

/// Somebody of the family.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FamilyMember {
    /// What they are to you.
    pub relationship: Relationship,
    /// When they were born.
    #[validate(custom(function = "born"))]
    pub date_of_birth: Option<NaiveDate>,
    /// The country they live in, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: Option<String>,
    /// Whether they would come along.
    #[serde(default)]
    pub is_accompanying: bool,
}

/// What somebody is to somebody.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Relationship {
    /// Husband or wife.
    Spouse,
    /// Partner.
    Partner,
    /// Son or daughter.
    Child,
    /// Father or mother.
    Parent,
    /// Brother or sister.
    Sibling,
    /// Grandfather or grandmother.
    Grandparent,
    /// Anybody else.
    Other,
}

/// How somebody is reached.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContactInformation {
    /// E-mail address.
    #[validate(custom(function = "rules::email"))]
    pub email: Option<String>,
    /// Telephone number, in E.164.
    #[validate(custom(function = "rules::phone"))]
    pub phone: Option<String>,
    /// Address.
    #[validate(length(min = 1, max = 1000))]
    pub address: Option<String>,
}

/// What nobody but yourself reads: it is kept encrypted, and is no part of what programmes are recommended by.
#[derive(Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdditionalAttributes {
    /// Your health.
    #[validate(nested)]
    pub health: Option<Health>,
    /// Whether you have a criminal record.
    #[validate(nested)]
    pub criminal_record: Option<CriminalRecord>,
    /// Whether you have served.
    #[validate(nested)]
    pub military_service: Option<MilitaryService>,
}

/// Somebody's health, as authorities may ask for it.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Health {
    /// What you have, at most 100.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub conditions: Vec<String>,
    /// Whether a medical examination for immigration was passed; null: none was made.
    pub medical_exam_passed: Option<bool>,
    /// More about it.
    #[validate(length(max = 2000))]
    pub notes: Option<String>,
}

/// Whether somebody was sentenced.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CriminalRecord {
    /// Whether there is one.
    pub has_record: bool,
    /// What for, when and where.
    #[validate(length(max = 2000))]
    pub details: Option<String>,
}

/// Whether somebody has served.
#[derive(Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "served", skip_on_field_errors = false))]
pub struct MilitaryService {
    /// Whether you have.
    pub has_served: bool,
    /// The country served, by its code of two letters.
    #[validate(custom(function = "country"))]
    pub country_code: Option<String>,
    /// As what, and where.
    #[validate(length(max = 2000))]
    pub details: Option<String>,
    /// The first day.
    #[validate(custom(function = "date"))]
    pub start_date: Option<NaiveDate>,
    /// The last day.
    #[validate(custom(function = "date"))]
    pub end_date: Option<NaiveDate>,
}

fn served(one: &MilitaryService) -> Result<(), ValidationError> {
    ordered(one.start_date, one.end_date, "endDate", "must not be before startDate")
}

jsonb!(PersonalInfo);
