//! The numbers of documents, which are encrypted.

use serde_json::{Value, json};
use sqlx::Row;
use trellis::identity::{
    rotation::rotate_keys,
    secrets::{cipher::Cipher, keys::Keyring},
};
use uuid::Uuid;

use super::{
    documents::{PATH, given_document, least},
    people::document_type,
    verification::consultant,
};
use crate::support::{Caller, TestApp, User, assert_holds};

const COLUMN: &str = "migratio.documents.document_number";

/// The one document of somebody, as it is stored: id and number.
async fn stored(user: &User<'_>) -> (Uuid, Option<Vec<u8>>) {
    let row = sqlx::query("select id, document_number from migratio.documents where user_id = $1")
        .bind(user.id)
        .fetch_one(&mut user.app.sql().await)
        .await
        .unwrap();
    (row.get(0), row.get(1))
}

#[tokio::test]
async fn a_number_is_encrypted_for_its_row_and_column() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    let place = given_document(&ann, kind, json!({"documentNumber": "secretive-1"})).await;
    let (id, number) = stored(&ann).await;
    let (number, cipher) = (number.unwrap(), &app.app.cipher);
    assert_eq!(cipher.decrypt(&number, id, COLUMN).unwrap(), b"secretive-1");
    assert!(cipher.decrypt(&number, ann.id, COLUMN).is_err(), "bound to the row");
    assert!(cipher.decrypt(&number, id, "migratio.documents.notes").is_err(), "and to the column");
    ann.patch(&place, &json!({"documentNumber": "secretive-2"})).await.ok(200);
    let (_, changed) = stored(&ann).await;
    assert_eq!(cipher.decrypt(&changed.unwrap(), id, COLUMN).unwrap(), b"secretive-2");
    ann.patch(&place, &json!({"documentNumber": null})).await.ok(200);
    assert_eq!(stored(&ann).await, (id, None));
}

#[tokio::test]
async fn a_number_is_nowhere_in_plain_text() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let mut body = least(kind);
    body["documentNumber"] = json!("secretive");
    let key = ("idempotency-key", "once");
    let first = ann.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    assert_eq!(first.ok(201)["documentNumber"], "secretive");
    let again = ann.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    assert_eq!((again.ok(201)["documentNumber"].clone(), again.id()), (Value::Null, first.id()));
    let place = first.header("location");
    ann.patch(place, &json!({"documentNumber": "secretive too"})).await.ok(200);
    ann.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    let seen = [
        cleo.get(&format!("{PATH}/pending")).await,
        cleo.get(&format!("{PATH}/pending/{}", first.id())).await,
        cleo.post(&format!("{place}/verify"), &json!({})).await,
        cleo.get("/v1/me/export").await,
    ];
    for answer in seen {
        answer.ok(200);
        assert!(!answer.text.contains("secretive"), "{answer:?}");
    }
    assert_eq!(ann.get(place).await.ok(200)["documentNumber"], "secretive too");
    let export = ann.get("/v1/me/export").await.ok(200);
    assert_eq!(export["migratio.documents"][0]["document_number"], "secretive too");
    let hex = "encode('secretive', 'hex')";
    for table in ["migratio.documents", "audit.logs", "identity.idempotency_keys"] {
        let sql = format!(
            "select count(*) from {table} as own
             where own::text ilike '%secretive%' or own::text like '%' || {hex} || '%'"
        );
        let sql = sqlx::raw_sql(sqlx::AssertSqlSafe(sql));
        let row = sqlx::Executor::fetch_one(&mut app.sql().await, sql).await.unwrap();
        assert_eq!(row.get::<i64, _>(0), 0, "{table}");
    }
}

#[tokio::test]
async fn another_number_is_unverified_and_the_same_one_is_not() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let place = given_document(&ann, kind, json!({"documentNumber": "A"})).await;
    ann.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    cleo.post(&format!("{place}/verify"), &json!({"notes": "Seen."})).await.ok(200);
    let (_, before) = stored(&ann).await;
    let mut same = least(kind);
    same["documentNumber"] = json!("A");
    same["status"] = json!("submitted");
    let kept = json!({
        "verificationStatus": "verified", "verificationNotes": "Seen.", "verifiedById": cleo.id,
        "documentNumber": "A",
    });
    assert_holds(&ann.put(&place, &same).await.ok(200), &kept);
    assert_holds(&ann.patch(&place, &json!({"documentNumber": "A"})).await.ok(200), &kept);
    assert_holds(&ann.patch(&place, &json!({"title": "B", "notes": "x"})).await.ok(200), &kept);
    assert_eq!(stored(&ann).await.1, before, "not even encrypted anew");
    let patches = [
        json!({"documentNumber": "B"}),
        json!({"documentNumber": null}),
        json!({"fileUrl": "https://x.example"}),
    ];
    for patch in patches {
        app.execute("update migratio.documents set verification_status = 'pending' where verification_status = 'unverified'").await;
        app.execute("update migratio.documents set verification_status = 'verified' where verification_status = 'pending'").await;
        let lost = json!({
            "verificationStatus": "unverified", "verificationNotes": null, "verifiedById": null,
        });
        assert_holds(&ann.patch(&place, &patch).await.ok(200), &lost);
    }
}

#[tokio::test]
async fn numbers_come_under_the_newest_key_and_stay_verified() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let kind = document_type(&app, "passport").await;
    let (old, new) = (Keyring::generate(), Keyring::generate());
    let cipher = |secrets: &str| Cipher::new(&Keyring::parse(secrets).unwrap());
    for (user, numbered) in [(&ann, true), (&bob, false)] {
        given_document(user, kind, json!({})).await;
        let (id, old) = (stored(user).await.0, cipher(&old));
        sqlx::query(
            "update migratio.documents
             set document_number = $1, verification_status = 'pending' where user_id = $2",
        )
        .bind(numbered.then(|| old.encrypt(b"secretive", id, COLUMN)))
        .bind(user.id)
        .execute(&mut app.sql().await)
        .await
        .unwrap();
    }
    app.execute("update migratio.documents set verification_status = 'verified'").await;
    let done = rotate_keys(&app.app.pool, &cipher(&format!("{new},{old}"))).await.unwrap();
    let done = done.iter().find(|one| one.column == COLUMN).unwrap();
    assert_eq!((done.rotated, done.current, done.unreadable), (1, 0, 0));
    let (id, number) = stored(&ann).await;
    assert_eq!(cipher(&new).decrypt(&number.unwrap(), id, COLUMN).unwrap(), b"secretive");
    assert_eq!(stored(&bob).await.1, None);
    let verified = "select count(*) from migratio.documents where verification_status = 'verified'";
    assert_eq!(app.count(verified).await, 2, "the numbers are the same");
}

#[tokio::test]
async fn a_number_that_cannot_be_opened_is_our_fault_and_says_nothing() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let kind = document_type(&app, "passport").await;
    let place = given_document(&ann, kind, json!({"documentNumber": "secretive"})).await;
    app.execute("update migratio.documents set document_number = '\\x01' || document_number").await;
    for path in [place.as_str(), PATH] {
        let failed = ann.get(path).await;
        assert_eq!(failed.brief(), "500 internal");
        assert!(!failed.text.contains("secretive"));
    }
    ann.delete(&place).await.ok(204);
}
