use serde_json::json;

use crate::support::{Caller, TestApp};

const PATH: &str = "/v1/coach/profile/certifications";

#[tokio::test]
async fn certification_of_another_user_is_not_found() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let mine = json!({"name": "CKA", "issuingOrganization": "CNCF", "issueDate": "2025-03-01"});
    let made = ann.post(PATH, &mine).await;
    made.ok(201);
    let place = made.header("location");
    assert_eq!(bob.get(place).await.brief(), "404 not-found");
    assert_eq!(bob.put(place, &mine).await.brief(), "404 not-found");
    assert_eq!(bob.patch(place, &json!({"name": "x"})).await.brief(), "404 not-found");
    assert_eq!(bob.delete(place).await.brief(), "404 not-found");
    assert_eq!(ann.get(place).await.ok(200)["name"], "CKA");
}

#[tokio::test]
async fn certification_expires_or_does_not() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let mut wrong = json!({
        "name": "CKA", "issuingOrganization": "CNCF", "issueDate": "2025-03-01", "expiryDate": "2025-02-28",
    });
    assert_eq!(ann.post(PATH, &wrong).await.brief(), r#"422 validation ["/expiryDate order"]"#);
    wrong["expiryDate"] = json!("2026-02-28");
    wrong["doesNotExpire"] = json!(true);
    assert_eq!(ann.post(PATH, &wrong).await.brief(), r#"422 validation ["/expiryDate order"]"#);
}
