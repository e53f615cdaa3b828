use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{
    applications::given_application,
    interviews::given_interview,
    jobs::{PATH, given_job},
};
use crate::support::{Caller, TestApp, User};

#[tokio::test]
async fn board_has_every_status_with_its_count_and_newest_twenty() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_job(&bob, json!({"status": "WITHDRAWN"})).await;
    for number in 0..23 {
        given_job(&ann, json!({"title": format!("{number}"), "status": "APPLIED"})).await;
    }
    given_job(&ann, json!({"title": "won", "status": "ACCEPTED"})).await;

    let board = ann.get(&format!("{PATH}/board")).await.ok(200);
    let columns = board.as_array().unwrap();
    let counts: Vec<_> =
        columns.iter().map(|column| json!([column["status"], column["count"]])).collect();
    let expected = json!([
        ["INTERESTED", 0],
        ["APPLIED", 23],
        ["INTERVIEW_SCHEDULED", 0],
        ["INTERVIEW_COMPLETED", 0],
        ["OFFER_RECEIVED", 0],
        ["REJECTED", 0],
        ["ACCEPTED", 1],
        ["WITHDRAWN", 0],
    ]);
    assert_eq!(json!(counts), expected);
    let newest = ann.get(&format!("{PATH}?status=APPLIED&limit=20")).await.ok(200);
    assert_eq!(columns[1]["jobs"], newest["items"]);
    assert_eq!(
        columns[6]["jobs"],
        ann.get(&format!("{PATH}?status=ACCEPTED")).await.ok(200)["items"]
    );
    assert_eq!(columns[7]["jobs"], json!([]));
}

#[tokio::test]
async fn nested_rows_equal_those_read_alone() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({
        "companyUrl": "https://acme.example", "workMode": "REMOTE", "jobType": "FULL_TIME",
        "salaryMin": 1, "postedAt": "2026-01-02T03:04:05.100000Z", "tags": ["x"], "matchScore": 7,
        "aiAnalysis": {"strengths": ["near"], "recommendation": null}, "status": "APPLIED",
    })).await;
    let job = ann.get(&place).await;
    let fields = json!({
        "method": "AUTOMATED", "status": "UNDER_REVIEW", "followUpDate": "2026-05-04",
        "responseReceivedAt": "2026-01-02T03:04:05.123Z", "coverLetter": "Dear \"Acme\"\n",
    });
    let sent = given_application(&ann, &job.id(), fields).await;
    let sent = ann.get(&sent).await.ok(200);
    let asked = json!({
        "interviewers": [{"name": "Bob", "title": null, "email": "bob@acme.example"}],
        "outcome": "CANCELLED", "scheduledAt": "2026-01-02T03:04:05.123Z", "questionsAsked": ["a"],
    });
    let asked = given_interview(&ann, &place, asked).await;
    let asked = ann.get(&asked).await.ok(200);
    let kept = ann.post("/v1/coach/documents", &json!({
        "jobId": job.id(), "documentType": "COVER_LETTER", "title": "Letter", "fileName": "l.pdf",
        "fileSize": 1, "mimeType": "application/pdf", "content": "Dear \"Acme\"\n",
    })).await.ok(201);
    let details = ann.get(&format!("{place}/details")).await;
    assert_eq!(details.etag(), job.etag());
    let details = details.ok(200);
    let timeline = ann.get(&format!("{place}/status-changes")).await.ok(200);
    assert_eq!(details["applications"], json!([sent]));
    assert_eq!(details["interviews"], json!([asked]));
    assert_eq!(details["documents"], json!([kept]));
    assert_eq!(details["statusChanges"], timeline["items"]);
    let active = ann.get(&format!("{PATH}/active")).await.ok(200)["items"][0].clone();
    assert_eq!(active["applications"], json!([sent]));
    let board = ann.get(&format!("{PATH}/board")).await.ok(200)[1]["jobs"][0].clone();
    for (name, value) in job.json().as_object().unwrap() {
        for (place, nested) in [("details", &details), ("active", &active), ("board", &board)] {
            assert_eq!(&nested[name], value, "{name} in {place}");
        }
    }
}

