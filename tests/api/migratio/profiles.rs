mod completion;
mod destinations;
mod refusals;
mod secrets;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::people::inserted;
use crate::support::{Caller, TestApp, assert_holds};

pub const PATH: &str = "/v1/migratio/profile";

/// Every section but preferences, which name countries.
pub fn full() -> Value {
    json!({
        "personalInfo": {
            "dateOfBirth": "1990-05-17", "gender": "female", "maritalStatus": "commonLaw",
            "nationalities": ["PT", "BR"],
            "currentResidence": {"countryCode": "PT", "city": "Évora 🏛", "status": "citizen", "since": "1990-05-17"},
            "familyMembers": [
                {"relationship": "child", "dateOfBirth": "2020-02-29", "countryCode": "PT", "isAccompanying": true},
            ],
            "contactInformation": {"email": "ann@example.com", "phone": "+351211234567", "address": "Rua 1"},
        },
        "education": [{
            "degreeType": "master", "fieldOfStudy": "Physics", "institution": "Évora", "countryCode": "PT",
            "startDate": "2010-09-01", "endDate": "2015-07-01", "isCompleted": true, "credentialStatus": "recognized",
        }],
        "workExperience": [{
            "jobTitle": "Engineer", "employer": "Acme", "countryCode": "PT", "occupationCode": "21231",
            "duties": ["Databases"], "skills": ["SQL", " Rust "], "startDate": "2016-01-01", "endDate": null,
            "isCurrentJob": true, "hoursPerWeek": 37.5, "employmentType": "fullTime",
            "extractedDutiesSummary": "Keeps databases", "extractedSkills": ["sql", "PostgreSQL"],
        }],
        "languageProficiency": [{
            "language": "en", "isPrimary": false, "proficiencyLevel": "C1",
            "formalTest": {
                "testType": "IELTS", "testDate": "2025-01-10", "expiryDate": "2027-01-10",
                "results": {"speaking": 7.5, "listening": 8.0, "reading": 8.5, "writing": 7.0, "overall": 8.0},
            },
        }],
        "financialResources": {
            "currency": "EUR", "liquidAssets": 20000.5, "annualIncome": 45000.0, "netWorth": -1.0,
            "hasFinancialSupport": true,
        },
        "immigrationHistory": {
            "previousApplications": [
                {"countryCode": "CA", "programName": "Express Entry", "appliedOn": "2024-03-01", "outcome": "refused"},
            ],
            "travelHistory": [
                {"countryCode": "CA", "entryDate": "2023-01-01", "exitDate": "2023-01-20", "purpose": "skiing"},
            ],
            "violations": [{"countryCode": "US", "date": "2019-01-01", "description": "overstayed by a day"}],
        },
        "additionalAttributes": {
            "health": {"conditions": ["asthma"], "medicalExamPassed": true, "notes": "mild"},
            "criminalRecord": {"hasRecord": false, "details": null},
            "militaryService": {
                "hasServed": true, "countryCode": "PT", "details": "navy", "startDate": "2009-01-01",
                "endDate": "2009-12-31",
            },
        },
        "dataConsent": {"matching": true, "research": false},
    })
}

#[tokio::test]
async fn a_profile_is_ones_own_and_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), PATH);
    let derived = json!({
        "preferences": null, "derivedSkills": ["postgresql", "rust", "sql"], "preliminaryScores": null,
        "inferredExpertiseLevel": "intermediate",
    });
    assert_holds(&made.json(), &derived);
    let metadata = &made.json()["profileMetadata"];
    assert_eq!(metadata["dataConsent"], full()["dataConsent"]);
    assert_eq!(metadata["assessmentHistory"], json!([]));
    let read = ann.get(PATH).await;
    assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    let known = ann.send(Method::GET, PATH, ("if-none-match", made.etag()), None).await;
    assert_eq!(known.status, 304);
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found", "bob has ann's");
    let other = bob.patch(PATH, &json!({"education": []})).await.ok(201);
    assert_ne!(other["id"], made.json()["id"]);
    assert_eq!(ann.get(PATH).await.ok(200), made.json(), "bob wrote ann's");
    let again = ann.put(PATH, &json!({})).await.ok(200);
    assert_eq!(again["id"], made.json()["id"]);
    for section in full().as_object().unwrap().keys().filter(|name| *name != "dataConsent") {
        assert_eq!(again[section], Value::Null, "{section}");
    }
    assert_holds(
        &again,
        &json!({"dataConsent": {}, "derivedSkills": [], "completionPercentage": 0}),
    );
    assert_eq!(ann.delete(PATH).await.brief(), "405 method-not-allowed");
}

