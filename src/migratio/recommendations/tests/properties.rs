//! What holds for every profile and every programme: tried on many that are made up, always the same ones.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{candidate, criterion, profile, rates, today};
use crate::migratio::{
    EligibilityCriterion,
    recommendations::{
        explain::explain,
        facts::Facts,
        scores::{Candidate, Scores, judged, ranked, scores},
    },
};

const PROFILES: u64 = 200;
const KINDS: [&str; 7] =
    ["age", "education", "workExperience", "language", "financial", "family", "other"];

/// `SplitMix64`: the same numbers every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (bits ^ (bits >> 31)) % limit
    }

    fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[usize::try_from(self.below(items.len() as u64)).unwrap()].clone()
    }

    /// Something, or null half of the time.
    fn perhaps(&mut self, make: impl FnOnce(&mut Self) -> Value) -> Value {
        if self.below(2) == 0 { Value::Null } else { make(self) }
    }

    fn list(&mut self, most: u64, mut make: impl FnMut(&mut Self, u64) -> Value) -> Value {
        (0..self.below(most + 1)).map(|at| make(self, at)).collect()
    }

    fn date(&mut self) -> String {
        let (year, month) = (1960 + self.below(70), 1 + self.below(12));
        format!("{year}-{month:02}-{:02}", 1 + self.below(28))
    }
}

fn any_profile(dice: &mut Dice) -> Value {
    let person = |dice: &mut Dice| {
        let family = dice.list(3, |dice, _| {
            let relationship = dice.pick(&["spouse", "parent", "sibling"]);
            json!({"relationship": relationship, "countryCode": dice.pick(&["CA", "BR"])})
        });
        json!({"dateOfBirth": dice.perhaps(|dice| json!(dice.date())), "familyMembers": family})
    };
    let studies = |dice: &mut Dice| {
        dice.list(3, |dice, _| {
            let degree = dice.pick(&["highSchool", "diploma", "bachelor", "doctorate"]);
            json!({"degreeType": degree, "isCompleted": dice.below(2) == 0})
        })
    };
    let work = |dice: &mut Dice| {
        dice.list(4, |dice, _| {
            json!({"jobTitle": "x", "employer": "x", "startDate": dice.date(),
                "endDate": dice.perhaps(|dice| json!(dice.date())),
                "isCurrentJob": dice.below(2) == 0, "occupationCode": dice.pick(&["21", "212", "4"]),
                "employmentType": dice.pick(&["fullTime", "partTime"])})
        })
    };
    let languages = |dice: &mut Dice| {
        dice.list(3, |dice, _| {
            json!({"language": dice.pick(&["en", "fr", "pt-BR"]),
                "proficiencyLevel": dice.pick(&["A1", "B2", "native"]),
                "formalTest": dice.perhaps(|dice| json!({"testType": "IELTS", "testDate": dice.date(),
                    "results": {"overall": dice.below(10)}}))})
        })
    };
    let means = |dice: &mut Dice| {
        json!({"currency": dice.pick(&["CAD", "EUR", "XXX"]), "liquidAssets": dice.below(100_000),
            "netWorth": dice.perhaps(|dice| json!(f64::from(u32::try_from(dice.below(90_000)).unwrap()) - 40_000.0))})
    };
    let history = |dice: &mut Dice| {
        let travels = dice.list(3, |dice, _| json!({"countryCode": dice.pick(&["US", "FR"])}));
        json!({"travelHistory": travels})
    };
    json!({
        "personalInfo": dice.perhaps(person), "education": dice.perhaps(studies),
        "workExperience": dice.perhaps(work), "languageProficiency": dice.perhaps(languages),
        "financialResources": dice.perhaps(means), "immigrationHistory": dice.perhaps(history),
        "preferences": dice.perhaps(any_wishes),
    })
}

fn any_wishes(dice: &mut Dice) -> Value {
    let destinations = dice.list(3, |dice, at| {
        json!({"countryId": Uuid::from_u128(u128::from(at)), "preferenceRank": dice.below(200) + at + 1})
    });
    let types = dice.list(3, |dice, _| {
        json!({"type": dice.pick(&["study", "Family"]), "preferenceRank": 1 + dice.below(3)})
    });
    json!({
        "destinationCountries": destinations, "pathwayTypes": types,
        "timeframe": dice.perhaps(|dice| json!(dice.pick(&["sixMonths", "flexible"]))),
        "budgetRange": dice.perhaps(|dice| json!({"currency": dice.pick(&["CAD", "XXX"]),
            "max": dice.perhaps(|dice| json!(dice.below(5000)))})),
    })
}

