use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{country, inserted, program};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/migratio/recommendations";

/// Makes somebody's profile: an engineer of thirty or so with a bachelor and 20,000 CAD.
pub async fn profile(user: &User<'_>) {
    let person = json!({
        "dateOfBirth": "1990-01-01",
        "contactInformation": {"email": "secret@example.com", "address": "Hidden Lane 7"},
    });
    let row = format!(
        "migratio.profiles (user_id, personal_info, education, language_proficiency, financial_resources, \
         immigration_history, preferences, additional_attributes) values ('{}', '{person}', \
         '[{{\"degreeType\": \"bachelor\", \"isCompleted\": true}}]', \
         '[{{\"language\": \"fr\", \"proficiencyLevel\": \"B1\"}}]', \
         '{{\"currency\": \"CAD\", \"liquidAssets\": 20000}}', '{{}}', \
         '{{\"pathwayTypes\": [{{\"type\": \"SKILLED-WORKER\", \"preferenceRank\": 1}}], \
           \"budgetRange\": {{\"currency\": \"CAD\", \"max\": 2000}}, \"timeframe\": \"oneYear\"}}', \
         'unreadable')",
        user.id
    );
    inserted(user.app, &row).await;
}

/// The place of a set of the owner's, or where one is made: they have a profile then, and nobody else has.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    if !operation.id.starts_with("migratio_recommendations_") {
        return None;
    }
    let row = format!("migratio.profiles (user_id) values ('{}')", owner.id);
    owner.app.execute(&format!("insert into {row} on conflict (user_id) do nothing")).await;
    let others = format!("delete from migratio.profiles where user_id <> '{}'", owner.id);
    owner.app.execute(&others).await;
    let path = operation.path.replace("{userId}", &owner.id.to_string());
    match path.as_str() {
        latest if latest.ends_with("/latest") => owner.post(PATH, &json!({})).await.ok(201),
        one if one.contains("{id}") => {
            return Some(one.replace("{id}", &owner.post(PATH, &json!({})).await.id()));
        }
        _ => Value::Null,
    };
    Some(path)
}

/// Any programme.
pub async fn any_program(user: &User<'_>) -> Uuid {
    let country = "migratio.countries (name, alpha2, alpha3) values ('x', 'QQ', 'QQQ') \
        on conflict (alpha2) do update set name = 'x'";
    let country = inserted(user.app, country).await;
    program(user.app, country, &Uuid::now_v7().to_string(), &json!([])).await
}

/// A degree of 60 and French of 40, of which the profile has the degree.
fn criteria() -> Value {
    json!([
        {"criterionType": "education", "criterionName": "Degree", "minValue": 6, "weight": 60, "isRequired": true},
        {"criterionType": "language", "criterionName": "French", "subject": "fr", "minValue": 4, "weight": 40,
         "isRequired": true},
    ])
}

/// What nobody who is under two hundred meets.
fn impossible() -> Value {
    json!([{"criterionType": "age", "criterionName": "Age", "minValue": 200, "weight": 1, "isRequired": true}])
}

