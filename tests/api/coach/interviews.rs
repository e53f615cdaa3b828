use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{applications::given_application, jobs::given_job};
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/coach/interviews";

/// Arranges an interview for this job in 2100, and gives its place.
pub async fn given_interview(user: &User<'_>, job: &str, fields: Value) -> String {
    let mut input = json!({
        "jobId": user.get(job).await.id(), "interviewType": "VIDEO", "scheduledAt": "2100-01-01T09:00:00Z",
    });
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    let made = user.post(PATH, &input).await;
    made.ok(201);
    made.header("location").to_owned()
}

async fn status(user: &User<'_>, job: &str) -> String {
    user.get(job).await.ok(200)["status"].as_str().unwrap().to_owned()
}

async fn timeline(user: &User<'_>, job: &str) -> Vec<Value> {
    let page = user.get(&format!("{job}/status-changes")).await.ok(200);
    page["items"].as_array().unwrap().iter().map(|change| change["toStatus"].clone()).collect()
}

#[tokio::test]
async fn interview_keeps_every_field() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let application = ann.get(&given_application(&ann, &job, json!({})).await).await.id();
    let written = json!({
        "jobId": job, "applicationId": application, "interviewType": "PANEL",
        "scheduledAt": "2026-03-04T05:06:07.000001Z", "duration": 600, "timezone": "Europe/Lisbon",
        "location": "Rua 1", "meetingUrl": "https://meet.example.com/1", "round": 2,
        "interviewers": [{"name": "Bob 🦀", "title": "CTO", "email": "bob@acme.example"},
                         {"name": "Eve", "title": null, "email": null}],
        "outcome": "NO_SHOW", "notes": "n", "preparationNotes": "p", "feedback": "f",
        "questionsAsked": ["Why?"], "followUpSentAt": "2026-03-05T00:00:00Z",
    });
    let made = ann.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&read[name], value, "{name}");
    }
    assert!(read["completedAt"].is_string());
    let minimal =
        json!({"jobId": job, "interviewType": "PHONE", "scheduledAt": "2026-01-01T00:00:00Z"});
    let replaced = ann.put(made.header("location"), &minimal).await.ok(200);
    assert_eq!((&replaced["interviewers"], &replaced["duration"]), (&json!([]), &Value::Null));
    assert_eq!(replaced["outcome"], "NO_SHOW", "kept where it is absent");
}

