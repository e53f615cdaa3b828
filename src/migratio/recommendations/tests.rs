//! Known profiles, with scores and gaps that were worked out by hand.

mod facts;
mod properties;

use chrono::NaiveDate;
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

use super::{
    explain::explain,
    facts::{Facts, Profile, Rates},
    parts::{Explanation, GapAnalysis},
    scores::{Candidate, ranked, scores},
};

const CANADA: Uuid = Uuid::from_u128(1);
const AUSTRALIA: Uuid = Uuid::from_u128(2);
const FRANCE: Uuid = Uuid::from_u128(3);

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 15).unwrap()
}

fn rates() -> Rates {
    Rates::from([("CAD".to_owned(), 0.75), ("EUR".to_owned(), 1.25)])
}

/// Turns thirty today; 39 months of work; 15,000 USD.
fn ana() -> Value {
    json!({
        "personalInfo": {
            "dateOfBirth": "1996-06-15",
            "familyMembers": [
                {"relationship": "sibling", "countryCode": "CA"},
                {"relationship": "parent", "countryCode": "BR"},
            ],
        },
        "education": [
            {"degreeType": "bachelor", "isCompleted": true},
            {"degreeType": "master", "isCompleted": false},
        ],
        "workExperience": [
            {"jobTitle": "Engineer", "employer": "a", "occupationCode": "21231",
             "startDate": "2020-01-01", "endDate": "2022-12-31"},
            {"jobTitle": "Teacher", "employer": "b", "occupationCode": "41220",
             "startDate": "2022-01-01", "endDate": "2023-06-30", "employmentType": "partTime"},
        ],
        "languageProficiency": [
            {"language": "en-GB", "proficiencyLevel": "C1", "formalTest": {
                "testType": "IELTS", "testDate": "2025-01-01", "expiryDate": "2026-06-15",
                "results": {"overall": 7.5},
            }},
            {"language": "fr", "proficiencyLevel": "A2"},
        ],
        "financialResources": {"currency": "CAD", "liquidAssets": 20000.0, "annualIncome": 60000.0},
        "immigrationHistory": {
            "previousApplications": [{"countryCode": "US", "outcome": "refused"}],
            "travelHistory": [
                {"countryCode": "US"}, {"countryCode": "FR"}, {"countryCode": "US"},
                {"countryCode": "JP", "entryDate": "2026-06-16"},
            ],
        },
        "preferences": {
            "destinationCountries": [
                {"countryId": AUSTRALIA, "preferenceRank": 7},
                {"countryId": CANADA, "preferenceRank": 3},
            ],
            "pathwayTypes": [
                {"type": "Skilled-Worker", "preferenceRank": 1},
                {"type": "study", "preferenceRank": 2},
            ],
            "timeframe": "oneYear",
            "budgetRange": {"currency": "CAD", "max": 2000.0},
        },
    })
}

/// A criterion of these type, name, weight; whether it is required; and what else it says.
fn criterion(kind: &str, name: &str, weight: f64, is_required: bool, more: &Value) -> Value {
    let mut criterion = json!({
        "criterionType": kind, "criterionName": name, "weight": weight, "isRequired": is_required,
    });
    let fields = criterion.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    criterion
}

fn candidate(id: u128, criteria: &Value) -> Candidate {
    Candidate {
        id: Uuid::from_u128(id),
        name: format!("Programme {id}"),
        country_name: "Canada".to_owned(),
        country_code: "CA".to_owned(),
        country_id: CANADA,
        category: "skilled-worker".to_owned(),
        eligibility_criteria: Json(serde_json::from_value(criteria.clone()).unwrap()),
        ..Candidate::default()
    }
}

