//! What is missing, how hard it is to come by, and how long that takes: a table, which docs/recommendations.md shows.

use serde_json::Value;

use super::{
    facts::{Facts, currency, test},
    parts::{Gap, GapAnalysis, GapDifficulty},
    scores::Judged,
    words::{asked, named, number, plural, said},
};
use crate::migratio::{CriterionType, EligibilityCriterion};
use GapDifficulty::{High, Low, Medium};

/// Of what will not change.
const NEVER: (&str, f64) = ("cannot be changed", f64::INFINITY);

/// How hard a gap is to close, how long it takes (in words, and at most in months), and what to do.
struct Effort {
    difficulty: GapDifficulty,
    time: String,
    months: f64,
    suggestions: Vec<String>,
}

impl Effort {
    fn new(difficulty: GapDifficulty, (time, months): (&str, f64), suggestions: &[&str]) -> Self {
        let suggestions = suggestions.iter().map(ToString::to_string).collect();
        Self { difficulty, time: time.to_owned(), months, suggestions }
    }
}

/// How a criterion is missed.
#[derive(Clone, Copy)]
enum Missed {
    /// The profile does not tell.
    Unknown,
    /// The value, and what it should be at least; none: anything above nothing.
    Below(f64, Option<f64>),
    /// The value is more than this, which it may be at most.
    Above(f64),
}

/// What is missing of these criteria, in their order.
pub fn analysis(facts: &Facts<'_>, judged: &[&Judged<'_>]) -> GapAnalysis {
    let missed: Vec<_> = judged.iter().filter(|one| !one.is_met).collect();
    let efforts: Vec<_> = missed.iter().map(|one| effort(facts, one)).collect();
    let required = || {
        efforts.iter().zip(&missed).filter(|(_, one)| one.criterion.is_required).map(|(one, _)| one)
    };
    let hardest = required().map(|effort| effort.difficulty).max();
    // Of those that take as long, the first.
    let longest = required().rev().max_by(|one, other| one.months.total_cmp(&other.months));
    let time = longest.map_or_else(|| "now".to_owned(), |effort| effort.time.clone());
    let overall_difficulty = hardest.or((!missed.is_empty()).then_some(Low));
    let gaps: Vec<_> =
        efforts.into_iter().zip(&missed).map(|(effort, one)| gap(one, effort)).collect();
    GapAnalysis {
        has_gaps: !gaps.is_empty(),
        gaps,
        overall_difficulty,
        estimated_time_to_eligibility: Some(time),
    }
}

fn gap(judged: &Judged<'_>, effort: Effort) -> Gap {
    let criterion = judged.criterion;
    let named = |value: Option<f64>| value.map_or(Value::Null, |value| named(criterion, value));
    let bound = match missed(judged) {
        Missed::Unknown => criterion.min_value.or(criterion.max_value),
        Missed::Below(_, min) => min,
        Missed::Above(max) => Some(max),
    };
    Gap {
        criterion_name: criterion.criterion_name.clone(),
        current_value: named(judged.value),
        required_value: named(bound),
        gap_description: description(judged),
        difficulty: effort.difficulty,
        time_to_address: effort.time,
        suggestions: effort.suggestions,
    }
}

/// What the profile says and what is asked for, in words.
pub fn description(judged: &Judged<'_>) -> String {
    let asked = asked(judged.criterion);
    match judged.value {
        Some(value) => {
            format!("You have: {}. Asked for: {asked}.", said(judged.criterion, value))
        }
        None => format!("Your profile does not tell. Asked for: {asked}."),
    }
}

fn missed(judged: &Judged<'_>) -> Missed {
    let EligibilityCriterion { min_value, max_value, .. } = *judged.criterion;
    match (judged.value, max_value) {
        (None, _) => Missed::Unknown,
        (Some(value), Some(max)) if value > max => Missed::Above(max),
        (Some(value), _) => Missed::Below(value, min_value),
    }
}