#[tokio::test]
async fn programmes_are_scored_ranked_and_explained() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let canada = country(&app, "Canada", "CA", ("CAD", 0.75)).await;
    let funds = json!([{"criterionType": "financial", "criterionName": "Funds", "minValue": 15000, "unit": "USD",
        "weight": 1, "isRequired": true}]);
    let rich = program(&app, canada, "Investors", &funds).await;
    let express = program(&app, canada, "Express", &criteria()).await;
    let costs =
        r#"[{"feeType": "visa", "amount": 4000, "currency": "CAD", "isRefundable": false}]"#;
    app.execute(&format!(
        "update migratio.programs set costs = '{costs}', processing_time = '{{\"maxMonths\": 24}}', \
         success_rate = '{{\"rate\": 0.8}}' where id = '{express}'"
    ))
    .await;
    profile(&ann).await;
    let set = ann.post(PATH, &json!({})).await.ok(201);
    let [first, second] = set["items"].as_array().unwrap().as_slice() else { panic!("{set}") };
    // Match 1, success 0.5 (nobody says), preference (0.25 * 1) / 0.25.
    assert_holds(
        first,
        &json!({"programId": rich, "rank": 1, "matchScore": 1.0, "successProbability": 0.5,
        "preferenceScore": 1.0, "overallScore": 0.85, "estimatedCost": null, "estimatedTimeframeMonths": null}),
    );
    // 60 / 100; 0.8 * 1/2; (0.25 * 1 + 0.2 * 2000/4000 + 0.15 * 12/24) / 0.6; 0.3 + 0.12 + 0.14166.
    assert_holds(
        second,
        &json!({"programId": express, "rank": 2, "matchScore": 0.6, "successProbability": 0.4,
        "preferenceScore": 0.7083, "overallScore": 0.5617, "programName": "Express", "countryId": canada,
        "countryName": "Canada", "estimatedTimeframeMonths": 24.0,
        "estimatedCost": {"amountUsd": 3000.0, "items": serde_json::from_str::<Value>(
            &costs.replace("4000", "4000.0")).unwrap()}}),
    );
    assert_eq!(second["explanation"]["keyFactors"], json!(["Degree", "French"]));
    assert_eq!(second["explanation"]["strengths"][0]["factor"], "Degree");
    let gap = json!({"criterionName": "French", "currentValue": "B1", "requiredValue": "B2", "difficulty": "low",
        "timeToAddress": "3-6 months"});
    assert_holds(&second["gapAnalysis"]["gaps"][0], &gap);
    assert_eq!(second["gapAnalysis"]["estimatedTimeToEligibility"], "3-6 months");
}

#[tokio::test]
async fn the_same_profile_has_the_same_set_each_time() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let canada = country(&app, "Canada", "CA", ("CAD", 0.75)).await;
    for name in ["One", "Two", "Three"] {
        program(&app, canada, name, &criteria()).await;
    }
    let mut sets = Vec::new();
    for user in [&ann, &bob] {
        profile(user).await;
        for _ in 0..2 {
            let mut set = user.post(PATH, &json!({})).await.ok(201);
            for item in set["items"].as_array_mut().unwrap() {
                item["id"].take();
                item["createdAt"].take();
            }
            sets.push((set["items"].take(), set["profileSnapshot"].take()));
        }
    }
    assert_eq!(sets[0].0.as_array().unwrap().len(), 3);
    assert!(sets.iter().all(|set| *set == sets[0]), "{sets:?}");
}

#[tokio::test]
async fn only_the_best_active_programmes_of_active_countries_are_kept() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let canada = country(&app, "Canada", "CA", ("CAD", 0.75)).await;
    let closed = country(&app, "Closed", "CL", ("CLP", 0.001)).await;
    program(&app, closed, "Elsewhere", &json!([])).await;
    program(&app, canada, "Over", &json!([])).await;
    app.execute("update migratio.countries set is_active = false where alpha2 = 'CL'").await;
    app.execute("update migratio.programs set is_active = false where name = 'Over'").await;
    profile(&ann).await;
    let none = ann.post(PATH, &json!({})).await.ok(201);
    assert_eq!(none["items"], json!([]));
    program(&app, canada, "Worst", &impossible()).await;
    program(&app, canada, "Middle", &criteria()).await;
    program(&app, canada, "Best", &json!([])).await;
    let set = ann.post(PATH, &json!({"limit": 2})).await.ok(201);
    let names: Vec<_> =
        set["items"].as_array().unwrap().iter().map(|one| &one["programName"]).collect();
    assert_eq!(names, ["Best", "Middle"]);
}

