use std::collections::BTreeSet;

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use trellis::server::housekeeping::run_once;
use uuid::Uuid;

use super::{
    people::{Practice, inserted, patient, practice, staff},
    providers::keeper,
};
use crate::support::{Caller, TestApp, assert_holds};

const PATH: &str = "/v1/visitnow/credentials";
const ALL: &str = "/v1/visitnow/admin/credentials";
const STATUSES: [&str; 4] = ["submitted", "verified", "rejected", "expired"];

fn full(practice: &Practice<'_>) -> Value {
    json!({
        "providerId": practice.id, "type": "license", "documentUrl": "https://files.example/lizenz-ä.pdf",
        "issuedOn": "2020-02-29", "expiresOn": "2199-12-31",
    })
}

/// A credential in any status that was over, or will be, so many days from today (UTC); its place.
async fn given(practice: &Practice<'_>, status: &str, days: i32) -> String {
    let insert = format!(
        "visitnow.credentials (provider_id, type, document_url, status, expires_on)
         values ('{}', 'degree', 'https://x.example', '{status}', (now() at time zone 'UTC')::date + {days})",
        practice.id
    );
    format!("{PATH}/{}", inserted(practice.app, &insert).await)
}

#[tokio::test]
async fn a_credential_is_the_providers_and_seen_by_administrators() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let made = ada.post(PATH, &full(&ada)).await;
    assert_holds(&made.ok(201), &full(&ada));
    assert_holds(&made.json(), &json!({"status": "submitted", "notes": null}));
    let place = made.header("location");
    for reader in [&ada.doctor, &keeper] {
        assert_eq!(reader.get(place).await.ok(200), made.json());
    }
    let bare = json!({"type": "other", "documentUrl": "http://x.example"});
    for (method, body) in
        [(Method::PUT, Some(&bare)), (Method::PATCH, Some(&bare)), (Method::DELETE, None)]
    {
        for header in ["x", "if-match"] {
            let refused = keeper.send(method.clone(), place, (header, "\"0\""), body).await;
            assert_eq!(refused.brief(), "403 forbidden");
        }
    }
    let replaced = ada.put(place, &bare).await.ok(200);
    assert_holds(&replaced, &json!({"type": "other", "issuedOn": null, "expiresOn": null}));
    let stale = ada.send(Method::PUT, place, ("if-match", made.etag()), Some(&bare)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    ada.patch(place, &json!({"type": "degree"})).await.ok(200);
    ada.delete(place).await.ok(204);
    assert_eq!(keeper.get(place).await.brief(), "404 not-found");
}

#[tokio::test]
async fn nobody_else_sees_or_submits_a_credential() {
    let app = TestApp::new().await;
    let (ada, bob) = (practice(&app, "ada").await, practice(&app, "bob").await);
    let all = ["appointments:write", "availability:write", "messages:write", "clinic:write"];
    let (member, pat) = (staff(&ada, "sam", &all).await, patient(&app, "pat").await.user);
    let made = ada.post(PATH, &full(&ada)).await;
    let place = made.header("location");
    for person in [&member, &bob.doctor, &pat, &app.user("stranger").await, &app.admin().await] {
        let body = json!({"type": "other", "documentUrl": "http://x.example"});
        for method in [Method::GET, Method::PUT, Method::PATCH, Method::DELETE] {
            for header in ["x", "if-match"] {
                let refused =
                    person.send(method.clone(), place, (header, "\"0\""), Some(&body)).await;
                assert_eq!(refused.brief(), "404 not-found", "{method} {}", person.email);
            }
        }
        assert_eq!(person.post(PATH, &full(&ada)).await.brief(), "403 forbidden");
        assert_eq!(person.get(PATH).await.ok(200)["items"], json!([]));
        assert_eq!(person.get(ALL).await.brief(), "403 forbidden");
        for verb in ["verify", "reject"] {
            let refused = person.post(&format!("{place}/{verb}"), &json!({"notes": "x"})).await;
            assert_eq!(refused.brief(), "403 forbidden");
        }
    }
    // Staff who are doctors, too, are no more than staff.
    let body = json!({"userId": bob.doctor.id, "providerId": ada.id, "role": "manager", "permissions": all});
    app.execute(
        "insert into identity.role_grants (user_id, domain, role_code)
        select user_id, 'visitnow', 'staff' from visitnow.providers",
    )
    .await;
    ada.post("/v1/visitnow/staff", &body).await.ok(201);
    assert_eq!(bob.post(PATH, &full(&ada)).await.brief(), "403 forbidden");
    assert_eq!(bob.get(place).await.brief(), "404 not-found");
    assert_eq!(ada.get(place).await.ok(200), made.json());
}

