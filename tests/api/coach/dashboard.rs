use serde_json::{Value, json};

use super::{applications::given_application, interviews::given_interview, jobs::given_job};
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/dashboard";

/// Applies for a new job, as many days ago.
async fn applied(app: &TestApp, user: &User<'_>, title: &str, days: i32, fields: Value) -> String {
    let job = given_job(user, json!({"title": title, "company": "Crust"})).await;
    let place = given_application(user, &user.get(&job).await.id(), fields).await;
    let id = user.get(&place).await.id();
    app.execute(&format!(
        "update coach.applications set submitted_at = now() - interval '{days} days'
         where id = '{id}' and status <> 'DRAFT'"
    ))
    .await;
    id
}

fn texts(list: &Value, field: &str) -> Vec<String> {
    let items = list.as_array().unwrap().iter();
    items.map(|item| item[field].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn dashboard_of_a_newcomer_is_empty() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let screen = ann.get(PATH).await.ok(200);
    let jobs = screen["jobsByStatus"].as_array().unwrap();
    assert_eq!(jobs.len(), 8);
    assert!(jobs.iter().all(|status| status["count"] == 0));
    assert_eq!(screen["awaitingAnswerCount"], 0);
    for list in ["upcomingInterviews", "awaitingAnswer", "goalsInProgress"] {
        assert_eq!(screen[list], json!([]), "{list}");
    }
}

#[tokio::test]
async fn dashboard_counts_jobs_by_status() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_job(&bob, json!({"status": "APPLIED"})).await;
    for status in ["INTERESTED", "APPLIED", "APPLIED", "WITHDRAWN"] {
        given_job(&ann, json!({"status": status})).await;
    }
    let jobs = ann.get(PATH).await.ok(200)["jobsByStatus"].clone();
    let counts: Vec<i64> =
        jobs.as_array().unwrap().iter().map(|one| one["count"].as_i64().unwrap()).collect();
    assert_eq!(counts, [1, 2, 0, 0, 0, 0, 0, 1]);
    assert_eq!(jobs[1]["status"], "APPLIED");
}

#[tokio::test]
async fn dashboard_shows_the_next_five_interviews_with_their_jobs() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = given_job(&ann, json!({"title": "Baker", "company": "Crust"})).await;
    given_interview(&bob, &given_job(&bob, json!({})).await, json!({})).await;
    for year in [2096, 2094, 2095, 2020, 2093, 2092, 2091] {
        let at =
            json!({"notes": year.to_string(), "scheduledAt": format!("{year}-01-01T00:00:00Z")});
        given_interview(&ann, &job, at).await;
    }
    let off = json!({"scheduledAt": "2090-01-01T00:00:00Z", "outcome": "CANCELLED"});
    given_interview(&ann, &job, off).await;
    let shown = ann.get(PATH).await.ok(200)["upcomingInterviews"].clone();
    assert_eq!(texts(&shown, "notes"), ["2091", "2092", "2093", "2094", "2095"]);
    let list = ann.get("/v1/coach/interviews/upcoming?limit=5").await.ok(200);
    assert_eq!(shown, list["items"]);
    assert_eq!((&shown[0]["jobTitle"], &shown[0]["company"]), (&json!("Baker"), &json!("Crust")));
}

#[tokio::test]
async fn dashboard_shows_applications_that_wait_for_over_fourteen_days() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    applied(&app, &bob, "Bob's", 30, json!({"status": "SUBMITTED"})).await;
    for (title, days, fields) in [
        ("long", 20, json!({"status": "SUBMITTED"})),
        ("longer", 40, json!({"status": "UNDER_REVIEW"})),
        ("not yet", 13, json!({"status": "SUBMITTED"})),
        ("draft", 20, json!({"status": "DRAFT"})),
        ("refused", 20, json!({"status": "REJECTED"})),
        (
            "answered",
            20,
            json!({"status": "SUBMITTED", "responseReceivedAt": "2026-01-01T00:00:00Z"}),
        ),
    ] {
        applied(&app, &ann, title, days, fields).await;
    }
    let screen = ann.get(PATH).await.ok(200);
    assert_eq!(screen["awaitingAnswerCount"], 2);
    let waiting = &screen["awaitingAnswer"];
    assert_eq!(texts(waiting, "jobTitle"), ["longer", "long"]);
    assert_eq!((&waiting[0]["daysWaiting"], &waiting[0]["company"]), (&json!(40), &json!("Crust")));
    let place = format!("/v1/coach/applications/{}", waiting[0]["id"].as_str().unwrap());
    let application = ann.get(&place).await.ok(200);
    for field in ["id", "jobId", "submittedAt"] {
        assert_eq!(waiting[0][field], application[field], "{field}");
    }
}

#[tokio::test]
async fn dashboard_shows_goals_in_progress_by_importance() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let goals = "/v1/coach/career-goals";
    bob.post(goals, &json!({"title": "Bob's", "status": "IN_PROGRESS"})).await.ok(201);
    for (title, priority, date, status) in [
        ("some day", 5, Value::Null, "IN_PROGRESS"),
        ("later", 5, json!("2027-01-01"), "IN_PROGRESS"),
        ("soon", 5, json!("2026-12-01"), "IN_PROGRESS"),
        ("perhaps", 1, json!("2026-01-01"), "IN_PROGRESS"),
        ("done", 5, Value::Null, "COMPLETED"),
        ("given up", 5, Value::Null, "ABANDONED"),
    ] {
        let goal =
            json!({"title": title, "priority": priority, "targetDate": date, "status": status});
        ann.post(goals, &goal).await.ok(201);
    }
    let shown = ann.get(PATH).await.ok(200)["goalsInProgress"].clone();
    assert_eq!(texts(&shown, "title"), ["soon", "later", "some day", "perhaps"]);
    let place = format!("{goals}/{}", shown[0]["id"].as_str().unwrap());
    assert_eq!(shown[0], ann.get(&place).await.ok(200));
}