#[tokio::test]
async fn nothing_secret_is_in_a_set() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    let made = ann.post(PATH, &json!({})).await;
    let set = made.ok(201);
    let found = ann.get(&format!("{PATH}/{}", made.id())).await;
    assert_eq!(found.ok(200), set);
    for text in [&made.text, &found.text] {
        for secret in
            ["contactInformation", "Hidden Lane", "secret@", "additionalAttributes", "unreadable"]
        {
            assert!(!text.contains(secret), "{secret}: {text}");
        }
    }
    assert_eq!(set["profileSnapshot"]["personalInfo"], json!({"dateOfBirth": "1990-01-01"}));
}

#[tokio::test]
async fn a_set_supersedes_the_one_before_it_and_archiving_leaves_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    let first = ann.post(PATH, &json!({})).await.id();
    let second = ann.post(PATH, &json!({})).await;
    assert_eq!(ann.get(&format!("{PATH}/latest")).await.ok(200), second.json());
    let old = ann.get(&format!("{PATH}/{first}")).await.ok(200);
    assert_holds(&old["archived"], &json!({"isArchived": true, "reason": "superseded"}));
    let archive = format!("{PATH}/{}/archive", second.id());
    let archived = ann.post(&archive, &json!({})).await.ok(200);
    assert_holds(&archived["archived"], &json!({"isArchived": true, "reason": "user_action"}));
    let again = ann.post(&archive, &json!({})).await;
    assert_eq!(again.brief(), "409 conflict");
    assert_eq!(again.json()["detail"], "a set that is archived stays so");
    assert_eq!(ann.get(&format!("{PATH}/latest")).await.brief(), "404 not-found");
    let listed = ann.all(PATH, 1).await;
    let reasons: Vec<_> = listed.iter().map(|set| &set["archived"]["reason"]).collect();
    assert_eq!(reasons, ["user_action", "superseded"]);
    assert!(listed.iter().all(|set| set["itemCount"] == 0 && set.get("items").is_none()));
}

#[tokio::test]
async fn of_fifty_sets_at_once_one_is_the_latest() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let canada = country(&app, "Canada", "CA", ("CAD", 0.75)).await;
    program(&app, canada, "Express", &criteria()).await;
    profile(&ann).await;
    profile(&bob).await;
    let bobs = bob.post(PATH, &json!({})).await.ok(201);
    let made = join_all((0..50).map(|_| async { ann.post(PATH, &json!({})).await })).await;
    assert!(made.iter().all(|one| one.status == 201), "{made:?}");
    let sets = ann.all(PATH, 100).await;
    assert_eq!(sets.len(), 50);
    let latest: Vec<_> = sets.iter().filter(|set| set["archived"].is_null()).collect();
    assert_eq!(latest.len(), 1);
    assert_eq!(ann.get(&format!("{PATH}/latest")).await.ok(200)["id"], latest[0]["id"]);
    let superseded = sets.iter().filter(|set| set["archived"]["reason"] == "superseded");
    assert_eq!(superseded.count(), 49);
    assert_eq!(bob.get(&format!("{PATH}/latest")).await.ok(200), bobs);
}

#[tokio::test]
async fn the_profile_shows_what_the_latest_set_is_about() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    let mut countries = Vec::new();
    for (at, code) in ["AA", "BB", "CC", "DD"].into_iter().enumerate() {
        countries.push(country(&app, code, code, ("USD", 1.0)).await);
        // The higher the rate, the better.
        let program = program(&app, countries[at], code, &json!([])).await;
        app.execute(&format!(
            "update migratio.programs set category = 'kind {}', success_rate = '{{\"rate\": 0.{}}}' where id = '{program}'",
            at / 2, 9 - at
        ))
        .await;
    }
    let set = ann.post(PATH, &json!({})).await.ok(201);
    let shown = "select preliminary_scores from migratio.profiles";
    let mut conn = app.sql().await;
    let row = sqlx::Executor::fetch_one(&mut conn, sqlx::raw_sql(shown)).await.unwrap();
    let shown: Value = sqlx::Row::get(&row, 0);
    let top = json!({"topPathwayTypes": ["kind 0", "kind 1"], "topCountries": countries[..3]});
    assert_holds(&shown, &top);
    let moment =
        |value: &Value| value.as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!(moment(&shown["timestamp"]), moment(&set["createdAt"]));
}

