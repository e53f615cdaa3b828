use serde_json::{Value, json};

use super::{PATH, full};
use crate::support::{Caller, TestApp};

/// Where something stands in the profile, what is put there, and what is wrong with it.
fn cases() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("/personalInfo/dateOfBirth", json!("2999-01-01"), "date"),
        ("/personalInfo/dateOfBirth", json!("1899-12-31"), "date"),
        ("/personalInfo/dateOfBirth", json!("2023-02-29"), "type"),
        ("/personalInfo/gender", json!("FEMALE"), "type"),
        ("/personalInfo/nationalities", json!(["PT", "pt"]), "country"),
        ("/personalInfo/nationalities", json!(vec!["PT"; 11]), "length"),
        ("/personalInfo/nationalities", json!(["Ñ!"]), "country"),
        ("/personalInfo/currentResidence/countryCode", json!(""), "country"),
        ("/personalInfo/currentResidence/city", json!("x".repeat(201)), "length"),
        (
            "/personalInfo/familyMembers",
            json!(vec![json!({"relationship": "child"}); 31]),
            "length",
        ),
        ("/personalInfo/familyMembers/0/relationship", json!("dog"), "type"),
        ("/personalInfo/familyMembers/0/dateOfBirth", json!("2999-01-01"), "date"),
        ("/personalInfo/contactInformation/email", json!("ann"), "email"),
        ("/personalInfo/contactInformation/phone", json!("0211"), "phone"),
        ("/personalInfo/contactInformation/address", json!("a\0b"), "nul"),
        ("/personalInfo/shoeSize", json!(42), "unknown_field"),
        ("/education", json!({}), "type"),
        ("/education", json!(vec![json!({"degreeType": "master"}); 51]), "length"),
        ("/education/0/degreeType", json!(null), "type"),
        ("/education/0/endDate", json!("2010-08-31"), "order"),
        ("/education/0/credentialStatus", json!("bought"), "type"),
        ("/workExperience/0/jobTitle", json!(""), "length"),
        ("/workExperience/0/endDate", json!("2017-01-01"), "order"), // it goes on
        ("/workExperience/0/hoursPerWeek", json!(0), "range"),
        ("/workExperience/0/hoursPerWeek", json!(101), "range"),
        ("/workExperience/0/skills", json!(["x".repeat(201)]), "lines"),
        ("/workExperience/0/duties", json!(vec!["x"; 101]), "lines"),
        ("/workExperience/0/salary", json!(1), "unknown_field"),
        ("/languageProficiency/0/language", json!("english!"), "language"),
        ("/languageProficiency/0/proficiencyLevel", json!("D1"), "type"),
        ("/languageProficiency/0/formalTest/expiryDate", json!("2025-01-09"), "order"),
        ("/languageProficiency/0/formalTest/results/overall", json!(1001), "range"),
        ("/languageProficiency/0/formalTest/results/overall", json!(-0.5), "range"),
        ("/languageProficiency/0/formalTest/results/spelling", json!(9), "unknown_field"),
        ("/financialResources/currency", json!("eur"), "currency"),
        ("/financialResources/liquidAssets", json!(-1), "range"),
        ("/financialResources/annualIncome", json!(1e13), "range"),
        ("/financialResources/annualIncome", json!("45000"), "type"),
        ("/immigrationHistory/previousApplications/0/outcome", json!("maybe"), "type"),
        ("/immigrationHistory/travelHistory/0/exitDate", json!("2022-12-31"), "order"),
        ("/immigrationHistory/violations/0/description", json!(""), "length"),
        ("/preferences/timeframe", json!("soon"), "type"),
        ("/preferences/pathwayTypes", json!([{"type": "", "preferenceRank": 1}]), "/0/type length"),
        (
            "/preferences/priorityFactors",
            json!([{"factor": "x", "importance": 6}]),
            "/0/importance range",
        ),
        ("/preferences/locationPreferences", json!({"languages": ["?"]}), "/languages languages"),
        ("/preferences/budgetRange", json!({"currency": "EUR", "min": 2, "max": 1}), "range"),
        ("/additionalAttributes/health/notes", json!("x".repeat(2001)), "length"),
        ("/additionalAttributes/health/conditions", json!([""]), "lines"),
        ("/additionalAttributes/criminalRecord/hasRecord", json!("no"), "type"),
        ("/additionalAttributes/militaryService/endDate", json!("2008-12-31"), "order"),
        ("/additionalAttributes/religion", json!("x"), "unknown_field"),
        ("/dataConsent", json!({"": true}), "consents"),
        ("/dataConsent", json!({"two words": true}), "consents"),
        ("/dataConsent/matching", json!("yes"), "type"),
        ("/dataConsent", consents(21), "consents"),
        ("/completionPercentage", json!(100), "unknown_field"),
        ("/profileMetadata", json!({}), "unknown_field"),
    ]
}

