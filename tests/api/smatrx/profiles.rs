use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/smatrx/profile";
const COMPLETE: &str = "/v1/smatrx/profile/onboarding/complete";

fn full() -> Value {
    json!({
        "bio": "Født i Ærøskøbing 🚢", "title": "Analyst", "company": "Acme", "location": "Oslo",
        "linkedinUrl": "https://linkedin.com/in/ann", "githubUrl": "https://github.com/ann",
        "websiteUrl": "http://ann.example", "yearsExperience": 50, "careerStage": "executive",
        "industries": ["Health care", "Shipping"], "languages": ["norsk", "English"],
        "availability": "full-time", "remotePreference": "onsite",
        "salaryExpectation": {"min": 0, "max": 2_000_000, "currency": "NOK"},
        "targetRole": "Data engineer", "careerTimeline": "3months", "willingToRelocate": true,
        "preferredLocations": ["Bergen"],
    })
}

fn onboarded() -> Value {
    json!({"title": "Analyst", "careerStage": "mid", "industries": ["Law"], "targetRole": "Engineer"})
}

#[tokio::test]
async fn a_profile_is_ones_own_and_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), PATH);
    assert_eq!(ann.get(PATH).await.ok(200), made.json());
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");

    let replaced = ann.put(PATH, &json!({"availability": "part-time"})).await.ok(200);
    assert_eq!(replaced["id"], made.json()["id"]);
    let lists = ["industries", "languages", "preferredLocations"];
    for field in full().as_object().unwrap().keys() {
        let expected = match field.as_str() {
            "availability" => json!("part-time"),
            "willingToRelocate" => json!(false),
            list if lists.contains(&list) => json!([]),
            _ => Value::Null,
        };
        assert_eq!(replaced[field], expected, "{field}");
    }
    assert_holds(&ann.patch(PATH, &full()).await.ok(200), &full());
    let patched = ann.patch(PATH, &json!({"salaryExpectation": {"max": null}, "bio": null})).await;
    assert_eq!(
        patched.ok(200)["salaryExpectation"],
        json!({"min": 0, "max": null, "currency": "NOK"})
    );
    assert_eq!(patched.json()["bio"], Value::Null);
}

#[tokio::test]
async fn a_profile_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let salary =
        |min: i64, max: i64, currency: &str| json!({"min": min, "max": max, "currency": currency});
    for (field, value, error) in [
        ("bio", json!("é".repeat(10_001)), "/bio length"),
        ("title", json!(""), "/title length"),
        ("title", json!("a\u{0}"), "/title nul"),
        ("githubUrl", json!("ftp://github.com"), "/githubUrl url"),
        ("yearsExperience", json!(-1), "/yearsExperience range"),
        ("yearsExperience", json!(51), "/yearsExperience range"),
        ("careerStage", json!("Senior"), "/careerStage type"),
        ("availability", json!("full_time"), "/availability type"),
        ("careerTimeline", json!("three_months"), "/careerTimeline type"),
        ("industries", json!([""]), "/industries lines"),
        ("industries", json!(null), "/industries type"),
        ("languages", json!(vec!["x"; 101]), "/languages lines"),
        ("salaryExpectation", salary(2, 1, "EUR"), "/salaryExpectation/max order"),
        ("salaryExpectation", salary(-1, 1, "EUR"), "/salaryExpectation/min range"),
        ("salaryExpectation", salary(1, 1, "eur"), "/salaryExpectation/currency currency"),
        ("salaryExpectation", salary(1, 3_000_000_000, "EUR"), "/salaryExpectation/max type"),
        ("salaryExpectation", json!({"min": 1}), "/salaryExpectation/currency required"),
        ("onboardingCompleted", json!(true), "/onboardingCompleted unknown_field"),
        ("userId", json!("x"), "/userId unknown_field"),
    ] {
        let answer = ann.put(PATH, &json!({ field: value })).await;
        let expected = format!("422 validation {}", json!([error]));
        assert_eq!(answer.brief(), expected.as_str(), "{field} {value}");
    }
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
}

#[tokio::test]
async fn onboarding_names_everything_that_is_missing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    assert_eq!(ann.post(COMPLETE, &json!({})).await.brief(), "404 not-found");
    ann.put(PATH, &json!({})).await.ok(201);
    let all = r#"422 validation ["/title required","/careerStage required","/industries required","/targetRole required"]"#;
    assert_eq!(ann.post(COMPLETE, &json!({})).await.brief(), all);
    for field in ["title", "careerStage", "industries", "targetRole"] {
        let mut lacking = onboarded();
        lacking.as_object_mut().unwrap().remove(field);
        ann.put(PATH, &lacking).await.ok(200);
        let expected = format!(r#"422 validation ["/{field} required"]"#);
        assert_eq!(ann.post(COMPLETE, &json!({})).await.brief(), expected.as_str());
    }
    let profile = ann.get(PATH).await.ok(200);
    assert_holds(&profile, &json!({"onboardingCompleted": false, "onboardingCompletedAt": null}));
}

#[tokio::test]
async fn onboarding_is_stamped_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    ann.put(PATH, &onboarded()).await.ok(201);
    bob.put(PATH, &onboarded()).await.ok(201);
    let body = json!({});
    let answers = join_all((0..20).map(|_| ann.post(COMPLETE, &body))).await;
    let profile = ann.get(PATH).await;
    assert!(answers.iter().all(|answer| answer.ok(200) == profile.json()));
    assert_eq!(profile.json()["onboardingCompleted"], true);
    assert!(profile.json()["onboardingCompletedAt"].is_string());
    assert_eq!(answers[0].etag(), profile.etag());

    // Whatever becomes of the profile, it stays so.
    let emptied = ann.put(PATH, &json!({})).await.ok(200);
    let again = ann.post(COMPLETE, &json!({})).await.ok(200);
    for row in [&emptied, &again] {
        assert_eq!(row["onboardingCompletedAt"], profile.json()["onboardingCompletedAt"]);
    }
    assert_eq!(bob.get(PATH).await.ok(200)["onboardingCompleted"], false);
}
