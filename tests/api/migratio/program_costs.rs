//! What programmes cost in US dollars follows their costs, and what money is worth.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use super::{
    countries, people,
    people::manager,
    programs::{given, place},
};
use crate::support::{Caller, TestApp, User};

fn costs(parts: &[(f64, &str)]) -> Value {
    let parts: Vec<Value> = parts
        .iter()
        .map(|(amount, currency)| json!({"feeType": "x", "amount": amount, "currency": currency}))
        .collect();
    json!({"costs": parts})
}

async fn dollars(user: &User<'_>, place: &str) -> Value {
    user.get(place).await.ok(200)["estimatedCostUsd"].clone()
}

#[tokio::test]
async fn cost_is_the_sum_in_dollars_to_the_cent() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let country = people::country(&app, "Germany", "DE", ("EUR", 1.0837)).await;
    let place = place(&given(&manager, "Work", country, json!({})).await);
    for (parts, wanted) in [
        (costs(&[]), Value::Null),
        (costs(&[(0.0, "USD")]), json!(0.0)),
        (costs(&[(0.1, "USD"), (0.2, "USD")]), json!(0.3)),
        (costs(&[(75.0, "EUR"), (10.0, "USD")]), json!(91.28)),
        (costs(&[(75.0, "EUR"), (10.0, "XAU")]), Value::Null),
        (costs(&[(1e9, "EUR"); 50]), json!(54_185_000_000.0)),
    ] {
        let row = manager.patch(&place, &parts).await.ok(200);
        assert_eq!(row["estimatedCostUsd"], wanted, "{parts}");
    }
}

#[tokio::test]
async fn cost_follows_what_money_is_worth() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let germany = people::country(&app, "Germany", "DE", ("EUR", 1.25)).await;
    let place = place(&given(&manager, "Work", germany, costs(&[(100.0, "EUR")])).await);
    let untouched = given(&manager, "Study", germany, costs(&[(100.0, "USD")])).await;
    assert_eq!(dollars(&manager, &place).await, json!(125.0));
    let of = |alpha2: &str| format!("{}/{alpha2}", countries::PATH);
    let worth = |rate: Value| json!({"economicInfo": {"usdPerUnit": rate}});

    manager.patch(&of("DE"), &worth(json!(1.5))).await.ok(200);
    assert_eq!(dollars(&manager, &place).await, json!(150.0));
    manager.patch(&of("DE"), &worth(Value::Null)).await.ok(200);
    assert_eq!(dollars(&manager, &place).await, Value::Null, "nobody knows");
    // The first country by its code counts, from when it is there until it is gone.
    let euro = json!({"economicInfo": {"currency": "EUR", "usdPerUnit": 2.0}});
    countries::given_country(&manager, "Austria", "AT", euro).await;
    assert_eq!(dollars(&manager, &place).await, json!(200.0));
    manager.patch(&of("DE"), &worth(json!(1.0))).await.ok(200);
    assert_eq!(dollars(&manager, &place).await, json!(200.0));
    manager.patch(&of("AT"), &json!({"alpha2": "XT"})).await.ok(200);
    assert_eq!(dollars(&manager, &place).await, json!(100.0));
    manager.patch(&of("DE"), &json!({"economicInfo": {"currency": "DEM"}})).await.ok(200);
    assert_eq!(dollars(&manager, &place).await, json!(200.0));
    assert_eq!(manager.delete(&of("XT")).await.status, 204);
    assert_eq!(dollars(&manager, &place).await, Value::Null);
    let same = manager.get(&super::programs::place(&untouched)).await.ok(200);
    assert_eq!(same, untouched, "what is paid in dollars is not touched");
}

#[tokio::test]
async fn cost_misses_no_rate_that_changes_meanwhile() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let germany = people::country(&app, "Germany", "DE", ("EUR", 1.0)).await;
    let place = place(&given(&manager, "Work", germany, costs(&[(1.0, "EUR")])).await);
    let of = format!("{}/DE", countries::PATH);
    for round in 1..=5 {
        let rates = (1..=4).map(|rate| {
            let worth = json!({"economicInfo": {"usdPerUnit": f64::from(rate * round)}});
            let (manager, of) = (&manager, &of);
            async move { manager.patch(of, &worth).await.ok(200) }
        });
        let writes = (1..=4).map(|amount| {
            let (manager, place) = (&manager, &place);
            let parts = costs(&[(f64::from(amount), "EUR")]);
            async move { manager.patch(place, &parts).await.ok(200) }
        });
        let made = (1..=4).map(|number| {
            let name = format!("New {round} {number}");
            let manager = &manager;
            async move { given(manager, &name, germany, costs(&[(10.0, "EUR")])).await }
        });
        join(join_all(rates), join(join_all(writes), join_all(made))).await;
        let country = manager.get(&of).await.ok(200);
        let rate = country["economicInfo"]["usdPerUnit"].as_f64().unwrap();
        for row in manager.all(super::programs::PATH, 100).await {
            let amount = row["costs"][0]["amount"].as_f64().unwrap();
            assert_eq!(row["estimatedCostUsd"], json!(amount * rate), "{row}");
        }
    }
}
