use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection, Executor, raw_sql};
use uuid::Uuid;

use super::sessions::{People, given_session, people};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/action-items";

const STATUSES: [&str; 3] = ["pending", "in_progress", "completed"];

/// Every status, and the moves that it allows.
const TABLE: [(&str, &str); 3] = [
    ("pending", "in_progress, completed"),
    ("in_progress", "completed, pending"),
    ("completed", "pending"),
];

const VERBS: [(&str, &str); 3] =
    [("start", "in_progress"), ("complete", "completed"), ("reopen", "pending")];

/// Writes an action item below this session and gives its place.
pub async fn given_item(author: &User<'_>, session: &str, title: &str, to: &User<'_>) -> String {
    let body = json!({"title": title, "assignedToId": to.id});
    let made = author.post(&format!("{session}/action-items"), &body).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Sets the status as no flow would.
async fn set(app: &TestApp, place: &str, status: &str) {
    let id = place.rsplit_once('/').unwrap().1;
    let sql = format!(
        "set session_replication_role = replica;
         update mentorship.action_items set status = '{status}' where id = '{id}'"
    );
    app.execute(&sql).await;
}

/// The titles on all pages of this size.
async fn titles(user: &User<'_>, path: &str, query: &str, limit: usize) -> String {
    let found = user.all(&format!("{path}?{query}"), limit).await;
    found.iter().map(|one| one["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn action_item_keeps_every_field_and_is_its_writers_unless_it_says_otherwise() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let path = format!("{session}/action-items");
    let written = json!({
        "title": "ü\u{1f600}", "description": "d", "dueDate": "2030-01-02T03:04:05.000001Z",
        "assignedToId": ned.id,
    });
    let made = mia.post(&path, &written).await;
    assert_holds(&made.ok(201), &written);
    assert_holds(&made.json(), &json!({"createdById": mia.id, "status": "pending"}));
    assert!(session.ends_with(made.json()["sessionId"].as_str().unwrap()));
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.id()));
    for person in [&mia, &ned] {
        let read = person.get(made.header("location")).await;
        assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    }
    let bare = ned.post(&path, &json!({"title": "x"})).await.ok(201);
    assert_holds(&bare, &json!({"assignedToId": ned.id, "createdById": ned.id, "dueDate": null}));
    let put = mia.put(made.header("location"), &json!({"title": "x"})).await.ok(200);
    assert_holds(&put, &json!({"assignedToId": mia.id, "description": null, "dueDate": null}));
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.action_items' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn action_item_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let place = given_item(&mia, &session, "x", &ned).await;
    for (body, fault) in [
        (json!({}), "/title required"),
        (json!({"title": ""}), "/title length"),
        (json!({"title": "x".repeat(201)}), "/title length"),
        (json!({"title": "x", "description": "x".repeat(10_001)}), "/description length"),
        (json!({"title": "x", "dueDate": "tomorrow"}), "/dueDate type"),
        (json!({"title": "x", "dueDate": "2200-01-01T00:00:00Z"}), "/dueDate date"),
        (json!({"title": "x", "status": "completed"}), "/status unknown_field"),
        (json!({"title": "x", "assignedToId": eve.id}), "/assignedToId check"),
        (json!({"title": "x", "assignedToId": ada.id}), "/assignedToId check"),
        (json!({"title": "x", "assignedToId": Uuid::now_v7()}), "/assignedToId check"),
    ] {
        let expected = format!("422 validation {}", json!([fault]));
        let refused = mia.post(&format!("{session}/action-items"), &body).await;
        assert_eq!(refused.brief(), expected.as_str(), "{body}");
        assert_eq!(mia.put(&place, &body).await.brief(), expected.as_str(), "{body}");
    }
}

#[tokio::test]
async fn action_item_is_read_by_both_and_changed_by_its_creator() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    for (author, other) in [(&mia, &ned), (&ned, &mia)] {
        let place = given_item(author, &session, "x", other).await;
        let before = other.get(&place).await.ok(200);
        for (person, brief) in
            [(other, "403 forbidden"), (&eve, "404 not-found"), (&ada, "404 not-found")]
        {
            assert_eq!(person.put(&place, &json!({"title": "y"})).await.brief(), brief);
            assert_eq!(person.patch(&place, &json!({"title": "y"})).await.brief(), brief);
            assert_eq!(person.delete(&place).await.brief(), brief);
        }
        for person in [&eve, &ada] {
            assert_eq!(person.get(&place).await.brief(), "404 not-found");
            let path = format!("{session}/action-items");
            assert_eq!(person.post(&path, &json!({"title": "y"})).await.brief(), "404 not-found");
        }
        assert_eq!(author.get(&place).await.ok(200), before);
        let patched = author.patch(&place, &json!({"title": "y"})).await.ok(200);
        assert_holds(&patched, &json!({"title": "y", "assignedToId": other.id}));
        assert_eq!(author.delete(&place).await.status, 204);
        assert_eq!(other.get(&place).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn every_status_allows_its_moves_to_assignee_and_creator() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let place = given_item(&mia, &session, "x", &ned).await;
    for (status, allowed) in TABLE {
        for person in [&mia, &ned] {
            for (verb, to) in VERBS {
                set(&app, &place, status).await;
                let made = person.post(&format!("{place}/{verb}"), &json!({})).await;
                let label = format!("{status} {verb}");
                if allowed.split(", ").any(|one| one == to) {
                    assert_eq!(made.ok(200)["status"], to, "{label}");
                    assert_eq!(person.get(&place).await.ok(200), made.json(), "{label}");
                } else {
                    assert_eq!(made.brief(), "409 conflict", "{label}");
                    let detail = format!(
                        "an action item cannot move from {status} to {to}; allowed: {allowed}"
                    );
                    assert_eq!(made.json()["detail"], detail, "{label}");
                    assert_eq!(person.get(&place).await.ok(200)["status"], status, "{label}");
                }
            }
        }
    }
}

#[tokio::test]
async fn nobody_else_moves_an_action_item() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let shared = given_item(&mia, &session, "x", &ned).await;
    let own = given_item(&mia, &session, "x", &mia).await;
    for status in STATUSES {
        for (verb, _) in VERBS {
            for person in [&eve, &ada] {
                set(&app, &shared, status).await;
                let refused = person.post(&format!("{shared}/{verb}"), &json!({})).await;
                assert_eq!(refused.brief(), "404 not-found", "{status} {verb}");
            }
            // The other of the two reads it, but has no part in it.
            set(&app, &own, status).await;
            let refused = ned.post(&format!("{own}/{verb}"), &json!({})).await;
            assert_eq!(refused.brief(), "403 forbidden", "{status} {verb}");
            assert_eq!(ned.get(&own).await.ok(200)["status"], status);
        }
    }
    let nowhere = format!("{PATH}/{}/start", Uuid::now_v7());
    assert_eq!(mia.post(&nowhere, &json!({})).await.brief(), "404 not-found");
    let told = mia.post(&format!("{own}/start"), &json!({"status": "completed"})).await;
    assert_eq!(told.brief(), r#"422 validation ["/status unknown_field"]"#);
}

#[tokio::test]
async fn by_hand_no_other_moves_are_made() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let place = given_item(&mia, &session, "x", &ned).await;
    let mut conn = app.sql().await;
    for (status, allowed) in TABLE {
        set(&app, &place, status).await;
        for to in STATUSES {
            let mut transaction = conn.begin().await.unwrap();
            let sql = format!("update mentorship.action_items set status = '{to}'");
            let made = transaction.execute(raw_sql(AssertSqlSafe(sql))).await;
            transaction.rollback().await.unwrap();
            assert_eq!(made.is_ok(), allowed.contains(to), "{status} {to}");
        }
    }
}

#[tokio::test]
async fn of_many_starts_at_once_one_wins() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let path = format!("{}/start", given_item(&mia, &session, "x", &ned).await);
    let callers = [&mia, &ned].repeat(5);
    let answers =
        join_all(callers.iter().map(async |person| person.post(&path, &json!({})).await.status))
            .await;
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 409).count(), 9, "{answers:?}");
}

