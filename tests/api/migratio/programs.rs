use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{self, manager};
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/migratio/programs";

/// What must be said of a programme.
pub fn named(name: &str, country: Uuid) -> Value {
    json!({"name": name, "countryId": country, "category": "skilled-worker"})
}

/// A new programme with these fields besides.
pub async fn given(manager: &User<'_>, name: &str, country: Uuid, fields: Value) -> Value {
    let mut body = named(name, country);
    body.as_object_mut().unwrap().extend(fields.as_object().unwrap().clone());
    manager.post(PATH, &body).await.ok(201)
}

/// Its place.
pub fn place(program: &Value) -> String {
    format!("{PATH}/{}", program["id"].as_str().unwrap())
}

fn whole(country: Uuid) -> Value {
    json!({
        "name": "Fachkräfte ✈ 日本", "countryId": country, "category": "skilled-worker", "subcategory": "IT",
        "description": "d\n".repeat(16_000),
        "eligibilityCriteria": [{"criterionType": "language", "criterionName": "Deutsch", "subject": "de",
            "minValue": 3.0, "maxValue": null, "unit": "CEFR", "weight": 12.5, "isRequired": false}],
        "processingTime": {"minMonths": 1.5, "maxMonths": 6.0, "averageMonths": 3.0, "source": "BAMF",
            "lastVerified": "2026-01-31"},
        "predictedProcessingTime": {"estimateMonths": 2.75, "confidence": 0.5, "lastCalculated": "2026-02-01",
            "modelUsed": "gbt-1"},
        "costs": [{"feeType": "visa", "amount": 75.0, "currency": "USD", "isRefundable": true}],
        "applicationSteps": [{"title": "Apply", "description": "Soon", "phase": "SubmissionWaiting",
            "estimatedDays": 1.0, "url": "https://x.example"}],
        "benefits": ["Family"], "limitations": ["Ties to one employer"], "pathwayToResidency": true,
        "pathwayToCitizenship": true, "officialWebsite": "https://make-it.example", "lastUpdated": "2026-03-01",
        "dataSource": "BAMF", "successRate": {"rate": 0.7, "source": "BAMF", "year": 2025, "notes": "x"},
        "predictedSuccessRate": {"baseRate": 0.65, "confidence": 0.9, "lastCalculated": "2026-02-01",
            "modelUsed": "gbt-1"},
        "postArrivalSupportLevel": 3, "tags": ["Blue card", "größer"], "isActive": false,
    })
}

#[tokio::test]
async fn program_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let written = whole(country);
    let made = manager.post(PATH, &written).await;
    let read = ann.get(made.header("location")).await.ok(200);
    assert_eq!(read, made.ok(201));
    assert_holds(&read, &written);
    assert_holds(
        &read,
        &json!({
            "countryName": "Germany", "countryAlpha2": "DE", "requiredDocuments": [], "popularity": 0,
            "estimatedMonths": 2.75, "estimatedCostUsd": 75.0,
        }),
    );
}

#[tokio::test]
async fn program_forgets_what_is_left_out() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let made = manager.post(PATH, &whole(country)).await;
    let bare = manager.put(made.header("location"), &named("Work", country)).await.ok(200);
    for cleared in [
        "subcategory",
        "description",
        "processingTime",
        "predictedProcessingTime",
        "officialWebsite",
        "lastUpdated",
        "dataSource",
        "successRate",
        "predictedSuccessRate",
        "postArrivalSupportLevel",
        "estimatedMonths",
        "estimatedCostUsd",
    ] {
        assert_eq!(bare[cleared], Value::Null, "{cleared}");
    }
    for emptied in
        ["eligibilityCriteria", "costs", "applicationSteps", "benefits", "limitations", "tags"]
    {
        assert_eq!(bare[emptied], json!([]), "{emptied}");
    }
    let usual =
        json!({"pathwayToResidency": false, "pathwayToCitizenship": false, "isActive": true});
    assert_holds(&bare, &usual);
}

