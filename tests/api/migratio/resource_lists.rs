use serde_json::json;
use uuid::Uuid;

use super::{
    people::{country, program},
    resources::{PATH, given_resource, writer},
};
use crate::support::{Caller, TestApp, User};

async fn titles(user: &User<'_>, query: &str) -> Vec<String> {
    let rows = user.all(&format!("{PATH}?{query}"), 2).await;
    rows.iter().map(|row| row["title"].as_str().unwrap().to_owned()).collect()
}

/// Three resources, some of them about a country or a programme, which are told.
async fn given(app: &TestApp) -> (Uuid, Uuid) {
    let willa = writer(app).await;
    let canada = country(app, "Canada", "CA", ("CAD", 0.73)).await;
    let express = program(app, canada, "Express Entry", &json!([])).await;
    for fields in [
        json!({"title": "Points", "journeyStage": ["planning", "assessment"], "tags": ["Money", "visa"],
               "targetExpertiseLevel": "beginner", "relatedCountries": [canada]}),
        json!({"title": "Banks", "journeyStage": ["settlement"], "tags": ["money"], "language": "fr",
               "targetExpertiseLevel": "advanced", "relatedPrograms": [express]}),
        json!({"title": "Everything", "description": "About points, too.", "relatedCountries": [canada],
               "relatedPrograms": [express], "language": "FR"}),
    ] {
        given_resource(&willa, fields).await;
    }
    (canada, express)
}

#[tokio::test]
async fn lists_are_narrowed() {
    let app = TestApp::new().await;
    let ((canada, express), ann) = (given(&app).await, app.user("ann").await);
    let all = vec!["Everything", "Banks", "Points"];
    for (query, found) in [
        (String::new(), all.clone()),
        ("level=beginner".into(), vec!["Everything", "Points"]),
        ("level=any".into(), vec!["Everything"]),
        ("level=intermediate".into(), vec!["Everything"]),
        ("language=fr".into(), vec!["Everything", "Banks"]),
        ("level=advanced&language=fr".into(), vec!["Everything", "Banks"]),
        ("journeyStage=planning".into(), vec!["Points"]),
        ("journeyStage=general".into(), vec!["Everything"]),
        ("tag=MONEY".into(), vec!["Banks", "Points"]),
        ("tag=money&tag=visa".into(), vec!["Points"]),
        (format!("country={canada}"), vec!["Everything", "Points"]),
        (format!("program={express}"), vec!["Everything", "Banks"]),
        (format!("program={express}&country={canada}"), vec!["Everything"]),
        (format!("country={canada}&level=advanced"), vec!["Everything"]),
        (format!("country={}", Uuid::now_v7()), vec![]),
    ] {
        assert_eq!(titles(&ann, &query).await, found, "{query}");
    }
    for bad in [
        "journeyStage=x",
        "level=x",
        "country=CA",
        "q=%20",
        "tag=",
        "language=x",
        "q=%00",
        "nonsense=1",
    ] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn lists_are_searched_and_narrowed() {
    let app = TestApp::new().await;
    let ((_, express), ann) = (given(&app).await, app.user("ann").await);
    for (query, found) in [
        ("q=point".into(), vec!["Everything", "Points"]),
        ("q=point&tag=visa".into(), vec!["Points"]),
        (format!("q=point&program={express}"), vec!["Everything"]),
        ("q=point&journeyStage=assessment&level=beginner&language=en".into(), vec!["Points"]),
        ("q=money -visa".into(), vec!["Banks"]),
        ("q=nothing".into(), vec![]),
    ] {
        assert_eq!(titles(&ann, &query).await, found, "{query}");
    }
}
