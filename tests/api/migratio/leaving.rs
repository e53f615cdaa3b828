//! Who goes, and what they take along.

use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;

use super::{
    people::{country, program},
    recommendations,
};
use crate::{
    identity::people::{PASSWORD, with_password},
    support::{Caller, TestApp},
};

const PROFILE: &str = "/v1/migratio/profile";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_is_erased_whatever_is_computed_and_written_for_it_meanwhile() {
    let app = TestApp::new().await;
    let countries = [
        country(&app, "A", "AA", ("CAD", 0.75)).await,
        country(&app, "B", "BB", ("EUR", 1.1)).await,
    ];
    for name in 0..20 {
        program(&app, countries[0], &name.to_string(), &json!([])).await;
    }
    for round in 0..6 {
        let (ann, _) = with_password(&app, &format!("ann{round}")).await;
        ann.put(PROFILE, &json!({})).await.ok(201);
        let asked = (0..6).map(async |_| ann.post(recommendations::PATH, &json!({})).await);
        let wished = (0..6).map(async |turn: usize| {
            let wish = json!({"countryId": countries[turn % 2], "preferenceRank": 1});
            ann.patch(PROFILE, &json!({"preferences": {"destinationCountries": [wish]}})).await
        });
        let password = json!({"password": PASSWORD});
        let erased = ann.send(Method::DELETE, "/v1/me", ("accept", "*/*"), Some(&password));
        let (asked, wished, erased) = tokio::join!(join_all(asked), join_all(wished), erased);
        assert_eq!(erased.status, 204, "{erased:?}");
        for answer in asked.iter().chain(&wished) {
            assert!([200, 201, 401, 404, 409].contains(&answer.status), "{answer:?}");
        }
    }
    assert_eq!(app.count("select count(*) from migratio.profiles").await, 0);
    assert_eq!(app.count("select count(*) from migratio.recommendations").await, 0);
}

#[tokio::test]
async fn an_export_has_what_is_encrypted_readable_and_nobody_elses() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let secret = json!({"criminalRecord": {"hasRecord": true, "details": "opaque"}});
    ann.put(PROFILE, &json!({"additionalAttributes": secret})).await.ok(201);
    bob.put(PROFILE, &json!({})).await.ok(201);
    let export = ann.get("/v1/me/export").await.ok(200);
    let told = &export["migratio.profiles"][0]["additional_attributes"]["criminalRecord"];
    assert_eq!(told, &secret["criminalRecord"]);
    let other = bob.get("/v1/me/export").await;
    assert!(other.ok(200)["migratio.profiles"][0]["additional_attributes"].is_null());
    assert!(!other.text.contains("opaque"));
}