#[tokio::test]
async fn details_are_never_not_modified_because_applications_have_their_own_versions() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_job(&ann, json!({"status": "APPLIED"})).await;
    let path = format!("{place}/details");
    let before = ann.get(&path).await;
    given_application(&ann, &before.id(), json!({})).await;
    let header = ("if-none-match", before.etag());
    let after = ann.send(reqwest::Method::GET, &path, header, None).await.ok(200);
    assert_eq!(before.json()["applications"], json!([]));
    assert_eq!(after["applications"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn nested_applications_are_the_jobs_own_and_the_newest_hundred() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let (one, two) = (given_job(&ann, json!({})).await, given_job(&ann, json!({})).await);
    let (one, two) = (ann.get(&one).await.id(), ann.get(&two).await.id());
    for number in 0..101 {
        given_application(&ann, &one, json!({"notes": format!("{number}")})).await;
    }
    let other = given_application(&ann, &two, json!({})).await;
    let list = ann.get(&format!("/v1/coach/applications?jobId={one}&limit=100")).await.ok(200);
    let details = ann.get(&format!("{PATH}/{one}/details")).await.ok(200);
    assert_eq!(details["applications"], list["items"]);
    assert_eq!(details["applications"][99]["notes"], "1");
    let details = ann.get(&format!("{PATH}/{two}/details")).await.ok(200);
    assert_eq!(details["applications"], json!([ann.get(&other).await.ok(200)]));
}

#[tokio::test]
async fn active_jobs_are_the_open_ones_page_by_page() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for (title, status) in [
        ("1", "INTERESTED"),
        ("2", "REJECTED"),
        ("3", "APPLIED"),
        ("4", "INTERVIEW_SCHEDULED"),
        ("5", "INTERESTED"),
    ] {
        given_job(&ann, json!({"title": title, "status": status})).await;
    }
    given_job(&bob, json!({"title": "bob's"})).await;
    let first = ann.get(&format!("{PATH}/active?limit=2")).await.ok(200);
    let cursor = first["nextCursor"].as_str().unwrap();
    let second = ann.get(&format!("{PATH}/active?limit=2&cursor={cursor}")).await.ok(200);
    assert_eq!(second["nextCursor"], Value::Null);
    let titles: Vec<_> = [&first, &second]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|job| job["title"].as_str().unwrap())
        .collect();
    assert_eq!(titles, ["5", "3", "1"]);
}

/// A job that went this way, and its id.
async fn given_story(user: &User<'_>, story: &[&str]) -> String {
    let place = given_job(user, json!({"status": story[0]})).await;
    for status in &story[1..] {
        user.post(&format!("{place}/status"), &json!({"status": status})).await.ok(200);
    }
    user.get(&place).await.id()
}

#[tokio::test]
async fn stats_of_nobody_are_noughts() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    given_story(&bob, &["APPLIED", "OFFER_RECEIVED"]).await;
    let stats = ann.get(&format!("{PATH}/stats")).await.ok(200);
    assert_eq!(stats["responseRate"], Value::Null);
    for number in ["applied", "answered", "offers"] {
        assert_eq!(stats[number], 0, "{number}");
    }
    assert_eq!(stats["byStatus"].as_array().unwrap().len(), 8);
    assert!(stats["byStatus"].as_array().unwrap().iter().all(|held| held["count"] == 0));
    assert_eq!(stats["applicationsPerWeek"].as_array().unwrap().len(), 12);
}

