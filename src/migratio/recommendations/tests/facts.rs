//! What a profile says, value by value, and what each gap takes.

use serde_json::{Value, json};

use super::{ana, candidate, criterion, explained, profile, rates, today};
use crate::migratio::recommendations::facts::Facts;

/// The value of a criterion of this type, which says this besides.
fn value(person: &Value, kind: &str, more: &Value) -> Option<f64> {
    let (profile, rates) = (profile(person), rates());
    let mut candidate = candidate(1, &json!([criterion(kind, "c", 1.0, true, more)]));
    candidate.country_languages = vec!["en".to_owned(), "fr-CA".to_owned()];
    let facts = Facts::new(&profile, &rates, today());
    facts.value(&candidate.eligibility_criteria[0], &candidate)
}

#[test]
fn every_kind_of_criterion_has_its_value() {
    for (kind, more, expected) in [
        ("age", json!({}), Some(30.0)),
        ("education", json!({}), Some(6.0)),
        ("workExperience", json!({}), Some(3.25)),
        ("workExperience", json!({"subject": "212"}), Some(3.0)),
        ("workExperience", json!({"subject": "41220"}), Some(0.75)),
        ("workExperience", json!({"subject": "9"}), Some(0.0)),
        ("language", json!({"subject": "en"}), Some(5.0)),
        ("language", json!({"subject": "EN-us", "unit": "cefr"}), Some(5.0)),
        ("language", json!({"subject": "de"}), Some(0.0)),
        ("language", json!({}), Some(5.0)),
        ("language", json!({"subject": "en", "unit": "ielts"}), Some(7.5)),
        ("language", json!({"subject": "fr", "unit": "IELTS"}), None),
        ("language", json!({"subject": "en", "unit": "CELPIP"}), None),
        ("financial", json!({"unit": "CAD"}), Some(20000.0)),
        ("financial", json!({"unit": "USD"}), Some(15000.0)),
        ("financial", json!({"unit": "EUR", "subject": "annualIncome"}), Some(36000.0)),
        ("financial", json!({"unit": "CAD", "subject": "netWorth"}), None),
        ("financial", json!({"unit": "XXX"}), None),
        ("financial", json!({"unit": "CAD", "subject": "luck"}), None),
        ("family", json!({}), Some(1.0)),
        ("family", json!({"subject": "sibling"}), Some(1.0)),
        ("family", json!({"subject": "parent"}), Some(0.0)),
        ("family", json!({"subject": "goldfish"}), None),
        ("other", json!({"subject": "violations"}), Some(0.0)),
        ("other", json!({"subject": "refusals"}), Some(1.0)),
        ("other", json!({"subject": "travel"}), Some(2.0)),
        ("other", json!({"subject": "luck"}), None),
        ("other", json!({}), None),
    ] {
        assert_eq!(value(&ana(), kind, &more), expected, "{kind} {more}");
        let usual = matches!(kind, "education" | "workExperience").then_some(0.0);
        let empty = json!({"education": [], "workExperience": [], "languageProficiency": []});
        assert_eq!(value(&empty, kind, &more), usual, "{kind} {more}");
        assert_eq!(value(&json!({}), kind, &more), None, "{kind} {more}");
    }
}

/// Years of work of these jobs.
fn years(jobs: &[Value]) -> f64 {
    let jobs: Vec<Value> = jobs
        .iter()
        .map(|job| {
            let mut whole = json!({"jobTitle": "x", "employer": "x"});
            whole.as_object_mut().unwrap().extend(job.as_object().unwrap().clone());
            whole
        })
        .collect();
    value(&json!({"workExperience": jobs}), "workExperience", &json!({})).unwrap()
}

#[test]
fn work_counts_by_days_and_hours_and_never_more_than_all_of_a_month() {
    let job = |start: &str, end: &str, hours: f64| json!({"startDate": start, "endDate": end, "hoursPerWeek": hours});
    let year = job("2024-01-01", "2024-12-31", 40.0);
    assert!((years(std::slice::from_ref(&year)) - 1.0).abs() < f64::EPSILON);
    for (jobs, expected) in [
        (vec![job("2024-01-01", "2024-12-31", 60.0)], 1.0),
        (vec![job("2024-01-01", "2024-12-31", 10.0)], 0.25),
        (vec![year.clone(), year], 1.0),
        // The half of a day's month at each end.
        (vec![job("2024-03-16", "2024-04-15", 40.0)], 0.08),
        (vec![job("2024-02-29", "2024-02-29", 40.0)], 0.0),
        (vec![json!({"startDate": "2025-06-16", "isCurrentJob": true})], 1.0),
        (
            vec![json!({"startDate": "2026-01-01", "endDate": "2030-01-01", "isCurrentJob": true})],
            0.46,
        ),
        (vec![json!({"startDate": "2027-01-01", "isCurrentJob": true})], 0.0),
        (vec![json!({"startDate": "2020-01-01"})], 0.0),
        (vec![job("2024-12-31", "2024-01-01", 40.0)], 0.0),
    ] {
        assert!((years(&jobs) - expected).abs() < 1e-9, "{jobs:?}: {}", years(&jobs));
        assert!(years(&jobs).is_sign_positive(), "{jobs:?}");
    }
}

