use futures_util::future::join_all;
use serde_json::{Value, json};
use sqlx::Row;
use trellis::identity::{
    rotation::rotate_keys,
    secrets::{cipher::Cipher, keys::Keyring},
};
use uuid::Uuid;

use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/mentorship/microsoft";
const ACCESS: &str = "mentorship.microsoft_tokens.access_token";
const REFRESH: &str = "mentorship.microsoft_tokens.refresh_token";

fn tokens(name: &str) -> Value {
    json!({
        "microsoftEmail": format!("{name}@contoso.example"),
        "accessToken": format!("opaque-access-{name}"),
        "refreshToken": format!("opaque-refresh-{name}"),
        "expiresAt": "2026-12-01T10:00:00Z",
    })
}

/// The row of somebody, as it is stored: id and both tokens.
async fn stored(user: &User<'_>) -> (Uuid, Vec<u8>, Option<Vec<u8>>) {
    let row = sqlx::query(
        "select id, access_token, refresh_token from mentorship.microsoft_tokens where user_id = $1",
    )
    .bind(user.id)
    .fetch_one(&mut user.app.sql().await)
    .await
    .unwrap();
    (row.get(0), row.get(1), row.get(2))
}

#[tokio::test]
async fn a_connection_is_made_shown_replaced_and_forgotten() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let none = json!({
        "connected": false, "microsoftEmail": null, "expiresAt": null, "createdAt": null,
        "updatedAt": null,
    });
    assert_eq!(ann.get(PATH).await.ok(200), none);
    let first = ann.put(PATH, &tokens("first")).await.ok(200);
    let fields = json!({
        "connected": true, "microsoftEmail": "first@contoso.example",
        "expiresAt": "2026-12-01T10:00:00Z",
    });
    assert_holds(&first, &fields);
    assert_eq!(ann.get(PATH).await.ok(200), first);
    assert_eq!(bob.get(PATH).await.ok(200), none, "bob sees ann's");
    let second = ann.put(PATH, &tokens("second")).await.ok(200);
    assert_eq!(second["microsoftEmail"], "second@contoso.example");
    assert_eq!(second["createdAt"], first["createdAt"]);
    assert!(second["updatedAt"].as_str() > first["updatedAt"].as_str());
    assert_eq!(bob.delete(PATH).await.status, 204);
    assert_eq!(ann.get(PATH).await.ok(200), second, "bob forgot ann's");
    for _ in 0..2 {
        assert_eq!(ann.delete(PATH).await.status, 204);
        assert_eq!(ann.get(PATH).await.ok(200), none);
    }
}

#[tokio::test]
async fn tokens_are_encrypted_for_their_row_and_column_and_replaced_whole() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &tokens("first")).await.ok(200);
    let (id, access, refresh) = stored(&ann).await;
    let (cipher, refresh) = (&app.app.cipher, refresh.unwrap());
    assert_eq!(cipher.decrypt(&access, id, ACCESS).unwrap(), b"opaque-access-first");
    assert_eq!(cipher.decrypt(&refresh, id, REFRESH).unwrap(), b"opaque-refresh-first");
    assert!(cipher.decrypt(&access, id, REFRESH).is_err(), "bound to the column");
    assert!(cipher.decrypt(&access, ann.id, ACCESS).is_err(), "bound to the row");
    let mut without = tokens("second");
    without.as_object_mut().unwrap().remove("refreshToken");
    ann.put(PATH, &without).await.ok(200);
    let (again, access, refresh) = stored(&ann).await;
    assert_eq!(cipher.decrypt(&access, again, ACCESS).unwrap(), b"opaque-access-second");
    assert_eq!(refresh, None, "the first account's refresh token is not kept");
}

