use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, raw_sql};
use uuid::Uuid;

use super::sessions::{PATH, People, given_session, input, people};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

/// Moves that a status allows: to the mentor and the mentee before the date, and to both after it.
type Moves = [&'static str; 4];

const ANSWER: &str = "confirmed, rescheduled, rejected, cancelled";
const LATE_ANSWER: &str = "confirmed, rescheduled, rejected";

/// Every status; a date may have been proposed by either.
const TABLE: &[(&str, Moves)] = &[
    ("pending", [ANSWER, ANSWER, LATE_ANSWER, LATE_ANSWER]),
    ("proposed", ["cancelled", ANSWER, "none", LATE_ANSWER]),
    ("requested", [ANSWER, "cancelled", LATE_ANSWER, "none"]),
    ("confirmed", ["cancelled", "cancelled", "completed", "none"]),
    ("rescheduled by the mentor", ["cancelled", ANSWER, "none", LATE_ANSWER]),
    ("rescheduled by the mentee", [ANSWER, "cancelled", LATE_ANSWER, "none"]),
    ("rejected", ["none"; 4]),
    ("completed", ["none"; 4]),
    ("cancelled", ["none"; 4]),
];

const VERBS: &[(&str, &str)] = &[
    ("confirm", "confirmed"),
    ("reject", "rejected"),
    ("reschedule", "rescheduled"),
    ("cancel", "cancelled"),
    ("complete", "completed"),
];

/// A session in a status of the table; its place.
async fn given(people: &People<'_>, status: &str, days: i32) -> String {
    let (mia, ned) = (&people.mia, &people.ned);
    let place = given_session(mia, ned, status.split(' ').next().unwrap(), days).await;
    if status.ends_with("mentee") {
        let id = place.rsplit_once('/').unwrap().1;
        let sql =
            format!("update mentorship.sessions set proposed_by = '{}' where id = '{id}'", ned.id);
        mia.app.execute(&sql).await;
    }
    place
}

async fn make(person: &User<'_>, place: &str, verb: &str) -> Response {
    let body = match verb {
        "reschedule" => json!({"proposedDate": "2031-01-01T00:00:00Z"}),
        _ => json!({}),
    };
    person.post(&format!("{place}/{verb}"), &body).await
}

#[tokio::test]
async fn every_status_allows_its_moves_to_either_side() {
    let app = TestApp::new().await;
    let people = people(&app).await;
    for (status, moves) in TABLE {
        for (index, allowed) in moves.iter().enumerate() {
            let days = if index < 2 { 2 } else { -2 };
            let person = if index % 2 == 0 { &people.mia } else { &people.ned };
            for (verb, to) in VERBS {
                let place = given(&people, status, days).await;
                let before = person.get(&place).await.ok(200);
                let made = make(person, &place, verb).await;
                let label = format!("{status}, {days} days, {}: {verb}", person.email);
                if allowed.split(", ").any(|one| one == *to) {
                    assert_eq!(made.status, 200, "{label}: {made:?}");
                    assert_eq!(made.json()["status"], *to, "{label}");
                    assert_eq!(person.get(&place).await.ok(200), made.json(), "{label}");
                } else {
                    let from = before["status"].as_str().unwrap();
                    let detail =
                        format!("a session cannot move from {from} to {to}; allowed: {allowed}");
                    assert_eq!(made.brief(), "409 conflict", "{label}");
                    assert_eq!(made.json()["detail"], detail, "{label}");
                    assert_eq!(person.get(&place).await.ok(200), before, "{label}");
                }
            }
        }
    }
}

#[tokio::test]
async fn nobody_else_moves_a_session() {
    let app = TestApp::new().await;
    let people = people(&app).await;
    for (status, _) in TABLE {
        for days in [2, -2] {
            let place = given(&people, status, days).await;
            let before = people.mia.get(&place).await.ok(200);
            for (verb, _) in VERBS {
                for person in [&people.eve, &people.ada] {
                    let refused = make(person, &place, verb).await;
                    assert_eq!(refused.brief(), "404 not-found", "{status} {verb}");
                }
                let nobody = app.anonymous().post(&format!("{place}/{verb}"), &json!({})).await;
                assert_eq!(nobody.status, 401);
            }
            assert_eq!(people.mia.get(&place).await.ok(200), before, "{status}");
        }
    }
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    for (verb, _) in VERBS {
        assert_eq!(make(&people.mia, &nowhere, verb).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn by_hand_no_other_moves_are_made() {
    let app = TestApp::new().await;
    let people = people(&app).await;
    let mut conn = app.sql().await;
    for (status, moves) in TABLE {
        for (days, by) in [(2, [0, 1]), (-2, [2, 3])] {
            let place = given(&people, status, days).await;
            let id = place.rsplit_once('/').unwrap().1;
            for to in
                ["pending", "proposed", "requested"].iter().chain(VERBS.iter().map(|(_, to)| to))
            {
                let mut transaction = conn.begin().await.unwrap();
                let sql = format!(
                    "update mentorship.sessions
                     set status = '{to}', proposed_date = coalesce(proposed_date, now()) where id = '{id}'"
                );
                let made = transaction.execute(raw_sql(AssertSqlSafe(sql))).await;
                transaction.rollback().await.unwrap();
                let allowed = by.iter().any(|side| moves[*side].split(", ").any(|one| one == *to));
                let code = made
                    .err()
                    .map(|error| error.as_database_error().unwrap().code().unwrap().into_owned());
                let expected = (!allowed).then(|| "TR409".to_owned());
                assert_eq!(code, expected, "{status}, {days} days: {to}");
            }
        }
    }
}

#[tokio::test]
async fn a_confirmed_date_is_the_one_proposed_last() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let made = mia.post(PATH, &input(&json!({"menteeId": ned.id}))).await;
    let (place, first) = (made.header("location"), made.ok(201)["date"].clone());
    let propose = async |person: &User<'_>, date: &str, message: Value| {
        let body = json!({"proposedDate": date, "responseMessage": message});
        person.post(&format!("{place}/reschedule"), &body).await
    };
    let moved = propose(&ned, "2030-02-01T00:00:00Z", json!("later?")).await.ok(200);
    assert_holds(
        &moved,
        &json!({
            "status": "rescheduled", "date": first, "proposedDate": "2030-02-01T00:00:00Z",
            "proposedBy": ned.id, "responseMessage": "later?",
        }),
    );
    assert_eq!(propose(&ned, "2030-02-02T00:00:00Z", json!(null)).await.brief(), "409 conflict");
    assert_eq!(make(&ned, place, "confirm").await.brief(), "409 conflict");
    let moved = propose(&mia, "2030-01-01T00:00:00Z", json!(null)).await.ok(200);
    assert_holds(&moved, &json!({"proposedBy": mia.id, "responseMessage": null, "date": first}));
    assert_eq!(make(&mia, place, "confirm").await.brief(), "409 conflict");
    let body = json!({"responseMessage": "fine"});
    let confirmed = ned.post(&format!("{place}/confirm"), &body).await.ok(200);
    assert_holds(
        &confirmed,
        &json!({
            "status": "confirmed", "date": "2030-01-01T00:00:00Z", "responseMessage": "fine",
        }),
    );
    assert_eq!(mia.get(place).await.ok(200), confirmed);
}

#[tokio::test]
async fn a_date_that_was_not_rescheduled_stays() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let place = given_session(&mia, &ned, "proposed", 2).await;
    let date = mia.get(&place).await.ok(200)["date"].clone();
    assert_holds(
        &make(&ned, &place, "confirm").await.ok(200),
        &json!({"date": date, "proposedDate": null}),
    );
}

#[tokio::test]
async fn what_is_proposed_for_later_can_still_be_cancelled() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let place = given_session(&mia, &ned, "requested", -2).await;
    assert_eq!(make(&ned, &place, "cancel").await.brief(), "409 conflict");
    make(&mia, &place, "reschedule").await.ok(200);
    make(&ned, &place, "cancel").await.ok(200);
}

