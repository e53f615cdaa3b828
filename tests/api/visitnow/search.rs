use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    people::{Practice, in_hours, patient, practice, slot},
    slots::slot_in,
};
use crate::support::{Caller, TestApp, assert_holds};

pub const PATH: &str = "/v1/visitnow/providers";

/// An active provider with these specializations and languages, and a mean rating of so many hundredths, 0 for none.
pub async fn provider<'a>(
    app: &'a TestApp,
    name: &str,
    knows: &str,
    speaks: &str,
    rating: i32,
) -> Practice<'a> {
    let practice = practice(app, &Uuid::now_v7().to_string()).await;
    let name = name.replace('\'', "''");
    let count = if rating == 0 { 0 } else { 100 };
    app.execute(&format!(
        "set session_replication_role = replica;
         update visitnow.providers
         set display_name = '{name}', specializations = '{{{knows}}}', languages = '{{{speaks}}}', rating_count = {count}, rating_total = {rating}
         where id = '{}'",
        practice.id
    ))
    .await;
    practice
}

/// Puts the clinic at this latitude and longitude.
pub async fn settle(practice: &Practice<'_>, latitude: f64, longitude: f64) {
    let geo = format!("point({longitude}, {latitude})");
    practice
        .app
        .execute(&format!(
            "update visitnow.clinics set geo = {geo} where id = '{}'",
            practice.clinic
        ))
        .await;
}

