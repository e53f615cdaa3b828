use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Caller, Response, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/connections";

async fn ask(asker: &User<'_>, other: &User<'_>) -> Value {
    asker.post(PATH, &json!({"receiverId": other.id})).await.ok(201)
}

fn one(asked: &Value, verb: &str) -> String {
    format!("{PATH}/{}{verb}", asked["id"].as_str().unwrap())
}

#[tokio::test]
async fn whoever_is_asked_answers_and_a_stranger_sees_nothing() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let eve = app.user_with_roles("eve", &["mentorship:admin", "platform:admin"]).await;
    let made = ann.post(PATH, &json!({"receiverId": bob.id})).await;
    let asked = made.ok(201);
    assert_holds(
        &asked,
        &json!({"requesterId": ann.id, "receiverId": bob.id, "status": "pending"}),
    );
    let path = one(&asked, "");
    assert_eq!(made.header("location"), path);
    assert_eq!(bob.get(&path).await.ok(200), asked);
    for verb in ["", "/accept", "/reject"] {
        let answer = if verb.is_empty() {
            eve.get(&path).await
        } else {
            eve.post(&one(&asked, verb), &json!({})).await
        };
        assert_eq!(answer.brief(), "404 not-found");
    }
    assert_eq!(eve.delete(&path).await.brief(), "404 not-found");
    assert_eq!(bob.post(&one(&asked, "/accept"), &json!({})).await.ok(200)["status"], "accepted");
    assert_eq!(ann.delete(&path).await.status, 204);
    assert_eq!(bob.get(&path).await.brief(), "404 not-found");
}

#[tokio::test]
async fn every_move_but_an_answer_to_what_is_pending_is_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for (status, moves) in
        [("pending", "accepted, rejected"), ("accepted", "none"), ("rejected", "none")]
    {
        for (verb, target) in [("/accept", "accepted"), ("/reject", "rejected")] {
            for (person, allowed) in [(&ann, "none"), (&bob, moves)] {
                let asked = ask(&ann, &bob).await;
                let update = format!("update mentorship.user_connections set status = '{status}'");
                if status != "pending" {
                    app.execute(&update).await;
                }
                let answer = person.post(&one(&asked, verb), &json!({})).await;
                if allowed == "none" {
                    let detail = format!(
                        "a connection cannot move from {status} to {target}; allowed: none"
                    );
                    assert_eq!(answer.ok(409)["detail"], detail);
                } else {
                    assert_eq!(answer.ok(200)["status"], target);
                }
                assert_eq!(bob.delete(&one(&asked, "")).await.status, 204);
            }
        }
    }
}

#[tokio::test]
async fn nobody_is_asked_twice_in_either_direction() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let asked = ask(&ann, &bob).await;
    let again = async || {
        for (asker, other) in [(&ann, &bob), (&bob, &ann)] {
            let refused = asker.post(PATH, &json!({"receiverId": other.id})).await;
            assert_eq!(refused.brief(), r#"409 taken ["/receiverId taken"]"#);
        }
    };
    again().await;
    bob.post(&one(&asked, "/reject"), &json!({})).await.ok(200);
    again().await;
    // Who was rejected cannot take it away to ask again; who rejected may change their mind.
    assert_eq!(ann.delete(&one(&asked, "")).await.brief(), "403 forbidden");
    assert_eq!(bob.delete(&one(&asked, "")).await.status, 204);
    let asked = ask(&ann, &bob).await;
    assert_eq!(ann.delete(&one(&asked, "")).await.status, 204);
    for (body, error) in [
        (json!({}), "/receiverId required"),
        (json!({"receiverId": ann.id}), "/receiverId other"),
        (json!({"receiverId": uuid::Uuid::nil()}), "/receiverId check"),
        (json!({"receiverId": "x"}), "/receiverId type"),
        (json!({"receiverId": bob.id, "status": "accepted"}), "/status unknown_field"),
    ] {
        assert_eq!(ann.post(PATH, &body).await.brief(), format!(r#"422 validation ["{error}"]"#));
    }
}

#[tokio::test]
async fn two_crossing_requests_make_one_connection() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    for round in 0..10 {
        let (one_way, other_way) = (json!({"receiverId": bob.id}), json!({"receiverId": ann.id}));
        let requests = (0..20).map(|n| {
            if n % 2 == 0 { ann.post(PATH, &one_way) } else { bob.post(PATH, &other_way) }
        });
        let requests: Vec<futures_util::future::BoxFuture<'_, Response>> =
            requests.map(|request| Box::pin(request) as _).collect();
        let answers = join_all(requests).await;
        let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [vec![201], vec![409; 19]].concat(), "round {round}");
        assert_eq!(app.count("select count(*) from mentorship.user_connections").await, 1);
        app.execute("delete from mentorship.user_connections").await;
    }
}

#[tokio::test]
async fn connections_are_listed_for_both_by_status_and_direction() {
    let app = TestApp::new().await;
    let (ann, bob, cat) = (app.user("ann").await, app.user("bob").await, app.user("cat").await);
    let (first, second) = (ask(&ann, &bob).await, ask(&cat, &ann).await);
    let third = ask(&bob, &cat).await;
    ann.post(&one(&second, "/accept"), &json!({})).await.ok(200);
    for (reader, query, expected) in [
        (&ann, "", vec![&second, &first]),
        (&bob, "", vec![&third, &first]),
        (&ann, "?direction=sent", vec![&first]),
        (&ann, "?direction=received", vec![&second]),
        (&ann, "?status=accepted", vec![&second]),
        (&ann, "?status=accepted,pending", vec![&second, &first]),
        (&cat, "?status=rejected", vec![]),
    ] {
        let found = reader.all(&format!("{PATH}{query}"), 1).await;
        let found: Vec<_> = found.iter().map(|item| &item["id"]).collect();
        assert_eq!(found, expected.iter().map(|asked| &asked["id"]).collect::<Vec<_>>(), "{query}");
    }
}
