//! What is asked and said about documents.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use uuid::Uuid;

use super::{
    documents::{PATH, given_document},
    people::document_type,
};
use crate::support::{Caller, TestApp, User, assert_holds};

const STATUSES: [&str; 4] = ["unverified", "pending", "verified", "rejected"];

/// Somebody who looks at the documents of others.
pub async fn consultant(app: &TestApp) -> User<'_> {
    app.user_with_roles("cleo", &["migratio:user", "migratio:consultant"]).await
}

/// A document in any status; where it is found.
async fn given(user: &User<'_>, kind: Uuid, status: &str) -> String {
    let place = given_document(user, kind, json!({})).await;
    let id = place.rsplit('/').next().unwrap();
    let set = |status| {
        format!("update migratio.documents set verification_status = '{status}' where id = '{id}'")
    };
    if status != "unverified" {
        user.app.execute(&set("pending")).await;
    }
    if ["verified", "rejected"].contains(&status) {
        user.app.execute(&set(status)).await;
    }
    place
}

#[tokio::test]
async fn a_document_is_verified_by_somebody_else() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let place = given_document(&ann, kind, json!({"notes": "private", "title": "Pass"})).await;
    let asked = ann.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    assert_eq!(asked["verificationStatus"], "pending");
    let waiting = cleo.get(&format!("{PATH}/pending")).await;
    let seen = waiting.ok(200)["items"][0].clone();
    assert_holds(
        &seen,
        &json!({"title": "Pass", "userId": ann.id, "documentTypeName": "passport"}),
    );
    assert!(seen.get("documentNumber").is_none() && seen.get("notes").is_none(), "{seen}");
    let said = json!({"notes": "The second page is missing."});
    cleo.post(&format!("{place}/reject"), &said).await.ok(200);
    let rejected = json!({
        "verificationStatus": "rejected", "verifiedById": cleo.id, "verificationNotes": said["notes"],
    });
    assert_holds(&ann.get(&place).await.ok(200), &rejected);
    let again = ann.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    assert_holds(&again, &json!({"verifiedById": null, "verificationNotes": null}));
    let verified = cleo.post(&format!("{place}/verify"), &json!({})).await.ok(200);
    let fields = json!({"verificationStatus": "verified", "verifiedById": cleo.id});
    assert_holds(&verified, &fields);
    assert_holds(&ann.get(&place).await.ok(200), &fields);
    assert_eq!(cleo.get(&format!("{PATH}/pending")).await.ok(200)["items"], json!([]));
}

#[tokio::test]
async fn every_status_knows_its_moves() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let stranger = app.user("eve").await;
    let kind = document_type(&app, "passport").await;
    let notes = json!({"notes": "x"});
    for status in STATUSES {
        for (verb, by, body, to) in [
            ("request-verification", &ann, json!({}), "pending"),
            ("withdraw", &ann, json!({}), "unverified"),
            ("verify", &cleo, notes.clone(), "verified"),
            ("reject", &cleo, notes.clone(), "rejected"),
        ] {
            let place = given(&ann, kind, status).await;
            let path = format!("{place}/{verb}");
            let others = if by.id == ann.id { "404 not-found" } else { "403 forbidden" };
            assert_eq!(stranger.post(&path, &body).await.brief(), others, "{verb}");
            let answer = by.post(&path, &body).await;
            let allowed = match status {
                "unverified" | "rejected" => to == "pending",
                "pending" => to != "pending",
                _ => false,
            };
            if allowed {
                assert_eq!(answer.ok(200)["verificationStatus"], to, "{status} {verb}");
                continue;
            }
            // Consultants know nothing of what nobody was asked about.
            let unknown = status == "unverified" && by.id == cleo.id;
            let refused = if unknown { "404 not-found" } else { "409 conflict" };
            assert_eq!(answer.brief(), refused, "{status} {verb}");
            assert_eq!(ann.get(&place).await.ok(200)["verificationStatus"], status);
        }
    }
}

#[tokio::test]
async fn nobody_decides_on_their_own() {
    let app = TestApp::new().await;
    let cleo = consultant(&app).await;
    let admin = app.user_with_roles("boss", &["migratio:admin"]).await;
    let kind = document_type(&app, "passport").await;
    for person in [&cleo, &admin] {
        for verb in ["verify", "reject"] {
            let place = given(person, kind, "pending").await;
            let refused = person.post(&format!("{place}/{verb}"), &json!({"notes": "x"})).await;
            assert_eq!(refused.brief(), "409 conflict");
            let detail = refused.json()["detail"].as_str().unwrap().to_owned();
            assert!(detail.ends_with("allowed: unverified"), "{detail}");
            person.post(&format!("{place}/withdraw"), &json!({})).await.ok(200);
            let refused = person.post(&format!("{place}/{verb}"), &json!({"notes": "x"})).await;
            assert_eq!(refused.brief(), "409 conflict");
        }
    }
    let place = given(&cleo, kind, "pending").await;
    admin.post(&format!("{place}/verify"), &json!({})).await.ok(200);
}