/// Names of who is found, page by page.
pub async fn names(app: &TestApp, query: &str) -> String {
    let found = app.anonymous().all(&format!("{PATH}{query}"), 2).await;
    found.iter().map(|one| one["displayName"].as_str().unwrap()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn providers_are_ranked_by_text_then_rating_then_distance() {
    let app = TestApp::new().await;
    let far = provider(&app, "far heart", "", "", 400).await;
    let close = provider(&app, "close heart", "", "", 400).await;
    let best = provider(&app, "best heart", "", "", 450).await;
    let other = provider(&app, "other", "heart", "", 500).await;
    provider(&app, "unrated heart", "", "", 0).await;
    for (practice, latitude) in [(&far, 52.8), (&close, 52.5), (&best, 52.9), (&other, 52.6)] {
        settle(practice, latitude, 13.4).await;
    }
    assert_eq!(
        names(&app, "?q=heart").await,
        "best heart far heart close heart unrated heart other"
    );
    assert_eq!(names(&app, "").await, "other best heart far heart close heart unrated heart");
    let near = "near=52.5,13.4";
    assert_eq!(
        names(&app, &format!("?q=heart&{near}")).await,
        "best heart close heart far heart other"
    );
    assert_eq!(names(&app, &format!("?{near}")).await, "other best heart close heart far heart");
    let found = app.anonymous().get(&format!("{PATH}?{near}")).await.ok(200);
    assert_holds(
        &found["items"][2],
        &json!({
            "id": close.id, "displayName": "close heart", "distanceKm": 0.0, "rating": 4.0, "ratingCount": 100,
            "specializations": [], "languages": [], "about": null, "experienceYears": null, "nextSlot": null,
        }),
    );
    assert_eq!(found["items"][0]["distanceKm"], 11.12);
    for hidden in ["rank", "best", "metres", "userId", "status", "ratingTotal"] {
        assert!(found["items"][0].get(hidden).is_none(), "{hidden}");
    }
}

#[tokio::test]
async fn only_active_providers_are_found() {
    let app = TestApp::new().await;
    for (name, status) in [("ann", "active"), ("bob", "pending"), ("cat", "suspended")] {
        let practice = provider(&app, name, "skin", "en", 0).await;
        settle(&practice, 0.0, 0.0).await;
        slot(&practice, 24).await;
        app.execute(&format!(
            "set session_replication_role = replica;
             update visitnow.providers set status = '{status}' where id = '{}'",
            practice.id
        ))
        .await;
    }
    for query in ["", "?q=skin", "?specialization=skin", "?language=en", "?near=0,0", "?mode=video"]
    {
        assert_eq!(names(&app, query).await, "ann", "{query}");
    }
}

#[tokio::test]
async fn all_that_is_asked_for_must_be_there_whatever_the_case() {
    let app = TestApp::new().await;
    provider(&app, "Zoë Émile", "\"Heart, lungs\",Skin", "en,pt-BR", 0).await;
    provider(&app, "Ann", "skin", "EN", 0).await;
    provider(&app, "Bob O'Neil", "Eyes", "de", 0).await;
    for (query, expected) in [
        ("?specialization=SKIN", "Zoë Émile Ann"),
        ("?specialization=skin&specialization=eyes", ""),
        ("?specialization=skin&language=PT-br", "Zoë Émile"),
        ("?language=en", "Zoë Émile Ann"),
        ("?language=en,pt-BR", "Zoë Émile"),
        ("?language=pt", ""),
        ("?q=zo%C3%AB", "Zoë Émile"),
        ("?q=LUNGS", "Zoë Émile"),
        ("?q=%22heart+lungs%22", "Zoë Émile"),
        ("?q=%22lungs+heart%22", ""),
        ("?q=ann+or+eyes", "Ann Bob O'Neil"),
        ("?q=-eyes", "Zoë Émile Ann"),
        ("?q=skin&language=en&specialization=skin", "Zoë Émile Ann"),
        ("?q=skin&language=de", ""),
        ("?q=!!!", ""),
        ("?q=%20", ""),
        ("?q=%27%3B--%5C%22", ""),
        ("?q=%F0%9F%AB%80", ""),
        ("?specialization=", ""),
        ("?specialization=%7B%22%5C", ""),
    ] {
        assert_eq!(names(&app, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn near_is_measured_to_the_nearest_clinic_over_the_date_line_and_the_poles() {
    let app = TestApp::new().await;
    let two = provider(&app, "two", "", "", 0).await;
    settle(&two, 52.52, 13.405).await;
    app.execute(&format!(
        "insert into visitnow.clinics (provider_id, name, time_zone, geo)
         values ('{}', 'x', 'UTC', point(13.405, 52.7)), ('{0}', 'screen', 'UTC', null)",
        two.id
    ))
    .await;
    for (name, latitude, longitude) in
        [("fiji", -17.0, 179.9), ("pole", 89.9, 0.0), ("nowhere", 0.0, 0.0)]
    {
        settle(&provider(&app, name, "", "", 0).await, latitude, longitude).await;
    }
    provider(&app, "placeless", "", "", 0).await;
    for (query, expected) in [
        ("52.69,13.405", "two 1.112"),
        ("52.52,13.405&radiusKm=0.001", "two 0.0"),
        ("%2052.52%20,%2013.405%20&radiusKm=500", "two 0.0"),
        ("52.2,13.405", "two 35.582"),
        ("52.05,13.405", ""),
        ("52.05,13.405&radiusKm=53", "two 52.262"),
        ("-17,-179.9", "fiji 21.267"),
        ("89.9,180&radiusKm=23", "pole 22.239"),
        ("90,-77&radiusKm=12", "pole 11.12"),
        ("-90,0&radiusKm=500", ""),
        ("0.1,-0.1&radiusKm=15.7", ""),
        ("0.1,-0.1&radiusKm=15.8", "nowhere 15.725"),
    ] {
        let found = app.anonymous().get(&format!("{PATH}?near={query}")).await.ok(200);
        let found: Vec<String> = found["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| format!("{} {}", one["displayName"].as_str().unwrap(), one["distanceKm"]))
            .collect();
        assert_eq!(found.join(", "), expected, "{query}");
    }
}

#[tokio::test]
async fn each_shows_their_next_open_slot_of_those_that_were_asked_for() {
    let app = TestApp::new().await;
    let (ann, cat) = (practice(&app, "ann").await, practice(&app, "cat").await);
    let bob = patient(&app, "bob").await;
    for (status, hours) in [("open", -2), ("booked", 2), ("blocked", 3), ("held", 4)] {
        slot_in(&ann, &bob, status, hours).await;
    }
    let (next, last) = (slot(&ann, 5).await, slot(&ann, 50).await);
    slot_in(&cat, &bob, "booked", 5).await;
    let at = |hours: i64| in_hours(hours).replace('+', "%2B");
    for (query, expected) in [
        (String::new(), vec![("ann", Some(next)), ("cat", None)]),
        ("?mode=video".into(), vec![("ann", Some(next))]),
        ("?mode=phone".into(), vec![]),
        (format!("?availableFrom={}", at(5)), vec![("ann", Some(next))]),
        (format!("?availableFrom={}", at(6)), vec![("ann", Some(last))]),
        (format!("?availableTo={}", at(5)), vec![]),
        (format!("?availableTo={}", at(6)), vec![("ann", Some(next))]),
        (format!("?availableFrom={}&availableTo={}", at(6), at(50)), vec![]),
        (
            format!("?availableFrom={}&availableTo={}&mode=video&q=ann", at(-9), at(51)),
            vec![("ann", Some(next))],
        ),
        (format!("?availableTo={}", at(-1)), vec![]),
    ] {
        let found = app.anonymous().all(&format!("{PATH}{query}"), 1).await;
        let found: Vec<(&str, Option<Uuid>)> = found
            .iter()
            .map(|one| {
                (
                    one["displayName"].as_str().unwrap(),
                    one["nextSlot"]["id"].as_str().map(|id| id.parse().unwrap()),
                )
            })
            .collect();
        assert_eq!(found, expected, "{query}");
    }
    let found =
        app.anonymous().get(&format!("{PATH}?q=ann")).await.ok(200)["items"][0]["nextSlot"].clone();
    let slot = ann.get(&format!("/v1/visitnow/slots/{next}")).await.ok(200);
    for field in ["id", "start", "end", "mode", "clinicId"] {
        assert_eq!(found[field], slot[field], "{field}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let app = TestApp::new().await;
    let later = "availableFrom=2027-01-02T00:00:00Z&availableTo=2027-01-02T00:00:00Z";
    for (query, error) in [
        ("near=52.5", "near parameter"),
        ("near=91,0", "near parameter"),
        ("near=0,180.1", "near parameter"),
        ("near=NaN,0", "near parameter"),
        ("near=0,inf", "near parameter"),
        ("near=1,2,3", "near parameter"),
        ("near=", "near parameter"),
        ("near=0,0&radiusKm=0", "radiusKm range"),
        ("near=0,0&radiusKm=-1", "radiusKm range"),
        ("near=0,0&radiusKm=500.1", "radiusKm range"),
        ("near=0,0&radiusKm=NaN", "radiusKm range"),
        ("near=0,0&radiusKm=far", "radiusKm parameter"),
        ("radiusKm=5", "radiusKm near"),
        ("mode=fax", "mode parameter"),
        ("mode=video&mode=phone", "mode parameter"),
        ("availableFrom=soon", "availableFrom parameter"),
        ("availableTo=2200-01-01T00:00:00Z", "availableTo date"),
        (later, "availableTo order"),
        ("q=", "q length"),
        ("limit=0", "limit range"),
        ("city=Berlin", "city parameter"),
        ("cursor=eyJyYW5rIjowfQ", "cursor cursor"),
    ] {
        let answer = app.anonymous().get(&format!("{PATH}?{query}")).await.brief();
        assert_eq!(answer, format!("400 malformed [\"{error}\"]"), "{query}");
    }
    let answer = app.anonymous().get(&format!("{PATH}?q=%00")).await;
    assert_eq!(answer.status, 400);
    let long = app.anonymous().get(&format!("{PATH}?q={}", "x".repeat(201))).await;
    assert_eq!(long.brief(), r#"400 malformed ["q length"]"#);
    let none = app.anonymous().get(&format!("{PATH}?near=-0,-0")).await.ok(200);
    assert_eq!(none["items"], Value::Array(vec![]));
}