#[tokio::test]
async fn without_a_profile_there_is_nothing_to_go_by() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let refused = ann.post(PATH, &json!({})).await;
    assert_eq!(refused.brief(), "409 conflict");
    assert_eq!(refused.json()["detail"], "you have no profile yet: fill one in first");
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
    // A profile that says nothing is one.
    inserted(&app, &format!("migratio.profiles (user_id) values ('{}')", ann.id)).await;
    assert_eq!(ann.post(PATH, &json!({})).await.status, 201);
}

#[tokio::test]
async fn a_quiz_is_named_by_who_completed_it() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    profile(&ann).await;
    let quiz = async |user: &User<'_>, status: &str| {
        let at = if status == "completed" { "now()" } else { "null" };
        let row = format!(
            "migratio.quiz_responses (user_id, status, completed_at) values ('{}', '{status}', {at})",
            user.id
        );
        inserted(&app, &row).await
    };
    let refused = [
        quiz(&bob, "completed").await,
        quiz(&ann, "in_progress").await,
        quiz(&ann, "abandoned").await,
    ];
    for quiz in refused.into_iter().chain([Uuid::now_v7()]) {
        let refusal = ann.post(PATH, &json!({"quizResponseId": quiz})).await;
        assert_eq!(refusal.brief(), r#"422 validation ["/quizResponseId reference"]"#);
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
    let completed = quiz(&ann, "completed").await;
    let set = ann.post(PATH, &json!({"quizResponseId": completed})).await.ok(201);
    assert_eq!(set["quizResponseId"], json!(completed));
}

#[tokio::test]
async fn a_request_that_asks_for_nonsense_is_refused() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    for (body, expected) in [
        (json!({"limit": 0}), r#"422 validation ["/limit range"]"#),
        (json!({"limit": 101}), r#"422 validation ["/limit range"]"#),
        (json!({"limit": "5"}), r#"422 validation ["/limit type"]"#),
        (json!({"quizResponseId": "x"}), r#"422 validation ["/quizResponseId type"]"#),
        (json!({"userId": ann.id}), r#"422 validation ["/userId unknown_field"]"#),
    ] {
        assert_eq!(ann.post(PATH, &body).await.brief(), expected, "{body}");
    }
    assert_eq!(ann.post(PATH, &json!({"limit": null, "quizResponseId": null})).await.status, 201);
}

#[tokio::test]
async fn nobody_finds_what_was_recommended_to_others() {
    let app = TestApp::new().await;
    let roles = [
        "migratio:admin",
        "migratio:consultant",
        "migratio:contentManager",
        "migratio:supportAgent",
    ];
    let (ann, bob) = (app.user("ann").await, app.user_with_roles("bob", &roles).await);
    profile(&ann).await;
    let set = format!("{PATH}/{}", ann.post(PATH, &json!({})).await.id());
    for answer in [bob.get(&set).await, bob.post(&format!("{set}/archive"), &json!({})).await] {
        assert_eq!(answer.brief(), "404 not-found");
    }
    assert_eq!(bob.get(&format!("{PATH}/latest")).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    let latest = format!("{PATH}/latest");
    let etag = ann.get(&latest).await.etag().to_owned();
    assert_eq!(ann.send(Method::GET, &latest, ("if-none-match", &etag), None).await.status, 304);
}

#[tokio::test]
async fn a_repeat_with_the_same_key_makes_no_second_set() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    let body = json!({"limit": 5});
    let post = || ann.send(Method::POST, PATH, ("idempotency-key", "k"), Some(&body));
    let (first, again) = (post().await, post().await);
    assert_eq!(again.ok(201), first.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(ann.all(PATH, 10).await.len(), 1);
}
