use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::{
    availability_templates::sides,
    people::{Patient, Practice, inserted, patient, practice, slot},
};
use crate::support::{Caller, TestApp};

pub const PATH: &str = "/v1/visitnow/slots";

/// A slot in this status, so many hours from now; its id.
pub async fn slot_in(
    practice: &Practice<'_>,
    patient: &Patient<'_>,
    status: &str,
    hours: i64,
) -> Uuid {
    let app = practice.app;
    let id = slot(practice, hours).await;
    let arranged = match status {
        "open" => return id,
        "blocked" => format!("update visitnow.slots set status = 'blocked' where id = '{id}'"),
        "held" => format!(
            "delete from visitnow.waitlist;
             update visitnow.slots set status = 'blocked' where id = '{id}';
             insert into visitnow.waitlist (patient_id, provider_id, desired_range)
             values ('{}', '{}', tstzrange(now(), now() + interval '366 days'));
             update visitnow.slots set status = 'open' where id = '{id}'",
            patient.id, practice.id
        ),
        "booked" => format!(
            "insert into visitnow.appointments (patient_id, provider_id, slot_id, scheduled_start, scheduled_end, channel)
             select '{}', provider_id, id, start_at, end_at, mode from visitnow.slots where id = '{id}'",
            patient.id
        ),
        _ => panic!("{status}"),
    };
    app.execute(&arranged).await;
    id
}

#[tokio::test]
async fn only_open_and_blocked_slots_are_moved_and_only_by_who_may_write_the_availability() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    let sides = sides(&ann).await;
    let mut hours = 100;
    for (status, verb, expected) in [
        ("open", "block", "200"),
        ("open", "unblock", "409 a slot cannot move from open to open; allowed: blocked"),
        ("blocked", "block", "409 a slot cannot move from blocked to blocked; allowed: open"),
        ("blocked", "unblock", "200"),
        ("held", "block", "409 a slot cannot move from held to blocked; allowed: none"),
        ("held", "unblock", "409 a slot cannot move from held to open; allowed: none"),
        ("booked", "block", "409 a slot cannot move from booked to blocked; allowed: none"),
        ("booked", "unblock", "409 a slot cannot move from booked to open; allowed: none"),
    ] {
        for (index, who) in sides.iter().enumerate() {
            hours += 1;
            let place = format!("{PATH}/{}", slot_in(&ann, &bob, status, hours).await);
            let answer = who.post(&format!("{place}/{verb}"), &json!({})).await;
            let detail =
                answer.json()["detail"].as_str().map_or(String::new(), |text| format!(" {text}"));
            let expected = match index {
                0 | 1 => expected,
                _ => "403 you may read it, but not change it",
            };
            assert_eq!(
                format!("{}{detail}", answer.status),
                expected,
                "{status} {verb} {}",
                who.email
            );
            let now = who.get(&place).await.ok(200);
            if answer.status == 200 {
                assert_eq!(now, answer.json(), "{status} {verb}");
                assert_ne!(now["status"], status);
            } else {
                assert_eq!(now["status"], status, "{verb} {}", who.email);
            }
        }
    }
}

#[tokio::test]
async fn an_open_or_blocked_slot_is_deleted_by_who_may_write_the_availability() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    let sides = sides(&ann).await;
    let mut hours = 100;
    for (status, expected) in [("open", 204), ("blocked", 204), ("held", 409), ("booked", 409)] {
        for (index, who) in sides.iter().enumerate() {
            hours += 1;
            let place = format!("{PATH}/{}", slot_in(&ann, &bob, status, hours).await);
            let gone = who.delete(&place).await.status;
            assert_eq!(gone, if index < 2 { expected } else { 403 }, "{status} {}", who.email);
            let left = ann.get(&place).await.status;
            assert_eq!(left, if gone == 204 { 404 } else { 200 }, "{status} {}", who.email);
        }
    }
    let place = format!("{PATH}/{}", slot(&ann, 90).await);
    let delete = ann.send(reqwest::Method::DELETE, &place, ("if-match", "\"1\""), None).await;
    assert_eq!(delete.brief(), "412 precondition-failed");
}

#[tokio::test]
async fn slots_of_a_provider_who_is_not_active_are_the_practice_s_alone() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let place = format!("{PATH}/{}", slot(&ann, 24).await);
    let sides = sides(&ann).await;
    for (status, others) in [("suspended", 404), ("active", 200)] {
        app.execute(&format!(
            "update visitnow.providers set status = '{status}' where id = '{}'",
            ann.id
        ))
        .await;
        for (index, who) in sides.iter().enumerate() {
            let seen = who.get(&place).await.status;
            assert_eq!(seen, if index < 2 { 200 } else { others }, "{status} {}", who.email);
        }
    }
    assert_eq!(app.anonymous().get(&place).await.brief(), "401 unauthenticated");
    app.execute(&format!(
        "update visitnow.providers set status = 'suspended' where id = '{}'",
        ann.id
    ))
    .await;
    let moved = sides[5].post(&format!("{place}/block"), &json!({})).await;
    assert_eq!(moved.brief(), "404 not-found");
    assert_eq!(sides[5].delete(&place).await.brief(), "404 not-found");
    assert_eq!(ann.post(&format!("{place}/block"), &json!({})).await.ok(200)["status"], "blocked");
}

#[tokio::test]
async fn an_unblocked_slot_is_offered_to_the_first_who_waits() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    let place = format!("{PATH}/{}", slot_in(&ann, &bob, "blocked", 24).await);
    let insert = format!(
        "visitnow.waitlist (patient_id, provider_id, desired_range) values ('{}', '{}', tstzrange(now(), now() + interval '9 days'))",
        bob.id, ann.id
    );
    inserted(&app, &insert).await;
    let answer = ann.post(&format!("{place}/unblock"), &json!({})).await;
    assert_eq!(answer.ok(200)["status"], "held");
    assert!(answer.json()["heldUntil"].is_string());
    let now = ann.get(&place).await;
    assert_eq!((now.json(), now.etag()), (answer.json(), answer.etag()));
}

#[tokio::test]
async fn who_was_offered_a_slot_waits_on_when_it_goes_with_its_clinic() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    slot_in(&ann, &bob, "held", 24).await;
    let offered = "select count(*) from visitnow.waitlist where status = 'offered'";
    assert_eq!(app.count(offered).await, 1);
    app.execute(&format!("delete from visitnow.clinics where id = '{}'", ann.clinic)).await;
    assert_eq!(app.count("select count(*) from visitnow.slots").await, 0);
    assert_eq!(
        app.count("select count(*) from visitnow.waitlist where status = 'waiting'").await,
        1
    );
}

#[tokio::test]
async fn of_two_who_block_a_slot_at_once_one_does() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let place = format!("{PATH}/{}/block", slot(&ann, 24).await);
    let nothing = json!({});
    let mut statuses: Vec<u16> = join_all((0..6).map(|_| ann.post(&place, &nothing)))
        .await
        .iter()
        .map(|one| one.status)
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409]);
}