#[tokio::test]
async fn months_are_those_predicted_or_else_told() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let place = place(&given(&manager, "Work", country, json!({})).await);
    for (fields, months) in [
        (json!({"processingTime": {"minMonths": 1}}), json!(1.0)),
        (json!({"processingTime": {"maxMonths": 9}}), json!(9.0)),
        (json!({"processingTime": {"averageMonths": 4.5}}), json!(4.5)),
        (json!({"predictedProcessingTime": {"estimateMonths": 0}}), json!(0.0)),
        (json!({"predictedProcessingTime": null}), json!(4.5)),
        (json!({"processingTime": null}), json!(null)),
    ] {
        let row = manager.patch(&place, &fields).await.ok(200);
        assert_eq!(row["estimatedMonths"], months, "{fields}");
    }
}

#[tokio::test]
async fn program_has_its_name_alone_in_its_country() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let other = people::country(&app, "France", "FR", ("EUR", 1.25)).await;
    let body = named("ÜBERFAHRT", country);
    let answers = join_all((0..6).map(|_| manager.post(PATH, &body))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 201).count(), 1);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.brief(), r#"409 taken ["/name taken"]"#);
    }
    let same = manager.post(PATH, &named("überfahrt", country)).await;
    assert_eq!(same.brief(), r#"409 taken ["/name taken"]"#);
    let there = given(&manager, "überfahrt", other, json!({})).await;
    let moved = manager.patch(&place(&there), &json!({"countryId": country})).await;
    assert_eq!(moved.brief(), r#"409 taken ["/name taken"]"#);
    let nowhere = manager.post(PATH, &named("x", Uuid::now_v7())).await;
    assert_eq!(nowhere.brief(), r#"422 validation ["/countryId reference"]"#);
}

/// Sends a programme with each of these values, and expects the fault.
async fn refuses(cases: &[(&str, Value, &str)]) {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    for (field, value, fault) in cases {
        let mut body = named("Bound", country);
        body[*field] = value.clone();
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), wanted, "{field}");
    }
}

#[tokio::test]
async fn program_refuses_values_out_of_bounds() {
    refuses(&[
        ("name", json!("é".repeat(201)), "/name length"),
        ("category", json!(""), "/category length"),
        ("description", json!("x".repeat(32_001)), "/description length"),
        ("postArrivalSupportLevel", json!(4), "/postArrivalSupportLevel range"),
        ("officialWebsite", json!("javascript:x"), "/officialWebsite url"),
        ("lastUpdated", json!("1899-12-31"), "/lastUpdated date"),
        ("tags", json!([""]), "/tags lines"),
        ("benefits", json!(vec!["x"; 101]), "/benefits lines"),
        ("popularity", json!(9), "/popularity unknown_field"),
        ("estimatedCostUsd", json!(0), "/estimatedCostUsd unknown_field"),
        ("requiredDocuments", json!([]), "/requiredDocuments unknown_field"),
    ])
    .await;
}

#[tokio::test]
async fn program_refuses_parts_out_of_bounds() {
    let usual =
        json!({"criterionType": "age", "criterionName": "x", "weight": 1, "isRequired": true});
    let criterion = |field: &str, value: Value| {
        let mut criterion = usual.clone();
        criterion[field] = value;
        json!([criterion])
    };
    let cost = |amount: f64, currency: &str| json!([{"feeType": "x", "amount": amount, "currency": currency}]);
    refuses(&[
        ("eligibilityCriteria", json!(vec![usual.clone(); 51]), "/eligibilityCriteria length"),
        (
            "eligibilityCriteria",
            criterion("weight", json!(101)),
            "/eligibilityCriteria/0/weight range",
        ),
        (
            "eligibilityCriteria",
            criterion("criterionType", json!("luck")),
            "/eligibilityCriteria/0/criterionType type",
        ),
        ("costs", cost(-0.01, "EUR"), "/costs/0/amount range"),
        ("costs", cost(1.0, "€"), "/costs/0/currency currency"),
        ("costs", json!([null]), "/costs/0 type"),
        (
            "applicationSteps",
            json!([{"title": "x", "phase": "planning"}]),
            "/applicationSteps/0/phase type",
        ),
        (
            "processingTime",
            json!({"minMonths": 2, "maxMonths": 1}),
            "/processingTime/maxMonths order",
        ),
        ("successRate", json!({"rate": 1.01}), "/successRate/rate range"),
        ("predictedSuccessRate", json!({}), "/predictedSuccessRate/baseRate required"),
    ])
    .await;
}

