use reqwest::Method;
use serde_json::{Value, json};

use super::people::{Practice, patient, practice, staff};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/visitnow/availability-templates";

/// Everybody a practice's availability may matter to: the provider, staff who may write it, staff who may do all else,
/// staff of another practice, a patient, a stranger.
pub async fn sides<'a>(practice: &Practice<'a>) -> [User<'a>; 6] {
    let app = practice.app;
    let other = super::people::practice(app, "other").await;
    let all_else = ["appointments:write", "messages:write", "clinic:write"];
    let all = ["appointments:write", "messages:write", "clinic:write", "availability:write"];
    [
        practice.doctor.clone(),
        staff(practice, "planner", &["availability:write"]).await,
        staff(practice, "helper", &all_else).await,
        staff(&other, "elsewhere", &all).await,
        patient(app, "patient").await.user,
        app.user("stranger").await,
    ]
}

/// Hours on every day of the week.
pub fn daily(start: &str, end: &str) -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    days.iter()
        .map(|day| json!({"weekday": day, "start": start, "end": end, "mode": "video"}))
        .collect()
}

/// A new template: these hours on every day, slots of so many minutes, and no pause.
pub fn input(practice: &Practice<'_>, start: &str, end: &str, minutes: i32) -> Value {
    json!({
        "providerId": practice.id, "clinicId": practice.clinic, "slotDuration": minutes,
        "slots": daily(start, end),
    })
}

/// The same, as a change.
pub fn change(practice: &Practice<'_>, start: &str, end: &str, minutes: i32) -> Value {
    let mut change = input(practice, start, end, minutes);
    change.as_object_mut().unwrap().remove("providerId");
    change
}

#[tokio::test]
async fn a_template_is_written_and_read_by_who_may_write_the_availability() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let (new, changed) = (input(&ann, "09:00", "12:00", 30), change(&ann, "09:00", "12:00", 20));
    let statuses = [200, 200, 404, 404, 404, 404];
    for (index, who) in sides(&ann).await.iter().enumerate() {
        let status = statuses[index];
        let made = who.post(PATH, &new).await.status;
        assert_eq!(made, if status == 200 { 201 } else { 403 }, "{}", who.email);
        let place = ann.post(PATH, &new).await.header("location").to_owned();
        assert_eq!(who.get(&place).await.status, status, "{}", who.email);
        assert_eq!(who.put(&place, &changed).await.status, status, "{}", who.email);
        let patched = who.patch(&place, &json!({"bufferMinutes": 5})).await;
        assert_eq!(patched.status, status, "{}", who.email);
        let listed = who.get(&format!("{PATH}?providerId={}", ann.id)).await.ok(200);
        let seen = listed["items"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| place.ends_with(one["id"].as_str().unwrap()));
        assert_eq!(seen, status == 200, "{}", who.email);
        let until = chrono::Utc::now().date_naive() + chrono::TimeDelta::days(3);
        let slots = who.post(&format!("{place}/materialize?until={until}"), &json!({})).await;
        assert_eq!(slots.status, status, "{}", who.email);
        let gone = who.delete(&place).await.status;
        assert_eq!(gone, if status == 200 { 204 } else { 404 }, "{}", who.email);
    }
}

#[tokio::test]
async fn a_template_is_read_as_it_was_written() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let made = ann.post(PATH, &input(&ann, "09:00", "24:00", 30)).await;
    assert_holds(
        &made.ok(201),
        &json!({
            "providerId": ann.id, "clinicId": ann.clinic, "slotDuration": 30, "bufferMinutes": 0, "isActive": true,
            "slots": daily("09:00", "24:00"), "effectiveFrom": null, "effectiveTo": null,
        }),
    );
    let place = made.header("location");
    let one = ann.send(Method::GET, place, ("if-none-match", made.etag()), None).await;
    assert_eq!(one.status, 304);
    let patch = json!({"effectiveFrom": "2027-01-01", "effectiveTo": "2027-01-01", "isActive": false, "slots": []});
    assert_holds(&ann.patch(place, &patch).await.ok(200), &patch);
    let other = change(&ann, "09:00", "10:00", 30);
    let stale = ann.send(Method::PUT, place, ("if-match", made.etag()), Some(&other)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let mut moved = change(&ann, "09:00", "10:00", 30);
    moved["providerId"] = json!(ann.id);
    assert_eq!(
        ann.put(place, &moved).await.brief(),
        r#"422 validation ["/providerId unknown_field"]"#
    );
}

