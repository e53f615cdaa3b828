//! The search, page by page, whichever way finds them.

use serde_json::Value;

use super::search::{PATH, provider, settle};
use crate::support::{Caller, TestApp};

/// Twelve providers: of three ratings and three distances, all with two open slots for video.
async fn twelve(app: &TestApp) {
    for index in 0..12 {
        let knows = if index % 2 == 0 { "skin,eyes" } else { "skin" };
        let practice =
            provider(app, &format!("p{index}"), knows, "en", [0, 425, 433][index % 3]).await;
        settle(&practice, 50.0 + f64::from(u8::try_from(index % 4).unwrap()) / 10.0, 8.0).await;
        super::people::slot(&practice, 24).await;
        super::people::slot(&practice, 48).await;
    }
}

/// What a found provider is ranked by: the text, the rating, the distance; least first.
fn lack(query: &str, found: &Value) -> (bool, f64, f64, String) {
    let eyes = found["specializations"].as_array().unwrap().len() == 2;
    let number = |field: &str| found[field].as_f64().unwrap_or_default();
    let fits = query.contains("q=") && eyes;
    (!fits, -number("rating"), number("distanceKm"), found["id"].to_string())
}

const QUERIES: &[&str] = &[
    "",
    "?q=skin",
    "?q=skin+or+eyes",
    "?specialization=SKIN",
    "?language=en&specialization=skin",
    "?near=50,8",
    "?near=50,8&q=skin+or+eyes&language=en",
    "?mode=video",
    "?availableFrom=2020-01-01T00:00:00Z",
    "?mode=video&q=skin+or+eyes",
    "?mode=video&near=50,8",
    "?mode=video&near=50,8&specialization=skin&q=skin",
];

#[tokio::test]
async fn pages_have_no_gaps_and_nobody_twice() {
    let app = TestApp::new().await;
    twelve(&app).await;
    for query in QUERIES {
        let whole = app.anonymous().all(&format!("{PATH}{query}"), 100).await;
        assert_eq!(whole.len(), 12, "{query}");
        for limit in [1, 2, 5, 11, 12] {
            let paged = app.anonymous().all(&format!("{PATH}{query}"), limit).await;
            assert_eq!(paged, whole, "{query} by {limit}");
        }
        if *query != "?q=skin" && !query.ends_with("q=skin") {
            assert!(whole.is_sorted_by_key(|one| lack(query, one)), "{query}: {whole:#?}");
        }
    }
}

#[tokio::test]
async fn the_same_are_found_in_the_same_order_where_few_and_where_many_have_something_open() {
    let app = TestApp::new().await;
    twelve(&app).await;
    let mut few = Vec::new();
    for query in QUERIES {
        few.push(app.anonymous().all(&format!("{PATH}{query}"), 100).await);
    }
    let pending = super::people::practice(&app, "pending").await;
    app.execute(&format!(
        "update visitnow.providers set status = 'suspended' where id = '{}';
         insert into visitnow.slots (provider_id, clinic_id, start_at, end_at, mode)
         select '{0}', '{}', start_at, start_at + interval '5 minutes', 'video'
         from generate_series(now() + interval '1 hour', now() + interval '5002 hours', interval '1 hour') as start_at",
        pending.id, pending.clinic
    ))
    .await;
    for (query, few) in QUERIES.iter().zip(few) {
        let many = app.anonymous().all(&format!("{PATH}{query}"), 5).await;
        assert_eq!(many, few, "{query}");
    }
}
