use chrono::{Days, NaiveDate, Utc};
use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    availability_templates::{PATH, change, daily, input},
    people::{Practice, inserted, patient, practice},
};
use crate::support::{Caller, Response, TestApp};

/// The day so many days from now, in UTC.
fn day(days: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(days)
}

/// A practice whose clinic counts the hours as UTC does.
async fn in_utc<'a>(app: &'a TestApp, name: &str) -> Practice<'a> {
    let practice = practice(app, name).await;
    let zone =
        format!("update visitnow.clinics set time_zone = 'UTC' where id = '{}'", practice.clinic);
    app.execute(&zone).await;
    practice
}

/// A template of these hours from tomorrow on, for so many days; its place.
async fn template(practice: &Practice<'_>, start: &str, end: &str, days: u64) -> String {
    let mut template = input(practice, start, end, 30);
    template["effectiveFrom"] = json!(day(1));
    template["effectiveTo"] = json!(day(days));
    practice.post(PATH, &template).await.header("location").to_owned()
}

async fn materialize(practice: &Practice<'_>, place: &str, until: NaiveDate) -> Response {
    practice.post(&format!("{place}/materialize?until={until}"), &json!({})).await
}

fn made(created: i64, removed: i64, kept: i64) -> Value {
    json!({"created": created, "removed": removed, "kept": kept})
}

/// The slots of the practice: start from tomorrow's hour, minutes long, status.
async fn slots(practice: &Practice<'_>) -> Vec<String> {
    let path = format!("/v1/visitnow/slots?providerId={}&from={}T00:00:00Z", practice.id, day(1));
    let found = practice.all(&path, 100).await;
    let text = |slot: &Value| {
        let start = slot["start"].as_str().unwrap();
        format!("{} {} {}", &start[..10], &start[11..16], slot["status"].as_str().unwrap())
    };
    found.iter().map(text).collect()
}

#[tokio::test]
async fn slots_are_as_many_as_fit_with_their_pauses_and_are_made_once() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "11:15", 2).await;
    ann.patch(&place, &json!({"bufferMinutes": 15})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(9)).await.ok(200), made(6, 0, 0));
    let expected: Vec<String> = [day(1), day(2)]
        .iter()
        .flat_map(|day| ["09:00", "09:45", "10:30"].map(|time| format!("{day} {time} open")))
        .collect();
    assert_eq!(slots(&ann).await, expected);
    assert_eq!(materialize(&ann, &place, day(9)).await.ok(200), made(0, 0, 6));
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(0, 0, 3));
    assert_eq!(slots(&ann).await, expected);
    let one = &ann.get("/v1/visitnow/slots").await.ok(200)["items"][0];
    assert_eq!(one["end"], format!("{}T09:30:00Z", day(1)));
    assert_eq!(one["templateId"], place.rsplit_once('/').unwrap().1);
    assert_eq!(one["mode"], "video");
}

#[tokio::test]
async fn what_a_changed_template_gives_takes_the_place_of_open_slots_and_of_no_others() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let (bob, carl) = (patient(&app, "bob").await, patient(&app, "carl").await);
    let place = template(&ann, "09:00", "12:00", 1).await;
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(6, 0, 0));
    let at = |time: &str| format!("start_at = '{}T{time}Z'", day(1));
    // At 9:00 booked, at 10:00 blocked, at 11:00 held.
    app.execute(&format!(
        "insert into visitnow.appointments (patient_id, provider_id, slot_id, scheduled_start, scheduled_end, channel)
         select '{}', provider_id, id, start_at, end_at, mode from visitnow.slots where {};
         update visitnow.slots set status = 'blocked' where {};
         insert into visitnow.waitlist (patient_id, provider_id, desired_range)
         values ('{}', '{}', tstzrange(now(), now() + interval '9 days'));
         update visitnow.slots set status = 'blocked' where {};
         update visitnow.slots set status = 'open' where {}",
        bob.id, at("09:00"), at("10:00"), carl.id, ann.id, at("11:00"), at("11:00")
    ))
    .await;
    // From 9:15 on: every open slot is stale, and overlaps what comes.
    let mut shifted = change(&ann, "09:15", "12:15", 30);
    shifted["effectiveFrom"] = json!(day(1));
    shifted["effectiveTo"] = json!(day(1));
    ann.put(&place, &shifted).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(1, 3, 5));
    let expected = ["09:00 booked", "10:00 blocked", "11:00 held", "11:45 open"];
    assert_eq!(slots(&ann).await, expected.map(|slot| format!("{} {slot}", day(1))));
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(0, 0, 6));
}

