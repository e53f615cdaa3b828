use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/visitnow/patients/me";

/// Somebody with the role, and no record yet.
pub async fn newcomer<'a>(app: &'a TestApp, name: &str) -> User<'a> {
    app.user_with_roles(name, &["visitnow:patient"]).await
}

fn full() -> Value {
    json!({
        "fullName": "Ann Lee 🩺", "dateOfBirth": "1850-01-01", "gender": "other",
        "medicalHistory": {
            "conditions": ["é".repeat(1000)], "surgeries": ["Appendectomy, 2004"], "medications": vec!["x"; 100],
            "familyHistory": ["Gicht"], "notes": "é".repeat(10_000),
        },
        "primaryLanguage": "pt-BR", "bloodGroup": "AB-", "allergies": ["Penicillin"],
    })
}

fn empty_history() -> Value {
    json!({"conditions": [], "surgeries": [], "medications": [], "familyHistory": [], "notes": null})
}

#[tokio::test]
async fn a_record_is_ones_own_and_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (newcomer(&app, "ann").await, newcomer(&app, "bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &full()).await;
    assert_holds(&made.ok(201), &full());
    assert_eq!(made.header("location"), PATH);
    let read = ann.get(PATH).await;
    assert_eq!(read.ok(200), made.json());
    assert_eq!(
        (read.header("cache-control"), made.header("cache-control")),
        ("no-store", "no-store")
    );
    let known = ann.send(Method::GET, PATH, ("if-none-match", read.etag()), None).await;
    assert_eq!(known.status, 304);
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");

    let bare = ann.put(PATH, &json!({"fullName": "A"})).await.ok(200);
    let fields = json!({
        "id": made.json()["id"], "dateOfBirth": null, "gender": "undisclosed", "primaryLanguage": null,
        "bloodGroup": null, "allergies": [], "medicalHistory": empty_history(),
    });
    assert_holds(&bare, &fields);
    assert_holds(&ann.patch(PATH, &full()).await.ok(200), &full());
    let less = json!({"medicalHistory": {"notes": null}, "bloodGroup": null});
    let patched = ann.patch(PATH, &less).await.ok(200);
    assert_eq!(
        (&patched["medicalHistory"]["notes"], &patched["bloodGroup"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(patched["medicalHistory"]["surgeries"], json!(["Appendectomy, 2004"]));
    let stale = ann.send(Method::PUT, PATH, ("if-match", read.etag()), Some(&full())).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    assert_eq!(ann.delete(PATH).await.brief(), "405 method-not-allowed");
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
}

/// Fields of a record, values that they do not take, and why not.
fn bad_values() -> Vec<(&'static str, Value, &'static str)> {
    let history = |field: &str, value: Value| json!({field: value});
    vec![
        ("fullName", json!(""), "/fullName length"),
        ("fullName", json!("a\0"), "/fullName nul"),
        ("dateOfBirth", json!("1849-12-31"), "/dateOfBirth date"),
        ("dateOfBirth", json!("2199-01-01"), "/dateOfBirth date"),
        ("dateOfBirth", json!("1990-02-30"), "/dateOfBirth type"),
        ("gender", json!("m"), "/gender type"),
        ("bloodGroup", json!("C+"), "/bloodGroup type"),
        ("primaryLanguage", json!("english!"), "/primaryLanguage language"),
        ("allergies", json!([""]), "/allergies lines"),
        ("allergies", json!(vec!["x"; 101]), "/allergies lines"),
        ("medicalHistory", json!([]), "/medicalHistory type"),
        ("medicalHistory", history("conditions", json!([""])), "/medicalHistory/conditions lines"),
        (
            "medicalHistory",
            history("surgeries", json!(vec!["x"; 101])),
            "/medicalHistory/surgeries lines",
        ),
        (
            "medicalHistory",
            history("medications", json!(["x".repeat(1001)])),
            "/medicalHistory/medications lines",
        ),
        (
            "medicalHistory",
            history("familyHistory", json!(["a\0"])),
            "/medicalHistory/familyHistory/0 nul",
        ),
        (
            "medicalHistory",
            history("notes", json!("x".repeat(10_001))),
            "/medicalHistory/notes length",
        ),
        ("medicalHistory", history("weight", json!(70)), "/medicalHistory/weight unknown_field"),
        ("userId", json!("x"), "/userId unknown_field"),
    ]
}

#[tokio::test]
async fn a_record_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let ann = newcomer(&app, "ann").await;
    ann.put(PATH, &full()).await.ok(201);
    for (field, value, error) in bad_values() {
        let wanted = format!(r#"422 validation ["{error}"]"#);
        let mut body = json!({"fullName": "Ann"});
        body[field] = value;
        assert_eq!(ann.put(PATH, &body).await.brief(), wanted, "{field}");
        assert_eq!(ann.patch(PATH, &json!({field: body[field]})).await.brief(), wanted, "{field}");
    }
    let nameless = r#"422 validation ["/fullName required"]"#;
    assert_eq!(ann.put(PATH, &json!({})).await.brief(), nameless);
    assert_eq!(ann.patch(PATH, &json!({"fullName": null})).await.brief(), nameless);
    assert_holds(&ann.get(PATH).await.ok(200), &full());
}

#[tokio::test]
async fn only_patients_have_a_record() {
    let app = TestApp::new().await;
    let doctor =
        app.user_with_roles("doc", &["visitnow:doctor", "visitnow:staff", "visitnow:admin"]).await;
    for user in [&app.user("ann").await, &doctor] {
        assert_eq!(user.put(PATH, &full()).await.brief(), "403 forbidden");
        assert_eq!(user.put(PATH, &json!({"nonsense": 1})).await.brief(), "403 forbidden");
        assert_eq!(user.patch(PATH, &full()).await.brief(), "403 forbidden");
        assert_eq!(user.get(PATH).await.brief(), "404 not-found");
    }
    let former = newcomer(&app, "former").await;
    former.put(PATH, &full()).await.ok(201);
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", former.id)).await;
    assert_eq!(former.patch(PATH, &json!({"gender": "male"})).await.brief(), "403 forbidden");
    assert_holds(&former.get(PATH).await.ok(200), &full());
}

#[tokio::test]
async fn parallel_first_writes_make_one_record_and_lose_no_patch() {
    let app = TestApp::new().await;
    let ann = newcomer(&app, "ann").await;
    let body = full();
    let made = join_all((0..8).map(|_| ann.put(PATH, &body))).await;
    assert_eq!(made.iter().filter(|one| one.status == 201).count(), 1, "{made:?}");
    assert!(made.iter().all(|one| one.status < 300), "{made:?}");
    let patches: Vec<Value> = ["conditions", "surgeries", "medications", "familyHistory"]
        .iter()
        .map(|field| json!({"medicalHistory": {*field: ["new"]}}))
        .collect();
    for one in join_all(patches.iter().map(|patch| ann.patch(PATH, patch))).await {
        one.ok(200);
    }
    let history = &ann.get(PATH).await.ok(200)["medicalHistory"];
    for field in ["conditions", "surgeries", "medications", "familyHistory"] {
        assert_eq!(history[field], json!(["new"]), "{field}");
    }
    assert_eq!(app.count("select count(*) from visitnow.patients").await, 1);
}
