mod verification;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::catalogue::skill;
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/smatrx/user-skills";

#[tokio::test]
async fn a_skill_carries_the_names_of_skill_and_category() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let rust = skill(&app, "Languages", "Rust").await;
    let input = json!({
        "skillId": rust, "level": "expert", "proficiencyScore": 100, "yearsExperience": 80,
        "lastUsed": "2026-05-31T10:00:00Z", "source": "github", "evidence": {"repository": "øl 🍺"},
    });
    let made = ann.post(PATH, &input).await;
    assert_holds(&made.ok(201), &input);
    assert_holds(
        &made.json(),
        &json!({"skillName": "Rust", "categoryName": "Languages", "verified": false, "verifiedBy": null}),
    );
    let place = made.header("location");
    for row in [ann.get(place).await.ok(200), ann.patch(place, &json!({})).await.ok(200)] {
        assert_holds(&row, &input);
        assert_eq!(row["skillName"], "Rust");
    }
    let least = json!({"skillId": rust, "level": "beginner"});
    let replaced = ann.put(place, &least).await.ok(200);
    assert_holds(&replaced, &json!({"proficiencyScore": null, "lastUsed": null, "evidence": null}));
    assert_eq!(replaced["source"], "github", "kept where it is absent");
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([replaced]));

    assert_eq!(bob.get(place).await.brief(), "404 not-found");
    assert_eq!(bob.put(place, &least).await.brief(), "404 not-found");
    assert_eq!(bob.delete(place).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    ann.delete(place).await.ok(204);
}

#[tokio::test]
async fn each_skill_is_recorded_once_even_at_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (rust, go) = (skill(&app, "Languages", "Rust").await, skill(&app, "Languages", "Go").await);
    let input = json!({"skillId": rust, "level": "advanced"});
    let answers = join_all((0..20).map(|_| ann.post(PATH, &input))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    let taken = r#"409 taken ["/skillId taken"]"#;
    assert!(answers.iter().all(|answer| answer.status == 201 || answer.brief() == taken));
    bob.post(PATH, &input).await.ok(201);
    let other = ann.post(PATH, &json!({"skillId": go, "level": "beginner"})).await;
    let moved = ann.patch(other.header("location"), &json!({"skillId": rust})).await;
    assert_eq!(moved.brief(), taken);
}

#[tokio::test]
async fn a_repeated_request_and_an_old_version_change_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let input = json!({"skillId": skill(&app, "Languages", "Rust").await, "level": "beginner"});
    let send = || ann.send(Method::POST, PATH, ("idempotency-key", "once"), Some(&input));
    let (made, again) = (send().await, send().await);
    assert_eq!(made.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");

    let place = made.header("location");
    let raised = ann.patch(place, &json!({"level": "expert"})).await.ok(200);
    for (method, body) in
        [(Method::PATCH, Some(&input)), (Method::PUT, Some(&input)), (Method::DELETE, None)]
    {
        let late = ann.send(method, place, ("if-match", made.etag()), body).await;
        assert_eq!(late.brief(), "412 precondition-failed");
    }
    assert_eq!(ann.get(place).await.ok(200), raised);
}

#[tokio::test]
async fn a_skill_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let rust = skill(&app, "Languages", "Rust").await;
    for (field, value, error) in [
        ("skillId", json!("0190-x"), "/skillId type"),
        ("skillId", json!(ann.id), "/skillId reference"),
        ("level", json!("EXPERT"), "/level type"),
        ("proficiencyScore", json!(101), "/proficiencyScore range"),
        ("proficiencyScore", json!(-1), "/proficiencyScore range"),
        ("yearsExperience", json!(81), "/yearsExperience range"),
        ("lastUsed", json!("yesterday"), "/lastUsed type"),
        ("source", json!("verified"), "/source check"),
        ("source", json!("gitlab"), "/source type"),
        ("evidence", json!([]), "/evidence type"),
        ("evidence", json!({"x": "y".repeat(65_536)}), "/evidence document"),
        ("verified", json!(true), "/verified unknown_field"),
        ("skillName", json!("Rust"), "/skillName unknown_field"),
    ] {
        let mut input = json!({"skillId": rust, "level": "expert"});
        input[field] = value;
        let expected = format!("422 validation {}", json!([error]));
        assert_eq!(ann.post(PATH, &input).await.brief(), expected.as_str(), "{field}");
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn skills_are_paged_by_proficiency_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut expected = Vec::new();
    for (number, score) in
        [Some(50), None, Some(100), Some(50), None, Some(0)].into_iter().enumerate()
    {
        let id = skill(&app, "Any", &format!("Skill {number}")).await;
        let input = json!({"skillId": id, "level": "expert", "proficiencyScore": score});
        expected.push(ann.post(PATH, &input).await.ok(201));
    }
    // Best first; without a score last; of the same score, newest first.
    expected.reverse();
    expected.sort_by_key(|row| -row["proficiencyScore"].as_i64().unwrap_or(-1));
    let (mut seen, mut query) = (Vec::new(), "?limit=1".to_owned());
    loop {
        let page = ann.get(&format!("{PATH}{query}")).await.ok(200);
        seen.extend(page["items"].as_array().unwrap().iter().cloned());
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        query = format!("?limit=1&cursor={cursor}");
    }
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn skills_are_narrowed_by_level_and_verification() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let vic = app.user_with_roles("vic", &["smatrx:verifier"]).await;
    for level in ["beginner", "advanced", "expert"] {
        let id = skill(&app, "Any", level).await;
        let made = ann.post(PATH, &json!({"skillId": id, "level": level})).await.ok(201);
        if level == "expert" {
            let verify = format!(
                "/v1/smatrx/users/{}/skills/{}/verify",
                ann.id,
                made["id"].as_str().unwrap()
            );
            vic.post(&verify, &json!({})).await.ok(200);
        }
    }
    for (query, expected) in [
        ("level=advanced", vec!["advanced"]),
        ("level=advanced,beginner", vec!["advanced", "beginner"]),
        ("verified=true", vec!["expert"]),
        ("verified=false&level=beginner&level=expert", vec!["beginner"]),
    ] {
        let page = ann.get(&format!("{PATH}?{query}")).await.ok(200);
        let names: Vec<&Value> =
            page["items"].as_array().unwrap().iter().map(|row| &row["skillName"]).collect();
        assert_eq!(names, expected, "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?level=guru")).await.status, 400);
    assert_eq!(ann.get(&format!("{PATH}?verified=maybe")).await.status, 400);
}

#[tokio::test]
async fn the_summary_has_every_category_with_counts_of_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for (person, category, name, score) in [
        (&ann, "Languages", "Rust", Some(90)),
        (&ann, "Languages", "Go", Some(45)),
        (&ann, "Languages", "C", None),
        (&ann, "Databases", "PostgreSQL", None),
        (&bob, "Databases", "PostgreSQL", Some(10)),
        (&bob, "Soft skills", "Listening", Some(10)),
    ] {
        let id = skill(&app, category, name).await;
        let input = json!({"skillId": id, "level": "expert", "proficiencyScore": score});
        person.post(PATH, &input).await.ok(201);
    }
    let summary = ann.get(&format!("{PATH}/summary")).await.ok(200);
    let rows: Vec<Value> = summary
        .as_array()
        .unwrap()
        .iter()
        .map(|row| json!([row["categoryName"], row["skillCount"], row["averageProficiency"]]))
        .collect();
    assert_eq!(
        rows,
        [
            json!(["Languages", 3, 67.5]),
            json!(["Databases", 1, null]),
            json!(["Soft skills", 0, null])
        ]
    );
}