#[tokio::test]
async fn program_with_roadmaps_or_recommendations_stays() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let mut programs = Vec::new();
    for name in ["Planned", "Recommended"] {
        programs.push(people::program(&app, country, name, &json!([])).await);
    }
    app.execute(&format!(
        "insert into migratio.roadmaps (user_id, program_id, title) values ('{0}', '{1}', 'x'), ('{0}', '{1}', 'y');
         with made as (
           insert into migratio.recommendations (user_id, profile_snapshot) values ('{0}', '{{}}') returning id)
         insert into migratio.recommendation_items (user_id, recommendation_id, program_id, rank, match_score,
           success_probability, preference_score, overall_score, explanation, gap_analysis)
         select '{0}', id, '{2}', 1, 1, 1, 1, 1, '{{}}', '{{}}' from made",
        ann.id, programs[0], programs[1]
    ))
    .await;
    for program in &programs {
        let place = format!("{PATH}/{program}");
        assert_eq!(manager.delete(&place).await.brief(), "409 conflict");
        manager.get(&place).await.ok(200);
    }
    let planned = format!("{PATH}/{}", programs[0]);
    assert_eq!(manager.get(&planned).await.ok(200)["popularity"], 2);
    app.execute("delete from migratio.roadmaps").await;
    assert_eq!(manager.get(&planned).await.ok(200)["popularity"], 0);
    assert_eq!(manager.delete(&planned).await.status, 204);
}

#[tokio::test]
async fn entity_tag_of_a_program_follows_all_that_it_shows() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let program = people::program(&app, country, "Work", &json!([])).await;
    let other = people::program(&app, country, "Study", &json!([])).await;
    let kind = people::document_type(&app, "passport").await;
    let place = format!("{PATH}/{program}");
    let requirement = people::requirement(&app, other, kind, 2).await;
    let below = format!("{PATH}/{other}/document-requirements/{requirement}");
    let country = format!("/v1/migratio/countries/{country}");
    let shared = format!("{place}/required-documents/{requirement}");
    let costs = json!({"costs": [{"feeType": "x", "amount": 8, "currency": "EUR"}]});
    manager.patch(&place, &costs).await.ok(200);
    for (method, path, body) in [
        (Method::PUT, &shared, None),
        (Method::PATCH, &below, Some(json!({"position": 5}))),
        (Method::DELETE, &below, None),
        (Method::PATCH, &country, Some(json!({"name": "Deutschland"}))),
        (Method::PATCH, &country, Some(json!({"economicInfo": {"usdPerUnit": 2.0}}))),
    ] {
        let old = manager.get(&place).await;
        let done = manager.send(method.clone(), path, ("accept", "*/*"), body.as_ref()).await;
        assert!(done.status < 300, "{done:?}");
        let asked = manager.send(Method::GET, &place, ("if-none-match", old.etag()), None).await;
        assert_ne!(asked.ok(200)["updatedAt"], old.json()["updatedAt"], "{method} {path}");
    }
    let shown =
        json!({"countryName": "Deutschland", "estimatedCostUsd": 16.0, "requiredDocuments": []});
    assert_holds(&manager.get(&place).await.ok(200), &shown);
}