#[tokio::test]
async fn stats_count_responses_and_offers() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    // Each tells: applied to, answered, offered.
    for (story, expected) in [
        (&["INTERESTED"][..], [0, 0, 0]),
        (&["INTERESTED", "OFFER_RECEIVED"], [0, 0, 1]),
        (&["APPLIED"], [1, 0, 0]),
        (&["APPLIED", "INTERESTED"], [1, 0, 0]),
        (&["APPLIED", "WITHDRAWN"], [1, 0, 0]),
        (&["APPLIED", "REJECTED"], [1, 1, 0]),
        (&["APPLIED", "REJECTED", "INTERESTED"], [1, 1, 0]),
        (&["APPLIED", "INTERVIEW_SCHEDULED"], [1, 1, 0]),
        (&["APPLIED", "INTERVIEW_SCHEDULED", "APPLIED"], [1, 0, 0]),
        (&["APPLIED", "INTERVIEW_COMPLETED", "INTERVIEW_SCHEDULED"], [1, 1, 0]),
        (&["APPLIED", "INTERVIEW_SCHEDULED", "WITHDRAWN"], [1, 1, 0]),
        (&["APPLIED", "OFFER_RECEIVED", "INTERVIEW_COMPLETED"], [1, 1, 0]),
        (&["APPLIED", "OFFER_RECEIVED", "WITHDRAWN"], [1, 1, 1]),
        (&["APPLIED", "OFFER_RECEIVED", "ACCEPTED"], [1, 1, 1]),
        (&["APPLIED", "ACCEPTED", "OFFER_RECEIVED", "REJECTED"], [1, 1, 1]),
        (&["APPLIED", "ACCEPTED", "INTERESTED"], [1, 1, 1]),
    ] {
        app.execute("delete from coach.jobs").await;
        given_story(&ann, story).await;
        let stats = ann.get(&format!("{PATH}/stats")).await.ok(200);
        let found = ["applied", "answered", "offers"].map(|name| stats[name].as_i64().unwrap());
        assert_eq!(found, expected, "{story:?}");
    }
}

#[tokio::test]
async fn stats_count_by_status_and_take_an_answered_application_for_a_response() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let quiet = given_story(&ann, &["APPLIED"]).await;
    let answered = given_story(&ann, &["APPLIED"]).await;
    given_story(&ann, &["APPLIED"]).await;
    given_story(&ann, &["APPLIED", "REJECTED"]).await;
    let unapplied = given_story(&ann, &["INTERESTED"]).await;
    let answer = json!({"responseReceivedAt": "2026-01-01T00:00:00Z"});
    given_application(&ann, &quiet, json!({})).await;
    given_application(&ann, &answered, answer.clone()).await;
    given_application(&ann, &answered, answer.clone()).await;
    given_application(&ann, &unapplied, answer).await;
    let stats = ann.get(&format!("{PATH}/stats")).await.ok(200);
    assert_eq!(stats["responseRate"], 0.5);
    assert_eq!((&stats["applied"], &stats["answered"]), (&json!(4), &json!(2)));
    assert_eq!(stats["byStatus"][0], json!({"status": "INTERESTED", "count": 1}));
    assert_eq!(stats["byStatus"][1], json!({"status": "APPLIED", "count": 3}));
    assert_eq!(stats["byStatus"][5], json!({"status": "REJECTED", "count": 1}));
}

#[tokio::test]
async fn stats_count_applications_by_the_week_they_were_submitted_in() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let job = given_story(&ann, &["INTERESTED"]).await;
    given_application(&ann, &job, json!({})).await;
    let sent =
        (0..6).map(async |_| given_application(&ann, &job, json!({"status": "SUBMITTED"})).await);
    join_all(sent).await;
    // The first moment of the oldest week and the last before it, the border of two weeks, today.
    app.execute(
        "with moment as (
           select row_number() over () as number, at
           from (select date_trunc('week', now() at time zone 'UTC') at time zone 'UTC' as monday) as this
           cross join lateral unnest(array[
             monday - interval '77 days', monday - interval '77 days 1 microsecond',
             monday - interval '7 days', monday - interval '7 days 1 microsecond', monday, now()]) as at
         ), sent as (
           select id, row_number() over () as number from coach.applications where status = 'SUBMITTED'
         )
         update coach.applications as own set submitted_at = moment.at
         from sent join moment using (number) where own.id = sent.id",
    )
    .await;
    let stats = ann.get(&format!("{PATH}/stats")).await.ok(200);
    let weeks = stats["applicationsPerWeek"].as_array().unwrap();
    let counts: Vec<_> = weeks.iter().map(|week| week["count"].as_i64().unwrap()).collect();
    assert_eq!(counts, [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2]);
    let monday =
        chrono::NaiveDate::parse_from_str(weeks[11]["weekStart"].as_str().unwrap(), "%F").unwrap();
    assert_eq!(chrono::Datelike::weekday(&monday), chrono::Weekday::Mon);
    let first = (monday - chrono::Days::new(77)).to_string();
    assert_eq!(weeks[0]["weekStart"], json!(first));
}
