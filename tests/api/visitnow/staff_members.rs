use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{Practice, inserted, patient, practice, staff};
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/visitnow/staff";
const ALL: [&str; 4] =
    ["appointments:write", "availability:write", "messages:write", "clinic:write"];

async fn applicant<'a>(app: &'a TestApp, name: &str) -> User<'a> {
    app.user_with_roles(name, &["visitnow:staff"]).await
}

fn input(practice: &Practice<'_>, user: Uuid, permissions: &[&str]) -> Value {
    json!({
        "providerId": practice.id, "userId": user, "role": "receptionist", "permissions": permissions,
    })
}

/// Where somebody's only membership is found.
async fn place(user: &User<'_>) -> String {
    let items = user.get(PATH).await.ok(200)["items"].clone();
    let own = items.as_array().unwrap().iter().find(|one| one["userId"] == json!(user.id)).unwrap();
    format!("{PATH}/{}", own["id"].as_str().unwrap())
}

#[tokio::test]
async fn a_membership_keeps_what_is_written_and_is_seen_by_who_it_is() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let sam = applicant(&app, "sam").await;
    let made = ada.post(PATH, &input(&ada, sam.id, &ALL)).await;
    assert_holds(&made.ok(201), &input(&ada, sam.id, &ALL));
    let place = made.header("location");
    for reader in [&ada.doctor, &sam] {
        assert_eq!(reader.get(place).await.ok(200), made.json());
    }
    let bare = ada.put(place, &json!({"role": "manager"})).await.ok(200);
    assert_holds(&bare, &json!({"role": "manager", "permissions": [], "userId": sam.id}));
    // Sam reads it still, and may write nothing of it any more, whatever version they name.
    for (method, header) in [
        (Method::PUT, "x"),
        (Method::PUT, "if-match"),
        (Method::PATCH, "x"),
        (Method::PATCH, "if-match"),
    ] {
        let body = json!({"role": "nurse", "permissions": ALL});
        let refused = sam.send(method, place, (header, "\"0\""), Some(&body)).await;
        assert_eq!(refused.brief(), "403 forbidden");
    }
    assert_eq!(sam.get(place).await.ok(200), bare);
    ada.delete(place).await.ok(204);
    assert_eq!(sam.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_membership_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let sam = applicant(&app, "sam").await;
    let gone = applicant(&app, "gone").await;
    app.execute(&format!(
        "update identity.users set status = 'suspended' where id = '{}'",
        gone.id
    ))
    .await;
    let pat = patient(&app, "pat").await.user;
    for (field, value, error) in [
        ("userId", json!(gone.id), "/userId check"),
        ("userId", json!(pat.id), "/userId check"),
        ("userId", json!(Uuid::now_v7()), "/userId check"),
        ("userId", json!("sam"), "/userId type"),
        ("role", json!("boss"), "/role type"),
        ("role", json!(null), "/role type"),
        ("permissions", json!(["root"]), "/permissions/0 type"),
        ("permissions", json!(["clinic:write", "CLINIC:WRITE"]), "/permissions/1 type"),
        ("permissions", json!(["clinic:write", "clinic:write"]), "/permissions distinct"),
        ("permissions", json!(vec!["clinic:write"; 1000]), "/permissions distinct"),
        ("permissions", json!("clinic:write"), "/permissions type"),
        ("permissions", json!(null), "/permissions type"),
        ("userName", json!("x"), "/userName unknown_field"),
    ] {
        let mut body = input(&ada, sam.id, &[]);
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        let refused = ada.post(PATH, &body).await;
        assert_eq!(refused.brief(), wanted, "{field}: {refused:?}");
    }
    assert_eq!(app.count("select count(*) from visitnow.staff_members").await, 0);
}

