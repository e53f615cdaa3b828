use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User};

pub const PATH: &str = "/v1/coach/jobs";

/// Makes a job with these fields and gives its place.
pub async fn given_job(user: &User<'_>, fields: Value) -> String {
    let mut job = json!({"title": "Engineer", "company": "Acme"});
    json_merge(&mut job, fields);
    let made = user.post(PATH, &job).await;
    made.ok(201);
    made.header("location").to_owned()
}

fn json_merge(into: &mut Value, fields: Value) {
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    for (name, value) in fields {
        into[name] = value;
    }
}

fn full() -> Value {
    json!({
        "title": "Ingénieur 🦀", "company": "Acme", "companyUrl": "https://acme.example",
        "location": "Lisbon", "workMode": "HYBRID", "jobType": "PART_TIME", "salaryMin": 50_000,
        "salaryMax": 50_000, "salaryCurrency": "EUR", "jobUrl": "https://acme.example/jobs/1",
        "description": "d".repeat(20_000), "requirements": ["Rust"],
        "responsibilities": ["Build", "Run"], "benefits": ["Bread"], "status": "APPLIED",
        "source": "a friend", "referralName": "Bob", "contactName": "Carol",
        "contactEmail": "carol@acme.example", "contactPhone": "ext. 12",
        "postedAt": "2026-01-02T03:04:05.123456Z", "applicationDeadline": "2026-02-02T00:00:00Z",
        "priority": 5, "tags": ["rust", "near"], "notes": "n".repeat(10_000), "matchScore": 100,
        "aiAnalysis": {"strengths": ["pay"], "concerns": [], "recommendation": "Apply."},
    })
}

#[tokio::test]
async fn job_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(PATH, &full()).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in full().as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([read]));
}

#[tokio::test]
async fn job_has_defaults_and_put_restores_them_but_keeps_the_status() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let minimal = json!({"title": "Engineer", "company": "Acme"});
    let fresh = ann.post(PATH, &minimal).await.ok(201);
    assert_eq!(fresh["status"], "INTERESTED");
    assert_eq!(fresh["appliedAt"], Value::Null);
    assert_eq!(fresh["salaryCurrency"], "USD");
    assert_eq!(fresh["priority"], 3);
    let rich = ann.post(PATH, &full()).await;
    let emptied = ann.put(rich.header("location"), &minimal).await.ok(200);
    assert_eq!(emptied["status"], "APPLIED");
    assert_eq!(emptied["appliedAt"], rich.json()["appliedAt"]);
    for (name, value) in fresh.as_object().unwrap() {
        let kept = ["id", "status", "appliedAt", "createdAt", "updatedAt"].contains(&name.as_str());
        assert!(kept || &emptied[name] == value, "{name}: {}", emptied[name]);
    }
}

#[tokio::test]
async fn job_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("title", json!(""), "/title length"),
        ("company", json!("x".repeat(201)), "/company length"),
        ("companyUrl", json!("javascript:alert(1)"), "/companyUrl url"),
        ("location", json!(""), "/location length"),
        ("workMode", json!("remote"), "/workMode type"),
        ("jobType", json!("GIG"), "/jobType type"),
        ("salaryMin", json!(-1), "/salaryMin range"),
        ("salaryMin", json!(60_000), "/salaryMax order"),
        ("salaryMax", json!(2_147_483_648_i64), "/salaryMax type"),
        ("salaryCurrency", json!("eur"), "/salaryCurrency currency"),
        ("description", json!("x".repeat(20_001)), "/description length"),
        ("requirements", json!([null]), "/requirements/0 type"),
        ("benefits", json!(vec!["x"; 101]), "/benefits lines"),
        ("responsibilities", json!(["x".repeat(1001)]), "/responsibilities lines"),
        ("status", json!("HIRED"), "/status type"),
        ("contactEmail", json!("nobody"), "/contactEmail email"),
        ("postedAt", json!("yesterday"), "/postedAt type"),
        ("applicationDeadline", json!("2200-01-01T00:00:00Z"), "/applicationDeadline date"),
        ("priority", json!(0), "/priority range"),
        ("priority", json!(6), "/priority range"),
        ("tags", json!("rust"), "/tags type"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
        ("notes", json!("a\u{0}b"), "/notes nul"),
        ("matchScore", json!(101), "/matchScore range"),
        ("aiAnalysis", json!({"mood": "good"}), "/aiAnalysis/mood unknown_field"),
        ("aiAnalysis", json!({"strengths": "all"}), "/aiAnalysis/strengths type"),
        ("appliedAt", json!("2026-01-01T00:00:00Z"), "/appliedAt unknown_field"),
        ("userId", json!(ann.id), "/userId unknown_field"),
    ] {
        let mut wrong = full();
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    assert_eq!(app.count("select count(*) from coach.jobs").await, 0);
}

#[tokio::test]
async fn patch_clears_with_null_and_keeps_what_is_absent() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(PATH, &full()).await;
    let place = made.header("location");
    let patch = json!({"notes": null, "aiAnalysis": {"concerns": ["far"]}, "salaryMax": 70_000});
    let patched = ann.patch(place, &patch).await.ok(200);
    assert_eq!(patched["notes"], Value::Null);
    assert_eq!(patched["aiAnalysis"]["concerns"], json!(["far"]));
    assert_eq!(patched["aiAnalysis"]["strengths"], json!(["pay"]));
    assert_eq!(patched["salaryMax"], 70_000);
    assert_eq!(patched["description"], made.json()["description"]);
    let wrong = ann.patch(place, &json!({"salaryMax": 1})).await;
    assert_eq!(wrong.brief(), r#"422 validation ["/salaryMax order"]"#);
}

#[tokio::test]
async fn job_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = given_job(&ann, json!({})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &full()).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"notes": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    let applied = json!({"status": "APPLIED"});
    assert_eq!(bob.post(&format!("{place}/status"), &applied).await.brief(), "404 not-found");
    assert_eq!(bob.get(&format!("{place}/status-changes")).await.brief(), "404 not-found");
    assert_eq!(bob.get(&format!("{place}/details")).await.brief(), "404 not-found");
    assert_eq!(bob.get(PATH).await.ok(200)["items"], json!([]));
    assert_eq!(ann.get(&place).await.ok(200)["status"], "INTERESTED");
}

#[tokio::test]
async fn deleting_a_job_deletes_what_hangs_on_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    let id = ann.get(&place).await.id();
    ann.post("/v1/coach/applications", &json!({"jobId": id})).await.ok(201);
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(app.count("select count(*) from coach.status_changes").await, 0);
    assert_eq!(app.count("select count(*) from coach.applications").await, 0);
}

#[tokio::test]
async fn every_write_of_a_job_is_logged_with_who_did_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({})).await;
    ann.patch(&place, &json!({"priority": 5})).await.ok(200);
    ann.post(&format!("{place}/status"), &json!({"status": "APPLIED"})).await.ok(200);
    ann.delete(&place).await;
    let logged =
        app.count("select count(*) from audit.logs where entity_type = 'coach.jobs'").await;
    let anonymous =
        "select count(*) from audit.logs where entity_type like 'coach.%' and actor_id is null";
    assert_eq!(logged, 4);
    assert_eq!(app.count(anonymous).await, 0);
}
