use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{Patient, Practice, in_hours, patient, practice, slot, staff};
use crate::support::{Caller, Response, TestApp, assert_holds};

pub const PATH: &str = "/v1/visitnow/waitlist";

/// What somebody writes who waits for a slot within these hours from now.
pub fn wish(practice: &Practice<'_>, hours: [i64; 2]) -> Value {
    json!({"providerId": practice.id, "desiredRange": range(hours)})
}

/// From so many hours from now to so many.
pub fn range(hours: [i64; 2]) -> Value {
    let [start, end] = hours.map(|hours| in_hours(hours).replace("+00:00", "Z"));
    json!({"start": start, "end": end})
}

/// Joins the waitlist for any time in the next days.
pub async fn join(patient: &Patient<'_>, practice: &Practice<'_>) -> Response {
    patient.post(PATH, &wish(practice, [1, 200])).await
}

#[tokio::test]
async fn an_entry_keeps_every_field() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let made = pat.post(PATH, &wish(&dora, [24, 48])).await;
    assert_holds(
        &made.ok(201),
        &json!({
            "patientId": pat.id, "providerId": dora.id, "desiredRange": range([24, 48]), "status": "waiting",
            "offeredSlotId": null, "heldUntil": null,
        }),
    );
    assert_eq!(made.json().as_object().unwrap().len(), 9);
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.id()));
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    for person in [&*pat, &*dora, &member] {
        let read = person.get(made.header("location")).await;
        assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    }
    assert_eq!(pat.get(PATH).await.ok(200)["items"], json!([made.json()]));
    let nobody = "select count(*) from audit.logs where actor_id is null and entity_type = 'visitnow.waitlist'";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn nobody_waits_for_what_they_cannot_get() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let refused = dora.post(PATH, &wish(&dora, [24, 48])).await;
    assert_eq!(
        super::appointments::refusal(&refused),
        "make your own record first: PUT /v1/visitnow/patients/me"
    );
    let range = |start: &str, end: &str| json!({"providerId": dora.id, "desiredRange": {"start": start, "end": end}});
    for (body, fault) in [
        (json!({}), "/providerId required"),
        (json!({"providerId": dora.id}), "/desiredRange required"),
        (
            json!({"providerId": dora.id, "desiredRange": {"start": in_hours(1)}}),
            "/desiredRange/end required",
        ),
        (range("2030-01-01T00:00:00Z", "2030-01-01T00:00:00Z"), "/desiredRange/end order"),
        (range("2030-01-02T00:00:00Z", "2030-01-01T00:00:00Z"), "/desiredRange/end order"),
        (range("2030-01-01T00:00:00Z", "2031-01-03T00:00:00Z"), "/desiredRange/end range"),
        (range("1899-01-01T00:00:00Z", "1899-01-03T00:00:00Z"), "/desiredRange/start date"),
        (wish(&dora, [-48, -1]), "/desiredRange check"),
        (
            json!({"providerId": Uuid::now_v7(), "desiredRange": super::waitlist::range([1, 2])}),
            "/providerId reference",
        ),
        (
            json!({"providerId": dora.id, "desiredRange": super::waitlist::range([1, 2]), "status": "offered"}),
            "/status unknown_field",
        ),
    ] {
        let refused = pat.post(PATH, &body).await;
        let faults = refused.brief().to_string();
        assert!(faults.starts_with("422 validation") && faults.contains(fault), "{body}: {faults}");
    }
    for status in ["pending", "suspended"] {
        app.execute(&format!(
            "set session_replication_role = replica; update visitnow.providers set status = '{status}'"
        ))
        .await;
        let refused = pat.post(PATH, &wish(&dora, [24, 48])).await;
        assert_eq!(
            super::appointments::refusal(&refused),
            "this provider takes no appointments at present"
        );
    }
}

#[tokio::test]
async fn one_waits_once_at_a_time_for_a_provider() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let pat = patient(&app, "pat").await;
    let answers = join_all((0..10).map(|_| join(&pat, &dora))).await;
    let made: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert_eq!(made.len(), 1, "{answers:?}");
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.brief(), "409 taken [\"/providerId taken\"]");
    }
    join(&pat, &emil).await.ok(201);
    pat.post(&format!("{PATH}/{}/cancel", made[0].id()), &json!({})).await.ok(200);
    let again = join(&pat, &dora).await;
    again.ok(201);
    let all = pat.all(PATH, 2).await;
    assert_eq!(all.len(), 3);
    assert_eq!(all[0], again.json());
    let waiting = pat.all(&format!("{PATH}?status=waiting"), 1).await;
    assert_eq!(waiting.len(), 2);
    assert_eq!(pat.all(&format!("{PATH}?status=cancelled,booked"), 1).await.len(), 1);
}