#[tokio::test]
async fn a_doctor_without_a_profile_submits_nothing() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let new = app.user_with_roles("new", &["visitnow:doctor"]).await;
    let mut body = full(&ada);
    assert_eq!(new.post(PATH, &body).await.brief(), "403 forbidden");
    body["providerId"] = json!(Uuid::now_v7());
    assert_eq!(new.post(PATH, &body).await.brief(), "403 forbidden");
    assert_eq!(new.get(PATH).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn a_credential_refuses_what_is_no_value_of_its() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    for (field, value, error) in [
        ("type", json!("diploma"), "/type type"),
        ("documentUrl", json!("file:///etc/passwd"), "/documentUrl url"),
        ("documentUrl", json!(format!("https://x/{}", "x".repeat(2000))), "/documentUrl url"),
        ("documentUrl", json!("https://x/\0"), "/documentUrl nul"),
        ("issuedOn", json!("1899-12-31"), "/issuedOn date"),
        ("issuedOn", json!("2021-02-29"), "/issuedOn type"),
        ("issuedOn", json!("infinity"), "/issuedOn type"),
        ("expiresOn", json!("2020-02-29"), "/expiresOn order"),
        ("expiresOn", json!("2200-01-01"), "/expiresOn date"),
        ("status", json!("verified"), "/status unknown_field"),
        ("notes", json!("x"), "/notes unknown_field"),
    ] {
        let mut body = full(&ada);
        body[field] = value;
        let wanted = format!("422 validation {}", json!([error]));
        assert_eq!(ada.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    let place = ada.post(PATH, &full(&ada)).await.header("location").to_owned();
    let refused = ada.patch(&place, &json!({"expiresOn": "2020-01-01"})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/expiresOn order"]"#);
}

#[tokio::test]
async fn administrators_decide_on_what_is_submitted_alone() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    for status in STATUSES {
        for days in [-1, 0, 1] {
            for (verb, to) in [("verify", "verified"), ("reject", "rejected")] {
                let allowed = match (status, days) {
                    ("submitted", -1) => "rejected",
                    ("submitted", _) => "verified, rejected",
                    ("verified", -1) => "expired",
                    _ => "none",
                };
                let place = given(&ada, status, days).await;
                let path = format!("{place}/{verb}");
                let body = json!({"notes": "So it is."});
                assert_eq!(ada.post(&path, &body).await.brief(), "403 forbidden");
                let moved = keeper.post(&path, &body).await;
                let label = format!("{status} {days} {verb}");
                if allowed.split(", ").any(|one| one == to) {
                    assert_holds(&moved.ok(200), &json!({"status": to, "notes": "So it is."}));
                    assert_eq!(ada.get(&place).await.ok(200), moved.json(), "{label}");
                } else {
                    assert_eq!(moved.brief(), "409 conflict", "{label}");
                    let detail = moved.json()["detail"].as_str().unwrap().to_owned();
                    assert!(detail.ends_with(&format!("; allowed: {allowed}")), "{label} {detail}");
                    assert_eq!(ada.get(&place).await.ok(200)["status"], status, "{label}");
                }
            }
        }
    }
    let nowhere = format!("{PATH}/{}/verify", Uuid::now_v7());
    assert_eq!(keeper.post(&nowhere, &json!({})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn a_no_comes_with_a_reason() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let place = given(&ada, "submitted", 9).await;
    for (verb, body, error) in [
        ("reject", json!({}), "/notes required"),
        ("reject", json!({"notes": null}), "/notes type"),
        ("reject", json!({"notes": ""}), "/notes length"),
        ("reject", json!({"notes": "x".repeat(10_001)}), "/notes length"),
        ("verify", json!({"notes": "x".repeat(10_001)}), "/notes length"),
        ("verify", json!({"notes": "\0"}), "/notes nul"),
        ("verify", json!({"status": "verified"}), "/status unknown_field"),
    ] {
        let refused = keeper.post(&format!("{place}/{verb}"), &body).await;
        let wanted = format!("422 validation {}", json!([error]));
        assert_eq!(refused.brief(), wanted, "{verb} {body}");
    }
    let verified = keeper.post(&format!("{place}/verify"), &json!({})).await.ok(200);
    assert_holds(&verified, &json!({"status": "verified", "notes": null}));
}

#[tokio::test]
async fn of_decisions_at_once_one_counts() {
    let app = TestApp::new().await;
    let (ada, keeper) = (practice(&app, "ada").await, keeper(&app).await);
    let (place, body) = (given(&ada, "submitted", 9).await, json!({"notes": "x"}));
    let paths: Vec<String> =
        ["verify", "reject"].repeat(4).iter().map(|verb| format!("{place}/{verb}")).collect();
    let answers = join_all(paths.iter().map(|path| keeper.post(path, &body))).await;
    let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(won.len(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| answer.status == 409).count(), 7, "{answers:?}");
    assert_eq!(ada.get(&place).await.ok(200), won[0].json());
}

#[tokio::test]
async fn what_was_decided_on_is_not_changed_but_may_go() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let body = json!({"type": "other", "documentUrl": "https://forged.example"});
    for status in ["verified", "rejected", "expired"] {
        let place = given(&ada, status, 9).await;
        let before = ada.get(&place).await.ok(200);
        for refused in [ada.put(&place, &body).await, ada.patch(&place, &body).await] {
            assert_eq!(refused.brief(), "409 conflict", "{status}");
            assert!(refused.text.contains("submit another"), "{refused:?}");
        }
        assert_eq!(ada.get(&place).await.ok(200), before);
        ada.delete(&place).await.ok(204);
    }
}

#[tokio::test]
async fn credentials_are_listed_by_status() {
    let app = TestApp::new().await;
    let (ada, bob, keeper) =
        (practice(&app, "ada").await, practice(&app, "bob").await, keeper(&app).await);
    let (mut everybodys, mut own) = (Vec::new(), Vec::new());
    for status in STATUSES.repeat(2) {
        for practice in [&ada, &bob] {
            let one = practice.get(&given(practice, status, 9).await).await.ok(200);
            everybodys.insert(0, one.clone());
            if practice.id == ada.id {
                own.insert(0, one);
            }
        }
    }
    for wanted in ["", "verified", "expired,submitted", "rejected&status=verified"] {
        let words = wanted.replace("&status=", ",");
        let statuses: BTreeSet<&str> = words.split(',').collect();
        let query = if wanted.is_empty() { String::new() } else { format!("?status={wanted}") };
        let narrowed = |rows: &[Value]| -> Vec<Value> {
            let keep = |one: &&Value| {
                wanted.is_empty() || statuses.contains(one["status"].as_str().unwrap())
            };
            rows.iter().filter(keep).cloned().collect()
        };
        assert_eq!(ada.all(&format!("{PATH}{query}"), 3).await, narrowed(&own), "{wanted}");
        assert_eq!(
            keeper.all(&format!("{ALL}{query}"), 3).await,
            narrowed(&everybodys),
            "{wanted}"
        );
        assert_eq!(keeper.get(&format!("{PATH}{query}")).await.ok(200)["items"], json!([]));
    }
    assert_eq!(ada.get(&format!("{PATH}?status=lost")).await.status, 400);
}

#[tokio::test]
async fn what_is_over_is_marked_expired_and_nothing_else() {
    let app = TestApp::new().await;
    let ada = practice(&app, "ada").await;
    let mut kept = Vec::new();
    for (status, days) in [("verified", 0), ("verified", 1), ("submitted", -1), ("rejected", -1)] {
        let place = given(&ada, status, days).await;
        kept.push((ada.get(&place).await.ok(200), place));
    }
    let for_ever = "visitnow.credentials (provider_id, type, document_url, status)";
    let id = inserted(
        &app,
        &format!("{for_ever} values ('{}', 'other', 'https://x', 'verified')", ada.id),
    )
    .await;
    kept.push((ada.get(&format!("{PATH}/{id}")).await.ok(200), format!("{PATH}/{id}")));
    let over = given(&ada, "verified", -1).await;
    app.execute(&format!(
        "insert into visitnow.credentials (provider_id, type, document_url, status, expires_on)
         select '{}', 'other', 'https://x.example', 'verified', '2020-01-01' from generate_series(1, 1500)",
        ada.id
    ))
    .await;
    let count = async || {
        let counts = run_once(&app.app).await;
        counts
            .iter()
            .filter(|(what, _)| *what == "credentials")
            .map(|(_, count)| count)
            .sum::<i64>()
    };
    assert_eq!((count().await, count().await), (1501, 0));
    assert_eq!(ada.get(&over).await.ok(200)["status"], "expired");
    for (row, place) in kept {
        assert_eq!(ada.get(&place).await.ok(200), row);
    }
    let told =
        "select count(*) from visitnow.notifications where template_key = 'credential.expired'";
    assert!(app.count(told).await > 0);
}