#[tokio::test]
async fn interview_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let good =
        json!({"jobId": job, "interviewType": "VIDEO", "scheduledAt": "2026-01-01T00:00:00Z"});
    let crowd: Vec<Value> = (0..51).map(|_| json!({"name": "Bob"})).collect();
    for (field, value, fault) in [
        ("interviewType", json!("DUEL"), "/interviewType type"),
        ("scheduledAt", json!("2026-02-30T00:00:00Z"), "/scheduledAt type"),
        ("scheduledAt", json!("1899-01-01T00:00:00Z"), "/scheduledAt date"),
        ("duration", json!(4), "/duration range"),
        ("duration", json!(601), "/duration range"),
        ("timezone", json!("1/2"), "/timezone timezone"),
        ("location", json!(""), "/location length"),
        ("meetingUrl", json!("meet"), "/meetingUrl url"),
        ("interviewers", json!(crowd), "/interviewers length"),
        ("interviewers", json!([{"name": ""}]), "/interviewers/0/name length"),
        ("interviewers", json!([{"name": "Bob", "email": "x"}]), "/interviewers/0/email email"),
        ("round", json!(0), "/round range"),
        ("outcome", json!("MAYBE"), "/outcome type"),
        ("notes", json!("x".repeat(10_001)), "/notes length"),
        ("preparationNotes", json!("x".repeat(10_001)), "/preparationNotes length"),
        ("feedback", json!("x".repeat(10_001)), "/feedback length"),
        ("questionsAsked", json!([""]), "/questionsAsked lines"),
        ("followUpSentAt", json!("2200-01-01T00:00:00Z"), "/followUpSentAt date"),
        ("completedAt", json!("2026-01-01T00:00:00Z"), "/completedAt unknown_field"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
}

#[tokio::test]
async fn interview_points_at_an_application_for_the_same_job_of_the_same_user() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let other_job = ann.get(&given_job(&ann, json!({})).await).await.id();
    let bobs_job = bob.get(&given_job(&bob, json!({})).await).await.id();
    let application = given_application(&ann, &job, json!({})).await;
    let application_id = ann.get(&application).await.id();
    let elsewhere = ann.get(&given_application(&ann, &other_job, json!({})).await).await.id();
    let bobs = bob.get(&given_application(&bob, &bobs_job, json!({})).await).await.id();
    let body = |job: &str, application: Option<&str>| {
        json!({"jobId": job, "applicationId": application, "interviewType": "VIDEO",
               "scheduledAt": "2026-01-01T00:00:00Z"})
    };
    let refused = r#"422 validation ["/applicationId reference"]"#;
    assert_eq!(
        ann.post(PATH, &body(&bobs_job, None)).await.brief(),
        r#"422 validation ["/jobId reference"]"#
    );
    assert_eq!(ann.post(PATH, &body(&job, Some(&bobs))).await.brief(), refused);
    assert_eq!(ann.post(PATH, &body(&job, Some(&elsewhere))).await.brief(), refused);
    let made = ann.post(PATH, &body(&job, Some(&application_id))).await;
    let place = made.header("location");
    assert_eq!(ann.patch(place, &json!({"jobId": other_job})).await.brief(), refused);
    let moved = ann.patch(&application, &json!({"jobId": other_job})).await;
    assert_eq!(moved.brief(), "409 conflict", "an interview refers to it");
    assert_eq!(ann.delete(&application).await.status, 204);
    assert_eq!(ann.get(place).await.ok(200)["applicationId"], Value::Null);
}

#[tokio::test]
async fn arranging_an_interview_moves_its_job_where_the_flow_allows_it() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (before, after) in [
        ("INTERESTED", "INTERVIEW_SCHEDULED"),
        ("APPLIED", "INTERVIEW_SCHEDULED"),
        ("INTERVIEW_SCHEDULED", "INTERVIEW_SCHEDULED"),
        ("INTERVIEW_COMPLETED", "INTERVIEW_SCHEDULED"),
        ("OFFER_RECEIVED", "OFFER_RECEIVED"),
        ("ACCEPTED", "ACCEPTED"),
        ("REJECTED", "REJECTED"),
        ("WITHDRAWN", "WITHDRAWN"),
    ] {
        let job = given_job(&ann, json!({"status": before})).await;
        given_interview(&ann, &job, json!({})).await;
        assert_eq!(status(&ann, &job).await, after, "{before}");
        let expected = if before == after { vec![before] } else { vec![after, before] };
        assert_eq!(timeline(&ann, &job).await, expected, "{before}");
    }
    let nobody =
        "select count(*) from audit.logs where entity_type like 'coach.%' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn an_outcome_is_stamped_and_moves_the_job_unless_it_is_further() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (before, outcome, after) in [
        ("INTERVIEW_SCHEDULED", "PASSED", "INTERVIEW_COMPLETED"),
        ("INTERVIEW_SCHEDULED", "FAILED", "INTERVIEW_COMPLETED"),
        ("INTERVIEW_SCHEDULED", "CANCELLED", "INTERVIEW_SCHEDULED"),
        ("INTERVIEW_SCHEDULED", "NO_SHOW", "INTERVIEW_SCHEDULED"),
        ("OFFER_RECEIVED", "PASSED", "OFFER_RECEIVED"),
        ("REJECTED", "FAILED", "REJECTED"),
    ] {
        let job = given_job(&ann, json!({"status": before})).await;
        let place = given_interview(&ann, &job, json!({"feedback": "before"})).await;
        let body = json!({"outcome": outcome});
        let recorded = ann.post(&format!("{place}/outcome"), &body).await.ok(200);
        assert_eq!(recorded, ann.get(&place).await.ok(200));
        assert_eq!(
            (&recorded["outcome"], &recorded["feedback"]),
            (&json!(outcome), &json!("before"))
        );
        assert!(recorded["completedAt"].is_string());
        assert_eq!(status(&ann, &job).await, after, "{before} {outcome}");
    }
}

