use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{people::inserted, questions::given_questions, quiz_answers::answer};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const SESSIONS: &str = "/v1/migratio/quiz/sessions";

/// The place of a new session.
pub async fn begin(user: &User<'_>) -> String {
    let made = user.post(SESSIONS, &json!({})).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// A session in this status, made in the database, where others may be over.
async fn session(app: &TestApp, user: Uuid, status: &str) -> String {
    let completed = if status == "completed" { "now()" } else { "null" };
    let row = format!(
        "migratio.quiz_responses (user_id, status, completed_at) values ('{user}', '{status}', {completed})"
    );
    format!("{SESSIONS}/{}", inserted(app, &row).await)
}

/// A place of the owner's, or of everybody's, for an operation of the quiz that needs one.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let app = owner.app;
    let code = format!("q{}", Uuid::now_v7().simple());
    let question = format!(
        "migratio.questions (question_id, text, type, section, position) values ('{code}', 'x', 'text', 'x', 1)"
    );
    if operation.path == "/v1/migratio/questions/{id}" {
        return Some(operation.path.replace("{id}", &inserted(app, &question).await.to_string()));
    }
    if operation.path.starts_with(SESSIONS) {
        // One at a time is in progress; and of what was asked before nothing need be answered.
        app.execute(
            "update migratio.quiz_responses set status = 'abandoned' where status = 'in_progress'",
        )
        .await;
        app.execute("update migratio.questions set is_active = false").await;
    }
    let rest = operation.path.strip_prefix(SESSIONS)?.strip_prefix("/{id}")?;
    let place = session(app, owner.id, "in_progress").await;
    if rest.is_empty() || !rest.starts_with("/answers") {
        return Some(format!("{place}{rest}"));
    }
    inserted(app, &question).await;
    answer(owner, &place, &code, json!("x")).await.ok(200);
    Some(format!("{place}/answers/{code}"))
}

#[tokio::test]
async fn session_keeps_what_it_is_taken_with() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let input =
        json!({"language": "pt-BR", "deviceInfo": {"platform": "web", "größe": [1, {"x": null}]}});
    let made = ann.post(SESSIONS, &input).await;
    let row = made.ok(201);
    assert_holds(&row, &input);
    assert_holds(&row, &json!({"status": "in_progress", "completedAt": null}));
    let details = ann.get(made.header("location")).await.ok(200);
    for (name, value) in row.as_object().unwrap() {
        assert_eq!(&details[name], value, "{name}");
    }
    let empty = json!({
        "answers": [], "profileSnapshot": null, "nextQuestion": null,
        "progress": {"answered": 0, "visible": 0, "percentage": 100},
    });
    assert_holds(&details, &empty);
    for (body, fault) in [
        (json!({"language": "x"}), "/language language"),
        (json!({"deviceInfo": []}), "/deviceInfo type"),
        (json!({"deviceInfo": {"x": "x".repeat(65_537)}}), "/deviceInfo document"),
        (json!({"deviceInfo": {"x": "\0"}}), "/deviceInfo/x nul"),
        (json!({"status": "completed"}), "/status unknown_field"),
    ] {
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(bob.post(SESSIONS, &body).await.brief(), wanted);
    }
    let bare = bob.request(Method::POST, SESSIONS);
    let bare = crate::support::Response::of(bare).await.ok(201);
    assert_holds(&bare, &json!({"language": "en", "deviceInfo": null}));
}

