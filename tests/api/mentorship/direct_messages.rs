use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/mentorship/messages";

/// The two know each other.
pub async fn connect(one: &User<'_>, other: &User<'_>) {
    one.app
        .execute(&format!(
            "insert into mentorship.user_connections (requester_id, receiver_id, status)
             values ('{}', '{}', 'accepted')",
            one.id, other.id
        ))
        .await;
}

/// Writes to somebody.
pub async fn write(from: &User<'_>, to: &User<'_>, message: &str) -> Value {
    from.post(PATH, &json!({"receiverId": to.id, "message": message})).await.ok(201)
}

/// One field of a whole list, read by pages of this size.
async fn all(user: &User<'_>, path: &str, pointer: &str, limit: usize) -> Vec<Value> {
    let found = user.all(path, limit).await;
    found.iter().map(|item| item.pointer(pointer).unwrap().clone()).collect()
}

#[tokio::test]
async fn a_message_is_read_by_the_two_and_nobody_else() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let admin = app.user_with_roles("admin", &["mentorship:admin", "platform:admin"]).await;
    connect(&ann, &bob).await;
    let sent = ann.post(PATH, &json!({"receiverId": bob.id, "message": "Olá 👋\n\"you\""})).await;
    let fields = json!({
        "senderId": ann.id, "receiverId": bob.id, "message": "Olá 👋\n\"you\"", "read": false,
    });
    assert_holds(&sent.ok(201), &fields);
    let place = sent.header("location");
    assert_eq!(place, format!("{PATH}/{}", sent.id()));
    for reader in [&ann, &bob] {
        assert_eq!(reader.get(place).await.ok(200), sent.json());
        assert_eq!(all(reader, PATH, "", 1).await, [sent.json()]);
    }
    let nothing = json!({"items": [], "nextCursor": null});
    assert_eq!(admin.get(place).await.brief(), "404 not-found");
    let with = format!("{PATH}/with/{}", ann.id);
    for list in [PATH, &format!("{PATH}/conversations"), &with] {
        assert_eq!(admin.get(list).await.ok(200), nothing, "{list}");
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, place, ("x", "y"), Some(&json!({"message": "x"}))).await;
        assert_eq!(refused.brief(), "405 method-not-allowed");
    }
}

#[tokio::test]
async fn only_who_is_connected_may_write_and_nobody_learns_who_exists() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let nobody = Uuid::now_v7();
    let to = |receiver: Uuid| json!({"receiverId": receiver, "message": "Hello"});
    let refused = ann.post(PATH, &to(bob.id)).await;
    assert_eq!(refused.brief(), "403 forbidden");
    assert!(refused.json()["detail"].as_str().unwrap().contains("connected"), "{refused:?}");
    assert_eq!(ann.post(PATH, &to(nobody)).await.text, refused.text, "who exists is not told");
    let oneself = r#"422 validation ["/receiverId other"]"#;
    assert_eq!(ann.post(PATH, &to(ann.id)).await.brief(), oneself);
    for (status, brief) in [("pending", 403), ("rejected", 403), ("accepted", 201)] {
        app.execute(&format!(
            "delete from mentorship.user_connections;
             insert into mentorship.user_connections (requester_id, receiver_id, status)
             values ('{}', '{}', '{status}')",
            ann.id, bob.id
        ))
        .await;
        for (from, to_whom) in [(&ann, bob.id), (&bob, ann.id)] {
            assert_eq!(from.post(PATH, &to(to_whom)).await.status, brief, "{status}");
        }
    }
    app.execute("delete from mentorship.user_connections").await;
    assert_eq!(bob.post(PATH, &to(ann.id)).await.status, 403, "what was, counts no longer");
}

#[tokio::test]
async fn a_session_opens_the_letter_box_of_whoever_had_a_word_in_it() {
    let app = TestApp::new().await;
    let (mentor, mentee) = (app.user("mentor").await, app.user("mentee").await);
    for (status, mentor_may, mentee_may) in [
        ("pending", false, false),
        ("proposed", false, true),
        ("requested", true, false),
        ("confirmed", true, true),
        ("rescheduled", true, true),
        ("completed", true, true),
        ("rejected", false, false),
        ("cancelled", false, false),
    ] {
        app.execute(&format!(
            "set session_replication_role = replica;
             delete from mentorship.sessions;
             insert into mentorship.sessions (mentor_id, mentee_id, title, date, duration, status, proposed_date)
             values ('{}', '{}', 'x', now(), 60, '{status}', now())",
            mentor.id, mentee.id
        ))
        .await;
        for (from, to, may) in [(&mentor, &mentee, mentor_may), (&mentee, &mentor, mentee_may)] {
            let sent = from.post(PATH, &json!({"receiverId": to.id, "message": "x"})).await;
            assert_eq!(sent.status, if may { 201 } else { 403 }, "{status}: {sent:?}");
        }
    }
}