#[tokio::test]
async fn an_outcome_by_any_route_moves_the_job_and_a_correction_moves_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = given_job(&ann, json!({})).await;
    let place = given_interview(&ann, &job, json!({"outcome": "PASSED"})).await;
    assert_eq!(timeline(&ann, &job).await, ["INTERVIEW_COMPLETED", "INTERESTED"]);
    let stamp = ann.get(&place).await.ok(200)["completedAt"].clone();
    ann.post(&format!("{job}/status"), &json!({"status": "INTERVIEW_SCHEDULED"})).await.ok(200);
    let body = json!({"outcome": "FAILED", "feedback": "Too slow."});
    let corrected = ann.post(&format!("{place}/outcome"), &body).await.ok(200);
    assert_eq!((&corrected["completedAt"], &corrected["feedback"]), (&stamp, &json!("Too slow.")));
    assert_eq!(status(&ann, &job).await, "INTERVIEW_SCHEDULED");
    let open = ann.patch(&place, &json!({"outcome": "PENDING"})).await.ok(200);
    assert_eq!(open["completedAt"], Value::Null);
    assert_eq!(status(&ann, &job).await, "INTERVIEW_SCHEDULED");
    ann.patch(&place, &json!({"outcome": "PASSED"})).await.ok(200);
    assert_eq!(status(&ann, &job).await, "INTERVIEW_COMPLETED");
}

#[tokio::test]
async fn outcome_refuses_pending_and_other_peoples_interviews() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = given_job(&ann, json!({})).await;
    let path = format!("{}/outcome", given_interview(&ann, &job, json!({})).await);
    for (body, fault) in [
        (json!({"outcome": "PENDING"}), "/outcome outcome"),
        (json!({}), "/outcome required"),
        (json!({"outcome": "PASSED", "completedAt": null}), "/completedAt unknown_field"),
    ] {
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(ann.post(&path, &body).await.brief(), expected.as_str());
    }
    let body = json!({"outcome": "PASSED"});
    assert_eq!(bob.post(&path, &body).await.brief(), "404 not-found");
    assert_eq!(status(&ann, &job).await, "INTERVIEW_SCHEDULED");
}

#[tokio::test]
async fn interviews_of_one_job_may_be_arranged_and_recorded_at_once() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = given_job(&ann, json!({"status": "APPLIED"})).await;
    let places = join_all((0..20).map(|_| given_interview(&ann, &job, json!({})))).await;
    assert_eq!(timeline(&ann, &job).await, ["INTERVIEW_SCHEDULED", "APPLIED"]);
    let body = json!({"outcome": "PASSED"});
    let answers = join_all(places.iter().map(async |place| {
        let path = format!("{place}/outcome");
        ann.post(&path, &body).await.status
    }));
    assert_eq!(answers.await, [200; 20]);
    let expected = ["INTERVIEW_COMPLETED", "INTERVIEW_SCHEDULED", "APPLIED"];
    assert_eq!(timeline(&ann, &job).await, expected);
}