#[tokio::test]
async fn tokens_are_nowhere_in_plain_text() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let answers = [
        ann.put(PATH, &tokens("one")).await,
        ann.put(PATH, &tokens("two")).await,
        ann.get(PATH).await,
        ann.get("/v1/me/export").await,
    ];
    ann.delete(PATH).await;
    ann.put(PATH, &tokens("three")).await.ok(200);
    for answer in answers {
        answer.ok(200);
        assert!(!answer.text.contains("opaque"), "{answer:?}");
        assert!(!answer.text.contains("accessToken") && !answer.text.contains("access_token\":"));
    }
    let hex = "encode('opaque', 'hex')";
    for table in ["mentorship.microsoft_tokens", "audit.logs", "identity.idempotency_keys"] {
        let sql = format!(
            "select count(*) from {table} as own
             where own::text ilike '%opaque%' or own::text like '%' || {hex} || '%'"
        );
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        let row = sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 0, "{table}");
    }
    let logged =
        "select count(*) from audit.logs where entity_type = 'mentorship.microsoft_tokens'";
    assert_eq!(app.count(logged).await, 4);
}

#[tokio::test]
async fn bad_tokens_are_refused_without_being_repeated() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, code) in [
        ("accessToken", json!(""), "token"),
        ("accessToken", json!("x".repeat(32_001)), "token"),
        ("accessToken", json!("opaque\n"), "token"),
        ("accessToken", json!("opaque-é"), "token"),
        ("refreshToken", json!(""), "token"),
        ("microsoftEmail", json!("nobody"), "email"),
        ("expiresAt", json!("1066-10-14T09:00:00Z"), "date"),
        ("id", json!(Uuid::now_v7()), "unknown_field"),
    ] {
        let mut body = tokens("x");
        body[field] = value;
        let refused = ann.put(PATH, &body).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["/{field} {code}"]"#));
        assert!(!refused.text.contains("opaque"), "{refused:?}");
    }
    assert_eq!(ann.get(PATH).await.ok(200)["connected"], false);
    let mut longest = tokens("x");
    longest["accessToken"] = json!("x".repeat(32_000));
    ann.put(PATH, &longest).await.ok(200);
}

#[tokio::test]
async fn connections_at_once_leave_one_that_can_be_opened() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let bodies: Vec<Value> = (0..8).map(|number| tokens(&number.to_string())).collect();
    for answer in join_all(bodies.iter().map(|body| ann.put(PATH, body))).await {
        answer.ok(200);
    }
    let (id, access, refresh) = stored(&ann).await;
    let open = |value: &[u8], column| {
        String::from_utf8(app.app.cipher.decrypt(value, id, column).unwrap()).unwrap()
    };
    let email = ann.get(PATH).await.ok(200)["microsoftEmail"].as_str().unwrap().to_owned();
    let name = email.split('@').next().unwrap();
    assert_eq!(open(&access, ACCESS), format!("opaque-access-{name}"));
    assert_eq!(open(&refresh.unwrap(), REFRESH), format!("opaque-refresh-{name}"));
}

#[tokio::test]
async fn tokens_come_under_the_newest_key() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let cipher = |secrets: &str| Cipher::new(&Keyring::parse(secrets).unwrap());
    for (user, refresh) in [(&ann, true), (&bob, false)] {
        let (id, old) = (Uuid::now_v7(), cipher(&old));
        sqlx::query(
            "insert into mentorship.microsoft_tokens
               (user_id, id, microsoft_email, access_token, refresh_token, expires_at)
             values ($1, $2, 'x@y.example', $3, $4, now())",
        )
        .bind(user.id)
        .bind(id)
        .bind(old.encrypt(b"access", id, ACCESS))
        .bind(refresh.then(|| old.encrypt(b"refresh", id, REFRESH)))
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    let done = rotate_keys(&app.app.pool, &cipher(&format!("{new},{old}"))).await.unwrap();
    for (column, count) in [(ACCESS, 2), (REFRESH, 1)] {
        let one = done.iter().find(|one| one.column == column).unwrap();
        assert_eq!((one.rotated, one.current, one.unreadable), (count, 0, 0), "{column}");
    }
    let (id, access, refresh) = stored(&ann).await;
    assert_eq!(cipher(&new).decrypt(&access, id, ACCESS).unwrap(), b"access");
    assert_eq!(cipher(&new).decrypt(&refresh.unwrap(), id, REFRESH).unwrap(), b"refresh");
    assert_eq!(stored(&bob).await.2, None);
}
