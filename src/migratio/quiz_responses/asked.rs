//! What of a quiz is asked, by the answers that there are.

use std::{cmp::Ordering, collections::HashMap};

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::migratio::{
    Condition, ConditionOperator, ProfileFact, Question, QuizAnswer, questions::day,
};

/// How much of what is asked has an answer.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuizProgress {
    /// How many of the visible questions have an answer.
    pub answered: usize,
    /// How many questions are visible, by the answers that there are.
    pub visible: usize,
    /// The one in percent of the other, rounded down; 100 where nothing is asked.
    pub percentage: usize,
}

/// The active questions of a quiz in order, which of them are asked, and the answers to those.
#[derive(Debug)]
pub struct Asked<'q> {
    questions: &'q [Question],
    places: HashMap<&'q str, usize>,
    /// An answer to each question, if it is one by the question as it is now.
    answers: Vec<Option<&'q Value>>,
    visible: Vec<bool>,
}

impl<'q> Asked<'q> {
    /// Decides which of these questions are asked.
    pub fn of(questions: &'q [Question], answers: &'q [QuizAnswer]) -> Self {
        let given: HashMap<&str, &Value> =
            answers.iter().map(|one| (one.question_id.as_str(), &one.answer.0)).collect();
        let answer = |question: &Question| {
            let answer = given.get(question.question_id.as_str()).copied();
            answer.filter(|answer| question.takes(answer).is_ok())
        };
        let place = |(at, question): (usize, &'q Question)| (question.question_id.as_str(), at);
        let mut asked = Self {
            questions,
            places: questions.iter().enumerate().map(place).collect(),
            answers: questions.iter().map(answer).collect(),
            visible: Vec::new(),
        };
        asked.visible = asked.walk();
        asked
    }

    /// Each question waits for at most one other, so that every chain is walked once. What waits for itself is never asked, nor
    /// is what waits for a question that is not there.
    fn walk(&self) -> Vec<bool> {
        let mut known = vec![None; self.questions.len()];
        let mut walked = vec![false; self.questions.len()];
        for start in 0..self.questions.len() {
            let mut chain = Vec::new();
            let mut at = start;
            let mut shown = loop {
                if let Some(shown) = known[at] {
                    break shown;
                }
                if walked[at] {
                    break false;
                }
                walked[at] = true;
                let Some(condition) = &self.questions[at].conditional_display else {
                    known[at] = Some(true);
                    break true;
                };
                chain.push((at, condition));
                match self.places.get(condition.question_id.as_str()) {
                    Some(other) => at = *other,
                    None => break false,
                }
            };
            for (at, condition) in chain.into_iter().rev() {
                let answer = self.places.get(condition.question_id.as_str());
                let answer = answer.and_then(|other| self.answers[*other]);
                shown = shown && answer.is_some_and(|answer| holds(condition, answer));
                known[at] = Some(shown);
            }
        }
        known.into_iter().map(|shown| shown == Some(true)).collect()
    }

    /// The question with this code, and whether it is asked.
    pub fn find(&self, code: &str) -> Option<(&'q Question, bool)> {
        let at = *self.places.get(code)?;
        Some((&self.questions[at], self.visible[at]))
    }

    /// Whether the answer to the question with this code counts: it is asked, and takes the answer.
    pub fn counts(&self, code: &str) -> bool {
        self.places.get(code).is_some_and(|at| self.visible[*at] && self.answers[*at].is_some())
    }

    /// How much of what is asked has an answer.
    pub fn progress(&self) -> QuizProgress {
        let visible = self.shown().count();
        let answered = self.shown().filter(|(_, answer)| answer.is_some()).count();
        let percentage = (answered * 100).checked_div(visible).unwrap_or(100);
        QuizProgress { answered, visible, percentage }
    }

    /// The first question that is asked and has no answer.
    pub fn next(&self) -> Option<&'q Question> {
        self.unanswered().next()
    }

    /// The codes of the questions that must be answered yet.
    pub fn missing(&self) -> Vec<&'q str> {
        let required = self.unanswered().filter(|question| question.validation.required);
        required.map(|question| question.question_id.as_str()).collect()
    }

    /// What the answers tell of the profile; of two answers to the same, the later question's.
    pub fn facts(&self) -> HashMap<ProfileFact, &'q Value> {
        self.shown().filter_map(|(question, answer)| question.profile_fact.zip(answer)).collect()
    }

    fn unanswered(&self) -> impl Iterator<Item = &'q Question> {
        self.shown().filter(|(_, answer)| answer.is_none()).map(|(question, _)| question)
    }

    fn shown(&self) -> impl Iterator<Item = (&'q Question, Option<&'q Value>)> {
        let all = self.questions.iter().zip(&self.answers).zip(&self.visible);
        all.filter(|(_, shown)| **shown).map(|((question, answer), _)| (question, *answer))
    }
}

/// Whether a condition holds for an answer. Of several choices each is looked at.
fn holds(condition: &Condition, answer: &Value) -> bool {
    let Some(value) = &condition.value else {
        return condition.operator == ConditionOperator::Answered;
    };
    let among = |value: &Value| match answer {
        Value::Array(choices) => choices.iter().any(|choice| same(choice, value)),
        one => same(one, value),
    };
    match condition.operator {
        ConditionOperator::Answered => true,
        ConditionOperator::Equals => among(value),
        ConditionOperator::NotEquals => !among(value),
        ConditionOperator::In => value.as_array().is_some_and(|values| values.iter().any(among)),
        ConditionOperator::GreaterThan => less(value, answer),
        ConditionOperator::LessThan => less(answer, value),
    }
}

/// 5 and 5.0 are the same number.
fn same(one: &Value, other: &Value) -> bool {
    let numbers = one.as_f64().zip(other.as_f64());
    one == other
        || numbers.is_some_and(|(one, other)| one.partial_cmp(&other) == Some(Ordering::Equal))
}

/// By number, or by day; nothing else has an order.
fn less(one: &Value, other: &Value) -> bool {
    let days = || Some((day(one.as_str()?)?, day(other.as_str()?)?));
    match one.as_f64().zip(other.as_f64()) {
        Some((one, other)) => one < other,
        None => days().is_some_and(|(one, other)| one < other),
    }
}

#[cfg(test)]
mod tests;
