use futures_util::future::join_all;
use serde_json::json;

use super::people::{self, manager};
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/migratio/document-types";

async fn codes(user: &User<'_>, query: &str, limit: usize) -> String {
    let rows = user.all(&format!("{PATH}?{query}"), limit).await;
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str().unwrap()).collect();
    codes.join(" ")
}

#[tokio::test]
async fn document_type_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let written = json!({
        "code": "passport", "name": "Reisepaß 🛂", "category": "identity",
        "acceptedFileTypes": ["application/pdf", "image/png"], "maxFileSizeBytes": 1_073_741_824, "expires": true,
        "validityMonths": 600,
        "guidance": {"description": "日本", "tips": ["Renew it"], "sampleUrl": "https://x.example/p",
            "issuingAuthority": "Police"},
    });
    let made = manager.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    assert_holds(&read, &written);
    let least = json!({"code": "p", "name": "Pass", "category": "identity"});
    let bare = manager.put(made.header("location"), &least).await.ok(200);
    let guidance =
        json!({"description": null, "tips": [], "sampleUrl": null, "issuingAuthority": null});
    assert_holds(
        &bare,
        &json!({
            "acceptedFileTypes": [], "maxFileSizeBytes": null, "expires": false, "validityMonths": null,
            "guidance": guidance,
        }),
    );
}

#[tokio::test]
async fn document_types_are_listed_newest_first_all_or_of_a_category() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    for (code, category) in [("a", "one"), ("b", "two"), ("c", "one"), ("d", "On"), ("e", "one")] {
        manager.post(PATH, &json!({"code": code, "name": "x", "category": category})).await.ok(201);
    }
    for (query, wanted) in
        [("", "e d c b a"), ("category=one", "e c a"), ("category=On", "d"), ("category=o", "")]
    {
        for limit in [1, 2, 100] {
            assert_eq!(codes(&ann, query, limit).await, wanted, "{query} by {limit}");
        }
    }
}

#[tokio::test]
async fn document_type_has_its_code_alone() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let body = json!({"code": "visa", "name": "Visa", "category": "identity"});
    let answers = join_all((0..6).map(|_| manager.post(PATH, &body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.brief(), r#"409 taken ["/code taken"]"#);
    }
}

#[tokio::test]
async fn document_type_that_is_asked_for_stays() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Chile", "CL", ("CLP", 0.001)).await;
    let program = people::program(&app, country, "Work", &json!([])).await;
    let kind = people::document_type(&app, "passport").await;
    let requirement = people::requirement(&app, program, kind, 0).await;
    assert_eq!(manager.delete(&format!("{PATH}/{kind}")).await.brief(), "409 conflict");
    let place = format!("/v1/migratio/programs/{program}/document-requirements/{requirement}");
    assert_eq!(manager.delete(&place).await.status, 204);
    assert_eq!(manager.delete(&format!("{PATH}/{kind}")).await.status, 204);
}

#[tokio::test]
async fn document_type_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    for (field, value, fault) in [
        ("code", json!("1st"), "/code code"),
        ("code", json!("a b"), "/code code"),
        ("name", json!(""), "/name length"),
        ("category", json!("x".repeat(201)), "/category length"),
        ("acceptedFileTypes", json!(["pdf"]), "/acceptedFileTypes media_type"),
        ("acceptedFileTypes", json!(vec!["a/b"; 21]), "/acceptedFileTypes media_types"),
        ("acceptedFileTypes", json!([null]), "/acceptedFileTypes/0 type"),
        ("maxFileSizeBytes", json!(0), "/maxFileSizeBytes range"),
        ("maxFileSizeBytes", json!(1_073_741_825), "/maxFileSizeBytes range"),
        ("validityMonths", json!(0), "/validityMonths range"),
        ("validityMonths", json!(601), "/validityMonths range"),
        ("guidance", json!({"sampleUrl": "x"}), "/guidance/sampleUrl url"),
        ("guidance", json!({"tips": ["x".repeat(1001)]}), "/guidance/tips lines"),
        ("guidance", json!({"trick": "x"}), "/guidance/trick unknown_field"),
        ("guidance", json!(null), "/guidance type"),
    ] {
        let mut body = json!({"code": "passport", "name": "Passport", "category": "identity"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), wanted, "{field}");
    }
}