fn consents(number: usize) -> Value {
    (0..number).map(|at| (format!("c{at}"), json!(true))).collect::<serde_json::Map<_, _>>().into()
}

#[tokio::test]
async fn what_is_wrong_is_named_where_it_stands() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (place, value, wrong) in cases() {
        let mut body = full();
        body["preferences"] = json!({});
        let (parent, field) = place.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[field] = value;
        let errors = match wrong.split_once(' ') {
            Some((below, code)) => format!(r#"["{place}{below} {code}"]"#),
            None => format!(r#"["{place} {wrong}"]"#),
        };
        assert_eq!(ann.put(PATH, &body).await.brief(), format!("422 validation {errors}"));
    }
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await.ok(201);
    let patch = json!({"education": [{"degreeType": "master", "countryCode": "x", "startDate": "1500-01-01"}]});
    let refused = ann.patch(PATH, &patch).await;
    let both =
        r#"422 validation ["/education/0/countryCode country","/education/0/startDate date"]"#;
    assert_eq!(refused.brief(), both);
    assert_eq!(ann.get(PATH).await.ok(200), made);
}

#[tokio::test]
async fn one_language_is_the_one_spoken_most() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let language = |tag: &str, primary: bool| json!({"language": tag, "proficiencyLevel": "native", "isPrimary": primary});
    let two = json!({"languageProficiency": [language("pt", true), language("en", true)]});
    let refused = ann.put(PATH, &two).await;
    assert_eq!(refused.brief(), r#"422 validation ["/languageProficiency primary"]"#);
    let one = json!({"languageProficiency": [language("pt", true), language("en", false)]});
    ann.put(PATH, &one).await.ok(201);
}

#[tokio::test]
async fn the_largest_values_fit_and_no_larger_ones() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = json!({
        "jobTitle": "é".repeat(200), "employer": "🚢".repeat(200), "startDate": "1900-01-01", "endDate": "2199-12-31",
        "skills": ["x".repeat(200)], "hoursPerWeek": 100,
    });
    let largest = json!({
        "workExperience": vec![job; 50], "education": vec![json!({"degreeType": "doctorate"}); 50],
        "dataConsent": consents(20),
    });
    ann.put(PATH, &largest).await.ok(201);
    let notes = json!({"additionalAttributes": {"health": {"notes": "🚢".repeat(2000)}}});
    let patched = ann.patch(PATH, &notes).await.ok(200);
    assert_eq!(patched["additionalAttributes"]["health"]["notes"], "🚢".repeat(2000));
    let conditions =
        json!({"additionalAttributes": {"health": {"conditions": vec!["🚢".repeat(200); 100]}}});
    let refused = ann.patch(PATH, &conditions).await;
    assert_eq!(refused.brief(), r#"422 validation ["/additionalAttributes document"]"#);
    assert_eq!(ann.get(PATH).await.ok(200), patched);
}
