//! Rules over several fields of a question.

use validator::ValidationError;

use super::{QuestionInput, QuestionType};
use crate::rest::validation::rules::broken_at;

/// Each rule of answers is for one type.
pub fn rules_fit(input: &QuestionInput) -> Result<(), ValidationError> {
    let rules = &input.validation;
    let told = [
        ("min", rules.min.is_some(), QuestionType::Number),
        ("max", rules.max.is_some(), QuestionType::Number),
        ("minDate", rules.min_date.is_some(), QuestionType::Date),
        ("maxDate", rules.max_date.is_some(), QuestionType::Date),
        ("minLength", rules.min_length.is_some(), QuestionType::Text),
        ("maxLength", rules.max_length.is_some(), QuestionType::Text),
        ("pattern", rules.pattern.is_some(), QuestionType::Text),
        ("minSelections", rules.min_selections.is_some(), QuestionType::MultipleChoice),
        ("maxSelections", rules.max_selections.is_some(), QuestionType::MultipleChoice),
    ];
    match told.iter().find(|(_, told, of)| *told && *of != input.r#type) {
        Some((rule, ..)) => {
            let field = format!("validation/{rule}");
            Err(broken_at(&field, "rule", "is a rule for questions of another type"))
        }
        None => Ok(()),
    }
}

/// Choices have options, each value once, and at least as many as must be chosen; nothing else has any.
pub fn options_fit(input: &QuestionInput) -> Result<(), ValidationError> {
    let values = || input.options.iter().map(|option| &option.value);
    let choice = [QuestionType::SingleChoice, QuestionType::MultipleChoice].contains(&input.r#type);
    if choice == input.options.is_empty() {
        let message = if choice { "must not be empty for a choice" } else { "are for choices" };
        return Err(broken_at("options", "options", message));
    }
    let twice = |at: usize, value| values().take(at).any(|other| other == value);
    if let Some((at, _)) = values().enumerate().find(|(at, value)| twice(*at, *value)) {
        let field = format!("options/{at}/value");
        return Err(broken_at(&field, "distinct", "must be among the options once"));
    }
    let least = input.validation.min_selections.and_then(|least| usize::try_from(least).ok());
    if choice && least.is_some_and(|least| least > values().count()) {
        return Err(broken_at(
            "validation/minSelections",
            "range",
            "must not be more than there are options",
        ));
    }
    Ok(())
}

/// What it tells of the profile is asked for like this, with options that the profile knows.
pub fn fact_fits(input: &QuestionInput) -> Result<(), ValidationError> {
    let Some(fact) = input.profile_fact else { return Ok(()) };
    if !fact.asked_by().contains(&input.r#type) {
        return Err(broken_at(
            "profileFact",
            "fact",
            "is not told by answers to questions of this type",
        ));
    }
    let known = |value: &str| fact.knows(value).is_ok();
    match input.options.iter().position(|option| !known(&option.value)) {
        Some(at) => {
            let field = format!("options/{at}/value");
            Err(broken_at(&field, "fact", "must be a value that the profile has for this fact"))
        }
        None => Ok(()),
    }
}

/// Whether there is such a question the database knows; it must be another.
pub fn condition_fits(input: &QuestionInput) -> Result<(), ValidationError> {
    match &input.conditional_display {
        Some(condition) if condition.question_id == input.question_id => {
            Err(broken_at("conditionalDisplay/questionId", "other", "must be another question"))
        }
        _ => Ok(()),
    }
}