#[tokio::test]
async fn an_entry_is_its_patients() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let (pat, other) = (patient(&app, "pat").await, patient(&app, "other").await);
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    let others = ["availability:write", "messages:write", "clinic:write"];
    let without = staff(&dora, "without", &others).await;
    let elsewhere = staff(&emil, "elsewhere", &["appointments:write"]).await;
    let place = join(&pat, &dora).await.header("location").to_owned();
    let change = json!({"desiredRange": range([1, 2])});
    for (person, status) in [
        (&*dora, 403),
        (&member, 403),
        (&*emil, 404),
        (&*other, 404),
        (&without, 404),
        (&elsewhere, 404),
    ] {
        let answers = [
            person.put(&place, &change).await,
            person.patch(&place, &change).await,
            person.send(Method::PUT, &place, ("if-match", "\"1\""), Some(&change)).await,
            person.post(&format!("{place}/cancel"), &json!({})).await,
            person.post(&format!("{place}/accept"), &json!({})).await,
        ];
        assert!(
            answers.iter().all(|answer| answer.status == status),
            "{}: {answers:?}",
            person.email
        );
        let read = if status == 403 { 200 } else { 404 };
        assert_eq!(person.get(&place).await.status, read, "{}", person.email);
        assert_eq!(person.get(PATH).await.ok(200)["items"], json!([]));
    }
    assert_eq!(
        app.count("select count(*) from visitnow.waitlist where status = 'waiting'").await,
        1
    );
}

#[tokio::test]
async fn the_range_is_changed_while_one_waits() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    let made = join(&pat, &dora).await;
    let place = made.header("location");
    let put = pat.put(place, &json!({"desiredRange": range([3, 4])})).await.ok(200);
    assert_eq!((&put["desiredRange"], &put["id"]), (&range([3, 4]), &json!(made.id())));
    let end = range([3, 9]);
    let patched = pat.patch(place, &json!({"desiredRange": {"end": end["end"]}})).await.ok(200);
    assert_eq!(patched["desiredRange"], end);
    let stale = ("if-match", made.etag());
    let body = json!({"desiredRange": end});
    assert_eq!(
        pat.send(Method::PUT, place, stale, Some(&body)).await.brief(),
        "412 precondition-failed"
    );
    let past = json!({"desiredRange": range([-9, -8])});
    assert_eq!(pat.put(place, &past).await.brief(), "422 validation [\"/desiredRange check\"]");
    pat.post(&format!("{place}/cancel"), &json!({})).await.ok(200);
    let words = "the range of an entry is changed only while it waits";
    assert_eq!(super::appointments::refusal(&pat.put(place, &body).await), words);
}

#[tokio::test]
async fn a_practice_sees_who_waits_in_their_order() {
    let app = TestApp::new().await;
    let (dora, emil) = (practice(&app, "dora").await, practice(&app, "emil").await);
    let member = staff(&dora, "stan", &["appointments:write"]).await;
    let mut entries = Vec::new();
    for number in 0..5 {
        let patient = patient(&app, &format!("patient{number}")).await;
        join(&patient, &emil).await.ok(201);
        entries.push(join(&patient, &dora).await.ok(201));
        if number == 2 {
            let place = format!("{PATH}/{}/cancel", entries[2]["id"].as_str().unwrap());
            entries[2] = patient.post(&place, &json!({})).await.ok(200);
        }
    }
    let path = format!("/v1/visitnow/providers/{}/waitlist", dora.id);
    for limit in [1, 2, 100] {
        assert_eq!(dora.all(&path, limit).await, entries);
        assert_eq!(member.all(&format!("{path}?status=cancelled"), limit).await, entries[2..3]);
        let waiting = member.all(&format!("{path}?status=waiting"), limit).await;
        assert_eq!(waiting, [&entries[..2], &entries[3..]].concat());
    }
}

#[tokio::test]
async fn a_slot_that_is_not_free_is_waited_for_in_every_status() {
    let app = TestApp::new().await;
    let (dora, pat) = (practice(&app, "dora").await, patient(&app, "pat").await);
    slot(&dora, 48).await;
    for (status, cancel, accept) in [
        ("waiting", true, false),
        ("booked", false, false),
        ("expired", false, false),
        ("cancelled", false, false),
    ] {
        for (verb, allowed) in [("cancel", cancel), ("accept", accept)] {
            app.execute("delete from visitnow.waitlist").await;
            let place = join(&pat, &dora).await.header("location").to_owned();
            app.execute(&format!(
                "set session_replication_role = replica; update visitnow.waitlist set status = '{status}'"
            ))
            .await;
            let answer = pat.post(&format!("{place}/{verb}"), &json!({})).await;
            match allowed {
                true => assert_eq!(answer.ok(200)["status"], "cancelled"),
                false => {
                    let words = super::appointments::refusal(&answer);
                    let moves = if status == "waiting" { "cancelled, expired" } else { "none" };
                    assert!(
                        words.ends_with(&format!("; allowed: {moves}")),
                        "{status} {verb}: {words}"
                    );
                }
            }
        }
    }
    assert_eq!(app.count("select count(*) from visitnow.appointments").await, 0);
}