#[tokio::test]
async fn upcoming_has_what_is_pending_and_to_come_soonest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let job = given_job(&ann, json!({"title": "Baker", "company": "Crust"})).await;
    let bobs_job = given_job(&bob, json!({})).await;
    given_interview(&bob, &bobs_job, json!({})).await;
    for (notes, at, outcome) in [
        ("third", "2101-01-01T00:00:00Z", "PENDING"),
        ("past", "2020-01-01T00:00:00Z", "PENDING"),
        ("first", "2099-01-01T00:00:00Z", "PENDING"),
        ("off", "2099-06-01T00:00:00Z", "CANCELLED"),
        ("second", "2100-01-01T00:00:00Z", "PENDING"),
    ] {
        let fields = json!({"notes": notes, "scheduledAt": at, "outcome": outcome});
        given_interview(&ann, &job, fields).await;
    }
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = ann.get(&format!("{PATH}/upcoming?limit=1{cursor}")).await.ok(200);
        for item in page["items"].as_array().unwrap() {
            assert_eq!((&item["jobTitle"], &item["company"]), (&json!("Baker"), &json!("Crust")));
            found.push(item["notes"].clone());
        }
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, ["first", "second", "third"]);
}

#[tokio::test]
async fn list_filters_by_outcome_and_job() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (one, two) = (given_job(&ann, json!({})).await, given_job(&ann, json!({})).await);
    for (notes, job, outcome) in [
        ("a", &one, "PENDING"),
        ("b", &two, "PASSED"),
        ("c", &one, "FAILED"),
        ("d", &one, "PASSED"),
    ] {
        given_interview(&ann, job, json!({"notes": notes, "outcome": outcome})).await;
    }
    let one = ann.get(&one).await.id();
    for (query, expected) in [
        (String::new(), "dcba"),
        ("outcome=PASSED".into(), "db"),
        ("outcome=PASSED,FAILED".into(), "dcb"),
        (format!("jobId={one}"), "dca"),
        (format!("jobId={one}&outcome=PASSED"), "d"),
    ] {
        let page = ann.get(&format!("{PATH}?{query}")).await.ok(200);
        let notes =
            page["items"].as_array().unwrap().iter().map(|one| one["notes"].as_str().unwrap());
        assert_eq!(notes.collect::<String>(), expected, "{query}");
    }
    for bad in ["outcome=MAYBE", "jobId=1", "limit=0", "cursor=x", "round=1"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn stats_count_by_type_and_outcome() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let empty = ann.get(&format!("{PATH}/stats")).await.ok(200);
    assert_eq!((&empty["total"], &empty["passRate"]), (&json!(0), &Value::Null));
    assert_eq!(empty["byTypeAndOutcome"], json!([]));
    let job = given_job(&ann, json!({})).await;
    given_interview(&bob, &given_job(&bob, json!({})).await, json!({})).await;
    for (kind, outcome) in [
        ("PHONE", "PASSED"),
        ("PHONE", "PASSED"),
        ("PHONE", "PENDING"),
        ("FINAL", "FAILED"),
        ("FINAL", "NO_SHOW"),
        ("VIDEO", "PASSED"),
    ] {
        given_interview(&ann, &job, json!({"interviewType": kind, "outcome": outcome})).await;
    }
    let stats = ann.get(&format!("{PATH}/stats")).await.ok(200);
    assert_eq!((&stats["total"], &stats["passRate"]), (&json!(6), &json!(0.75)));
    let counts = |list: &str, key: &str| -> Vec<String> {
        let counted = stats[list].as_array().unwrap().iter();
        counted.map(|one| format!("{} {}", one[key].as_str().unwrap(), one["count"])).collect()
    };
    assert_eq!(
        counts("byType", "interviewType"),
        ["PHONE 3", "VIDEO 1", "ONSITE 0", "TECHNICAL 0", "BEHAVIORAL 0", "PANEL 0", "FINAL 2"]
    );
    assert_eq!(
        counts("byOutcome", "outcome"),
        ["PASSED 3", "FAILED 1", "PENDING 1", "CANCELLED 0", "NO_SHOW 1"]
    );
    assert_eq!(
        stats["byTypeAndOutcome"][0],
        json!({"interviewType": "PHONE", "outcome": "PASSED", "count": 2})
    );
    assert_eq!(stats["byTypeAndOutcome"].as_array().unwrap().len(), 5);
}
