//! Programmes that ask for what others define.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{self, manager},
    programs::PATH,
};
use crate::support::{Caller, TestApp};

struct Given {
    /// The programme that defines it.
    owner: String,
    /// Another programme.
    other: String,
    requirement: Uuid,
}

impl Given {
    async fn new(app: &TestApp) -> Self {
        let country = people::country(app, "Canada", "CA", ("CAD", 0.75)).await;
        let owner = people::program(app, country, "Express Entry", &json!([])).await;
        let other = people::program(app, country, "Study permit", &json!([])).await;
        let kind = people::document_type(app, "passport").await;
        let requirement = people::requirement(app, owner, kind, 3).await;
        people::requirement(app, other, kind, 5).await;
        let [owner, other] = [owner, other].map(|id| format!("{PATH}/{id}"));
        Self { owner, other, requirement }
    }

    fn link(&self, program: &str) -> String {
        format!("{program}/required-documents/{}", self.requirement)
    }

    fn below(&self, program: &str) -> String {
        format!("{program}/document-requirements/{}", self.requirement)
    }
}

fn required(program: &Value) -> usize {
    program["requiredDocuments"].as_array().unwrap().len()
}

#[tokio::test]
async fn program_asks_for_what_another_defines_and_drops_it() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let given = Given::new(&app).await;
    let (owner, other) = (given.owner.as_str(), given.other.as_str());
    assert_eq!(ann.get(&given.below(other)).await.brief(), "404 not-found");
    for _ in 0..2 {
        let asked = manager.put(&given.link(other), &Value::Null).await;
        assert_eq!((asked.status, asked.text.as_str()), (204, ""));
    }
    let row = ann.get(other).await.ok(200);
    assert_eq!(required(&row), 2);
    assert_eq!(row["requiredDocuments"][0], json!(given.requirement), "it keeps its place");
    let shared = ann.get(&given.below(other)).await.ok(200);
    assert_eq!(shared, ann.get(&given.below(owner)).await.ok(200));
    let list = ann.all(&format!("{other}/document-requirements"), 1).await;
    assert_eq!((list.len(), &list[0]), (2, &shared));

    for _ in 0..2 {
        assert_eq!(manager.delete(&given.link(other)).await.status, 204);
    }
    assert_eq!(required(&ann.get(other).await.ok(200)), 1);
    assert_eq!(required(&ann.get(owner).await.ok(200)), 1);
    ann.get(&given.below(owner)).await.ok(200);
}

#[tokio::test]
async fn what_another_defines_is_not_changed_below_who_shares_it() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let given = Given::new(&app).await;
    manager.put(&given.link(&given.other), &Value::Null).await;
    let (own, shared) = (given.below(&given.owner), given.below(&given.other));
    let row = manager.get(&own).await.ok(200);
    let body = json!({"name": "x", "documentTypeId": row["documentTypeId"]});
    assert_eq!(manager.put(&shared, &body).await.brief(), "403 forbidden");
    assert_eq!(manager.patch(&shared, &json!({"name": "x"})).await.brief(), "403 forbidden");
    assert_eq!(manager.delete(&shared).await.brief(), "403 forbidden");
    assert_eq!(manager.get(&own).await.ok(200), row);
    assert_eq!(manager.patch(&own, &json!({"name": "x"})).await.ok(200)["name"], "x");
    assert_eq!(manager.get(&shared).await.ok(200)["name"], "x");
    assert_eq!(manager.delete(&own).await.status, 204);
    assert_eq!(manager.get(&shared).await.brief(), "404 not-found");
    assert_eq!(required(&manager.get(&given.other).await.ok(200)), 1);
}

#[tokio::test]
async fn program_cannot_but_ask_for_what_it_defines() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let given = Given::new(&app).await;
    let link = given.link(&given.owner);
    assert_eq!(manager.put(&link, &Value::Null).await.status, 204);
    assert_eq!(manager.delete(&link).await.brief(), "409 conflict");
    assert_eq!(required(&manager.get(&given.owner).await.ok(200)), 1);
    // With the programme goes what it defines, whoever shares it.
    manager.put(&given.link(&given.other), &Value::Null).await;
    assert_eq!(manager.delete(&given.owner).await.status, 204);
    assert_eq!(required(&manager.get(&given.other).await.ok(200)), 1);
    assert_eq!(manager.put(&given.link(&given.other), &Value::Null).await.brief(), "404 not-found");
}

#[tokio::test]
async fn required_documents_are_written_by_content_managers() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let given = Given::new(&app).await;
    let nowhere = format!("{PATH}/{}", Uuid::now_v7());
    let nothing = format!("{}/required-documents/{}", given.other, Uuid::now_v7());
    for method in [Method::PUT, Method::DELETE] {
        for path in [given.link(&given.other), given.link(&nowhere), nothing.clone()] {
            let refused = ann.send(method.clone(), &path, ("if-match", "\"x\""), None).await;
            assert_eq!(refused.brief(), "403 forbidden", "{method} {path}");
        }
        for path in
            [given.link(&nowhere), nothing.clone(), format!("{}/required-documents/1", given.other)]
        {
            let refused = manager.send(method.clone(), &path, ("accept", "*/*"), None).await;
            assert_eq!(refused.brief(), "404 not-found", "{method} {path}");
        }
    }
    assert_eq!(required(&ann.get(&given.other).await.ok(200)), 1);
}

#[tokio::test]
async fn parallel_changes_of_what_is_asked_for_all_succeed() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let given = Given::new(&app).await;
    let (link, own) = (given.link(&given.other), given.below(&given.owner));
    for _ in 0..3 {
        let changes = (0..24).map(|number| {
            let (manager, link, own) = (&manager, &link, &own);
            async move {
                match number % 3 {
                    0 => manager.put(link, &Value::Null).await.status,
                    1 => manager.delete(link).await.status,
                    _ => manager.patch(own, &json!({"position": number})).await.status,
                }
            }
        });
        let statuses = join_all(changes).await;
        assert!(statuses.iter().all(|status| [200, 204].contains(status)), "{statuses:?}");
    }
    assert_eq!(manager.put(&link, &Value::Null).await.status, 204);
    assert_eq!(required(&manager.get(&given.other).await.ok(200)), 2);
}
