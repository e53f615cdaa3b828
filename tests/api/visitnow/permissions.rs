//! Who may write what of a practice is for the permission `clinic:write`: each route, asked for by everybody.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{Practice, inserted, patient, practice, staff};
use crate::support::{Caller, TestApp, User, assert_holds};

const OTHERS: [&str; 3] = ["appointments:write", "availability:write", "messages:write"];

/// Whoever may, and whoever may not.
struct People<'a> {
    may: [User<'a>; 2],
    may_not: [User<'a>; 5],
}

async fn people<'a>(app: &'a TestApp, ada: &Practice<'a>) -> People<'a> {
    let bob = practice(app, "bob").await;
    let elsewhere = staff(&bob, "elsewhere", &["clinic:write"]).await;
    People {
        may: [ada.doctor.clone(), staff(ada, "clerk", &["clinic:write"]).await],
        may_not: [
            staff(ada, "nurse", &OTHERS).await,
            elsewhere,
            bob.doctor,
            patient(app, "pat").await.user,
            app.user("stranger").await,
        ],
    }
}

/// A resource of a practice: a body, a change of it, and how it is made by hand.
struct Kind {
    path: &'static str,
    input: Value,
    change: Value,
    insert: String,
    /// What those hear who may not write a row: whether they read it.
    refused: &'static str,
}

async fn kinds(app: &TestApp, ada: &Practice<'_>) -> [Kind; 3] {
    let member = app.user_with_roles(&Uuid::now_v7().to_string(), &["visitnow:staff"]).await;
    [
        Kind {
            path: "/v1/visitnow/clinics",
            input: json!({"providerId": ada.id, "name": "New", "timeZone": "UTC"}),
            change: json!({"name": "Changed", "timeZone": "UTC"}),
            insert: format!(
                "visitnow.clinics (provider_id, name, time_zone) values ('{}', 'x', 'UTC')",
                ada.id
            ),
            refused: "403 forbidden",
        },
        Kind {
            path: "/v1/visitnow/services",
            input: json!({"providerId": ada.id, "name": "New", "durationMinutes": 5, "mode": "phone"}),
            change: json!({"name": "Changed", "durationMinutes": 5, "mode": "phone"}),
            insert: format!(
                "visitnow.services (provider_id, name, duration_minutes, mode) values ('{}', 'x', 5, 'video')",
                ada.id
            ),
            refused: "403 forbidden",
        },
        Kind {
            path: "/v1/visitnow/staff",
            input: json!({"providerId": ada.id, "userId": member.id, "role": "nurse"}),
            change: json!({"role": "manager"}),
            insert: format!(
                "visitnow.staff_members (provider_id, user_id, role) values ('{}', '{}', 'nurse')",
                ada.id, member.id
            ),
            refused: "404 not-found",
        },
    ]
}

/// Whoever may not make one is refused; each who may makes one.
async fn made_by(people: &People<'_>, ada: &Practice<'_>, kind: &Kind) {
    for person in &people.may_not {
        let refused = person.post(kind.path, &kind.input).await;
        assert_eq!(refused.brief(), "403 forbidden", "{} {}", kind.path, person.email);
    }
    for person in &people.may {
        let made = person.post(kind.path, &kind.input).await;
        made.ok(201);
        assert_eq!(ada.get(made.header("location")).await.ok(200), made.json());
        ada.delete(made.header("location")).await.ok(204); // somebody works there but once
    }
}

/// Whoever may not change a row is refused, whatever version they name, and it stays; each who may changes one.
async fn changed_by(people: &People<'_>, ada: &Practice<'_>, kind: &Kind, method: &Method) {
    let body = Some(&kind.change).filter(|_| method != Method::DELETE);
    for person in &people.may {
        let path = format!("{}/{}", kind.path, inserted(ada.app, &kind.insert).await);
        let before = ada.get(&path).await.ok(200);
        for refused in &people.may_not {
            for header in ["x", "if-match"] {
                let answer = refused.send(method.clone(), &path, (header, "\"0\""), body).await;
                assert_eq!(answer.brief(), kind.refused, "{method} {path} {}", refused.email);
            }
        }
        assert_eq!(ada.get(&path).await.ok(200), before);
        let answer = person.send(method.clone(), &path, ("x", "y"), body).await;
        if method == Method::DELETE {
            answer.ok(204);
        } else {
            assert_holds(&answer.ok(200), &kind.change);
            assert_eq!(ada.get(&path).await.ok(200), answer.json());
            ada.delete(&path).await.ok(204);
        }
        assert_eq!(ada.get(&path).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn what_needs_clinic_write_is_done_by_the_provider_and_staff_with_it_alone() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let people = people(&app, &ada).await;
    for kind in kinds(&app, &ada).await {
        made_by(&people, &ada, &kind).await;
        for method in [Method::PUT, Method::PATCH, Method::DELETE] {
            changed_by(&people, &ada, &kind, &method).await;
        }
    }
}

#[tokio::test]
async fn a_permission_ends_with_the_role_and_with_the_membership() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let [one, two] =
        [staff(&ada, "one", &["clinic:write"]).await, staff(&ada, "two", &["clinic:write"]).await];
    app.execute(&format!(
        "delete from identity.role_grants where user_id = '{}';
         delete from visitnow.staff_members where user_id = '{}'",
        one.id, two.id
    ))
    .await;
    for kind in kinds(&app, &ada).await {
        for person in [&one, &two] {
            let refused = person.post(kind.path, &kind.input).await;
            assert_eq!(refused.brief(), "403 forbidden", "{}", kind.path);
            let row = inserted(&app, &kind.insert).await;
            let path = format!("{}/{row}", kind.path);
            for method in [Method::PUT, Method::PATCH, Method::DELETE] {
                let refused = person.send(method, &path, ("x", "y"), Some(&kind.change)).await;
                assert_eq!(refused.brief(), kind.refused, "{path}");
            }
            ada.delete(&path).await.ok(204);
        }
    }
}

#[tokio::test]
async fn nothing_is_made_for_a_practice_that_is_not_there() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    for kind in kinds(&app, &ada).await {
        let mut input = kind.input.clone();
        input["providerId"] = json!(Uuid::now_v7());
        assert_eq!(ada.post(kind.path, &input).await.brief(), "403 forbidden", "{}", kind.path);
        for (value, error) in [(json!("x"), "type"), (json!(null), "type")] {
            input["providerId"] = value;
            let refused = ada.post(kind.path, &input).await;
            let wanted = format!("422 validation {}", json!([format!("/providerId {error}")]));
            assert_eq!(refused.brief(), wanted);
        }
        let mut change = kind.change.clone();
        change["providerId"] = json!(ada.id);
        let row = inserted(&app, &kind.insert).await;
        let refused = ada.put(&format!("{}/{row}", kind.path), &change).await;
        assert_eq!(refused.brief(), r#"422 validation ["/providerId unknown_field"]"#);
    }
}