#[tokio::test]
async fn what_is_no_week_is_no_template() {
    let app = TestApp::new().await;
    let (ann, bob) = (practice(&app, "ann").await, practice(&app, "bob").await);
    let hours = |start: &str, end: &str| json!([{"weekday": "monday", "start": start, "end": end, "mode": "video"}]);
    for (field, value, error) in [
        ("clinicId", json!(bob.clinic), "/clinicId reference"),
        ("slotDuration", json!(4), "/slotDuration range"),
        ("slotDuration", json!(481), "/slotDuration range"),
        ("bufferMinutes", json!(-1), "/bufferMinutes range"),
        ("bufferMinutes", json!(241), "/bufferMinutes range"),
        ("slots", hours("09:00", "09:00"), "/slots/0/end order"),
        ("slots", hours("22:00", "02:00"), "/slots/0/end order"),
        ("slots", hours("24:00", "24:00"), "/slots/0/end order"),
        ("slots", hours("9:00", "12:00"), "/slots/0/start clock"),
        ("slots", hours("09:00", "24:01"), "/slots/0/end clock"),
        (
            "slots",
            json!([{"weekday": "funday", "start": "09:00", "end": "10:00", "mode": "video"}]),
            "/slots/0/weekday type",
        ),
        (
            "slots",
            json!([{"weekday": "monday", "start": "09:00", "end": "10:00", "mode": "fax"}]),
            "/slots/0/mode type",
        ),
        ("slots", Value::Array(vec![hours("09:00", "10:00")[0].clone(); 101]), "/slots length"),
        ("effectiveTo", json!("2026-12-31"), "/effectiveTo order"),
        ("effectiveFrom", json!("1899-12-31"), "/effectiveFrom date"),
        ("slots", json!(null), "/slots type"),
    ] {
        let mut body = input(&ann, "09:00", "12:00", 30);
        body["effectiveFrom"] = json!("2027-01-01");
        body[field] = value;
        assert_eq!(ann.post(PATH, &body).await.brief(), format!("422 validation [\"{error}\"]"));
    }
    let mut body = input(&ann, "09:00", "12:00", 30);
    body["providerId"] = json!(bob.id);
    assert_eq!(ann.post(PATH, &body).await.brief(), "403 forbidden");
    body["providerId"] = json!(uuid::Uuid::now_v7());
    assert_eq!(ann.post(PATH, &body).await.brief(), "403 forbidden");
}

#[tokio::test]
async fn templates_are_listed_newest_first_of_all_practices_that_one_plans() {
    let app = TestApp::new().await;
    let (ann, bob) = (practice(&app, "ann").await, practice(&app, "bob").await);
    let planner = staff(&ann, "planner", &["availability:write"]).await;
    let insert = format!(
        "insert into visitnow.staff_members (provider_id, user_id, role, permissions)
         values ('{}', '{}', 'manager', '{{availability:write}}')",
        bob.id, planner.id
    );
    app.execute(&insert).await;
    let mut made = Vec::new();
    for practice in [&ann, &bob, &ann] {
        made.push(planner.post(PATH, &input(practice, "09:00", "12:00", 30)).await.id());
    }
    let ids = |rows: Vec<Value>| {
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    made.reverse();
    assert_eq!(ids(planner.all(PATH, 1).await), made);
    assert_eq!(ids(planner.all(&format!("{PATH}?providerId={}", bob.id), 1).await), made[1..2]);
    assert_eq!(ids(ann.all(PATH, 2).await), [made[0].clone(), made[2].clone()]);
    let grants = "update visitnow.staff_members set permissions = '{clinic:write}'";
    app.execute(grants).await;
    assert_eq!(ids(planner.all(PATH, 2).await), Vec::<String>::new());
}