fn effort(facts: &Facts<'_>, judged: &Judged<'_>) -> Effort {
    let criterion = judged.criterion;
    let (value, min) = match missed(judged) {
        Missed::Unknown => return unknown(facts, criterion),
        Missed::Above(_) => {
            return Effort::new(High, NEVER, &["Look for programmes without this limit."]);
        }
        Missed::Below(value, min) => (value, min),
    };
    // Where any is enough, one is.
    let least = min.unwrap_or(1.0);
    let short = least - value;
    let wanted = min.map_or_else(|| "any".to_owned(), |min| said(criterion, min));
    match criterion.criterion_type {
        CriterionType::Age => {
            let advice = format!("Apply once you are {} old.", plural(least, "year"));
            timed(short, &advice)
        }
        CriterionType::WorkExperience => {
            let advice = format!("Work for {} more in full time.", plural(short, "year"));
            timed(short, &advice)
        }
        CriterionType::Education => {
            let advice = match min {
                Some(_) => format!("Complete {wanted}."),
                None => "Complete a degree.".to_owned(),
            };
            let (difficulty, time) = match short {
                ..=1.0 => (Medium, ("1-2 years", 24.0)),
                ..=2.0 => (High, ("2-4 years", 48.0)),
                _ => (High, ("4 years or more", 72.0)),
            };
            Effort::new(difficulty, time, &[&advice])
        }
        CriterionType::Language => language(criterion, short, least, &wanted),
        CriterionType::Financial => {
            let advice = match min {
                Some(_) => {
                    format!("Come by {} {} more.", number(short), currency(criterion))
                }
                None => "Come by means of your own.".to_owned(),
            };
            let (difficulty, time) = match short / least.abs().max(1.0) {
                ..=0.10 => (Low, ("3-6 months", 6.0)),
                ..=0.50 => (Medium, ("6-12 months", 12.0)),
                _ => (High, ("1-3 years", 36.0)),
            };
            Effort::new(difficulty, time, &[&advice])
        }
        CriterionType::Family => {
            Effort::new(High, NEVER, &["Look for programmes that ask for no family there."])
        }
        CriterionType::Other if criterion.subject.as_deref() == Some("travel") => {
            let advice = format!("Countries to visit before: {}.", number(short));
            match short {
                ..=2.0 => Effort::new(Low, ("1-6 months", 6.0), &[&advice]),
                _ => Effort::new(Medium, ("6-12 months", 12.0), &[&advice]),
            }
        }
        CriterionType::Other => Effort::new(High, NEVER, &["Ask the authorities about it."]),
    }
}

/// What time alone brings: so many years.
fn timed(years: f64, advice: &str) -> Effort {
    let months = (years * 12.0).ceil();
    let time = if years < 1.0 { plural(months, "month") } else { plural(years, "year") };
    let difficulty = match years {
        ..=1.0 => Low,
        ..=3.0 => Medium,
        _ => High,
    };
    Effort::new(difficulty, (&time, months), &[advice])
}

/// By levels, or by the part of a test's result that is missing.
fn language(criterion: &EligibilityCriterion, short: f64, least: f64, wanted: &str) -> Effort {
    let (difficulty, time) = match test(criterion) {
        None if short <= 1.0 => (Low, ("3-6 months", 6.0)),
        None if short <= 2.0 => (Medium, ("6-12 months", 12.0)),
        Some(_) if short <= 0.10 * least => (Low, ("3-6 months", 6.0)),
        Some(_) if short <= 0.25 * least => (Medium, ("6-12 months", 12.0)),
        _ => (High, ("1-2 years", 24.0)),
    };
    let learn = format!("Take a course that leads to {wanted}.");
    let prove = match test(criterion) {
        Some(test) => format!("Take {test} again."),
        None => "Prove your level by a formal test.".to_owned(),
    };
    Effort::new(difficulty, time, &[&learn, &prove])
}

/// What the profile could tell, but does not.
fn unknown(facts: &Facts<'_>, criterion: &EligibilityCriterion) -> Effort {
    const MINUTES: (&str, f64) = ("a few minutes", 0.0);
    const DAYS: (&str, f64) = ("a few days", 0.25);
    let fill_in =
        |what: &str| Effort::new(Low, MINUTES, &[&format!("Fill in {what} in your profile.")]);
    match criterion.criterion_type {
        CriterionType::Age => fill_in("your date of birth"),
        CriterionType::Education => fill_in("your education"),
        CriterionType::WorkExperience => fill_in("your work experience"),
        CriterionType::Language => match test(criterion) {
            Some(test) if facts.profile.language_proficiency.is_some() => {
                let take = format!("Take {test}.");
                let note = "Fill in its result in your profile.";
                Effort::new(Low, ("1-3 months", 3.0), &[&take, note])
            }
            _ => fill_in("the languages that you speak"),
        },
        CriterionType::Financial => {
            fill_in(&format!("your means (better in {})", currency(criterion)))
        }
        CriterionType::Family if facts.profile.personal_info.is_none() => fill_in("your family"),
        CriterionType::Other if facts.profile.immigration_history.is_none() && tells(criterion) => {
            fill_in("your immigration history")
        }
        CriterionType::Family | CriterionType::Other => {
            Effort::new(Low, DAYS, &["Check it with the authorities: profiles do not tell."])
        }
    }
}

/// Whether a profile could tell anything about it.
fn tells(criterion: &EligibilityCriterion) -> bool {
    matches!(criterion.subject.as_deref(), Some("violations" | "refusals" | "travel"))
}
