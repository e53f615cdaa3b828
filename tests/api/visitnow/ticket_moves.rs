use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::tickets::{given_ticket, keeper, put_into};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

const VERBS: [(&str, &str); 5] = [
    ("start", "in_progress"),
    ("wait", "waiting_on_customer"),
    ("resolve", "resolved"),
    ("reopen", "open"),
    ("close", "closed"),
];

/// Statuses, the verbs that administrators may say to them, and those of participants.
const MOVES: [(&str, &[&str], &[&str]); 5] = [
    ("open", &["start", "wait", "resolve", "close"], &["close"]),
    ("in_progress", &["wait", "resolve", "reopen"], &["close"]),
    ("waiting_on_customer", &["start", "resolve", "close"], &["start", "close"]),
    ("resolved", &["reopen", "close"], &["reopen", "close"]),
    ("closed", &[], &[]),
];

fn last_event(ticket: &Value) -> Value {
    ticket["events"].as_array().unwrap().last().unwrap().clone()
}

/// What is said about a ticket.
async fn says(user: &User<'_>, place: &str, message: &str) -> Response {
    user.post(&format!("{place}/comments"), &json!({"message": message})).await
}

#[tokio::test]
async fn each_side_moves_a_ticket_along_its_flow_alone() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    for (status, supports, customers) in MOVES {
        for (verb, then) in VERBS {
            let path = format!("{place}/{verb}");
            for (user, side, allowed) in
                [(&keeper, "support", supports), (&ann, "customer", customers)]
            {
                put_into(&app, &place, status, "normal").await;
                let at = format!("{status}, {verb} by {side}");
                assert_eq!(bob.post(&path, &json!({})).await.brief(), "404 not-found", "{at}");
                let before = ann.get(&place).await.ok(200);
                let moved = user.post(&path, &json!({"note": "So. 🎈"})).await;
                if !allowed.contains(&verb) {
                    assert_eq!(moved.brief(), "409 conflict", "{at}");
                    let detail = moved.json()["detail"].as_str().unwrap().to_owned();
                    assert!(detail.contains("allowed: "), "{at}: {detail}");
                    assert_eq!(ann.get(&place).await.ok(200), before, "{at}");
                    continue;
                }
                assert_eq!(moved.ok(200)["status"], then, "{at}");
                let event = json!({"type": "status", "by": side, "from": status, "to": then, "note": "So. 🎈"});
                assert_holds(&last_event(&moved.json()), &event);
                assert_eq!(ann.get(&place).await.ok(200), moved.json(), "{at}");
            }
        }
    }
    let nowhere = format!("{}/{}/close", super::tickets::PATH, Uuid::now_v7());
    assert_eq!(keeper.post(&nowhere, &json!({})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn of_moves_at_once_one_is_made_and_no_event_is_lost() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    let (path, nothing) = (format!("{place}/start"), json!({}));
    let moved = join_all((0..8).map(|_| keeper.post(&path, &nothing))).await;
    let mut statuses: Vec<u16> = moved.iter().map(|one| one.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409, 409, 409, 409, 409, 409], "{moved:?}");
    for one in join_all((0..8).map(|_| says(&ann, &place, "more"))).await {
        one.ok(200);
    }
    let kinds: Vec<String> = ann.get(&place).await.ok(200)["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["type"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(kinds[..2], ["opened", "status"]);
    assert_eq!(kinds[2..], ["comment"; 8]);
}

#[tokio::test]
async fn both_sides_comment_until_the_ticket_is_closed() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    let long = "é".repeat(2000);
    for (user, side) in [(&ann, "customer"), (&keeper, "support")] {
        let said = says(user, &place, &long).await.ok(200);
        let event = json!({"type": "comment", "by": side, "from": null, "to": null, "note": long});
        assert_holds(&last_event(&said), &event);
        assert_eq!(said["status"], "open");
    }
    assert_eq!(says(&bob, &place, "x").await.brief(), "404 not-found");
    for (body, error) in [
        (json!({"message": ""}), "/message length"),
        (json!({"message": "x".repeat(2001)}), "/message length"),
        (json!({"message": "\0"}), "/message nul"),
        (json!({"message": null}), "/message type"),
        (json!({}), "/message required"),
        (json!({"message": "x", "by": "support"}), "/by unknown_field"),
    ] {
        let refused = ann.post(&format!("{place}/comments"), &body).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{error}"]"#));
    }
    let note = ann.post(&format!("{place}/close"), &json!({"note": "x".repeat(2001)})).await;
    assert_eq!(note.brief(), r#"422 validation ["/note length"]"#);
    ann.post(&format!("{place}/close"), &json!({})).await.ok(200);
    let closed = ann.get(&place).await.ok(200);
    assert_eq!(last_event(&closed)["note"], Value::Null, "what was said before is not said again");
    for user in [&ann, &keeper] {
        assert_eq!(says(user, &place, "x").await.brief(), "409 conflict");
    }
    assert_eq!(ann.get(&place).await.ok(200), closed);
}

#[tokio::test]
async fn administrators_assign_and_prioritize() {
    let app = TestApp::new().await;
    let (ann, bob, keeper) = (app.user("ann").await, app.user("bob").await, keeper(&app).await);
    let other = app.user_with_roles("other", &["platform:admin", "mentorship:admin"]).await;
    let place = given_ticket(&ann, "x").await;
    let (assign, prioritize) = (format!("{place}/assign"), format!("{place}/prioritize"));
    let to = |id: Uuid| json!({"assignedToId": id, "note": "Mine."});
    let given = keeper.post(&assign, &to(keeper.id)).await.ok(200);
    assert_eq!(given["assignedToId"], json!(keeper.id));
    let event =
        json!({"type": "assigned", "by": "support", "from": null, "to": null, "note": "Mine."});
    assert_holds(&last_event(&given), &event);
    for id in [ann.id, other.id, Uuid::now_v7()] {
        let refused = keeper.post(&assign, &to(id)).await;
        assert_eq!(refused.brief(), r#"422 validation ["/assignedToId check"]"#);
    }
    let silent = keeper.post(&assign, &json!({})).await;
    assert_eq!(silent.brief(), r#"422 validation ["/assignedToId required"]"#);
    let raised = keeper.post(&prioritize, &json!({"priority": "urgent"})).await.ok(200);
    assert_eq!(raised["priority"], "urgent");
    let event = json!({"type": "priority", "by": "support", "from": "normal", "to": "urgent", "note": null});
    assert_holds(&last_event(&raised), &event);
    let unknown = keeper.post(&prioritize, &json!({"priority": "x"})).await;
    assert_eq!(unknown.brief(), r#"422 validation ["/priority type"]"#);
    for user in [&ann, &bob, &other] {
        assert_eq!(user.post(&assign, &to(keeper.id)).await.brief(), "403 forbidden");
        let refused = user.post(&prioritize, &json!({"priority": "low"})).await;
        assert_eq!(refused.brief(), "403 forbidden");
    }
    assert_eq!(ann.get(&place).await.ok(200), raised);
    let nobody = keeper.post(&assign, &json!({"assignedToId": null})).await.ok(200);
    assert_eq!(nobody["assignedToId"], Value::Null);
    put_into(&app, &place, "closed", "normal").await;
    assert_eq!(keeper.post(&assign, &to(keeper.id)).await.brief(), "409 conflict");
    let late = keeper.post(&prioritize, &json!({"priority": "low"})).await;
    assert_eq!(late.brief(), "409 conflict");
}

#[tokio::test]
async fn whoever_is_no_administrator_any_more_does_nothing_with_a_ticket() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let place = given_ticket(&ann, "x").await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", keeper.id)).await;
    assert_eq!(keeper.get(&place).await.brief(), "404 not-found");
    for (verb, body) in [
        ("close", json!({})),
        ("comments", json!({"message": "x"})),
        ("assign", json!({"assignedToId": null})),
        ("prioritize", json!({"priority": "low"})),
        ("participants", json!({"userId": keeper.id})),
    ] {
        let refused = keeper.post(&format!("{place}/{verb}"), &body).await;
        assert_eq!(refused.brief(), "404 not-found", "{verb}");
    }
}

#[tokio::test]
async fn a_ticket_that_is_full_can_be_closed_and_its_people_can_leave() {
    let app = TestApp::new().await;
    let (ann, keeper) = (app.user("ann").await, keeper(&app).await);
    let (place, full) = (given_ticket(&ann, "x").await, given_ticket(&ann, "full").await);
    for (place, events) in [(&place, 400), (&full, 500)] {
        app.execute(&format!(
            "set session_replication_role = replica;
             update visitnow.tickets
             set assigned_to_id = '{}', events = (
               select jsonb_agg(jsonb_build_object('at', now(), 'by', 'system', 'type', 'comment', 'note', 'x'))
               from generate_series(1, {events}))
             where id = '{}'",
            keeper.id,
            place.rsplit('/').next().unwrap()
        ))
        .await;
        assert_eq!(says(&ann, place, "more").await.brief(), "409 conflict");
    }
    ann.post(&format!("{place}/close"), &json!({"note": "Enough."})).await.ok(200);
    assert_eq!(ann.post(&format!("{full}/close"), &json!({})).await.brief(), "409 conflict");
    app.execute(&format!("delete from identity.users where id = '{}'", keeper.id)).await;
    for (place, events) in [(&place, 402), (&full, 500)] {
        let left = ann.get(place).await.ok(200);
        assert_eq!(left["assignedToId"], Value::Null);
        assert_eq!(left["events"].as_array().unwrap().len(), events);
    }
}
