//! How well a programme fits: four scores, and the ranking by them. The same profile on the same day has the same.

use std::cmp::Reverse;

use serde::{Serialize, Serializer};
use sqlx::types::Json;
use uuid::Uuid;

use super::facts::Facts;
use crate::migratio::{EligibilityCriterion, Timeframe};

/// How likely it is to succeed where nobody says.
const BASE_RATE: f64 = 0.5;
/// How well it is what they want where they said nothing.
const NO_WISHES: f64 = 0.5;
/// How much match, success and preference count in all, in tenths.
const WEIGHTS: [u32; 3] = [5, 3, 2];

/// A programme that may be recommended.
#[derive(Default)]
pub struct Candidate {
    pub id: Uuid,
    pub name: String,
    pub category: String,
    pub country_id: Uuid,
    pub country_name: String,
    pub country_code: String,
    pub country_languages: Vec<String>,
    pub eligibility_criteria: Json<Vec<EligibilityCriterion>>,
    pub estimated_months: Option<f64>,
    pub estimated_cost_usd: Option<f64>,
    pub base_rate: Option<f64>,
}

/// A part of one, in ten-thousandths: rounded once, so that who reads it can check the sums.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score(u32);

impl Score {
    /// Rounds half away from zero; what is a half in decimals may be a hair less in binary.
    fn of(part: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 10,000, as it is clamped"
        )]
        Self((part.clamp(0.0, 1.0) * 10_000.0 + 1e-7).round() as u32)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(f64::from(self.0) / 10_000.0)
    }
}

/// The four scores of a programme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Scores {
    pub match_score: Score,
    pub success_probability: Score,
    pub preference_score: Score,
    pub overall_score: Score,
}

impl Scores {
    fn of(matched: Score, success: Score, preference: Score) -> Self {
        let parts = [matched, success, preference];
        let tenths: u32 = parts.iter().zip(WEIGHTS).map(|(part, weight)| part.0 * weight).sum();
        Self {
            match_score: matched,
            success_probability: success,
            preference_score: preference,
            overall_score: Score((tenths + 5) / 10),
        }
    }
}

/// A criterion, and what the profile says about it.
pub struct Judged<'a> {
    pub criterion: &'a EligibilityCriterion,
    pub value: Option<f64>,
    pub is_met: bool,
}

/// A programme with its scores.
pub struct Scored<'a> {
    pub candidate: &'a Candidate,
    pub scores: Scores,
}

/// What somebody wishes, and how far a programme is that.
#[derive(Debug, PartialEq)]
pub enum Wish {
    /// Its country's place among the destinations, from 1, and how many there are.
    Destination(Option<usize>, usize),
    /// Its category's place among the pathway types, from 1, and how many there are.
    Pathway(Option<usize>, usize),
    /// What it costs, and what it may cost, in US dollars.
    Budget(f64, f64),
    /// The months it takes, and those it may take; none: any number.
    Timeframe(Option<f64>, Option<f64>),
}

impl Wish {
    /// How much it counts among wishes.
    pub const fn weight(&self) -> f64 {
        match self {
            Self::Destination(..) => 0.40,
            Self::Pathway(..) => 0.25,
            Self::Budget(..) => 0.20,
            Self::Timeframe(..) => 0.15,
        }
    }

    /// How far it is fulfilled, 0 to 1.
    pub fn fulfilled(&self) -> f64 {
        match *self {
            Self::Destination(place, of) | Self::Pathway(place, of) => match place {
                Some(place) => 1.0 - whole(place - 1) / whole(of),
                None => 0.0,
            },
            Self::Budget(cost, most) if cost > most => most / cost,
            Self::Timeframe(Some(months), Some(limit)) if months > limit => limit / months,
            Self::Budget(..) | Self::Timeframe(..) => 1.0,
        }
    }
}

/// All programmes with their scores, the best first.
pub fn ranked<'a>(facts: &Facts<'_>, candidates: &'a [Candidate]) -> Vec<Scored<'a>> {
    let mut all: Vec<_> = candidates
        .iter()
        .map(|candidate| Scored { candidate, scores: scores(facts, candidate) })
        .collect();
    all.sort_by_key(|one| {
        let Scores { match_score, success_probability, overall_score, .. } = one.scores;
        (Reverse((overall_score, match_score, success_probability)), one.candidate.id)
    });
    all
}