#[tokio::test]
async fn moves_refuse_bodies_that_are_none_of_theirs() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let place = given_session(&mia, &ned, "proposed", 2).await;
    let before = mia.get(&place).await.ok(200);
    for (verb, body, fault) in [
        ("reschedule", json!({}), "/proposedDate required"),
        ("reschedule", json!({"proposedDate": null}), "/proposedDate type"),
        ("reschedule", json!({"proposedDate": "1899-01-01T00:00:00Z"}), "/proposedDate date"),
        ("confirm", json!({"proposedDate": "2030-01-01T00:00:00Z"}), "/proposedDate unknown_field"),
        ("confirm", json!({"status": "completed"}), "/status unknown_field"),
        ("reject", json!({"responseMessage": "x".repeat(10_001)}), "/responseMessage length"),
        ("cancel", json!({"responseMessage": "\0"}), "/responseMessage nul"),
        ("complete", json!({"responseMessage": 1}), "/responseMessage type"),
    ] {
        let refused = ned.post(&format!("{place}/{verb}"), &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{verb} {body}");
    }
    assert_eq!(mia.get(&place).await.ok(200), before);
    // Nothing need be said at all.
    let path = format!("{place}/confirm");
    Response::of(ned.request(Method::POST, &path)).await.ok(200);
}

#[tokio::test]
async fn of_opposite_moves_at_once_exactly_one_wins() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    for _ in 0..5 {
        let place = given_session(&mia, &ned, "proposed", 2).await;
        let verbs = ["confirm", "reject"].repeat(6);
        let answers = join_all(verbs.iter().map(async |verb| make(&ned, &place, verb).await)).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 11, "{answers:?}");
        assert_eq!(mia.get(&place).await.ok(200), won[0].json());
    }
}

#[tokio::test]
async fn of_a_yes_and_another_date_at_once_exactly_one_wins() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    for _ in 0..5 {
        let place = given_session(&mia, &ned, "rescheduled", 2).await;
        let before = mia.get(&place).await.ok(200);
        let verbs = ["confirm", "reschedule"].repeat(4);
        let answers = join_all(verbs.iter().map(async |verb| make(&ned, &place, verb).await)).await;
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "{answers:?}");
        let now = mia.get(&place).await.ok(200);
        let date = match now["status"].as_str().unwrap() {
            "confirmed" => &before["proposedDate"],
            _ => &before["date"],
        };
        assert_eq!((&now, &now["date"]), (&won[0].json(), date));
    }
}

#[tokio::test]
async fn a_move_under_one_key_is_replayed() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let path = format!("{}/confirm", given_session(&mia, &ned, "proposed", 2).await);
    let key = ("idempotency-key", "confirm-1");
    let first = ned.send(Method::POST, &path, key, None).await;
    let second = ned.send(Method::POST, &path, key, None).await;
    assert_eq!(first.ok(200), second.ok(200));
    assert_eq!(second.header("idempotency-replayed"), "true");
    let other = ("idempotency-key", "confirm-2");
    assert_eq!(ned.send(Method::POST, &path, other, None).await.brief(), "409 conflict");
}
