//! What the four lists of a profile have in common, proved for one of them at a time.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Caller, TestApp, assert_holds};

pub const PROFILE: &str = "/v1/coach/profile";

/// Another user's row is not found, on every verb, and in no list.
pub async fn belongs_to_its_user(path: &str, body: &Value) {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let made = ann.post(path, body).await;
    let mine = made.ok(201);
    let place = made.header("location");
    assert_eq!(place, format!("{path}/{}", made.id()));
    bob.put(PROFILE, &json!({})).await.ok(201);

    assert_eq!(bob.get(place).await.brief(), "404 not-found");
    assert_eq!(bob.put(place, body).await.brief(), "404 not-found");
    assert_eq!(bob.patch(place, &json!({})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(place).await.brief(), "404 not-found");
    assert_eq!(bob.get(path).await.ok(200)["items"], json!([]));
    assert_eq!(app.anonymous().get(place).await.brief(), "401 unauthenticated");
    assert_eq!(ann.get(place).await.ok(200), mine);
    assert_eq!(ann.get(path).await.ok(200)["items"], json!([mine]));
}

/// Everything that is written is read again; PATCH keeps, clears and sets; nothing outlives DELETE.
pub async fn keeps_what_is_written(path: &str, full: &Value, least: &Value, defaults: &Value) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(path, full).await;
    assert_holds(&made.ok(201), full);
    let place = made.header("location");
    assert_eq!(ann.get(place).await.ok(200), made.json());
    assert_eq!(ann.get(place).await.etag(), made.etag());

    let replaced = ann.put(place, least).await.ok(200);
    assert_holds(&replaced, least);
    assert_holds(&replaced, defaults);

    // A patch of everything is a replacement; an empty one changes nothing; null clears.
    assert_holds(&ann.patch(place, full).await.ok(200), full);
    assert_holds(&ann.patch(place, &json!({})).await.ok(200), full);
    let nothing = defaults.as_object().unwrap().keys().map(|field| (field.clone(), Value::Null));
    let cleared = ann.patch(place, &Value::Object(nothing.collect())).await.ok(200);
    assert_holds(&cleared, defaults);

    assert_eq!(ann.delete(place).await.status, 204);
    assert_eq!(ann.get(place).await.brief(), "404 not-found");
    assert_eq!(ann.delete(place).await.brief(), "404 not-found");
}

/// What the server keeps for itself, and what no row has, is refused.
pub async fn refuses_what_is_not_the_clients(path: &str, body: &Value) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = ann.post(path, body).await.header("location").to_owned();
    for field in ["id", "userId", "userProfileId", "createdAt", "updatedAt", "nonsense"] {
        let mut wrong = body.clone();
        wrong[field] = json!("00000000-0000-7000-8000-000000000000");
        let expected = format!(r#"422 validation ["/{field} unknown_field"]"#);
        assert_eq!(ann.post(path, &wrong).await.brief(), expected.as_str());
        assert_eq!(ann.put(&place, &wrong).await.brief(), expected.as_str());
        let patch = json!({ field: "x" });
        assert_eq!(ann.patch(&place, &patch).await.brief(), expected.as_str());
    }
    assert_eq!(ann.get(path).await.ok(200)["items"].as_array().unwrap().len(), 1);
}

/// Each of these values of one field is refused, and the pointer and code say why.
pub async fn refuses_values(path: &str, body: &Value, values: &[(&str, Value, &str)]) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    for (field, value, error) in values {
        let mut wrong = body.clone();
        wrong[*field] = value.clone();
        let answer = ann.post(path, &wrong).await;
        let expected = format!("422 validation {}", json!([error]));
        assert_eq!(answer.brief(), expected.as_str(), "{field}");
    }
    assert_eq!(ann.get(path).await.ok(200)["items"], json!([]));
    // A refused first part leaves no empty profile behind.
    assert_eq!(ann.get(PROFILE).await.brief(), "404 not-found");
}

/// Pages have every row once, newest first.
pub async fn pages(path: &str, bodies: &[Value]) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut made = Vec::new();
    for body in bodies {
        made.insert(0, ann.post(path, body).await.ok(201));
    }
    let mut seen = Vec::new();
    let mut query = "?limit=2".to_owned();
    loop {
        let page = ann.get(&format!("{path}{query}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        assert!((1..=2).contains(&items.len()));
        seen.extend(items.iter().cloned());
        let Some(cursor) = page["nextCursor"].as_str() else { break };
        query = format!("?limit=2&cursor={cursor}");
    }
    assert_eq!(seen, made);
}

/// A change of the list is a change of the profile, which begins with its first part.
pub async fn changes_its_profile(path: &str, body: &Value) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    assert_eq!(ann.get(PROFILE).await.brief(), "404 not-found");
    let place = ann.post(path, body).await.header("location").to_owned();
    let mut etags = vec![ann.get(PROFILE).await.etag().to_owned()];
    ann.put(&place, body).await.ok(200);
    etags.push(ann.get(PROFILE).await.etag().to_owned());
    ann.delete(&place).await.ok(204);
    etags.push(ann.get(PROFILE).await.etag().to_owned());
    ann.post(path, body).await.ok(201);
    let now = ann.get(PROFILE).await;
    for (index, etag) in etags.iter().enumerate() {
        assert!(!etag.is_empty() && etag != now.etag() && !etags[..index].contains(etag));
        let known = ann.send(Method::GET, PROFILE, ("if-none-match", etag), None).await;
        assert_eq!(known.ok(200), now.json());
    }
    assert_eq!(app.count("select count(*) from coach.user_profiles").await, 1);
    let unknown =
        "select count(*) from audit.logs where entity_type like 'coach.%' and actor_id is null";
    assert_eq!(app.count(unknown).await, 0);
    let written = "select count(*) from audit.logs where entity_type like 'coach.%'";
    assert_eq!(app.count(written).await, 4, "a replacement by the same is no change");
}

/// Of two writers who saw the same version, one wins and the other is told.
pub async fn has_one_winner(path: &str, body: &Value, one: &Value, other: &Value) {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made = ann.post(path, body).await;
    let (place, header) = (made.header("location"), ("if-match", made.etag()));
    let (first, second) = tokio::join!(
        ann.send(Method::PATCH, place, header, Some(one)),
        ann.send(Method::PATCH, place, header, Some(other)),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412]);
    let winner = if first.status == 200 { first } else { second };
    assert_eq!(ann.get(place).await.ok(200), winner.json());

    for method in [Method::PUT, Method::DELETE] {
        let late = ann.send(method, place, header, Some(body)).await;
        assert_eq!(late.brief(), "412 precondition-failed");
    }
    let now = ("if-match", winner.etag());
    assert_eq!(ann.send(Method::DELETE, place, now, None).await.status, 204);
}
