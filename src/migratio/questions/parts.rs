//! What a question is made of: how it is answered, what can be chosen, what an answer must be, and when it is asked.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::{Validate, ValidationError};

use super::answers::{day, whole};
use crate::{
    jsonb,
    rest::validation::rules::{broken, broken_at, code, date},
};

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "camelCase")]
#[sqlx(type_name = "migratio.question_type", rename_all = "camelCase")]
pub enum QuestionType {
    /// By one of its options: the value.
    SingleChoice,
    /// By some of its options: their values, in one's own order.
    MultipleChoice,
    /// By a text.
    Text,
    /// By a number.
    Number,
    /// By a day, as in 2027-03-31.
    Date,
    /// By true or false.
    Boolean,
    /// By a country's code of two letters.
    Country,
}

/// Something that can be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct QuestionOption {
    /// What is answered by choosing it.
    #[validate(length(min = 1, max = 200))]
    pub value: String,
    /// What is read.
    #[validate(length(min = 1, max = 200))]
    pub label: String,
}

/// What an answer must be.
#[derive(Debug, Clone, Default, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "ordered"))]
pub struct AnswerRules {
    /// Whether the quiz is not complete without it.
    #[serde(default)]
    pub required: bool,
    /// The least number.
    pub min: Option<f64>,
    /// The greatest number.
    pub max: Option<f64>,
    /// The first day.
    #[validate(custom(function = "date"))]
    pub min_date: Option<NaiveDate>,
    /// The last day.
    #[validate(custom(function = "date"))]
    pub max_date: Option<NaiveDate>,
    /// How many characters a text has at least, 1 to 10,000.
    #[validate(range(min = 1, max = 10_000))]
    pub min_length: Option<u32>,
    /// How many characters a text has at most, 1 to 10,000.
    #[validate(range(min = 1, max = 10_000))]
    pub max_length: Option<u32>,
    /// A regular expression that the whole of a text matches; at most 1,000 characters, without look-around or
    /// back-references.
    #[validate(length(min = 1, max = 1000), custom(function = "expression"))]
    pub pattern: Option<String>,
    /// How many options are chosen at least, 1 to 250.
    #[validate(range(min = 1, max = 250))]
    pub min_selections: Option<u32>,
    /// How many options are chosen at most, 1 to 250.
    #[validate(range(min = 1, max = 250))]
    pub max_selections: Option<u32>,
}

/// When a question is asked: by the answer to another.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "QuestionCondition")]
#[validate(schema(function = "comparable"))]
pub struct Condition {
    /// The other question, by its code.
    #[validate(custom(function = "code"))]
    pub question_id: String,
    /// How its answer is compared. Without an answer nothing holds.
    pub operator: ConditionOperator,
    /// With what: a text, a number, true or false; a list of these for `in`; a number or a day for `greaterThan` and `lessThan`;
    /// nothing for `answered`.
    pub value: Option<Value>,
}

/// How an answer is compared. Of several choices each is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ConditionOperator {
    /// It is this, or this is among the choices.
    Equals,
    /// It is not this, nor is this among the choices.
    NotEquals,
    /// It, or one of the choices, is one of these.
    In,
    /// The number or the day is beyond this.
    GreaterThan,
    /// The number or the day is before this.
    LessThan,
    /// There is an answer.
    Answered,
}

fn expression(pattern: &str) -> Result<(), ValidationError> {
    match whole(pattern) {
        Some(_) => Ok(()),
        None => Err(broken("pattern", "must be a regular expression, and not a huge one")),
    }
}

fn ordered(rules: &AnswerRules) -> Result<(), ValidationError> {
    let wrong = [
        ("max", rules.min.zip(rules.max).is_some_and(|(min, max)| min > max)),
        ("maxDate", rules.min_date.zip(rules.max_date).is_some_and(|(min, max)| min > max)),
        ("maxLength", rules.min_length.zip(rules.max_length).is_some_and(|(min, max)| min > max)),
        (
            "maxSelections",
            rules.min_selections.zip(rules.max_selections).is_some_and(|(min, max)| min > max),
        ),
    ];
    match wrong.iter().find(|(_, wrong)| *wrong) {
        Some((field, _)) => Err(broken_at(field, "order", "must not be below the least")),
        None => Ok(()),
    }
}

fn comparable(condition: &Condition) -> Result<(), ValidationError> {
    use ConditionOperator::{Answered, Equals, GreaterThan, In, LessThan, NotEquals};
    let value = condition.value.as_ref();
    let (fits, message) = match condition.operator {
        Answered => (value.is_none(), "must be absent: an answer is enough"),
        Equals | NotEquals => (
            value.is_some_and(plain),
            "must be a text of at most 200 characters, a number, true or false",
        ),
        In => (
            value.and_then(Value::as_array).is_some_and(|values| {
                (1..=250).contains(&values.len()) && values.iter().all(plain)
            }),
            "must be a list of 1 to 250 texts, numbers, true or false",
        ),
        GreaterThan | LessThan => (
            value.is_some_and(|value| value.is_number() || value.as_str().and_then(day).is_some()),
            "must be a number or a day, such as 2027-03-31",
        ),
    };
    if fits { Ok(()) } else { Err(broken_at("value", "condition", message)) }
}

fn plain(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().count() <= 200,
        Value::Number(_) | Value::Bool(_) => true,
        _ => false,
    }
}

jsonb!(AnswerRules, Condition);