#[tokio::test]
async fn exact_slots_are_kept_and_another_mode_or_clinic_makes_new_ones() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "10:00", 1).await;
    materialize(&ann, &place, day(1)).await.ok(200);
    let ids = async || {
        let rows = ann.all("/v1/visitnow/slots", 10).await;
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let before = ids().await;
    ann.patch(&place, &json!({"slots": daily("09:00", "11:00")})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(2, 0, 2));
    assert_eq!(ids().await[..2], before);
    let mut hours = daily("09:00", "11:00");
    hours.as_array_mut().unwrap().iter_mut().for_each(|hours| hours["mode"] = json!("phone"));
    ann.patch(&place, &json!({"slots": hours})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(4, 4, 0));
    let clinic = format!(
        "visitnow.clinics (provider_id, name, time_zone) values ('{}', 'x', 'UTC')",
        ann.id
    );
    let clinic = inserted(&app, &clinic).await;
    ann.patch(&place, &json!({"clinicId": clinic})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(4, 4, 0));
    // A later day is none of its business.
    ann.patch(&place, &json!({"effectiveTo": day(2)})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(2)).await.ok(200), made(4, 0, 4));
    ann.patch(&place, &json!({"slots": []})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(0, 4, 0));
    assert_eq!(slots(&ann).await.len(), 4);
}

#[tokio::test]
async fn an_inactive_template_makes_no_slots_and_takes_the_open_ones_back() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "10:00", 3).await;
    let by_hand = super::people::slot(&ann, 24 * 9).await;
    assert_eq!(materialize(&ann, &place, day(3)).await.ok(200), made(6, 0, 0));
    app.execute(&format!(
        "update visitnow.slots set status = 'blocked' where start_at = '{}T09:00Z'",
        day(1)
    ))
    .await;
    ann.patch(&place, &json!({"isActive": false})).await.ok(200);
    assert_eq!(materialize(&ann, &place, day(20)).await.ok(200), made(0, 5, 0));
    assert_eq!(ann.get(&format!("/v1/visitnow/slots/{by_hand}")).await.ok(200)["status"], "open");
    assert_eq!(ann.delete(&place).await.status, 204);
    let left = &ann.get("/v1/visitnow/slots?status=blocked").await.ok(200)["items"][0];
    assert_eq!(left["templateId"], Value::Null);
}

