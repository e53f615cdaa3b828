use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use uuid::Uuid;

use crate::{
    faults::{Process, until},
    openapi::document,
    support::{Caller, TestApp, User, assert_holds},
};

const PATH: &str = "/v1/mentorship/mental-health-chats";

/// A word that is in every text that is said below.
const WORD: &str = "xylophone";

/// Says this, and gives its place.
async fn said(user: &User<'_>, message: &str, sentiment: Option<&str>) -> String {
    let said =
        json!({"message": message, "isFromUser": sentiment.is_none(), "sentiment": sentiment});
    let made = user.post(PATH, &said).await;
    made.ok(201);
    made.header("location").to_owned()
}

/// Tables in which the word is, as text or as bytes.
async fn tables_with_the_word(app: &TestApp) -> Vec<String> {
    let found = "select schemaname || '.' || tablename
        from pg_tables
        where schemaname !~ '^(pg_|information_schema)'
          and (xpath('/row/c/text()', query_to_xml(format(
            'select count(*) as c from %I.%I as own where own::text ilike %L or own::text like %L',
            schemaname, tablename, '%' || $1 || '%', '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'
          ), false, true, '')))[1]::text <> '0'
        order by 1";
    let rows = sqlx::query(found).bind(WORD).fetch_all(&mut app.sql().await).await.unwrap();
    rows.iter().map(|row| row.get(0)).collect()
}

