use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::PATH;
use crate::{
    migratio::people::country,
    support::{Caller, TestApp},
};

fn ranked(countries: &[(Uuid, i32)]) -> Value {
    countries
        .iter()
        .map(|(country, rank)| json!({"countryId": country, "preferenceRank": rank}))
        .collect()
}

fn wish(countries: &[(Uuid, i32)]) -> Value {
    json!({"preferences": {"destinationCountries": ranked(countries)}})
}

#[tokio::test]
async fn destinations_come_go_and_change_places() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let ca = country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    let pt = country(&app, "Portugal", "PT", ("EUR", 1.1)).await;
    let nz = country(&app, "New Zealand", "NZ", ("NZD", 0.6)).await;
    bob.put(PATH, &wish(&[(pt, 1)])).await.ok(201);
    ann.put(PATH, &wish(&[(pt, 2), (ca, 1)])).await.ok(201);
    for (sent, read) in [
        (vec![(pt, 1), (ca, 2)], vec![(pt, 1), (ca, 2)]),
        (vec![(ca, 3), (nz, 1), (pt, 2)], vec![(nz, 1), (pt, 2), (ca, 3)]),
        (vec![(nz, 2), (ca, 1)], vec![(ca, 1), (nz, 2)]),
        (vec![(pt, 250)], vec![(pt, 250)]),
        (vec![], vec![]),
    ] {
        let patched = ann.patch(PATH, &wish(&sent)).await.ok(200);
        assert_eq!(patched["preferences"]["destinationCountries"], ranked(&read));
        assert_eq!(ann.get(PATH).await.ok(200), patched);
    }
    assert_eq!(
        bob.get(PATH).await.ok(200)["preferences"]["destinationCountries"],
        ranked(&[(pt, 1)])
    );
    let cleared = bob.patch(PATH, &json!({"preferences": null})).await.ok(200);
    assert_eq!(cleared["preferences"], json!(null));
    assert_eq!(app.count("select count(*) from migratio.profile_destinations").await, 0);
}

#[tokio::test]
async fn a_wish_that_cannot_be_leaves_the_profile_as_it_was() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let ca = country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    let unknown = [(ca, 1), (Uuid::now_v7(), 2)];
    let refused = r#"422 validation ["/preferences/destinationCountries reference"]"#;
    assert_eq!(ann.put(PATH, &wish(&unknown)).await.brief(), refused);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found", "half of it was written");
    let made = ann.put(PATH, &wish(&[(ca, 1)])).await.ok(201);
    let mut body = wish(&unknown);
    body["education"] = json!([]);
    assert_eq!(ann.patch(PATH, &body).await.brief(), refused);
    assert_eq!(ann.get(PATH).await.ok(200), made, "half of it was written");
    for twice in [[(ca, 1), (ca, 2)], [(ca, 1), (Uuid::now_v7(), 1)]] {
        let refused = ann.patch(PATH, &wish(&twice)).await;
        let expected = r#"422 validation ["/preferences/destinationCountries distinct"]"#;
        assert_eq!(refused.brief(), expected);
    }
    for rank in [0, 251, -1] {
        let refused = ann.patch(PATH, &wish(&[(ca, rank)])).await;
        let expected =
            r#"422 validation ["/preferences/destinationCountries/0/preferenceRank range"]"#;
        assert_eq!(refused.brief(), expected);
    }
}

#[tokio::test]
async fn wishes_at_once_leave_one_of_them_whole() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let ca = country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    let pt = country(&app, "Portugal", "PT", ("EUR", 1.1)).await;
    let wishes = [vec![(ca, 1), (pt, 2)], vec![(pt, 1), (ca, 2)], vec![(ca, 2)], vec![(pt, 1)]];
    let bodies: Vec<Value> = wishes.iter().cycle().take(8).map(|one| wish(one)).collect();
    for answer in join_all(bodies.iter().map(|body| ann.put(PATH, body))).await {
        assert!([200, 201].contains(&answer.status), "{answer:?}");
    }
    let left = ann.get(PATH).await.ok(200)["preferences"]["destinationCountries"].clone();
    assert!(wishes.iter().any(|wish| ranked(wish) == left), "{left}");
}

#[tokio::test]
async fn a_country_that_goes_is_no_destination_any_more() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let ca = country(&app, "Canada", "CA", ("CAD", 0.7)).await;
    let before = ann.put(PATH, &wish(&[(ca, 1)])).await;
    assert_eq!(before.ok(201)["completionPercentage"], 3);
    app.execute("delete from migratio.countries").await;
    let after = ann.get(PATH).await;
    assert_eq!(after.ok(200)["completionPercentage"], 0);
    assert_eq!(after.json()["preferences"]["destinationCountries"], json!([]));
    assert_ne!(after.etag(), before.etag(), "it is another version");
}