#[tokio::test]
async fn sessions_are_listed_to_their_owner_newest_first() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let mut places = Vec::new();
    for status in ["completed", "abandoned", "completed", "in_progress"] {
        places.insert(0, session(&app, ann.id, status).await);
    }
    session(&app, bob.id, "in_progress").await;
    for limit in [1, 3, 100] {
        let all = ann.all(SESSIONS, limit).await;
        let found: Vec<_> =
            all.iter().map(|one| format!("{SESSIONS}/{}", one["id"].as_str().unwrap())).collect();
        assert_eq!(found, places);
        assert!(all.iter().all(|one| one.get("answers").is_none()), "lists leave the answers out");
    }
    for query in ["limit=0", "cursor=x", "status=completed"] {
        assert_eq!(ann.get(&format!("{SESSIONS}?{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn of_a_persons_sessions_one_is_in_progress() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let none = json!({});
    let all = (0..8).flat_map(|_| [ann.post(SESSIONS, &none), bob.post(SESSIONS, &none)]);
    let mut begun: Vec<u16> = join_all(all).await.iter().map(|one| one.status).collect();
    begun.sort_unstable();
    assert_eq!(begun, [vec![201; 2], vec![409; 14]].concat());
    let refused = ann.post(SESSIONS, &none).await;
    assert_eq!(refused.brief(), r#"409 taken [" taken"]"#);
    assert!(refused.text.contains("complete or abandon it first"), "{}", refused.text);
    let page = ann.get(SESSIONS).await.ok(200);
    let open = format!("{SESSIONS}/{}", page["items"][0]["id"].as_str().unwrap());
    let abandoned = ann.post(&format!("{open}/abandon"), &none).await;
    assert_holds(&abandoned.ok(200), &json!({"status": "abandoned", "completedAt": null}));
    assert!(!abandoned.etag().is_empty());
    begin(&ann).await;
}

#[tokio::test]
async fn only_a_session_in_progress_takes_anything() {
    let app = TestApp::new().await;
    let bob = app.user("bob").await;
    given_questions(&app, &[("a", "text", json!({})), ("b", "text", json!({}))]).await;
    let verbs = [
        (Method::PUT, "/answers/a"),
        (Method::PUT, "/answers/b"),
        (Method::DELETE, "/answers/a"),
        (Method::POST, "/complete"),
        (Method::POST, "/abandon"),
    ];
    for status in ["in_progress", "completed", "abandoned"] {
        for (method, path) in &verbs {
            let name = Uuid::now_v7().to_string();
            let ann = app.user(&name).await;
            let place = session(&app, ann.id, "in_progress").await;
            answer(&ann, &place, "a", json!("x")).await.ok(200);
            if status != "in_progress" {
                let verb = if status == "completed" { "complete" } else { "abandon" };
                ann.post(&format!("{place}/{verb}"), &json!({})).await.ok(200);
            }
            let before = ann.get(&place).await.ok(200);
            let body = if *method == Method::PUT { json!({"answer": "new"}) } else { json!({}) };
            let ask = async |user: &User<'_>| {
                let path = format!("{place}{path}");
                user.send(method.clone(), &path, ("x-any", "x"), Some(&body)).await
            };
            assert_eq!(ask(&bob).await.brief(), "404 not-found", "{status} {method} {path}");
            assert_eq!(app.anonymous().get(&place).await.status, 401);
            assert_eq!(bob.get(&place).await.brief(), "404 not-found");
            assert_eq!(ann.get(&place).await.ok(200), before, "a stranger changed something");
            let asked = ask(&ann).await;
            if status == "in_progress" {
                assert!((200..300).contains(&asked.status), "{asked:?}");
            } else {
                assert_eq!(asked.brief(), "409 conflict", "{status} {method} {path}");
                assert_eq!(ann.get(&place).await.ok(200), before, "{status} {method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn a_session_is_left_and_taken_up_again() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    given_questions(
        &app,
        &[("a", "text", json!({})), ("b", "number", json!({})), ("c", "boolean", json!({}))],
    )
    .await;
    let place = begin(&ann).await;
    assert_eq!(ann.get(&place).await.ok(200)["nextQuestion"]["questionId"], "a");
    answer(&ann, &place, "b", json!(5)).await.ok(200);
    answer(&ann, &place, "a", json!("x")).await.ok(200);
    // Another device, another server.
    let other = TestApp::on(&app.database_url).await;
    let again = User {
        app: &other,
        token: other.app.tokens.issue(ann.id, Uuid::now_v7(), vec![], chrono::Utc::now()),
        ..ann.clone()
    };
    let now = again.get(&place).await.ok(200);
    assert_eq!(now["progress"], json!({"answered": 2, "visible": 3, "percentage": 66}));
    assert_eq!(now["nextQuestion"]["questionId"], "c");
    let answers: Vec<_> = now["answers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (&one["questionId"], &one["answer"]))
        .collect();
    assert_eq!(answers, [(&json!("b"), &json!(5)), (&json!("a"), &json!("x"))]);
    // A question that is added meanwhile is asked, too.
    app.execute("insert into migratio.questions (question_id, text, type, section, position) values ('new', 'x', 'text', 'x', 0)").await;
    assert_eq!(again.get(&place).await.ok(200)["nextQuestion"]["questionId"], "new");
    ann.post(&format!("{place}/abandon"), &json!({})).await.ok(200);
    assert_eq!(ann.get(&place).await.ok(200)["nextQuestion"], json!(null));
    assert_eq!(ann.get(&place).await.ok(200)["answers"].as_array().unwrap().len(), 2);
}
