use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::{jobs::given_job, resumes::given_resume};
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/applications";

/// Makes an application for this job and gives its place.
pub async fn given_application(user: &User<'_>, job: &str, mut fields: Value) -> String {
    fields["jobId"] = json!(job);
    let made = user.post(PATH, &fields).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// A job's place and id, a résumé's place and id.
async fn given_both(user: &User<'_>) -> [String; 4] {
    let job = given_job(user, json!({})).await;
    let resume = given_resume(user, "CV").await;
    let (job_id, resume_id) = (user.get(&job).await.id(), user.get(&resume).await.id());
    [job, job_id, resume, resume_id]
}

#[tokio::test]
async fn application_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, _, resume] = given_both(&ann).await;
    let written = json!({
        "jobId": job, "resumeId": resume, "method": "AUTOMATED", "status": "DRAFT",
        "coverLetter": "Dear Acme", "applicationUrl": "https://acme.example/apply",
        "confirmationNumber": "A-1", "responseReceivedAt": "2026-03-04T05:06:07.000001Z",
        "followUpDate": "2026-03-10", "notes": "n",
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    let minimal = ann.put(made.header("location"), &json!({"jobId": job})).await.ok(200);
    assert_eq!((&minimal["method"], &minimal["status"]), (&json!("MANUAL"), &json!("DRAFT")));
    assert_eq!((&minimal["resumeId"], &minimal["submittedAt"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn application_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, ..] = given_both(&ann).await;
    for (field, value, fault) in [
        ("jobId", Value::Null, "/jobId type"),
        ("jobId", json!("1"), "/jobId type"),
        ("method", Value::Null, "/method type"),
        ("method", json!("PIGEON"), "/method type"),
        ("status", json!("SENT"), "/status type"),
        ("coverLetter", json!("x".repeat(10_001)), "/coverLetter length"),
        ("applicationUrl", json!("x"), "/applicationUrl url"),
        ("confirmationNumber", json!(""), "/confirmationNumber length"),
        ("responseReceivedAt", json!("1899-12-31T00:00:00Z"), "/responseReceivedAt date"),
        ("followUpDate", json!("2026-02-30"), "/followUpDate type"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
        ("submittedAt", json!("2026-01-01T00:00:00Z"), "/submittedAt unknown_field"),
    ] {
        let mut wrong = json!({"jobId": job});
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    assert_eq!(ann.post(PATH, &json!({})).await.brief(), r#"422 validation ["/jobId required"]"#);
}

#[tokio::test]
async fn application_points_at_nothing_of_anybody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let [_, bobs_job, _, bobs_resume] = given_both(&bob).await;
    let [_, job, _, resume] = given_both(&ann).await;
    let wrong_job = r#"422 validation ["/jobId reference"]"#;
    let wrong_resume = r#"422 validation ["/resumeId reference"]"#;
    assert_eq!(ann.post(PATH, &json!({"jobId": bobs_job})).await.brief(), wrong_job);
    let body = json!({"jobId": bobs_job, "status": "SUBMITTED"});
    assert_eq!(ann.post(PATH, &body).await.brief(), wrong_job);
    let body = json!({"jobId": job, "resumeId": bobs_resume});
    assert_eq!(ann.post(PATH, &body).await.brief(), wrong_resume);
    let place = given_application(&ann, &job, json!({"resumeId": resume})).await;
    assert_eq!(ann.put(&place, &body).await.brief(), wrong_resume);
    assert_eq!(ann.patch(&place, &json!({"jobId": bobs_job})).await.brief(), wrong_job);
    assert_eq!(ann.patch(&place, &json!({"jobId": resume})).await.brief(), wrong_job);
    assert_eq!(ann.get(&place).await.ok(200)["jobId"], json!(job));
}

#[tokio::test]
async fn application_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let [_, job, ..] = given_both(&ann).await;
    let [_, bobs_job, ..] = given_both(&bob).await;
    let place = given_application(&ann, &job, json!({})).await;
    assert_eq!(bob.get(&place).await.brief(), "404 not-found");
    assert_eq!(bob.put(&place, &json!({"jobId": bobs_job})).await.brief(), "404 not-found");
    assert_eq!(bob.patch(&place, &json!({"notes": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(&place).await.brief(), "404 not-found");
    assert_eq!(bob.post(&format!("{place}/submit"), &json!({})).await.brief(), "404 not-found");
    assert_eq!(bob.get(&format!("{PATH}?jobId={job}")).await.ok(200)["items"], json!([]));
    assert_eq!(ann.get(&place).await.ok(200)["status"], "DRAFT");
}

#[tokio::test]
async fn list_filters_by_status_and_job_and_pages() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, one, ..] = given_both(&ann).await;
    let [_, two, ..] = given_both(&ann).await;
    for (notes, job, status) in [
        ("a", &one, "DRAFT"),
        ("b", &two, "SUBMITTED"),
        ("c", &one, "REJECTED"),
        ("d", &one, "DRAFT"),
    ] {
        given_application(&ann, job, json!({"notes": notes, "status": status})).await;
    }
    for (query, expected) in [
        (String::new(), "dcba"),
        ("status=DRAFT".into(), "da"),
        ("status=DRAFT,SUBMITTED".into(), "dba"),
        ("status=SUBMITTED&status=REJECTED".into(), "cb"),
        (format!("jobId={one}"), "dca"),
        (format!("jobId={one}&status=DRAFT"), "da"),
        (format!("jobId={}", ann.id), ""),
    ] {
        let mut found = String::new();
        let mut cursor = String::new();
        loop {
            let page = ann.get(&format!("{PATH}?limit=1&{query}{cursor}")).await.ok(200);
            found.extend(
                page["items"].as_array().unwrap().iter().map(|one| one["notes"].as_str().unwrap()),
            );
            let Some(next) = page["nextCursor"].as_str() else { break };
            cursor = format!("&cursor={next}");
        }
        assert_eq!(found, expected, "{query}");
    }
    for bad in ["status=SENT", "jobId=1", "limit=0", "cursor=x", "resumeId=1"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn submitting_stamps_the_application_and_moves_resume_and_job() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [job, job_id, resume, resume_id] = given_both(&ann).await;
    let [other_job, _, other_resume, _] = given_both(&ann).await;
    let place = given_application(&ann, &job_id, json!({"resumeId": resume_id})).await;
    let submitted = ann.post(&format!("{place}/submit"), &json!({})).await.ok(200);
    assert_eq!(submitted, ann.get(&place).await.ok(200));
    assert_eq!(submitted["status"], "SUBMITTED");
    assert!(submitted["submittedAt"].is_string());
    assert_eq!(ann.get(&resume).await.ok(200)["lastUsedAt"], submitted["submittedAt"]);
    let job = ann.get(&format!("{job}/details")).await.ok(200);
    assert_eq!(job["status"], "APPLIED");
    assert!(job["appliedAt"].is_string());
    assert_eq!(job["statusChanges"][0]["toStatus"], "APPLIED");
    assert_eq!(job["statusChanges"][0]["changedById"], json!(ann.id));
    assert_eq!(ann.get(&other_job).await.ok(200)["status"], "INTERESTED");
    assert_eq!(ann.get(&other_resume).await.ok(200)["lastUsedAt"], Value::Null);
    let anonymous =
        "select count(*) from audit.logs where entity_type like 'coach.%' and actor_id is null";
    assert_eq!(app.count(anonymous).await, 0);
}

#[tokio::test]
async fn submitting_for_a_job_further_on_leaves_it_there() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for status in ["APPLIED", "OFFER_RECEIVED", "REJECTED", "WITHDRAWN"] {
        let job = given_job(&ann, json!({"status": status})).await;
        let place = given_application(&ann, &ann.get(&job).await.id(), json!({})).await;
        ann.post(&format!("{place}/submit"), &json!({})).await.ok(200);
        assert_eq!(ann.get(&job).await.ok(200)["status"], status);
    }
}

#[tokio::test]
async fn second_submit_is_a_conflict_and_changes_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, ..] = given_both(&ann).await;
    for status in ["SUBMITTED", "UNDER_REVIEW", "REJECTED", "ACCEPTED"] {
        let place = given_application(&ann, &job, json!({"status": status})).await;
        let before = ann.get(&place).await.ok(200);
        assert_eq!(ann.post(&format!("{place}/submit"), &json!({})).await.brief(), "409 conflict");
        assert_eq!(ann.get(&place).await.ok(200), before);
    }
}

#[tokio::test]
async fn of_twenty_submits_at_once_one_wins() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [job, job_id, _, resume_id] = given_both(&ann).await;
    let place = given_application(&ann, &job_id, json!({"resumeId": resume_id})).await;
    let path = format!("{place}/submit");
    let answers = join_all((0..20).map(async |_| ann.post(&path, &json!({})).await.status)).await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 19, "{answers:?}");
    let timeline = ann.get(&format!("{job}/status-changes")).await.ok(200);
    assert_eq!(timeline["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn applications_for_one_job_may_be_submitted_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [job, job_id, _, resume_id] = given_both(&ann).await;
    let mut places = Vec::new();
    for _ in 0..10 {
        places.push(given_application(&ann, &job_id, json!({"resumeId": resume_id})).await);
    }
    let recorded = json!({"jobId": job_id, "resumeId": resume_id, "status": "SUBMITTED"});
    let (submitted, made) = tokio::join!(
        join_all(places.iter().map(async |place| {
            let path = format!("{place}/submit");
            ann.post(&path, &json!({})).await.status
        })),
        join_all((0..10).map(async |_| ann.post(PATH, &recorded).await.status)),
    );
    assert_eq!((submitted, made), (vec![200; 10], vec![201; 10]));
    let timeline = ann.get(&format!("{job}/status-changes")).await.ok(200);
    assert_eq!(timeline["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn submit_under_one_key_is_replayed() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, ..] = given_both(&ann).await;
    let path = format!("{}/submit", given_application(&ann, &job, json!({})).await);
    let key = ("idempotency-key", "submit-1");
    let first = ann.send(Method::POST, &path, key, None).await;
    let second = ann.send(Method::POST, &path, key, None).await;
    assert_eq!(first.ok(200), second.ok(200));
    assert_eq!(second.header("idempotency-replayed"), "true");
    let other_key = ("idempotency-key", "submit-2");
    assert_eq!(ann.send(Method::POST, &path, other_key, None).await.brief(), "409 conflict");
}

#[tokio::test]
async fn leaving_draft_by_any_route_is_submitting() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for route in ["post", "put", "patch"] {
        let [job, job_id, resume, resume_id] = given_both(&ann).await;
        let body = json!({"jobId": job_id, "resumeId": resume_id, "status": "UNDER_REVIEW"});
        let draft = json!({"resumeId": resume_id});
        let now = match route {
            "post" => ann.post(PATH, &body).await.ok(201),
            "put" => ann.put(&given_application(&ann, &job_id, draft).await, &body).await.ok(200),
            _ => {
                let place = given_application(&ann, &job_id, draft).await;
                ann.patch(&place, &json!({"status": "UNDER_REVIEW"})).await.ok(200)
            }
        };
        assert_eq!(now["status"], "UNDER_REVIEW", "{route}");
        assert!(now["submittedAt"].is_string(), "{route}");
        assert_eq!(ann.get(&resume).await.ok(200)["lastUsedAt"], now["submittedAt"], "{route}");
        assert_eq!(ann.get(&job).await.ok(200)["status"], "APPLIED", "{route}");
    }
}

#[tokio::test]
async fn what_was_submitted_moves_freely_but_is_no_draft_again() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, ..] = given_both(&ann).await;
    let place = given_application(&ann, &job, json!({"status": "SUBMITTED"})).await;
    let stamp = ann.get(&place).await.ok(200)["submittedAt"].clone();
    for status in ["UNDER_REVIEW", "ACCEPTED", "REJECTED", "SUBMITTED"] {
        let moved = ann.patch(&place, &json!({"status": status})).await.ok(200);
        assert_eq!((&moved["status"], &moved["submittedAt"]), (&json!(status), &stamp));
    }
    let refused = ann.patch(&place, &json!({"status": "DRAFT"})).await;
    assert_eq!(refused.brief(), "409 conflict");
    assert_eq!(
        refused.json()["detail"],
        "a submitted application cannot be a draft again; allowed: SUBMITTED, UNDER_REVIEW, REJECTED, ACCEPTED"
    );
    let kept = ann.put(&place, &json!({"jobId": job})).await.ok(200);
    assert_eq!((&kept["status"], &kept["submittedAt"]), (&json!("SUBMITTED"), &stamp));
}

#[tokio::test]
async fn deleting_the_resume_keeps_the_application() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let [_, job, resume, resume_id] = given_both(&ann).await;
    let place =
        given_application(&ann, &job, json!({"resumeId": resume_id, "status": "SUBMITTED"})).await;
    assert_eq!(ann.delete(&resume).await.status, 204);
    let kept = ann.get(&place).await.ok(200);
    assert_eq!((&kept["resumeId"], &kept["status"]), (&Value::Null, &json!("SUBMITTED")));
}
