use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{self, manager},
    programs::{PATH, given},
};
use crate::support::{Caller, TestApp, User};

/// Programmes by what they cost, how long they take, and how many succeed: as told, and as predicted; their ids.
async fn programs(app: &TestApp, manager: &User<'_>, said: &[[Option<f64>; 4]]) -> Vec<String> {
    let country = people::country(app, "Canada", "CA", ("CAD", 0.75)).await;
    let mut ids = Vec::new();
    for (number, [amount, months, told, predicted]) in said.iter().enumerate() {
        let costs: Vec<Value> = amount
            .iter()
            .map(|amount| json!({"feeType": "x", "amount": amount, "currency": "CAD"}))
            .collect();
        let fields = json!({
            "costs": costs, "processingTime": {"averageMonths": months},
            "successRate": told.map(|rate| json!({"rate": rate})),
            "predictedSuccessRate": predicted.map(|rate| json!({"baseRate": rate})),
        });
        let made = given(manager, &format!("Programme {number}"), country, fields).await;
        ids.push(made["id"].as_str().unwrap().to_owned());
    }
    ids
}

#[tokio::test]
async fn programs_are_compared_in_the_order_asked() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let ids = programs(
        &app,
        &manager,
        &[
            [Some(100.0), Some(9.0), Some(0.9), Some(0.5)],
            [Some(50.0), None, Some(0.6), None],
            [None, Some(3.0), None, None],
        ],
    )
    .await;
    for (order, best) in [
        (vec![2, 0, 1], [Some(1), Some(2), Some(1)]),
        (vec![0, 2], [Some(0), Some(2), Some(0)]),
        (vec![1, 2], [Some(1), Some(2), Some(1)]),
    ] {
        let asked: Vec<&str> = order.iter().map(|index| ids[*index].as_str()).collect();
        let compared = ann.get(&format!("{PATH}/compare?ids={}", asked.join(","))).await.ok(200);
        let rows = compared["programs"].as_array().unwrap();
        let found: Vec<&str> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
        assert_eq!(found, asked);
        for row in rows {
            let own = ann.get(&super::programs::place(row)).await.ok(200);
            assert_eq!(*row, own);
        }
        let [cheapest, fastest, likely] =
            best.map(|best: Option<usize>| best.map(|best| &ids[best]));
        let wanted = json!({"cheapest": cheapest, "fastest": fastest, "mostLikely": likely});
        assert_eq!(compared["comparison"], wanted);
    }
}

#[tokio::test]
async fn of_equals_the_first_is_best_and_of_unknowns_none() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let same = [Some(1.0), Some(1.0), Some(0.5), None];
    let also = [Some(1.0), Some(1.0), None, Some(0.5)];
    let ids = programs(&app, &manager, &[same, also, [None; 4], [None; 4]]).await;
    for (asked, best) in [([0, 1], Some(0)), ([1, 0], Some(1)), ([2, 3], None)] {
        let query = format!("ids={}&ids={}", ids[asked[0]], ids[asked[1]]);
        let compared = ann.get(&format!("{PATH}/compare?{query}")).await.ok(200);
        let best = best.map(|best: usize| &ids[best]);
        let wanted = json!({"cheapest": best, "fastest": best, "mostLikely": best});
        assert_eq!(compared["comparison"], wanted);
    }
}

#[tokio::test]
async fn two_to_five_programs_that_are_there_are_compared() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    let ids = programs(&app, &manager, &[[None; 4]; 6]).await;
    ann.get(&format!("{PATH}/compare?ids={}", ids[..5].join(","))).await.ok(200);
    for (query, fault) in [
        (String::new(), "ids length"),
        (format!("ids={}", ids[0]), "ids length"),
        (format!("ids={}", ids.join(",")), "ids length"),
        (format!("ids={0},{0}", ids[0]), "ids distinct"),
        (format!("ids={},{}", ids[0], ids[0].to_uppercase()), "ids distinct"),
        (format!("ids={},", ids[0]), "ids parameter"),
        ("ids=1,2".to_owned(), "ids parameter"),
    ] {
        let refused = ann.get(&format!("{PATH}/compare?{query}")).await;
        assert_eq!(refused.brief(), format!(r#"400 malformed ["{fault}"]"#), "{query}");
    }
    let nowhere = Uuid::now_v7();
    let refused = ann.get(&format!("{PATH}/compare?ids={},{nowhere}", ids[0])).await;
    assert_eq!(refused.brief(), "404 not-found");
    assert!(refused.json()["detail"].as_str().unwrap().contains(&nowhere.to_string()));
}
