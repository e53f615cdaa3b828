use std::collections::BTreeSet;

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    appointments::{PATH, book},
    people::{Patient, Practice, appointment, inserted, patient, practice, slot_at, staff},
};
use crate::support::{Caller, TestApp};

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

fn of(practice: &Practice<'_>) -> String {
    format!("/v1/visitnow/providers/{}/appointments", practice.id)
}

/// An appointment at this time, of any length up to half an hour.
async fn at(practice: &Practice<'_>, patient: &Patient<'_>, start: &str) -> String {
    let insert = format!(
        "visitnow.appointments (patient_id, provider_id, clinic_id, scheduled_start, scheduled_end, channel)
         values ('{}', '{}', '{}', '{start}', '{start}'::timestamptz + interval '1 minute', 'video')",
        patient.id, practice.id, practice.clinic
    );
    inserted(practice.app, &insert).await.to_string()
}

#[tokio::test]
async fn a_patient_lists_their_own_latest_first() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let mut own = Vec::new();
    for (practice, status, hours) in [
        (&dora, "completed", -50),
        (&emil, "requested", 10),
        (&dora, "cancelled", 12),
        (&dora, "confirmed", 14),
        (&emil, "requested", 16),
    ] {
        own.insert(0, appointment(practice, &pat, status, hours).await.to_string());
    }
    appointment(&dora, &other, "requested", 18).await;
    for limit in [1, 2, 100] {
        assert_eq!(ids(&pat.all(PATH, limit).await), own, "{limit}");
    }
    let time = |hours| super::people::in_hours(hours).replace("+00:00", "Z");
    for (query, places) in [
        ("status=requested".to_owned(), vec![0, 3]),
        ("status=requested,completed".to_owned(), vec![0, 3, 4]),
        (format!("from={}&to={}", time(12), time(16)), vec![1, 2]),
        (format!("from={}", time(17)), vec![]),
        (format!("to={}&status=confirmed", time(17)), vec![1]),
    ] {
        let wanted: Vec<_> = places.into_iter().map(|place: usize| own[place].clone()).collect();
        assert_eq!(ids(&pat.all(&format!("{PATH}?{query}"), 1).await), wanted, "{query}");
    }
}

#[tokio::test]
async fn lists_refuse_what_they_do_not_know() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    for query in ["status=x", "from=x", "limit=0", "limit=101", "cursor=x", "x=1", "day=2030-01-01"]
    {
        assert_eq!(pat.get(&format!("{PATH}?{query}")).await.status, 400, "{query}");
    }
    for query in [
        "status=x",
        "day=x",
        "day=2030-02-30",
        "day=1899-01-01",
        "cursor=x",
        "from=2030-01-01T00:00:00Z",
    ] {
        assert_eq!(dora.get(&format!("{}?{query}", of(&dora))).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn a_practice_lists_all_of_its_appointments_latest_first() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let mut all = Vec::new();
    for (patient, status, hours) in [
        (&pat, "completed", -50),
        (&other, "requested", 10),
        (&pat, "cancelled", 12),
        (&pat, "requested", 14),
    ] {
        all.insert(0, appointment(&dora, patient, status, hours).await.to_string());
    }
    appointment(&emil, &pat, "requested", 20).await;
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    for limit in [1, 3, 100] {
        assert_eq!(ids(&dora.all(&of(&dora), limit).await), all, "{limit}");
        assert_eq!(ids(&member.all(&of(&dora), limit).await), all, "{limit}");
    }
    let requested = dora.all(&format!("{}?status=requested", of(&dora)), 1).await;
    assert_eq!(ids(&requested), [all[0].clone(), all[2].clone()]);
}

#[tokio::test]
async fn a_practices_lists_are_its_own() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let pat = patient(&app, "pat").await;
    appointment(&dora, &pat, "requested", 24).await;
    let others = ["availability:write", "messages:write", "clinic:write"];
    let without = staff(&dora, "without", &others).await;
    let elsewhere = staff(&emil, "elsewhere", &["appointments:write"]).await;
    let admin = app.user_with_roles("admin", &["visitnow:admin"]).await;
    for path in [of(&dora), of(&dora).replace("appointments", "waitlist")] {
        for person in [&*emil, &*pat, &without, &elsewhere, &admin] {
            for query in ["", "?day=2030-01-01", "?status=waiting", "?status=requested"] {
                let path = format!("{path}{query}");
                let refused = person.get(&path).await;
                assert!(
                    [400, 404].contains(&refused.status),
                    "{} {path}: {refused:?}",
                    person.email
                );
            }
            assert_eq!(person.get(&path).await.brief(), "404 not-found");
        }
        assert_eq!(app.anonymous().get(&path).await.status, 401);
    }
    // A role that is gone takes the permission with it.
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    member.get(&of(&dora)).await.ok(200);
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", member.id)).await;
    assert_eq!(member.get(&of(&dora)).await.brief(), "404 not-found");
    let nobody = format!("/v1/visitnow/providers/{}/appointments", Uuid::now_v7());
    assert_eq!(dora.get(&nobody).await.brief(), "404 not-found");
    assert_eq!(
        dora.get(&of(&dora).replace("appointments", "waitlist")).await.ok(200)["items"],
        json!([])
    );
}