#[tokio::test]
async fn slots_are_made_from_today_in_the_clinic_until_180_days_ahead() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "09:30", 900).await;
    for (until, expected) in [
        (
            format!("?until={}", Utc::now().date_naive() - Days::new(1)),
            r#"400 malformed ["until range"]"#,
        ),
        (format!("?until={}", day(181)), r#"400 malformed ["until range"]"#),
        ("?until=2199-12-31".into(), r#"400 malformed ["until range"]"#),
        ("?until=9999-12-31".into(), r#"400 malformed ["until date"]"#),
        ("?until=soon".into(), r#"400 malformed ["until parameter"]"#),
        (String::new(), r#"400 malformed ["until parameter"]"#),
    ] {
        let answer = ann.post(&format!("{place}/materialize{until}"), &json!({})).await;
        assert_eq!(answer.brief(), expected, "{until}");
    }
    assert_eq!(slots(&ann).await, Vec::<String>::new());
    assert_eq!(materialize(&ann, &place, day(180)).await.ok(200), made(180, 0, 0));
    assert_eq!(materialize(&ann, &place, day(0)).await.ok(200), made(0, 0, 0));
    assert_eq!(
        materialize(&ann, &format!("{PATH}/{}", Uuid::now_v7()), day(1)).await.brief(),
        "404 not-found"
    );
    // Nothing of today that has begun: hours from midnight leave the rest of the day.
    let whole =
        ann.post(PATH, &input(&ann, "00:00", "24:00", 60)).await.header("location").to_owned();
    let rest = materialize(&ann, &whole, day(0)).await.ok(200)["created"].as_i64().unwrap();
    let past = app.count("select count(*) from visitnow.slots where start_at <= created_at").await;
    assert!(rest < 24 && past == 0, "{rest} {past}");
}

#[tokio::test]
async fn of_materializations_at_once_all_succeed_and_each_slot_is_made_once() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "17:00", 30).await;
    let all = async || {
        let answers = join_all((0..8).map(|_| materialize(&ann, &place, day(30)))).await;
        let sum = |field: &str| -> i64 {
            answers.iter().map(|one| one.ok(200)[field].as_i64().unwrap()).sum()
        };
        (sum("created"), sum("removed"), sum("kept"))
    };
    assert_eq!(all().await, (480, 0, 7 * 480));
    ann.patch(&place, &json!({"slots": daily("09:10", "17:10")})).await.ok(200);
    assert_eq!(all().await, (480, 480, 7 * 480));
    // Another template of the same hours, shifted: whoever comes first has the time.
    let other = template(&ann, "09:25", "17:25", 60).await;
    let both = join_all([&place, &other].map(|place| materialize(&ann, place, day(60)))).await;
    for one in both {
        one.ok(200);
    }
    let again = join_all([&place, &other].map(|place| materialize(&ann, place, day(60)))).await;
    for one in again {
        assert_eq!(one.ok(200)["created"], 0);
    }
}

#[tokio::test]
async fn a_slot_that_is_booked_while_its_template_is_materialized_stays() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    let place = template(&ann, "09:00", "10:00", 1).await;
    materialize(&ann, &place, day(1)).await.ok(200);
    ann.patch(&place, &json!({"isActive": false})).await.ok(200);
    // Somebody has just taken the first, and not committed yet.
    let mut booking = app.sql().await;
    let begin = format!(
        "begin; insert into visitnow.appointments (patient_id, provider_id, slot_id, scheduled_start, scheduled_end, channel)
         select '{}', provider_id, id, start_at, end_at, mode from visitnow.slots order by start_at limit 1",
        bob.id
    );
    sqlx::Executor::execute(&mut booking, sqlx::raw_sql(sqlx::AssertSqlSafe(begin))).await.unwrap();
    assert_eq!(materialize(&ann, &place, day(1)).await.ok(200), made(0, 1, 0));
    sqlx::Executor::execute(&mut booking, sqlx::raw_sql("commit")).await.unwrap();
    assert_eq!(slots(&ann).await, [format!("{} 09:00 booked", day(1))]);
}

#[tokio::test]
async fn a_key_makes_repeating_a_materialization_harmless() {
    let app = TestApp::new().await;
    let ann = in_utc(&app, "ann").await;
    let place = template(&ann, "09:00", "10:00", 1).await;
    let path = format!("{place}/materialize?until={}", day(1));
    let (key, nothing) = (("idempotency-key", "once"), json!({}));
    for _ in 0..2 {
        let answer = ann.send(reqwest::Method::POST, &path, key, Some(&nothing)).await;
        assert_eq!(answer.ok(200), made(2, 0, 0));
    }
}

#[tokio::test]
async fn a_template_that_gives_too_many_slots_is_materialized_in_parts() {
    let app = TestApp::new().await;
    let dora = in_utc(&app, "dora").await;
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let hours =
        days.map(|day| json!({"weekday": day, "start": "00:00", "end": "24:00", "mode": "phone"}));
    let body =
        json!({"providerId": dora.id, "clinicId": dora.clinic, "slotDuration": 5, "slots": hours});
    let place =
        dora.post("/v1/visitnow/availability-templates", &body).await.header("location").to_owned();
    let today = chrono::Utc::now().date_naive();
    let refused = materialize(&dora, &place, today + chrono::Days::new(180)).await;
    assert_eq!(refused.brief(), r#"400 malformed ["until range"]"#);
    assert!(refused.text.contains("more than 20,000"), "{refused:?}");
    assert_eq!(app.count("select count(*) from visitnow.slots").await, 0);
    let made = materialize(&dora, &place, today + chrono::Days::new(3)).await.ok(200);
    assert!(made["created"].as_i64().unwrap() > 3 * 288, "{made}");
}