#[tokio::test]
async fn items_of_all_sessions_are_listed_once_each_and_filtered() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let one = given_session(&mia, &ned, "confirmed", 1).await;
    let two = given_session(&eve, &ned, "confirmed", 1).await;
    for (title, session, author, to, status) in [
        ("a", &one, &mia, &ned, "pending"),
        ("b", &one, &ned, &ned, "in_progress"),
        ("c", &one, &ned, &mia, "completed"),
        ("d", &one, &mia, &mia, "pending"),
        ("e", &two, &eve, &ned, "completed"),
        ("f", &two, &ned, &eve, "pending"),
        ("g", &two, &eve, &eve, "pending"),
    ] {
        set(&app, &given_item(author, session, title, to).await, status).await;
    }
    for limit in [1, 2, 3, 100] {
        for (query, expected) in [
            ("", "fecba"),
            ("assignedTo=me", "eba"),
            ("status=pending", "fa"),
            ("assignedTo=me&status=pending", "a"),
            ("assignedTo=me&status=pending,in_progress", "ba"),
            ("status=completed&status=in_progress", "ecb"),
        ] {
            assert_eq!(titles(&ned, PATH, query, limit).await, expected, "{query} by {limit}");
        }
        assert_eq!(titles(&mia, PATH, "", limit).await, "dca");
        assert_eq!(titles(&ada, PATH, "", limit).await, "");
        // Below a session both see all of it.
        for person in [&mia, &ned] {
            assert_eq!(titles(person, &format!("{one}/action-items"), "", limit).await, "dcba");
        }
    }
    for bad in ["assignedTo=you", "assignedTo=", "status=done", "cursor=x", "sessionId=1"] {
        assert_eq!(ned.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn no_parallel_change_of_an_item_is_lost() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let session = given_session(&mia, &ned, "confirmed", 1).await;
    let place = given_item(&mia, &session, "x", &ned).await;
    let (title, due) = (json!({"title": "y"}), json!({"dueDate": "2030-01-01T00:00:00Z"}));
    let start = format!("{place}/start");
    let nothing = json!({});
    let (one, two, three) = tokio::join!(
        mia.patch(&place, &title),
        mia.patch(&place, &due),
        ned.post(&start, &nothing)
    );
    assert_eq!([one.status, two.status, three.status], [200; 3]);
    let now = mia.get(&place).await.ok(200);
    assert_holds(
        &now,
        &json!({"title": "y", "dueDate": "2030-01-01T00:00:00Z", "status": "in_progress"}),
    );
    let header = ("if-match", "\"1\"");
    let stale = mia.send(reqwest::Method::DELETE, &place, header, None::<&Value>).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
}
