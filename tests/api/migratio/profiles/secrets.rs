use reqwest::Method;
use serde_json::{Value, json};
use sqlx::Row;
use trellis::identity::{
    rotation::rotate_keys,
    secrets::{cipher::Cipher, keys::Keyring},
};
use uuid::Uuid;

use super::PATH;
use crate::{
    faults::{Process, until},
    support::{Caller, TestApp, User},
};

const COLUMN: &str = "migratio.profiles.additional_attributes";

fn secret() -> Value {
    json!({"additionalAttributes": {
        "health": {"conditions": ["opaque-condition"], "medicalExamPassed": null, "notes": "opaque-notes"},
        "criminalRecord": {"hasRecord": true, "details": "opaque-details"}, "militaryService": null,
    }})
}

/// The row of somebody, as it is stored: its id and what is encrypted.
async fn stored(user: &User<'_>) -> (Uuid, Vec<u8>) {
    let row =
        sqlx::query("select id, additional_attributes from migratio.profiles where user_id = $1")
            .bind(user.id)
            .fetch_one(&mut user.app.sql().await)
            .await
            .unwrap();
    (row.get(0), row.get(1))
}

async fn store(user: &User<'_>, value: &[u8]) {
    sqlx::query("update migratio.profiles set additional_attributes = $2 where user_id = $1")
        .bind(user.id)
        .bind(value)
        .execute(&mut user.app.sql().await)
        .await
        .unwrap();
}

fn cipher(secrets: &str) -> Cipher {
    Cipher::new(&Keyring::parse(secrets).unwrap())
}

#[tokio::test]
async fn attributes_are_encrypted_for_their_row_and_column() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &secret()).await.ok(201);
    let (id, value) = stored(&ann).await;
    let cipher = &app.app.cipher;
    let plain: Value =
        serde_json::from_slice(&cipher.decrypt(&value, id, COLUMN).unwrap()).unwrap();
    assert_eq!(plain, secret()["additionalAttributes"]);
    assert!(cipher.decrypt(&value, ann.id, COLUMN).is_err(), "bound to the row");
    assert!(
        cipher.decrypt(&value, id, "migratio.profiles.education").is_err(),
        "bound to the column"
    );
    ann.patch(PATH, &json!({"education": []})).await.ok(200);
    let (again, other) = stored(&ann).await;
    assert_eq!(again, id);
    assert_ne!(other, value, "encrypted anew with every write");
    assert_eq!(ann.get(PATH).await.ok(200)["additionalAttributes"], plain);
}

#[tokio::test]
async fn attributes_are_nowhere_in_plain_text() {
    let server = Process::talkative(&TestApp::database().await).await;
    let app = &server.app;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let key = ("idempotency-key", "once");
    for (method, status) in [(Method::PUT, 201), (Method::PUT, 200), (Method::PATCH, 200)] {
        ann.send(method, PATH, key, Some(&secret())).await.ok(status);
    }
    let mut wrong = secret();
    wrong["additionalAttributes"]["health"]["conditions"] = json!("opaque");
    ann.put(PATH, &wrong).await;
    assert!(!bob.get(PATH).await.text.contains("opaque"));
    let requests = || server.log().lines().filter(|line| line.contains(PATH)).count();
    until("all is logged", async || requests() >= 5).await;
    assert!(!server.log().contains("opaque"), "{}", server.log());
    let tables = [
        "migratio.profiles",
        "audit.logs",
        "identity.idempotency_keys",
        "(select migratio.profile_snapshot(user_id) from migratio.profiles)",
    ];
    for table in tables {
        let sql = format!(
            "select count(*) filter (where own::text ilike '%opaque%'
               or own::text like '%' || encode('opaque', 'hex') || '%') from {table} as own"
        );
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        let row = sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 0, "{table}");
    }
    let logged = "select count(*) from audit.logs where entity_type = 'migratio.profiles'";
    assert_eq!(app.count(logged).await, 3, "each write is, without it");
}

#[tokio::test]
async fn what_cannot_be_opened_is_an_error_that_says_nothing() {
    let server = Process::talkative(&TestApp::database().await).await;
    let app = &server.app;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    ann.put(PATH, &secret()).await.ok(201);
    bob.put(PATH, &secret()).await.ok(201);
    let (id, _) = stored(&ann).await;
    let lost = cipher(&Keyring::generate()).encrypt(b"{}", id, COLUMN);
    let unknown = app.app.cipher.encrypt(br#"{"health": "opaque"}"#, id, COLUMN);
    let of_bob = stored(&bob).await.1;
    for value in [lost, unknown, of_bob, b"opaque".to_vec(), Vec::new()] {
        store(&ann, &value).await;
        let answers = [
            ann.get(PATH).await,
            ann.patch(PATH, &json!({"education": []})).await,
            ann.put(PATH, &json!({})).await,
        ];
        for answer in answers {
            assert_eq!(answer.brief(), "500 internal");
            assert_eq!(answer.json().get("detail"), None);
            assert!(!answer.text.contains("opaque"));
        }
        assert_eq!(stored(&ann).await.1, value, "it stays, until its key is found");
    }
    until("all is logged", async || server.log().contains("internal error")).await;
    assert!(!server.log().contains("opaque"), "{}", server.log());
    bob.get(PATH).await.ok(200);
}

#[tokio::test]
async fn attributes_come_under_the_newest_key() {
    let app = TestApp::new().await;
    let (ann, bob, eve) = (app.user("ann").await, app.user("bob").await, app.user("eve").await);
    let (old, new) = (Keyring::generate(), Keyring::generate());
    for user in [&ann, &bob, &eve] {
        user.put(PATH, &json!({"education": []})).await.ok(201);
    }
    let (old_cipher, plain) = (cipher(&old), br#"{"militaryService": {"hasServed": true}}"#);
    let id_of = async |user: &User<'_>| {
        let row = sqlx::query("select id from migratio.profiles where user_id = $1").bind(user.id);
        row.fetch_one(&mut app.sql().await).await.unwrap().get::<Uuid, _>(0)
    };
    let (first, second) = (id_of(&ann).await, id_of(&bob).await);
    store(&ann, &old_cipher.encrypt(plain, first, COLUMN)).await;
    store(&bob, &cipher(&new).encrypt(plain, second, COLUMN)).await;
    let done = rotate_keys(&app.app.pool, &cipher(&format!("{new},{old}"))).await.unwrap();
    let one = done.iter().find(|one| one.column == COLUMN).unwrap();
    assert_eq!((one.rotated, one.current, one.unreadable), (1, 1, 0), "eve has none");
    for user in [&ann, &bob] {
        let (id, value) = stored(user).await;
        assert_eq!(cipher(&new).decrypt(&value, id, COLUMN).unwrap(), plain);
    }
}