fn any_candidate(dice: &mut Dice, id: u128) -> Candidate {
    let criteria = dice.list(8, |dice, at| {
        let kind = dice.pick(&KINDS);
        let subject = dice.pick(&["en", "21", "annualIncome", "parent", "travel", "?"]);
        let more = json!({
            "subject": dice.perhaps(|_| json!(subject)),
            "unit": dice.perhaps(|dice| json!(dice.pick(&["CEFR", "IELTS", "CAD", "USD"]))),
            "minValue": dice.perhaps(|dice| json!(dice.below(40))),
            "maxValue": dice.perhaps(|dice| json!(40 + dice.below(60_000))),
        });
        let weight = dice.pick(&[0.0, 0.1, 0.7, 3.0, 99.9]);
        criterion(kind, &format!("c{}", at % 3), weight, dice.below(2) == 0, &more)
    });
    let number = |value: Value| value.as_f64();
    Candidate {
        category: dice.pick(&["Study", "family", "work"]).to_owned(),
        country_id: Uuid::from_u128(u128::from(dice.below(4))),
        estimated_months: number(dice.perhaps(|dice| json!(dice.below(48)))),
        estimated_cost_usd: number(dice.perhaps(|dice| json!(dice.below(6000)))),
        base_rate: number(dice.perhaps(|dice| json!(dice.pick(&[0.0, 0.37, 1.0])))),
        ..candidate(id, &criteria)
    }
}

/// Every made-up profile, with programmes of its own.
fn tried(mut proves: impl FnMut(&Facts<'_>, &mut [Candidate])) {
    let rates = rates();
    for seed in 0..PROFILES {
        let mut dice = Dice(seed);
        let person = profile(&any_profile(&mut dice));
        let mut programs: Vec<_> = (0..20).map(|id| any_candidate(&mut dice, id)).collect();
        proves(&Facts::new(&person, &rates, today()), &mut programs);
    }
}

fn numbers(scores: Scores) -> [f64; 4] {
    let scores = json!(scores);
    ["matchScore", "successProbability", "preferenceScore", "overallScore"]
        .map(|name| scores[name].as_f64().unwrap())
}

/// Loosens a criterion, or asks for just what there is, so that it is met.
fn met(criterion: &mut EligibilityCriterion, value: f64) {
    criterion.min_value = criterion.min_value.map(|min| min.min(value)).or(Some(value));
    criterion.max_value = criterion.max_value.map(|max| max.max(value));
}

#[test]
fn meeting_one_more_criterion_never_lowers_a_score() {
    let mut improved = 0;
    tried(|facts, programs| {
        for program in programs {
            let before = numbers(scores(facts, program));
            let missed = judged(facts, program).into_iter().enumerate();
            let missed = missed.filter(|(_, one)| !one.is_met);
            let missed: Vec<_> = missed.filter_map(|(at, one)| Some((at, one.value?))).collect();
            for (at, value) in missed {
                met(&mut program.eligibility_criteria[at], value);
                let after = numbers(scores(facts, program));
                assert!(judged(facts, program)[at].is_met);
                assert!(before.iter().zip(after).all(|(before, after)| *before <= after));
                improved += usize::from(before[0] < after[0]);
            }
        }
    });
    assert!(improved > 1000, "{improved}");
}

#[test]
fn scores_stay_between_nothing_and_one() {
    let mut seen = BTreeSet::new();
    tried(|facts, programs| {
        for program in programs {
            for score in numbers(scores(facts, program)) {
                assert!((0.0..=1.0).contains(&score), "{score}");
                seen.insert(score.to_bits());
            }
        }
    });
    assert!(seen.len() > 500, "{}", seen.len());
}

#[test]
fn ranks_are_a_permutation_and_the_order_they_come_in_does_not_matter() {
    tried(|facts, programs| {
        let order = |programs: &[Candidate]| -> Vec<_> {
            ranked(facts, programs).iter().map(|one| (one.candidate.id, one.scores)).collect()
        };
        let first = order(programs);
        let ids: BTreeSet<_> = first.iter().map(|(id, _)| *id).collect();
        assert_eq!(ids, programs.iter().map(|one| one.id).collect());
        assert_eq!(first.len(), programs.len());
        let overall = |(_, scores): &(Uuid, Scores)| scores.overall_score;
        assert!(first.is_sorted_by(|one, next| overall(one) >= overall(next)));
        programs.reverse();
        assert_eq!(order(programs), first);
    });
}

#[test]
fn every_criterion_is_a_strength_or_a_gap_and_told_alike_each_time() {
    tried(|facts, programs| {
        for program in programs {
            let (explanation, analysis) = explain(facts, program);
            let met = judged(facts, program).iter().filter(|one| one.is_met).count();
            let all = program.eligibility_criteria.len();
            assert_eq!(analysis.gaps.len(), all - met);
            assert_eq!(explanation.challenges.len(), all - met);
            assert!(explanation.strengths.len() >= met);
            assert_eq!(explanation.key_factors.len(), all.min(3));
            assert_eq!(analysis.has_gaps, !analysis.gaps.is_empty());
            assert_eq!(analysis.overall_difficulty.is_some(), analysis.has_gaps);
            assert_eq!(explain(facts, program), (explanation, analysis));
        }
    });
}