/// 70 of 100 is met, all that is required; 2,000 USD and 18 months are too much.
fn express() -> Candidate {
    Candidate {
        base_rate: Some(0.8),
        estimated_cost_usd: Some(2000.0),
        estimated_months: Some(18.0),
        ..candidate(
            10,
            &json!([
                criterion("age", "Age", 10.0, true, &json!({"minValue": 18, "maxValue": 35})),
                criterion("education", "Degree", 25.0, true, &json!({"minValue": 6})),
                criterion("workExperience", "Work", 20.0, true, &json!({"minValue": 3})),
                criterion(
                    "language",
                    "French",
                    20.0,
                    false,
                    &json!({"minValue": 4, "subject": "fr"})
                ),
                criterion(
                    "financial",
                    "Funds",
                    15.0,
                    true,
                    &json!({"minValue": 15000, "unit": "USD"})
                ),
                criterion("family", "Parents", 10.0, false, &json!({"subject": "parent"})),
            ]),
        )
    }
}

/// Nothing is met; nothing is known of money and time.
fn college() -> Candidate {
    let ielts = json!({"minValue": 8, "unit": "ielts", "subject": "en"});
    Candidate {
        country_id: AUSTRALIA,
        category: "Study".to_owned(),
        ..candidate(20, &json!([criterion("language", "English", 1.0, true, &ielts)]))
    }
}

/// Nothing is asked for, nobody wanted it, and it is cheap and quick.
fn reunion() -> Candidate {
    Candidate {
        country_id: FRANCE,
        category: "family".to_owned(),
        base_rate: Some(0.333),
        estimated_cost_usd: Some(100.0),
        estimated_months: Some(3.0),
        ..candidate(30, &json!([]))
    }
}

fn profile(json: &Value) -> Profile {
    serde_json::from_value(json.clone()).unwrap()
}

fn scored(person: &Value, candidate: &Candidate) -> Value {
    let (profile, rates) = (profile(person), rates());
    json!(scores(&Facts::new(&profile, &rates, today()), candidate))
}

fn explained(person: &Value, candidate: &Candidate) -> (Explanation, GapAnalysis) {
    let (profile, rates) = (profile(person), rates());
    explain(&Facts::new(&profile, &rates, today()), candidate)
}

#[test]
fn a_known_profile_has_the_scores_that_were_worked_out_by_hand() {
    // (10 + 25 + 20 + 15) / 100; 0.8 * 4/4; 0.4 + 0.25 + 0.2 * 1500/2000 + 0.15 * 12/18.
    let expected = json!({"matchScore": 0.7, "successProbability": 0.8, "preferenceScore": 0.9,
        "overallScore": 0.77});
    assert_eq!(scored(&ana(), &express()), expected);
    // 0 / 1; 0.5 * 0/1; (0.4 * 1/2 + 0.25 * 1/2) / 0.65.
    let expected = json!({"matchScore": 0.0, "successProbability": 0.0, "preferenceScore": 0.5,
        "overallScore": 0.1});
    assert_eq!(scored(&ana(), &college()), expected);
    // Nothing to miss; as told; (0 + 0 + 0.2 + 0.15) / 1.
    let expected = json!({"matchScore": 1.0, "successProbability": 0.333, "preferenceScore": 0.35,
        "overallScore": 0.6699});
    assert_eq!(scored(&ana(), &reunion()), expected);
}

#[test]
fn an_empty_profile_has_no_wishes_and_meets_what_nobody_asks() {
    let expected = json!({"matchScore": 0.0, "successProbability": 0.0, "preferenceScore": 0.5,
        "overallScore": 0.1});
    assert_eq!(scored(&json!({}), &express()), expected);
    let expected = json!({"matchScore": 1.0, "successProbability": 0.333, "preferenceScore": 0.5,
        "overallScore": 0.6999});
    assert_eq!(scored(&json!({}), &reunion()), expected);
}

#[test]
fn scores_are_rounded_half_away_from_zero() {
    let third = json!([
        criterion("age", "a", 1.0, false, &json!({})),
        criterion("age", "b", 2.0, false, &json!({"minValue": 99})),
    ]);
    let expected = json!({"matchScore": 0.3333, "successProbability": 0.5, "preferenceScore": 0.5,
        "overallScore": 0.4167}); // 0.41665
    let person = json!({"personalInfo": {"dateOfBirth": "2000-01-01"}});
    assert_eq!(scored(&person, &candidate(1, &third)), expected);
    let weightless = json!([criterion("age", "a", 0.0, false, &json!({"minValue": 99}))]);
    assert_eq!(scored(&person, &candidate(1, &weightless))["matchScore"], 1.0);
}