#[tokio::test]
async fn somebody_works_for_a_provider_once() {
    let app = TestApp::new().await;
    let (ada, bob) = (practice(&app, "ada").await, practice(&app, "bob").await);
    let sam = applicant(&app, "sam").await;
    let body = input(&ada, sam.id, &[]);
    let answers = join_all((0..8).map(|_| ada.post(PATH, &body))).await;
    assert_eq!(answers.iter().filter(|one| one.status == 201).count(), 1, "{answers:?}");
    for refused in answers.iter().filter(|one| one.status != 201) {
        assert_eq!(refused.brief(), r#"409 taken ["/userId taken"]"#);
        assert!(refused.text.contains("works there already"), "{refused:?}");
    }
    bob.post(PATH, &input(&bob, sam.id, &[])).await.ok(201);
    assert_eq!(sam.get(PATH).await.ok(200)["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn nobody_of_the_staff_gives_or_takes_what_they_may_not_do() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let clerk = staff(&ada, "clerk", &["clinic:write", "messages:write"]).await;
    let strong = staff(&ada, "strong", &ALL).await;
    let (own, theirs) = (place(&clerk).await, place(&strong).await);
    for permissions in [&["appointments:write"][..], &["messages:write", "availability:write"]] {
        let sam = applicant(&app, &Uuid::now_v7().to_string()).await;
        let refused = clerk.post(PATH, &input(&ada, sam.id, permissions)).await;
        assert_eq!(refused.brief(), "403 forbidden", "{permissions:?}");
        let body = json!({"role": "manager", "permissions": permissions});
        for path in [&own, &theirs] {
            let refused = clerk.put(path, &body).await;
            assert_eq!(refused.brief(), "403 forbidden", "{permissions:?}");
        }
    }
    for change in [json!({"permissions": []}), json!({"role": "nurse"})] {
        assert_eq!(clerk.patch(&theirs, &change).await.brief(), "403 forbidden");
    }
    assert_eq!(clerk.delete(&theirs).await.brief(), "403 forbidden");
    let sam = applicant(&app, "sam").await;
    let made = clerk.post(PATH, &input(&ada, sam.id, &["messages:write"])).await;
    made.ok(201);
    clerk.delete(made.header("location")).await.ok(204);
    // Less of oneself is anybody's to choose.
    clerk.patch(&own, &json!({"permissions": ["clinic:write"]})).await.ok(200);
    assert_eq!(clerk.patch(&own, &json!({"permissions": ALL})).await.brief(), "403 forbidden");
    strong.patch(&own, &json!({"permissions": ALL})).await.ok(200);
}

#[tokio::test]
async fn a_provider_on_their_own_staff_still_gives_all() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    app.execute(&format!(
        "insert into identity.role_grants (user_id, domain, role_code) values ('{}', 'visitnow', 'staff')",
        ada.doctor.id
    ))
    .await;
    ada.post(PATH, &input(&ada, ada.doctor.id, &[])).await.ok(201);
    let sam = applicant(&app, "sam").await;
    let made = ada.post(PATH, &input(&ada, sam.id, &ALL)).await;
    made.ok(201);
    ada.delete(made.header("location")).await.ok(204);
}

#[tokio::test]
async fn everybody_leaves_when_they_like() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    for permissions in [&[][..], &["appointments:write"], &ALL] {
        let sam = staff(&ada, &Uuid::now_v7().to_string(), permissions).await;
        let place = place(&sam).await;
        let stale = sam.send(Method::DELETE, &place, ("if-match", "\"0\""), None).await;
        assert_eq!(stale.brief(), "412 precondition-failed", "{permissions:?}");
        sam.delete(&place).await.ok(204);
        assert_eq!(sam.delete(&place).await.brief(), "404 not-found");
        assert_eq!(sam.get(PATH).await.ok(200)["items"], json!([]));
    }
    // Also after the role was taken from them.
    let sam = staff(&ada, "sam", &ALL).await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", sam.id)).await;
    let place = place(&sam).await;
    sam.delete(&place).await.ok(204);
}

#[tokio::test]
async fn staff_is_listed_to_who_manages_it_and_to_oneself() {
    let app = TestApp::new().await;
    let (ada, bob) = (practice(&app, "ada").await, practice(&app, "bob").await);
    let clerk = staff(&ada, "clerk", &["clinic:write"]).await;
    let nurse = staff(&ada, "nurse", &["messages:write"]).await;
    let other = staff(&bob, "other", &ALL).await;
    let join = format!(
        "visitnow.staff_members (provider_id, user_id, role) values ('{}', '{}', 'nurse')",
        bob.id, clerk.id
    );
    inserted(&app, &join).await;
    let listed = async |person: &User<'_>, query: &str| {
        let items = person.all(&format!("{PATH}{query}"), 2).await;
        items.iter().map(|one| one["userId"].clone()).collect::<Vec<_>>()
    };
    let (clerk_id, nurse_id, other_id) = (json!(clerk.id), json!(nurse.id), json!(other.id));
    assert_eq!(listed(&ada, "").await, [nurse_id.clone(), clerk_id.clone()]);
    assert_eq!(listed(&bob, "").await, [clerk_id.clone(), other_id.clone()]);
    assert_eq!(listed(&nurse, "").await, std::slice::from_ref(&nurse_id));
    assert_eq!(listed(&other, "").await, [clerk_id.clone(), other_id]);
    // All of Ada's, whose clinic is theirs to write, and of Bob's their own.
    assert_eq!(listed(&clerk, "").await, [clerk_id.clone(), nurse_id.clone(), clerk_id.clone()]);
    let of = |practice: &Practice<'_>| format!("?providerId={}", practice.id);
    assert_eq!(listed(&clerk, &of(&ada)).await, [nurse_id, clerk_id.clone()]);
    assert_eq!(listed(&clerk, &of(&bob)).await, [clerk_id]);
    assert_eq!(listed(&nurse, &of(&bob)).await, [Value::Null; 0]);
    assert_eq!(listed(&patient(&app, "pat").await.user, "").await, [Value::Null; 0]);
}
