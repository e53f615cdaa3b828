//! Whether an answer is one to a question.

use chrono::NaiveDate;
use regex::{Regex, RegexBuilder};
use serde_json::Value;

use super::{AnswerRules, ProfileFact, Question, QuestionType};
use crate::{
    migratio::rules::country,
    rest::validation::rules::{self, broken},
};

/// Why an answer is none to a question.
pub type Misfit = validator::ValidationError;

/// The most characters of a text.
const LONGEST: usize = 10_000;

impl Question {
    /// Whether this is an answer to it, by its type, its rules and what of the profile it tells.
    pub fn takes(&self, answer: &Value) -> Result<(), Misfit> {
        let rules = &self.validation;
        match self.r#type {
            QuestionType::SingleChoice => {
                let chosen = answer.as_str().ok_or_else(|| typed("must be one option's value"))?;
                self.offers(chosen)?;
            }
            QuestionType::MultipleChoice => self.takes_choices(answer)?,
            QuestionType::Text => {
                text(rules, answer.as_str().ok_or_else(|| typed("must be a text"))?)?;
            }
            QuestionType::Number => {
                let number = answer.as_f64().ok_or_else(|| typed("must be a number"))?;
                between(rules.min, Some(number), rules.max)?;
            }
            QuestionType::Date => {
                let day = answer.as_str().and_then(day);
                let day = day.ok_or_else(|| typed("must be a day, such as 2027-03-31"))?;
                rules::date(&day)?;
                between(rules.min_date, Some(day), rules.max_date)?;
            }
            QuestionType::Boolean => {
                answer.as_bool().ok_or_else(|| typed("must be true or false"))?;
            }
            QuestionType::Country => {
                country(answer.as_str().ok_or_else(|| typed("must be a country's code"))?)?;
            }
        }
        self.profile_fact.map_or(Ok(()), |fact| fact.takes(answer))
    }

    fn offers(&self, chosen: &str) -> Result<(), Misfit> {
        match self.options.iter().any(|option| option.value == chosen) {
            true => Ok(()),
            false => Err(broken("option", "must be among the options")),
        }
    }

    fn takes_choices(&self, answer: &Value) -> Result<(), Misfit> {
        let wrong = || typed("must be a list of options' values");
        let chosen: Vec<&str> = answer
            .as_array()
            .and_then(|values| values.iter().map(Value::as_str).collect())
            .ok_or_else(wrong)?;
        if chosen.iter().enumerate().any(|(at, one)| chosen[..at].contains(one)) {
            return Err(broken("distinct", "must name each option once"));
        }
        chosen.iter().try_for_each(|one| self.offers(one))?;
        let (least, most) = (self.validation.min_selections, self.validation.max_selections);
        between(Some(least.unwrap_or(1)), u32::try_from(chosen.len()).ok(), most)
            .map_err(|_| broken("selections", "must be as many options as may be chosen"))
    }
}

impl ProfileFact {
    /// Whether the profile can say this, which is an answer by its type.
    fn takes(self, answer: &Value) -> Result<(), Misfit> {
        match answer {
            Value::String(text) => self.knows(text),
            Value::Array(values) if values.len() > self.most() => {
                Err(broken("selections", "must be no more options than the profile takes"))
            }
            Value::Array(values) => {
                values.iter().filter_map(Value::as_str).try_for_each(|text| self.knows(text))
            }
            Value::Number(number) => {
                let most = self.greatest();
                match number.as_f64().is_some_and(|number| (0.0..=most).contains(&number)) {
                    true => Ok(()),
                    false => Err(broken("range", "must be within what the profile takes")),
                }
            }
            _ => Ok(()),
        }
    }
}

fn text(rules: &AnswerRules, text: &str) -> Result<(), Misfit> {
    let least = rules.min_length.unwrap_or(1);
    let most = rules.max_length.and_then(|most| usize::try_from(most).ok()).unwrap_or(LONGEST);
    let length = text.chars().count();
    if length > most || u32::try_from(length).is_ok_and(|length| length < least) {
        return Err(broken("length", "must have as many characters as it may have"));
    }
    match &rules.pattern {
        Some(pattern) if !whole(pattern).is_some_and(|known| known.is_match(text)) => {
            Err(broken("pattern", "must be of its form"))
        }
        _ => Ok(()),
    }
}

fn between<T: PartialOrd>(
    least: Option<T>,
    value: Option<T>,
    most: Option<T>,
) -> Result<(), Misfit> {
    let below = least.zip(value.as_ref()).is_some_and(|(least, value)| *value < least);
    let beyond = most.zip(value).is_some_and(|(most, value)| value > most);
    if below || beyond { Err(broken("range", "must be within its bounds")) } else { Ok(()) }
}

fn typed(message: &'static str) -> Misfit {
    broken("type", message)
}

/// A calendar date as JSON has it: 2027-03-31.
pub fn day(text: &str) -> Option<NaiveDate> {
    let strict = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    text.parse().ok().filter(|_| strict)
}

/// What matches all of a text or nothing; none for what is no regular expression, or too large a one.
pub fn whole(pattern: &str) -> Option<Regex> {
    let of = |pattern: &str| RegexBuilder::new(pattern).size_limit(1 << 18).build().ok();
    // By itself first: a parenthesis must not close ours.
    of(pattern)?;
    of(&format!("^(?:{pattern})$"))
}