#[tokio::test]
async fn those_who_wait_are_listed_oldest_first_for_consultants_alone() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let cleo = consultant(&app).await;
    let boss = app.user_with_roles("boss", &["migratio:admin"]).await;
    let kind = document_type(&app, "passport").await;
    let mut waiting = Vec::new();
    for (number, person) in [&ann, &bob, &ann, &bob].into_iter().enumerate() {
        for status in STATUSES {
            let place = given(person, kind, status).await;
            if status == "pending" {
                waiting.push(place.rsplit('/').next().unwrap().to_owned());
            }
        }
        assert_eq!(waiting.len(), number + 1);
    }
    for reader in [&cleo, &boss] {
        for limit in [1, 3, 100] {
            let rows = reader.all(&format!("{PATH}/pending"), limit).await;
            let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
            assert_eq!(ids, waiting);
        }
        let one = reader.get(&format!("{PATH}/pending/{}", waiting[0])).await;
        assert_eq!(one.id(), waiting[0]);
        let known = ("if-none-match", one.etag());
        let path = format!("{PATH}/pending/{}", waiting[0]);
        assert_eq!(reader.send(Method::GET, &path, known, None).await.status, 304);
        assert_eq!(reader.get(&format!("{PATH}/{}", waiting[0])).await.brief(), "404 not-found");
    }
    let decided = ann.all(&format!("{PATH}?"), 100).await;
    for row in decided.iter().filter(|row| row["verificationStatus"] != "pending") {
        let path = format!("{PATH}/pending/{}", row["id"].as_str().unwrap());
        assert_eq!(cleo.get(&path).await.brief(), "404 not-found");
    }
}

#[tokio::test]
async fn nobody_without_the_role_looks_at_the_documents_of_others() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given(&ann, document_type(&app, "passport").await, "pending").await;
    let id = place.rsplit('/').next().unwrap();
    for role in
        ["migratio:contentManager", "migratio:supportAgent", "mentorship:admin", "platform:admin"]
    {
        let other = app.user_with_roles(&role.replace(':', "."), &[role]).await;
        for path in [format!("{PATH}/pending"), format!("{PATH}/pending/{id}")] {
            assert_eq!(other.get(&path).await.brief(), "403 forbidden", "{role}");
        }
        let verify = format!("{PATH}/{id}/verify");
        assert_eq!(other.post(&verify, &json!({"notes": 1})).await.brief(), "403 forbidden");
    }
}

#[tokio::test]
async fn who_was_a_consultant_decides_no_longer() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let place = given(&ann, kind, "pending").await;
    app.execute("delete from identity.role_grants where role_code = 'consultant'").await;
    assert_eq!(cleo.get(&format!("{PATH}/pending")).await.ok(200)["items"], json!([]));
    let refused = cleo.post(&format!("{place}/verify"), &json!({})).await;
    assert_eq!(refused.brief(), "404 not-found");
    assert_eq!(ann.get(&place).await.ok(200)["verificationStatus"], "pending");
}

#[tokio::test]
async fn of_decisions_at_the_same_time_one_holds() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let place = given(&ann, kind, "pending").await;
    let sent = (0..10).map(|number| {
        let (place, cleo) = (&place, &cleo);
        async move {
            let verb = if number % 2 == 0 { "verify" } else { "reject" };
            cleo.post(&format!("{place}/{verb}"), &json!({"notes": verb})).await
        }
    });
    let answers = join_all(sent).await;
    let (made, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|one| one.status == 200);
    assert_eq!((made.len(), refused.len()), (1, 9));
    assert!(refused.iter().all(|one| one.brief() == "409 conflict"));
    let row = ann.get(&place).await.ok(200);
    assert_eq!(row["verificationStatus"], made[0].json()["verificationStatus"]);
    assert_eq!(row["verificationNotes"], made[0].json()["verificationNotes"]);
}

#[tokio::test]
async fn a_rejection_says_why_and_stored_answers_keep_nobodys_words() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let kind = document_type(&app, "passport").await;
    let place = given(&ann, kind, "pending").await;
    let long = "x".repeat(10_001);
    for (verb, body, error) in [
        ("reject", json!({}), "/notes required"),
        ("reject", json!({"notes": ""}), "/notes length"),
        ("reject", json!({"notes": long}), "/notes length"),
        ("verify", json!({"notes": long}), "/notes length"),
        ("verify", json!({"verifiedById": ann.id}), "/verifiedById unknown_field"),
    ] {
        let refused = cleo.post(&format!("{place}/{verb}"), &body).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([error])));
    }
    let key = ("idempotency-key", "once");
    let path = format!("{place}/verify");
    let first = cleo.send(Method::POST, &path, key, Some(&json!({"notes": "wordy"}))).await;
    assert_holds(&first.ok(200), &json!({"title": "Any", "verificationNotes": "wordy"}));
    let again = cleo.send(Method::POST, &path, key, Some(&json!({"notes": "wordy"}))).await;
    assert_holds(
        &again.ok(200),
        &json!({"title": null, "fileName": null, "verificationNotes": null}),
    );
}

#[tokio::test]
async fn nobody_decides_on_a_version_that_they_have_not_looked_at() {
    let app = TestApp::new().await;
    let (ann, cleo) = (app.user("ann").await, consultant(&app).await);
    let place = given(&ann, document_type(&app, "passport").await, "pending").await;
    let looked = cleo.get(&place.replace("/documents/", "/documents/pending/")).await.ok(200);
    ann.patch(&place, &json!({"fileUrl": "https://files.example.com/other.pdf"})).await.ok(200);
    ann.post(&format!("{place}/request-verification"), &json!({})).await.ok(200);
    let said = json!({"notes": "x", "updatedAt": looked["updatedAt"]});
    for verb in ["verify", "reject"] {
        let refused = cleo.post(&format!("{place}/{verb}"), &said).await;
        assert_eq!(refused.status, 409, "{refused:?}");
    }
    assert_eq!(ann.get(&place).await.ok(200)["verificationStatus"], "pending");
    let looked = cleo.get(&place.replace("/documents/", "/documents/pending/")).await.ok(200);
    let said = json!({"updatedAt": looked["updatedAt"]});
    cleo.post(&format!("{place}/verify"), &said).await.ok(200);
    let resized = ann.patch(&place, &json!({"fileSizeBytes": 2})).await.ok(200);
    assert_eq!(resized["verificationStatus"], "unverified");
}