#[tokio::test]
async fn a_day_is_one_where_the_clinic_is() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    // Berlin is two hours ahead of UTC on the 1st of July, and one on the 28th of October, which has 25 hours.
    let (before, first) =
        (at(&dora, &pat, "2035-06-30T21:59Z").await, at(&dora, &pat, "2035-06-30T22:00Z").await);
    let (last, after) =
        (at(&dora, &pat, "2035-07-01T21:59Z").await, at(&dora, &pat, "2035-07-01T22:00Z").await);
    let noon = at(&dora, &pat, "2035-07-01T10:00Z").await;
    let long =
        [at(&dora, &pat, "2035-10-27T22:00Z").await, at(&dora, &pat, "2035-10-28T22:59Z").await];
    let day = async |day: &str| ids(&dora.all(&format!("{}?day={day}", of(&dora)), 1).await);
    assert_eq!(day("2035-07-01").await, [first.clone(), noon.clone(), last.clone()]);
    assert_eq!(day("2035-06-30").await, std::slice::from_ref(&before));
    assert_eq!(day("2035-07-02").await, std::slice::from_ref(&after));
    assert_eq!(day("2035-10-28").await, long);
    app.execute("update visitnow.clinics set time_zone = 'Pacific/Kiritimati'").await; // UTC+14
    assert_eq!(day("2035-07-01").await, [before.clone(), first.clone()]);
    app.execute("update visitnow.appointments set clinic_id = null").await; // UTC
    assert_eq!(day("2035-06-30").await, [before, first]);
    assert_eq!(day("2035-07-01").await, [noon, last, after]);
}

#[tokio::test]
async fn a_day_is_narrowed_by_status() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let mut made = Vec::new();
    for start in ["2035-07-01T08:00Z", "2035-07-01T09:00Z", "2035-07-01T10:00Z"] {
        made.push(
            book(&pat, slot_at(&dora, start).await).await.ok(201)["id"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    pat.post(&format!("{PATH}/{}/cancel", made[1]), &json!({"reason": "x"})).await.ok(200);
    let path = |status: &str| format!("{}?day=2035-07-01&status={status}", of(&dora));
    assert_eq!(ids(&dora.all(&path("requested"), 1).await), [made[0].clone(), made[2].clone()]);
    assert_eq!(ids(&dora.all(&path("cancelled"), 1).await), [made[1].clone()]);
    let both = ids(&dora.all(&path("requested,cancelled"), 2).await);
    assert_eq!(both.iter().collect::<BTreeSet<_>>(), made.iter().collect());
}

#[tokio::test]
async fn a_cursor_belongs_to_its_list() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    for hours in [24, 48] {
        appointment(&dora, &pat, "confirmed", hours).await;
    }
    let page = pat.get(&format!("{PATH}?limit=1")).await.ok(200);
    let cursor = page["nextCursor"].as_str().unwrap();
    let elsewhere = dora.get(&format!("/v1/visitnow/slots?cursor={cursor}")).await;
    assert_eq!(elsewhere.brief(), r#"400 malformed ["cursor cursor"]"#);
}
