//! What of the profile an answer tells, and which questions can ask for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{Misfit, QuestionType, answers::day};
use crate::{
    migratio::{
        DegreeType, Gender, MaritalStatus, ProficiencyLevel, Timeframe,
        rules::{born, country},
    },
    rest::validation::rules::{broken, currency},
};

/// What of the profile an answer tells.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "camelCase")]
#[sqlx(type_name = "migratio.profile_fact", rename_all = "camelCase")]
pub enum ProfileFact {
    /// When you were born; a date.
    DateOfBirth,
    /// Your gender; a choice of the profile's values.
    Gender,
    /// Whether you are married; a choice of the profile's values.
    MaritalStatus,
    /// Whose citizen you are; a country.
    Nationality,
    /// Where you live; a country.
    CurrentResidence,
    /// The highest that you completed; a choice of the profile's degrees.
    HighestEducation,
    /// What you studied for it; a text.
    FieldOfStudy,
    /// What you work as; a text.
    Occupation,
    /// For how many years; a number.
    YearsOfExperience,
    /// How well you speak English; a choice of the profile's levels.
    EnglishLevel,
    /// How well you speak French; a choice of the profile's levels.
    FrenchLevel,
    /// How well you speak German; a choice of the profile's levels.
    GermanLevel,
    /// What you could spend soon; a number.
    LiquidAssets,
    /// What comes in per year; a number.
    AnnualIncome,
    /// The currency of both; a text, or a choice of codes.
    FinancialCurrency,
    /// Whether somebody else helps; true or false.
    HasFinancialSupport,
    /// Where to, first choice first; choices of countries' codes.
    DestinationCountries,
    /// By which kinds of programmes, first choice first; choices of categories.
    PathwayTypes,
    /// By when; a choice of the profile's values.
    Timeframe,
    /// For how much at most; a number.
    BudgetMax,
    /// The currency of that; a text, or a choice of codes.
    BudgetCurrency,
    /// Whether you have applied before; true or false.
    PreviousApplication,
}

impl ProfileFact {
    /// The types of questions that can ask for it.
    pub const fn asked_by(self) -> &'static [QuestionType] {
        match self {
            Self::DateOfBirth => &[QuestionType::Date],
            Self::Gender
            | Self::MaritalStatus
            | Self::HighestEducation
            | Self::EnglishLevel
            | Self::FrenchLevel
            | Self::GermanLevel
            | Self::Timeframe => &[QuestionType::SingleChoice],
            Self::Nationality | Self::CurrentResidence => &[QuestionType::Country],
            Self::FieldOfStudy | Self::Occupation => &[QuestionType::Text],
            Self::YearsOfExperience | Self::LiquidAssets | Self::AnnualIncome | Self::BudgetMax => {
                &[QuestionType::Number]
            }
            Self::FinancialCurrency | Self::BudgetCurrency => {
                &[QuestionType::SingleChoice, QuestionType::Text]
            }
            Self::HasFinancialSupport | Self::PreviousApplication => &[QuestionType::Boolean],
            Self::DestinationCountries | Self::PathwayTypes => &[QuestionType::MultipleChoice],
        }
    }

    /// Whether the profile can say this: a text, or the value of an option.
    pub fn knows(self, text: &str) -> Result<(), Misfit> {
        match self {
            Self::FinancialCurrency | Self::BudgetCurrency => currency(text),
            Self::DestinationCountries => country(text),
            Self::DateOfBirth => day(text).map_or(Ok(()), |day| born(&day)),
            Self::Gender => known::<Gender>(text),
            Self::MaritalStatus => known::<MaritalStatus>(text),
            Self::HighestEducation => known::<DegreeType>(text),
            Self::EnglishLevel | Self::FrenchLevel | Self::GermanLevel => {
                known::<ProficiencyLevel>(text)
            }
            Self::Timeframe => known::<Timeframe>(text),
            _ if text.chars().count() > 200 => {
                Err(broken("length", "must have at most 200 characters in the profile"))
            }
            _ => Ok(()),
        }
    }

    /// How many the profile takes of it.
    pub const fn most(self) -> usize {
        if matches!(self, Self::PathwayTypes) { 20 } else { 50 }
    }

    /// The greatest number that the profile takes of it.
    pub const fn greatest(self) -> f64 {
        if matches!(self, Self::YearsOfExperience) { 80.0 } else { 1_000_000_000_000.0 }
    }
}

/// What a label stands for.
pub fn label<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(Value::from(text)).ok()
}

fn known<T: DeserializeOwned>(text: &str) -> Result<(), Misfit> {
    match label::<T>(text) {
        Some(_) => Ok(()),
        None => Err(broken("fact", "must be a value that the profile has for this fact")),
    }
}