#[tokio::test]
async fn bad_messages_are_refused() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    connect(&ann, &bob).await;
    for (message, brief) in [
        (json!(""), r#"422 validation ["/message length"]"#),
        (json!("é".repeat(10_001)), r#"422 validation ["/message length"]"#),
        (json!(null), r#"422 validation ["/message type"]"#),
        (json!("a\0b"), r#"422 validation ["/message nul"]"#),
    ] {
        let refused = ann.post(PATH, &json!({"receiverId": bob.id, "message": message})).await;
        assert_eq!(refused.brief(), brief);
    }
    let unknown = json!({"receiverId": bob.id, "message": "x", "read": true});
    assert_eq!(ann.post(PATH, &unknown).await.brief(), r#"422 validation ["/read unknown_field"]"#);
    write(&ann, &bob, &"é".repeat(10_000)).await;
    assert_eq!(ann.get(&format!("{PATH}/with/x")).await.brief(), "404 not-found");
    assert_eq!(ann.get(&format!("{PATH}/x")).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_message_is_sent_once_per_idempotency_key_however_often_at_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    connect(&ann, &bob).await;
    let body = json!({"receiverId": bob.id, "message": "once"});
    let key = ("idempotency-key", "one");
    let sent = join_all((0..8).map(|_| ann.send(Method::POST, PATH, key, Some(&body)))).await;
    assert!(sent.iter().all(|one| [201, 409].contains(&one.status)), "{sent:?}");
    assert_eq!(all(&bob, PATH, "/message", 5).await, ["once"]);
    // A refusal is not kept: it may turn out otherwise the next time.
    let (carla, key) = (app.user("carla").await, ("idempotency-key", "two"));
    let body = json!({"receiverId": carla.id, "message": "x"});
    assert_eq!(ann.send(Method::POST, PATH, key, Some(&body)).await.brief(), "403 forbidden");
    connect(&ann, &carla).await;
    ann.send(Method::POST, PATH, key, Some(&body)).await.ok(201);
}

#[tokio::test]
async fn lists_are_newest_first_without_gap_or_repeat() {
    let app = TestApp::new().await;
    let (ann, bob, carla) = (app.user("ann").await, app.user("bob").await, app.user("carla").await);
    for (one, other) in [(&ann, &bob), (&ann, &carla), (&bob, &carla)] {
        connect(one, other).await;
    }
    for (from, to, message) in [
        (&ann, &bob, "1"),
        (&bob, &ann, "2"),
        (&carla, &ann, "3"),
        (&bob, &carla, "not ann's"),
        (&bob, &ann, "4"),
        (&ann, &carla, "5"),
        (&ann, &bob, "6"),
    ] {
        write(from, to, message).await;
    }
    let with_bob = format!("{PATH}/with/{}", bob.id);
    let with_nobody = format!("{PATH}/with/{}", Uuid::now_v7());
    for limit in [1, 2, 3, 100] {
        assert_eq!(all(&ann, PATH, "/message", limit).await, ["6", "5", "4", "3", "2", "1"]);
        assert_eq!(all(&ann, &with_bob, "/message", limit).await, ["6", "4", "2", "1"]);
        assert_eq!(all(&ann, &with_nobody, "/message", limit).await, Vec::<Value>::new());
    }
    let with_himself = format!("{PATH}/with/{}", bob.id);
    assert_eq!(all(&bob, &with_himself, "/message", 2).await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_conversation_shows_the_partner_the_last_message_and_what_is_unread() {
    let app = TestApp::new().await;
    let (ann, bob, carla) = (app.user("ann").await, app.user("bob").await, app.user("carla").await);
    let dora = app.user("dora").await;
    let image = "https://img.example/bob.png";
    bob.patch("/v1/me", &json!({"displayName": "Bob B.", "image": image})).await.ok(200);
    for other in [&bob, &carla, &dora] {
        connect(&ann, other).await;
    }
    connect(&bob, &carla).await;
    write(&bob, &ann, "one").await;
    write(&ann, &carla, "two").await;
    write(&dora, &ann, "three").await;
    write(&bob, &carla, "not ann's").await;
    let last = write(&bob, &ann, "four").await;
    let path = format!("{PATH}/conversations");
    let first = ann.get(&path).await.ok(200)["items"][0].clone();
    assert_eq!(
        first,
        json!({
            "userId": bob.id, "displayName": "Bob B.", "image": image, "lastMessage": last,
            "unreadCount": 2,
        })
    );
    for limit in [1, 2, 100] {
        let partners = all(&ann, &path, "/userId", limit).await;
        assert_eq!(partners, [json!(bob.id), json!(dora.id), json!(carla.id)]);
        let said = all(&ann, &path, "/lastMessage/message", limit).await;
        assert_eq!(said, ["four", "three", "two"]);
        assert_eq!(all(&ann, &path, "/unreadCount", limit).await, [2, 1, 0]);
        assert_eq!(all(&carla, &path, "/unreadCount", limit).await, [1, 1], "newest is bob's");
    }
    let carlas = ann.get(&path).await.ok(200)["items"][2].clone();
    assert_eq!((&carlas["displayName"], &carlas["image"]), (&Value::Null, &Value::Null));
}

#[tokio::test]
async fn reading_marks_what_one_partner_wrote_and_is_idempotent() {
    let app = TestApp::new().await;
    let (ann, bob, carla) = (app.user("ann").await, app.user("bob").await, app.user("carla").await);
    connect(&ann, &bob).await;
    connect(&ann, &carla).await;
    for (from, to) in [(&bob, &ann), (&bob, &ann), (&carla, &ann), (&ann, &bob)] {
        write(from, to, "x").await;
    }
    let read = |partner: Uuid| format!("{PATH}/with/{partner}/read");
    let nothing = json!({});
    // Whoever sent them marks nothing, for they received one other only.
    assert_eq!(carla.post(&read(ann.id), &nothing).await.ok(200), json!({"read": 0}));
    let bobs = read(bob.id);
    let marked = join_all((0..4).map(|_| ann.post(&bobs, &nothing))).await;
    let counts = marked.iter().map(|one| one.ok(200)["read"].as_i64().unwrap());
    assert_eq!(counts.sum::<i64>(), 2, "each is marked by one of four requests at once");
    assert_eq!(ann.post(&bobs, &nothing).await.ok(200), json!({"read": 0}));
    assert_eq!(ann.post(&read(Uuid::now_v7()), &nothing).await.ok(200), json!({"read": 0}));
    let unread = all(&ann, &format!("{PATH}/conversations"), "/unreadCount", 10).await;
    assert_eq!(unread, [0, 1]);
    let with = |partner: &User<'_>| format!("{PATH}/with/{}", partner.id);
    assert_eq!(all(&ann, &with(&bob), "/read", 10).await, [false, true, true]);
    assert_eq!(all(&bob, &with(&ann), "/read", 10).await, [false, true, true]);
    assert_eq!(all(&ann, &with(&carla), "/read", 10).await, [false]);
}

#[tokio::test]
async fn what_a_leaver_sent_goes_and_what_they_received_stays_for_the_sender() {
    let app = TestApp::new().await;
    let (ann, bob, carla) = (app.user("ann").await, app.user("bob").await, app.user("carla").await);
    let dora = app.user("dora").await;
    for leaver in [&bob, &carla] {
        connect(&ann, leaver).await;
        write(leaver, &ann, "from a leaver").await;
    }
    connect(&ann, &dora).await;
    write(&ann, &bob, "to bob").await;
    write(&ann, &carla, "to carla").await;
    write(&ann, &dora, "to dora").await;
    app.execute(&format!("delete from identity.users where id in ('{}', '{}')", bob.id, carla.id))
        .await;
    assert_eq!(all(&ann, PATH, "/message", 2).await, ["to dora", "to carla", "to bob"]);
    let receivers = all(&ann, PATH, "/receiverId", 2).await;
    assert_eq!(receivers, [json!(dora.id), Value::Null, Value::Null]);
    let path = format!("{PATH}/conversations");
    for limit in [1, 100] {
        assert_eq!(all(&ann, &path, "/userId", limit).await, [json!(dora.id), Value::Null]);
        let said = all(&ann, &path, "/lastMessage/message", limit).await;
        assert_eq!(said, ["to dora", "to carla"]);
        assert_eq!(all(&ann, &path, "/unreadCount", limit).await, [0, 0]);
    }
    let id = ann.get(PATH).await.ok(200)["items"][2]["id"].as_str().unwrap().to_owned();
    assert_eq!(ann.get(&format!("{PATH}/{id}")).await.ok(200)["receiverId"], Value::Null);
}