#[tokio::test]
async fn a_patch_reaches_into_its_section_and_leaves_the_others() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &full()).await.ok(201);
    let mut wanted = full();
    for (patch, section, expected) in [
        (json!({"education": null}), "education", json!(null)),
        (json!({"workExperience": []}), "workExperience", json!([])),
        (
            json!({"dataConsent": {"research": null, "sale": false}}),
            "dataConsent",
            json!({"matching": true, "sale": false}),
        ),
        (json!({"financialResources": {"netWorth": null}}), "financialResources", {
            let mut left = full()["financialResources"].clone();
            left["netWorth"] = json!(null);
            left
        }),
        (
            json!({"additionalAttributes": {"criminalRecord": {"details": "none"}, "health": null}}),
            "additionalAttributes",
            {
                let mut left = full()["additionalAttributes"].clone();
                left["criminalRecord"]["details"] = json!("none");
                left["health"] = json!(null);
                left
            },
        ),
        (json!({"immigrationHistory": null}), "immigrationHistory", json!(null)),
        (json!({"additionalAttributes": null}), "additionalAttributes", json!(null)),
        (json!({"dataConsent": null}), "dataConsent", json!({})),
    ] {
        wanted[section] = expected;
        let patched = ann.patch(PATH, &patch).await.ok(200);
        assert_holds(&patched, &wanted);
        assert_eq!(ann.get(PATH).await.ok(200), patched);
    }
    for read_only in [
        "completionPercentage",
        "derivedSkills",
        "profileMetadata",
        "id",
        "sealed",
        "preliminaryScores",
    ] {
        let refused = ann.patch(PATH, &json!({(read_only): null, "education": []})).await;
        assert_eq!(refused.status, 200, "null takes away what is not there: {read_only}");
        let refused = ann.patch(PATH, &json!({(read_only): {"x": 1}})).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["/{read_only} unknown_field"]"#));
    }
}

#[tokio::test]
async fn parallel_patches_of_different_sections_lose_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let country = super::people::country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    let mut wanted = full();
    wanted["preferences"] = json!({
        "destinationCountries": [{"countryId": country, "preferenceRank": 1}], "pathwayTypes": [], "timeframe": null,
        "budgetRange": null, "priorityFactors": [], "locationPreferences": null,
    });
    let patches: Vec<Value> = wanted
        .as_object()
        .unwrap()
        .iter()
        .map(|(section, value)| json!({(section.as_str()): value}))
        .collect();
    let answers = join_all(patches.iter().map(|patch| ann.patch(PATH, patch))).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    let patched = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!((made, patched), (1, patches.len() - 1), "{answers:?}");
    assert_holds(&ann.get(PATH).await.ok(200), &wanted);
    assert_eq!(app.count("select count(*) from migratio.profiles").await, 1);
}

#[tokio::test]
async fn of_writes_to_one_version_one_is_done() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let absent = ann.send(Method::PUT, PATH, ("if-match", "*"), Some(&full())).await;
    assert_eq!(absent.brief(), "412 precondition-failed");
    let made = ann.put(PATH, &full()).await;
    let bodies: Vec<Value> = (0..6)
        .map(|at| json!({"additionalAttributes": {"health": {"notes": at.to_string()}}}))
        .collect();
    let tag = ("if-match", made.etag());
    let writes = bodies.iter().enumerate().map(|(at, body)| {
        let method = if at % 2 == 0 { Method::PUT } else { Method::PATCH };
        ann.send(method, PATH, tag, Some(body))
    });
    let answers = join_all(writes).await;
    let done: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    let late = answers.iter().filter(|answer| answer.status == 412).count();
    assert_eq!((done.len(), late), (1, 5), "{answers:?}");
    assert_eq!(ann.get(PATH).await.ok(200), done[0].json());
}

#[tokio::test]
async fn the_ten_quizzes_completed_last_are_told_newest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    ann.put(PATH, &json!({})).await.ok(201);
    let mut quizzes = Vec::new();
    for (user, status) in [(&ann, "abandoned"), (&bob, "completed"), (&ann, "in_progress")] {
        let completed = if status == "completed" { "now()" } else { "null" };
        let row = format!(
            "migratio.quiz_responses (user_id, status, completed_at) values ('{}', '{status}', {completed})",
            user.id
        );
        inserted(&app, &row).await;
    }
    for day in 1..=12 {
        let row = format!(
            "migratio.quiz_responses (user_id, status, completed_at) \
             values ('{}', 'completed', '2026-01-{day:02}T12:00:00Z')",
            ann.id
        );
        let id = inserted(&app, &row).await;
        quizzes.push(
            json!({"assessmentId": id, "completedAt": format!("2026-01-{day:02}T12:00:00Z")}),
        );
    }
    quizzes.reverse();
    quizzes.truncate(10);
    let profile = ann.get(PATH).await.ok(200);
    assert_eq!(profile["profileMetadata"]["assessmentHistory"], json!(quizzes));
}

#[tokio::test]
async fn what_somebody_has_been_through_tells_how_much_they_know() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let application = json!({"countryCode": "CA", "outcome": "pending"});
    let travel = json!({"countryCode": "CA"});
    for (applications, travels, level) in [
        (0, 0, "beginner"),
        (0, 2, "beginner"),
        (0, 3, "intermediate"),
        (1, 0, "intermediate"),
        (2, 0, "advanced"),
    ] {
        let history = json!({
            "previousApplications": vec![&application; applications], "travelHistory": vec![&travel; travels],
        });
        let profile = ann.put(PATH, &json!({"immigrationHistory": history})).await.json();
        assert_eq!(profile["inferredExpertiseLevel"], level, "{applications} {travels}");
    }
    let unknown = ann.patch(PATH, &json!({"immigrationHistory": null})).await.ok(200);
    assert_eq!(unknown["inferredExpertiseLevel"], "beginner");
}