#[tokio::test]
async fn a_talk_is_kept_in_order_newest_first() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let long = "é🌧\n".repeat(3333);
    for message in ["one", "two", "three", "four", &long] {
        said(&ann, message, None).await;
    }
    let first = ann.get(&format!("{PATH}?limit=2")).await.ok(200);
    let texts = |page: &Value| -> Vec<String> {
        let items = page["items"].as_array().unwrap();
        items.iter().map(|item| item["message"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(texts(&first), [long.as_str(), "four"]);
    let cursor = first["nextCursor"].as_str().unwrap();
    let rest = ann.get(&format!("{PATH}?cursor={cursor}")).await.ok(200);
    assert_eq!(
        (texts(&rest), &rest["nextCursor"]),
        (vec!["three".into(), "two".into(), "one".into()], &json!(null))
    );
    let made = ann.post(PATH, &json!({"message": "x"})).await;
    assert_holds(&made.ok(201), &json!({"message": "x", "isFromUser": true, "sentiment": null}));
    let place = said(&ann, "I hear you.", Some("calm")).await;
    let read = ann.get(&place).await;
    assert_holds(
        &read.ok(200),
        &json!({"message": "I hear you.", "isFromUser": false, "sentiment": "calm"}),
    );
    let known = ann.send(Method::GET, &place, ("if-none-match", read.etag()), None).await;
    assert_eq!(known.status, 304);
    for path in [PATH, &place] {
        assert_eq!(ann.get(path).await.header("cache-control"), "no-store", "{path}");
    }
    assert_eq!(made.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_message_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, fault) in [
        ("message", json!(""), "/message length"),
        ("message", json!("é".repeat(10_001)), "/message length"),
        ("message", json!(null), "/message type"),
        ("message", json!("a\0"), "/message nul"),
        ("isFromUser", json!(null), "/isFromUser type"),
        ("isFromUser", json!("no"), "/isFromUser type"),
        ("sentiment", json!(""), "/sentiment length"),
        ("sentiment", json!("x".repeat(201)), "/sentiment length"),
        ("userId", json!(Uuid::now_v7()), "/userId unknown_field"),
    ] {
        let mut body = json!({"message": "x"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(ann.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn nobody_else_reads_a_talk_no_administrator_either() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = said(&ann, WORD, None).await;
    let others = [
        app.user("bob").await,
        app.user_with_roles("keeper", &["mentorship:admin"]).await,
        app.admin().await,
    ];
    for other in &others {
        assert_eq!(other.get(&place).await.brief(), "404 not-found", "{}", other.email);
        assert_eq!(other.get(PATH).await.ok(200), json!({"items": [], "nextCursor": null}));
        assert_eq!(other.delete(PATH).await.status, 204);
        let whole = other.get("/v1/me/export").await.text;
        assert!(!whole.contains(WORD), "{}", other.email);
        for path in [format!("/v1/users/{}", ann.id), "/v1/audit?limit=100".to_owned()] {
            assert!(!other.get(&path).await.text.contains(WORD), "{path}");
        }
    }
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let refused = ann.send(method, &place, ("x-a", "b"), Some(&json!({"message": "x"}))).await;
        assert_eq!(refused.status, 405, "nobody changes what was said");
    }
    assert_eq!(ann.get(&place).await.ok(200)["message"], WORD, "what others did is not hers");
    assert!(ann.get("/v1/me/export").await.text.contains(WORD), "what is hers is exported to her");
}

#[test]
fn no_other_route_speaks_of_chats() {
    let document = document();
    let paths = document["paths"].as_object().unwrap();
    let speaking = paths
        .iter()
        .filter(|(path, item)| format!("{path} {item}").to_lowercase().contains("chat"));
    let speaking: Vec<&str> = speaking.map(|(path, _)| path.as_str()).collect();
    assert_eq!(speaking, [PATH.to_owned(), format!("{PATH}/{{id}}")]);
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let speaking = schemas.iter().filter(|(name, _)| !name.contains("Chat"));
    let speaking: Vec<_> =
        speaking.filter(|(_, schema)| schema.to_string().contains("Chat")).collect();
    assert!(speaking.is_empty(), "{speaking:?}");
    let create = document["paths"][PATH]["post"].clone();
    assert_eq!(create["parameters"], Value::Null, "no key");
}

#[tokio::test]
async fn clearing_forgets_the_whole_history_and_nobody_elses() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let place = said(&ann, WORD, None).await;
    said(&ann, "I hear you.", Some(WORD)).await;
    let keyed = json!({"message": WORD, "sentiment": WORD});
    for _ in 0..2 {
        let made = ann.send(Method::POST, PATH, ("idempotency-key", "key"), Some(&keyed)).await;
        made.ok(201);
        assert_eq!(made.header("idempotency-replayed"), "");
    }
    let bobs = said(&bob, "mine", None).await;
    assert_eq!(app.count("select count(*) from mentorship.mental_health_chats").await, 5);
    assert_eq!(app.count("select count(*) from identity.idempotency_keys").await, 0);
    assert_eq!(tables_with_the_word(&app).await, ["mentorship.mental_health_chats"]);
    for _ in 0..2 {
        assert_eq!(ann.delete(PATH).await.status, 204);
    }
    assert_eq!(tables_with_the_word(&app).await, Vec::<String>::new());
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([]));
    assert_eq!(ann.get(&place).await.brief(), "404 not-found");
    bob.get(&bobs).await.ok(200);
}

#[tokio::test]
async fn the_audit_log_knows_that_there_was_something_and_no_more() {
    let app = TestApp::new().await;
    let (ann, admin) = (app.user("ann").await, app.admin().await);
    said(&ann, WORD, Some(WORD)).await;
    said(&ann, WORD, None).await;
    ann.delete(PATH).await;
    let sql = "select action::text, actor_id::text, payload::text from audit.logs
        where entity_type = 'mentorship.mental_health_chats' order by created_at, id";
    let rows = sqlx::query(sql).fetch_all(&mut app.sql().await).await.unwrap();
    let actions: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(actions, ["insert", "insert", "delete", "delete"]);
    for row in &rows {
        assert_eq!(row.get::<String, _>(1), ann.id.to_string());
        let payload: Value = serde_json::from_str(row.get(2)).unwrap();
        if row.get::<&str, _>(0) == "delete" {
            assert_eq!(payload, json!({}));
            continue;
        }
        let mut changed: Vec<&str> = payload["changed"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        changed.sort_unstable();
        assert_eq!(changed, ["created_at", "id", "user_id"]);
        let values: Vec<&String> = payload["values"].as_object().unwrap().keys().collect();
        assert_eq!(values.len(), 3, "{values:?}");
    }
    let log = admin.get("/v1/audit?entityType=mentorship.mental_health_chats").await;
    for hidden in [WORD, "message", "sentiment", "is_from_user", "isFromUser"] {
        assert!(!log.text.contains(hidden), "{hidden}: {}", log.text);
    }
    assert_eq!(log.ok(200)["items"].as_array().unwrap().len(), 4);
}

#[tokio::test]
async fn no_log_says_what_was_said_not_even_when_it_is_refused_or_cannot_be_kept() {
    let server = Process::talkative(&TestApp::database().await).await;
    let ann = server.app.user("ann").await;
    said(&ann, WORD, Some(WORD)).await;
    ann.get(PATH).await.ok(200);
    let good = json!({"message": WORD});
    refused(&ann).await;
    for (code, status) in
        [("57014", 503), ("53100", 503), ("XX000", 500), ("23514", 422), ("TR409", 409)]
    {
        server.app.execute(&failing(code)).await;
        assert_eq!(ann.post(PATH, &good).await.status, status, "{code}");
    }
    let unknown = "drop function mentorship.fail() cascade;
        delete from mentorship.mental_health_chats;
        alter table mentorship.mental_health_chats add column unknown text not null";
    server.app.execute(unknown).await;
    assert_eq!(ann.post(PATH, &good).await.status, 422, "its detail would be the failing row");
    server
        .app
        .execute("alter table mentorship.mental_health_chats rename column message to gone")
        .await;
    for failed in [ann.post(PATH, &good).await, ann.get(PATH).await] {
        assert_eq!(failed.brief(), "500 internal");
    }
    let requests = || server.log().lines().filter(|line| line.contains(PATH)).count();
    until("all is logged", async || requests() >= 17).await;
    let log = server.log();
    assert!(log.contains("internal error") && log.contains("database busy"), "failures are logged");
    let leaks: Vec<&str> = log.lines().filter(|line| line.contains(WORD)).collect();
    assert!(leaks.is_empty(), "{leaks:#?}");
}

/// Makes the table fail with this code, and details of which nobody should know.
fn failing(code: &str) -> String {
    format!(
        "create or replace function mentorship.fail() returns trigger language plpgsql as $$ begin
           raise exception 'it fails' using errcode = '{code}', hint = new.message,
             detail = case '{code}' when 'TR409' then 'none' else new.message end;
         end $$;
         create or replace trigger fail before insert on mentorship.mental_health_chats
         for each row execute function mentorship.fail()"
    )
}

/// What is refused before it comes to the database.
async fn refused(user: &User<'_>) {
    for (body, status) in [
        (json!({"message": [WORD]}).to_string(), 422),
        (json!({"message": format!("{WORD}\0")}).to_string(), 422),
        (json!({"message": WORD, WORD: 1}).to_string(), 422),
        (json!({"message": WORD.repeat(2000)}).to_string(), 422),
        (json!({"message": WORD, "isFromUser": WORD}).to_string(), 422),
        (format!(r#"{{"message": "{WORD}"#), 400),
        (json!({"message": WORD.repeat(200_000)}).to_string(), 413),
    ] {
        let refused = user.raw(Method::POST, PATH, "application/json", body).await;
        assert_eq!(refused.status, status, "{refused:?}");
    }
}