#[test]
fn a_birthday_counts_from_its_day() {
    let born =
        |date: &str| value(&json!({"personalInfo": {"dateOfBirth": date}}), "age", &json!({}));
    assert_eq!(born("1996-06-16"), Some(29.0));
    assert_eq!(born("2026-06-15"), Some(0.0));
    assert_eq!(born("2026-06-16"), None);
}

#[test]
fn a_test_counts_until_the_day_it_expires() {
    let ielts = json!({"subject": "en", "unit": "IELTS"});
    for (field, date, expected) in [
        ("expiryDate", json!("2026-06-14"), None),
        ("expiryDate", json!(null), Some(7.5)),
        ("testDate", json!("2026-06-16"), None),
    ] {
        let mut person = ana();
        person["languageProficiency"][0]["formalTest"][field] = date;
        assert_eq!(value(&person, "language", &ielts), expected, "{field}");
    }
}

#[test]
fn every_gap_has_the_effort_of_the_table() {
    for (kind, more, difficulty, time) in [
        ("age", json!({"minValue": 31}), "low", "1 year"),
        ("age", json!({"minValue": 33}), "medium", "3 years"),
        ("age", json!({"minValue": 34}), "high", "4 years"),
        ("age", json!({"maxValue": 29}), "high", "cannot be changed"),
        ("education", json!({"minValue": 7}), "medium", "1-2 years"),
        ("education", json!({"minValue": 8}), "high", "2-4 years"),
        ("education", json!({"minValue": 9.5}), "high", "4 years or more"),
        ("workExperience", json!({"minValue": 3.5}), "low", "3 months"),
        ("workExperience", json!({"minValue": 5}), "medium", "1.75 years"),
        ("workExperience", json!({"minValue": 10}), "high", "6.75 years"),
        ("language", json!({"subject": "fr", "minValue": 3}), "low", "3-6 months"),
        ("language", json!({"subject": "fr", "minValue": 4}), "medium", "6-12 months"),
        ("language", json!({"subject": "fr", "minValue": 5}), "high", "1-2 years"),
        ("language", json!({"subject": "en", "unit": "IELTS", "minValue": 8}), "low", "3-6 months"),
        (
            "language",
            json!({"subject": "en", "unit": "IELTS", "minValue": 9}),
            "medium",
            "6-12 months",
        ),
        (
            "language",
            json!({"subject": "en", "unit": "IELTS", "minValue": 20}),
            "high",
            "1-2 years",
        ),
        (
            "language",
            json!({"subject": "en", "unit": "TOEFL", "minValue": 20}),
            "low",
            "1-3 months",
        ),
        ("financial", json!({"unit": "CAD", "minValue": 22000}), "low", "3-6 months"),
        ("financial", json!({"unit": "CAD", "minValue": 40000}), "medium", "6-12 months"),
        ("financial", json!({"unit": "CAD", "minValue": 50000}), "high", "1-3 years"),
        ("financial", json!({"unit": "XXX"}), "low", "a few minutes"),
        ("family", json!({"minValue": 2}), "high", "cannot be changed"),
        ("family", json!({"subject": "goldfish"}), "low", "a few days"),
        ("other", json!({"subject": "refusals", "maxValue": 0}), "high", "cannot be changed"),
        ("other", json!({"subject": "violations"}), "high", "cannot be changed"),
        ("other", json!({"subject": "travel", "minValue": 4}), "low", "1-6 months"),
        ("other", json!({"subject": "travel", "minValue": 5}), "medium", "6-12 months"),
        ("other", json!({"subject": "luck"}), "low", "a few days"),
    ] {
        let gap = gap(&ana(), kind, &more);
        assert_eq!(
            (&gap["difficulty"], &gap["timeToAddress"]),
            (&json!(difficulty), &json!(time)),
            "{kind} {more}"
        );
    }
}

#[test]
fn what_a_profile_does_not_tell_is_a_low_gap_without_a_value() {
    for (kind, suggestion) in [
        ("age", "Fill in your date of birth in your profile."),
        ("education", "Fill in your education in your profile."),
        ("workExperience", "Fill in your work experience in your profile."),
        ("language", "Fill in the languages that you speak in your profile."),
        ("financial", "Fill in your means (better in USD) in your profile."),
        ("family", "Fill in your family in your profile."),
        ("other", "Check it with the authorities: profiles do not tell."),
    ] {
        let gap = gap(&json!({}), kind, &json!({"minValue": 1}));
        let told = (&gap["difficulty"], &gap["currentValue"], &gap["suggestions"]);
        assert_eq!(told, (&json!("low"), &json!(null), &json!([suggestion])), "{kind}");
        let description = gap["gapDescription"].as_str().unwrap();
        assert!(description.starts_with("Your profile does not tell."), "{description}");
    }
}

fn gap(person: &Value, kind: &str, more: &Value) -> Value {
    let candidate = candidate(1, &json!([criterion(kind, "c", 1.0, true, more)]));
    let (_, analysis) = explained(person, &candidate);
    assert_eq!(analysis.gaps.len(), 1, "{kind} {more}");
    json!(analysis.gaps[0])
}