/// The scores of one programme.
pub fn scores(facts: &Facts<'_>, candidate: &Candidate) -> Scores {
    let judged = judged(facts, candidate);
    Scores::of(
        Score::of(matched(&judged)),
        Score::of(success(&judged, candidate.base_rate)),
        Score::of(preference(&wishes(facts, candidate))),
    )
}

/// Every criterion of a programme, in its order.
pub fn judged<'a>(facts: &Facts<'_>, candidate: &'a Candidate) -> Vec<Judged<'a>> {
    let criteria = candidate.eligibility_criteria.iter();
    criteria
        .map(|criterion| {
            let value = facts.value(criterion, candidate);
            Judged { criterion, value, is_met: value.is_some_and(|value| meets(criterion, value)) }
        })
        .collect()
}

fn meets(criterion: &EligibilityCriterion, value: f64) -> bool {
    match (criterion.min_value, criterion.max_value) {
        (None, None) => value > 0.0,
        (min, max) => min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max),
    }
}

fn matched(judged: &[Judged<'_>]) -> f64 {
    let weight = |one: &Judged<'_>| one.criterion.weight;
    let all: f64 = judged.iter().map(weight).sum();
    if all > 0.0 {
        judged.iter().filter(|one| one.is_met).map(weight).sum::<f64>() / all
    } else {
        1.0
    }
}

fn success(judged: &[Judged<'_>], base_rate: Option<f64>) -> f64 {
    let base = base_rate.unwrap_or(BASE_RATE);
    let required = judged.iter().filter(|one| one.criterion.is_required);
    let (met, all) = required
        .fold((0_usize, 0_usize), |(met, all), one| (met + usize::from(one.is_met), all + 1));
    if all > 0 { base * (whole(met) / whole(all)) } else { base }
}

fn preference(wishes: &[Wish]) -> f64 {
    let all: f64 = wishes.iter().map(Wish::weight).sum();
    if wishes.is_empty() {
        return NO_WISHES;
    }
    wishes.iter().map(|wish| wish.weight() * wish.fulfilled()).sum::<f64>() / all
}

/// What the profile has wishes about, as far as it can be told of the programme.
pub fn wishes(facts: &Facts<'_>, candidate: &Candidate) -> Vec<Wish> {
    let Some(wanted) = &facts.profile.preferences else { return Vec::new() };
    let destinations = &wanted.destination_countries;
    let there = destinations.iter().find(|one| one.country_id == candidate.country_id);
    let types = &wanted.pathway_types;
    let category = candidate.category.trim().to_lowercase();
    let such = types.iter().filter(|one| one.r#type.trim().to_lowercase() == category);
    let such = such.map(|one| one.preference_rank).min();
    let before = |rank: i32| 1 + types.iter().filter(|one| one.preference_rank < rank).count();
    let ahead =
        |rank: i32| 1 + destinations.iter().filter(|one| one.preference_rank < rank).count();
    let budget = wanted.budget_range.as_ref().and_then(|range| {
        let most = range.max? * facts.usd_per_unit(&range.currency)?;
        Some(Wish::Budget(candidate.estimated_cost_usd?, most))
    });
    let place = there.map(|one| ahead(one.preference_rank));
    [
        (!destinations.is_empty()).then_some(Wish::Destination(place, destinations.len())),
        (!types.is_empty()).then(|| Wish::Pathway(such.map(before), types.len())),
        budget,
        wanted.timeframe.and_then(|timeframe| within(timeframe, candidate.estimated_months)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn within(timeframe: Timeframe, months: Option<f64>) -> Option<Wish> {
    let limit = match timeframe {
        Timeframe::SixMonths => 6.0,
        Timeframe::OneYear => 12.0,
        Timeframe::TwoYears => 24.0,
        Timeframe::FiveYears => 60.0,
        Timeframe::Flexible => return Some(Wish::Timeframe(months, None)),
    };
    Some(Wish::Timeframe(Some(months?), Some(limit)))
}

/// A small number.
#[expect(clippy::cast_precision_loss, reason = "a list has no more than a few hundred items")]
pub const fn whole(number: usize) -> f64 {
    number as f64
}