#[test]
fn programmes_are_ranked_by_overall_match_success_and_id() {
    let (profile, rates) = (profile(&ana()), rates());
    let twin = Candidate { id: Uuid::from_u128(9), ..express() };
    let all = [college(), express(), reunion(), twin];
    let ranked = ranked(&Facts::new(&profile, &rates, today()), &all);
    let ids: Vec<_> = ranked.iter().map(|one| one.candidate.id.as_u128()).collect();
    assert_eq!(ids, [9, 10, 30, 20]);
}

#[test]
fn strengths_are_what_is_met_by_weight_and_wishes_fulfilled() {
    let (explanation, _) = explained(&ana(), &express());
    let summary = "You meet 4 of 6 criteria of Programme 10 (Canada); 4 of 4 that are required.";
    assert_eq!(explanation.summary, summary);
    assert_eq!(explanation.key_factors, ["Degree", "French", "Work"]);
    assert_eq!(
        json!(explanation.strengths),
        json!([
            {"factor": "Degree",
             "description": "You have: a bachelor's degree. Asked for: at least a bachelor's degree."},
            {"factor": "Work", "description": "You have: 3.25 years. Asked for: at least 3 years."},
            {"factor": "Funds", "description": "You have: 15,000 USD. Asked for: at least 15,000 USD."},
            {"factor": "Age", "description": "You have: 30 years. Asked for: 18 years to 35 years."},
            {"factor": "Destination", "description": "Canada is choice 1 of your 2 countries."},
            {"factor": "Pathway type",
             "description": "skilled-worker is choice 1 of your 2 pathway types."},
        ])
    );
}

#[test]
fn gaps_are_what_is_missed_with_how_hard_and_how_long() {
    let (explanation, analysis) = explained(&ana(), &express());
    let learn = "Take a course that leads to B2.";
    assert_eq!(
        json!(analysis),
        json!({
            "hasGaps": true, "overallDifficulty": "low", "estimatedTimeToEligibility": "now",
            "gaps": [
                {"criterionName": "French", "currentValue": "A2", "requiredValue": "B2",
                 "gapDescription": "You have: A2. Asked for: at least B2.", "difficulty": "medium",
                 "timeToAddress": "6-12 months",
                 "suggestions": [learn, "Prove your level by a formal test."]},
                {"criterionName": "Parents", "currentValue": 0.0, "requiredValue": null,
                 "gapDescription": "You have: 0. Asked for: any.", "difficulty": "high",
                 "timeToAddress": "cannot be changed",
                 "suggestions": ["Look for programmes that ask for no family there."]},
            ],
        })
    );
    let challenges: Vec<_> = explanation.challenges.iter().map(|one| &one.suggestion).collect();
    assert_eq!(challenges[0].as_deref(), Some(learn));
    let (_, analysis) = explained(&ana(), &college());
    assert_eq!(analysis.estimated_time_to_eligibility.as_deref(), Some("3-6 months"));
    assert_eq!(json!(analysis.gaps[0])["requiredValue"], 8.0);
    let (explanation, analysis) = explained(&ana(), &reunion());
    assert_eq!(explanation.summary, "Programme 30 (Canada) names no criteria.");
    let nothing = json!({"hasGaps": false, "gaps": [], "overallDifficulty": null,
        "estimatedTimeToEligibility": "now"});
    assert_eq!(json!(analysis), nothing);
}

#[test]
fn halves_are_rounded_up_as_in_decimals() {
    let none = json!({"subject": "violations", "maxValue": 0});
    let some = json!({"subject": "violations", "minValue": 1});
    let of = |n: usize| criterion("other", "Past", 1.0, true, if n < 3 { &none } else { &some });
    let criteria: Vec<_> = (0..8).map(of).collect();
    let tie = Candidate { base_rate: Some(0.35), ..candidate(1, &json!(criteria)) };
    // 0.35 × 3 / 8 is 0.13125.
    assert_eq!(scored(&ana(), &tie)["successProbability"], 0.1313);
}
