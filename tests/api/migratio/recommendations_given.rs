//! Ready-made sets, which consultants give.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{country, program},
    recommendations::{PATH, profile},
};
use crate::support::{Caller, TestApp, User, assert_holds};

fn of(user: &User<'_>) -> String {
    format!("/v1/migratio/members/{}/recommendations", user.id)
}

fn item(program: Uuid) -> Value {
    json!({
        "programId": program, "matchScore": 0.82, "successProbability": 0.6, "preferenceScore": 1.0,
        "overallScore": 0.77,
        "explanation": {"summary": "Bien s\u{fb}r \u{1f600}", "strengths": [{"factor": "Age", "description": "30"}],
            "challenges": [{"factor": "French", "description": "B1", "suggestion": null}], "keyFactors": ["French"]},
        "gapAnalysis": {"hasGaps": true, "overallDifficulty": "medium", "estimatedTimeToEligibility": "a year",
            "gaps": [{"criterionName": "French", "currentValue": ["B1"], "requiredValue": {"min": "B2"},
                "gapDescription": "One level", "difficulty": "low", "timeToAddress": "3-6 months",
                "suggestions": ["Learn"]}]},
        "estimatedTimeframeMonths": 9.5,
        "estimatedCost": {"amountUsd": 630.0, "items": [
            {"feeType": "visa", "amount": 850.0, "currency": "CAD", "isRefundable": false}]},
    })
}

/// A consultant, a member with a profile, and two programmes.
async fn arranged(app: &TestApp) -> (User<'_>, User<'_>, [Uuid; 2]) {
    let consultant = app.user_with_roles("consultant", &["migratio:consultant"]).await;
    let ann = app.user("ann").await;
    profile(&ann).await;
    let canada = country(app, "Canada", "CA", ("CAD", 0.75)).await;
    let one = program(app, canada, "One", &json!([])).await;
    (consultant, ann, [one, program(app, canada, "Two", &json!([])).await])
}

#[tokio::test]
async fn a_given_set_is_kept_as_it_was_and_is_the_latest() {
    let app = TestApp::new().await;
    let (consultant, ann, [one, two]) = arranged(&app).await;
    let before = ann.post(PATH, &json!({})).await.id();
    let items = json!([item(two), item(one)]);
    let given = consultant.post(&of(&ann), &json!({"items": items})).await;
    assert_holds(&given.ok(201), &json!({"itemCount": 2, "archived": null}));
    assert_eq!(given.header("location"), format!("{PATH}/{}", given.id()));
    let latest = ann.get(&format!("{PATH}/latest")).await.ok(200);
    assert_eq!(latest["id"], json!(given.id()));
    for (at, sent) in items.as_array().unwrap().iter().enumerate() {
        assert_holds(&latest["items"][at], sent);
        assert_eq!(latest["items"][at]["rank"], json!(at + 1));
    }
    let before = ann.get(&format!("{PATH}/{before}")).await.ok(200);
    assert_eq!(before["archived"]["reason"], "superseded");
    let shown = "select count(*) from migratio.profiles where preliminary_scores -> 'topPathwayTypes' = '[\"skilled-worker\"]'";
    assert_eq!(app.count(shown).await, 1);
}

#[tokio::test]
async fn who_gives_a_set_learns_nothing_of_the_profile() {
    let app = TestApp::new().await;
    let (consultant, ann, [one, _]) = arranged(&app).await;
    let given = consultant.post(&of(&ann), &json!({"items": [item(one)]})).await;
    let fields = given.ok(201);
    let names: Vec<_> = fields.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["archived", "createdAt", "id", "itemCount", "quizResponseId", "updatedAt"]);
    assert_eq!(consultant.get(&format!("{PATH}/{}", given.id())).await.brief(), "404 not-found");
    assert_eq!(consultant.get(PATH).await.ok(200)["items"], json!([]));
    let snapshot = ann.get(&format!("{PATH}/latest")).await.text;
    assert!(!snapshot.contains("Hidden Lane") && !snapshot.contains("unreadable"), "{snapshot}");
}

