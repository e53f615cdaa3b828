use serde_json::Value;
use uuid::Uuid;

use super::{
    availability_templates::sides,
    people::{in_hours, inserted, patient, practice, slot},
    slots::{PATH, slot_in},
};
use crate::support::{Caller, TestApp};

fn ids(rows: &[Value]) -> Vec<Uuid> {
    rows.iter().map(|row| row["id"].as_str().unwrap().parse().unwrap()).collect()
}

/// A moment as a query takes it.
fn hour(hours: i64) -> String {
    in_hours(hours).replace('+', "%2B")
}

#[tokio::test]
async fn a_practice_lists_all_its_slots_earliest_first() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let bob = patient(&app, "bob").await;
    let mut made = Vec::new();
    for (status, hours) in
        [("open", -30), ("booked", 24), ("held", 25), ("blocked", 26), ("open", 27)]
    {
        made.push(slot_in(&ann, &bob, status, hours).await);
    }
    for (index, who) in sides(&ann).await.iter().enumerate() {
        let all = who.all(&format!("{PATH}?providerId={}", ann.id), 2).await;
        assert_eq!(ids(&all), if index < 2 { made.clone() } else { vec![] }, "{}", who.email);
    }
    let (from, to) = (hour(24), hour(27));
    for (query, expected) in [
        (String::new(), &made[..]),
        (format!("?from={from}&to={to}"), &made[1..4]),
        (format!("?from={to}"), &made[4..]),
        (format!("?status=held,blocked&to={to}"), &made[2..4]),
        ("?status=booked".into(), &made[1..2]),
        (format!("?providerId={}", Uuid::now_v7()), &[]),
    ] {
        assert_eq!(ids(&ann.all(&format!("{PATH}{query}"), 1).await), expected, "{query}");
    }
    for (query, error) in [
        (format!("?from={to}&to={from}"), "to order"),
        (format!("?from={to}&to={to}"), "to order"),
        ("?status=free".into(), "status parameter"),
        ("?providerId=me".into(), "providerId parameter"),
        ("?from=1899-12-31T00:00:00Z".into(), "from date"),
        ("?cursor=eyJ9".into(), "cursor cursor"),
    ] {
        let answer = ann.get(&format!("{PATH}{query}")).await.brief();
        assert_eq!(answer, format!("400 malformed [\"{error}\"]"), "{query}");
    }
}

#[tokio::test]
async fn slots_of_several_practices_are_one_list() {
    let app = TestApp::new().await;
    let (ann, bob) = (practice(&app, "ann").await, practice(&app, "bob").await);
    let planner = super::people::staff(&ann, "planner", &["availability:write"]).await;
    app.execute(&format!(
        "insert into visitnow.staff_members (provider_id, user_id, role, permissions)
         values ('{}', '{}', 'manager', '{{availability:write}}')",
        bob.id, planner.id
    ))
    .await;
    let mut made = Vec::new();
    for (hours, practice) in [(24, &ann), (25, &bob), (26, &ann), (26, &bob), (27, &ann)] {
        made.push(slot(practice, hours).await);
    }
    made[2..4].sort(); // at the same time: by id
    assert_eq!(ids(&planner.all(PATH, 1).await), made);
    assert_eq!(ids(&planner.all(PATH, 2).await), made);
    assert_eq!(planner.all(&format!("{PATH}?providerId={}", bob.id), 5).await.len(), 2);
}

#[tokio::test]
async fn everybody_sees_the_open_slots_to_come_of_an_active_provider() {
    let app = TestApp::new().await;
    let (ann, other) = (practice(&app, "ann").await, practice(&app, "other").await);
    let bob = patient(&app, "bob").await;
    let nobody = app.anonymous();
    for (status, hours) in [("open", -2), ("booked", 21), ("held", 22), ("blocked", 23)] {
        slot_in(&ann, &bob, status, hours).await;
    }
    slot(&other, 24).await;
    let phone = format!(
        "visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         values ('{}', '{}', '{start}', '{start}'::timestamptz + interval '1 hour', 'phone')",
        ann.id,
        ann.clinic,
        start = in_hours(48)
    );
    let open = [slot(&ann, 24).await, inserted(&app, &phone).await, slot(&ann, 24 * 61).await];
    slot(&ann, 24 * 64).await;
    let path = format!("/v1/visitnow/providers/{}/slots", ann.id);
    for (query, expected) in [
        (String::new(), vec![open[0], open[1], open[2]]),
        ("?mode=phone".into(), vec![open[1]]),
        (format!("?from={}", hour(25)), vec![open[1], open[2]]),
        (format!("?from={}&to={}", hour(-100), hour(48)), vec![open[0]]),
        (format!("?to={}", hour(49)), vec![open[0], open[1]]),
        ("?mode=in_person".into(), vec![]),
    ] {
        assert_eq!(ids(&nobody.all(&format!("{path}{query}"), 1).await), expected, "{query}");
    }
}

#[tokio::test]
async fn a_list_of_open_slots_is_of_62_days_at_most_and_of_an_active_provider() {
    let app = TestApp::new().await;
    let ann = practice(&app, "ann").await;
    let nobody = app.anonymous();
    let path = format!("/v1/visitnow/providers/{}/slots", ann.id);
    let (from, to) = (hour(24), hour(24 + 62 * 24));
    assert_eq!(
        nobody.get(&format!("{path}?from={from}&to={to}")).await.ok(200)["items"],
        Value::Array(vec![])
    );
    for (query, error) in [
        (format!("?from={from}&to={}", hour(25 + 62 * 24)), "to range"),
        (format!("?from={from}&to={from}"), "to range"),
        (format!("?to={}", hour(-1)), "to range"),
        ("?from=2200-01-01T00:00:00Z".into(), "from date"),
        ("?from=today".into(), "from parameter"),
        ("?mode=fax".into(), "mode parameter"),
        ("?limit=101".into(), "limit range"),
        ("?cursor=x".into(), "cursor cursor"),
    ] {
        let answer = nobody.get(&format!("{path}{query}")).await.brief();
        assert_eq!(answer, format!("400 malformed [\"{error}\"]"), "{query}");
    }
    slot(&ann, 24).await;
    for status in ["suspended", "active", "suspended"] {
        let hidden = app.anonymous().get(&path).await;
        assert_eq!(hidden.status, if status == "suspended" { 200 } else { 404 }, "before {status}");
        app.execute(&format!(
            "update visitnow.providers set status = '{status}' where id = '{}'",
            ann.id
        ))
        .await;
    }
    assert_eq!(ann.get(&path).await.brief(), "404 not-found");
    let unknown = format!("/v1/visitnow/providers/{}/slots", Uuid::now_v7());
    assert_eq!(nobody.get(&unknown).await.brief(), "404 not-found");
    assert_eq!(nobody.get("/v1/visitnow/providers/x/slots").await.brief(), "404 not-found");
}