#[tokio::test]
async fn consultants_and_administrators_alone_give_sets() {
    let app = TestApp::new().await;
    let (_, ann, [one, _]) = arranged(&app).await;
    let body = json!({"items": [item(one)]});
    for (role, expected) in [
        ("migratio:user", 403),
        ("migratio:contentManager", 403),
        ("migratio:supportAgent", 403),
        ("mentorship:admin", 403),
        ("migratio:admin", 201),
    ] {
        let user = app.user_with_roles(role.replace(':', "-").as_str(), &[role]).await;
        assert_eq!(user.post(&of(&ann), &body).await.status, expected, "{role}");
        let nonsense = user.post(&of(&ann), &json!({"items": 1})).await;
        assert_eq!(nonsense.status, if expected == 403 { 403 } else { 422 }, "{role}");
    }
    assert_eq!(ann.post(&of(&ann), &body).await.brief(), "403 forbidden");
}

#[tokio::test]
async fn a_set_is_given_to_somebody_who_is_there_and_has_a_profile() {
    let app = TestApp::new().await;
    let (consultant, _, [one, _]) = arranged(&app).await;
    let bob = app.user("bob").await;
    let body = json!({"items": [item(one)]});
    let refused = consultant.post(&of(&bob), &body).await;
    assert_eq!(refused.brief(), "409 conflict");
    assert_eq!(refused.json()["detail"], "they have no profile yet");
    let nobody = User { id: Uuid::now_v7(), ..bob.clone() };
    assert_eq!(consultant.post(&of(&nobody), &body).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_given_set_that_cannot_be_is_refused_whole() {
    let app = TestApp::new().await;
    let (consultant, ann, [one, two]) = arranged(&app).await;
    let with = |field: &str, value: Value| {
        let mut item = item(one);
        *item.pointer_mut(field).unwrap() = value;
        json!({"items": [item]})
    };
    for (body, expected) in [
        (json!({}), r#"422 validation ["/items required"]"#),
        (
            json!({"items": [item(one), item(two), item(one)]}),
            r#"422 validation ["/items distinct"]"#,
        ),
        (
            json!({"items": (0..101).map(|_| item(Uuid::now_v7())).collect::<Vec<_>>()}),
            r#"422 validation ["/items length"]"#,
        ),
        (json!({"items": [item(Uuid::now_v7())]}), r#"422 validation ["/items reference"]"#),
        (with("/matchScore", json!(1.01)), r#"422 validation ["/items/0/matchScore range"]"#),
        (with("/overallScore", json!(-0.1)), r#"422 validation ["/items/0/overallScore range"]"#),
        (with("/explanation", json!(null)), r#"422 validation ["/items/0/explanation type"]"#),
        (
            with("/explanation/summary", json!("")),
            r#"422 validation ["/items/0/explanation/summary length"]"#,
        ),
        (
            with("/explanation/summary", json!("a\0")),
            r#"422 validation ["/items/0/explanation/summary nul"]"#,
        ),
        (
            with("/gapAnalysis/overallDifficulty", json!("awful")),
            r#"422 validation ["/items/0/gapAnalysis/overallDifficulty type"]"#,
        ),
        (
            with("/gapAnalysis/gaps/0/currentValue", json!("x".repeat(5000))),
            r#"422 validation ["/items/0/gapAnalysis/gaps/0/currentValue value"]"#,
        ),
        (
            with("/estimatedTimeframeMonths", json!(601)),
            r#"422 validation ["/items/0/estimatedTimeframeMonths range"]"#,
        ),
        (
            with("/estimatedCost/items/0/currency", json!("cad")),
            r#"422 validation ["/items/0/estimatedCost/items/0/currency currency"]"#,
        ),
    ] {
        assert_eq!(consultant.post(&of(&ann), &body).await.brief(), expected);
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_programme_that_was_recommended_is_not_deleted() {
    let app = TestApp::new().await;
    let (consultant, ann, [one, _]) = arranged(&app).await;
    consultant.post(&of(&ann), &json!({"items": [item(one)]})).await.ok(201);
    let mut conn = app.sql().await;
    let delete = sqlx::raw_sql("delete from migratio.programs where name = 'One'");
    let refused = sqlx::Executor::execute(&mut conn, delete).await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().code().as_deref(), Some("23503"));
}
