use futures_util::future::join_all;
use serde_json::{Value, json};

use super::people::manager;
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/migratio/occupation-codes";

async fn given(manager: &User<'_>, system: &str, code: &str, title: &str, words: [&[&str]; 2]) {
    let [titles, keywords] = words;
    let body = json!({
        "system": system, "code": code, "title": title, "alternativeTitles": titles, "keywords": keywords,
    });
    manager.post(PATH, &body).await.ok(201);
}

async fn codes(user: &User<'_>, query: &str, limit: usize) -> String {
    let rows = user.all(&format!("{PATH}?{query}"), limit).await;
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str().unwrap()).collect();
    codes.join(" ")
}

#[tokio::test]
async fn occupation_code_keeps_what_is_written() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    for system in ["ISCO", "NOC", "ANZSCO", "SOC", "other"] {
        let written = json!({
            "system": system, "code": "Ü-2512/①", "title": "Bäcker 🥐", "description": "d\n".repeat(5000),
            "parentCode": "251", "skillLevel": 9, "alternativeTitles": ["Konditor"], "keywords": ["Brot", "brot"],
            "regulatedProfession": true,
        });
        let made = manager.post(PATH, &written).await;
        let read = ann.get(made.header("location")).await.ok(200);
        assert_eq!(read, made.ok(201));
        assert_holds(&read, &written);
        let least = json!({"system": system, "code": "1", "title": "x"});
        let bare = manager.put(made.header("location"), &least).await.ok(200);
        assert_holds(
            &bare,
            &json!({
                "description": null, "parentCode": null, "skillLevel": null, "alternativeTitles": [], "keywords": [],
                "regulatedProfession": false,
            }),
        );
    }
}

#[tokio::test]
async fn words_of_the_title_count_more_than_other_titles_and_those_more_than_keywords() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    given(&manager, "NOC", "keyword", "Teachers", [&[], &["nursing"]]).await;
    given(&manager, "NOC", "title", "Nurses", [&[], &[]]).await;
    given(&manager, "NOC", "other", "Carers", [&["Nurse"], &[]]).await;
    given(&manager, "ISCO", "isco", "Nurses", [&["Nurse"], &["nursing"]]).await;
    given(&manager, "NOC", "none", "Bakers", [&[], &["bread"]]).await;
    for (query, wanted) in [
        ("q=nurse&system=NOC", "title other keyword"),
        ("q=nurse", "isco title other keyword"),
        ("q=nurse+-carer", "isco title keyword"),
        ("q=bread+or+teachers", "keyword none"),
        ("q=the", ""),
        ("q=%F0%9F%A6%80", ""),
        ("q=%22", ""),
        ("q=nurse&system=SOC", ""),
    ] {
        for limit in [1, 2, 100] {
            assert_eq!(codes(&ann, query, limit).await, wanted, "{query} by {limit}");
        }
    }
}

#[tokio::test]
async fn codes_are_listed_newest_first_and_of_a_system_in_order() {
    let app = TestApp::new().await;
    let (manager, ann) = (manager(&app).await, app.user("ann").await);
    for (system, code) in [("SOC", "b"), ("NOC", "2"), ("SOC", "a"), ("NOC", "10"), ("SOC", "c")] {
        given(&manager, system, code, "Bakers", [&[], &[]]).await;
    }
    for (query, wanted) in [
        ("", "c 10 a 2 b"),
        ("system=SOC", "a b c"),
        ("system=NOC", "10 2"),
        ("system=other", ""),
        ("q=baker", "c 10 a 2 b"),
        ("q=baker&system=SOC", "c a b"),
    ] {
        for limit in [1, 2, 3, 100] {
            assert_eq!(codes(&ann, query, limit).await, wanted, "{query} by {limit}");
        }
    }
}

#[tokio::test]
async fn cursor_of_another_list_of_codes_is_refused() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    for code in ["1", "2"] {
        given(&manager, "SOC", code, "Bakers", [&[], &[]]).await;
    }
    let lists = ["x=", "system=SOC", "q=baker"].map(|list| list.replace("x=", ""));
    for list in &lists {
        let page = manager.get(&format!("{PATH}?limit=1&{list}")).await.ok(200);
        let cursor = page["nextCursor"].as_str().unwrap();
        for other in lists.iter().filter(|other| *other != list) {
            let refused = manager.get(&format!("{PATH}?cursor={cursor}&{other}")).await;
            assert_eq!(refused.brief(), r#"400 malformed ["cursor cursor"]"#, "{list} for {other}");
        }
    }
    for (query, fault) in
        [("q=", "q blank"), ("q=++", "q blank"), ("system=noc", "system parameter")]
    {
        let refused = manager.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.brief(), format!(r#"400 malformed ["{fault}"]"#), "{query}");
    }
}

#[tokio::test]
async fn code_is_once_in_its_system() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    let body = |system: &str| json!({"system": system, "code": "2512", "title": "Developers"});
    let race = (0..6).map(|_| async { manager.post(PATH, &body("ISCO")).await });
    let answers = join_all(race).await;
    let made = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!(made, 1);
    for refused in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!(refused.brief(), r#"409 taken ["/code taken"]"#);
    }
    let other = manager.post(PATH, &body("NOC")).await;
    other.ok(201);
    let moved = manager.put(other.header("location"), &body("ISCO")).await;
    assert_eq!(moved.brief(), r#"409 taken ["/code taken"]"#);
}

#[tokio::test]
async fn occupation_code_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let manager = manager(&app).await;
    for (field, value, fault) in [
        ("system", json!("noc"), "/system type"),
        ("system", Value::Null, "/system type"),
        ("code", json!(""), "/code length"),
        ("title", json!("x".repeat(201)), "/title length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("skillLevel", json!(10), "/skillLevel range"),
        ("skillLevel", json!(-1), "/skillLevel range"),
        ("skillLevel", json!(1.5), "/skillLevel type"),
        ("alternativeTitles", json!(["x".repeat(201)]), "/alternativeTitles lines"),
        ("keywords", json!(vec!["x"; 101]), "/keywords lines"),
        ("keywords", json!([""]), "/keywords lines"),
    ] {
        let mut body = json!({"system": "NOC", "code": "1", "title": "x"});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(manager.post(PATH, &body).await.brief(), wanted, "{field}");
    }
    let most =
        json!({"system": "NOC", "code": "1", "title": "x", "keywords": vec!["é".repeat(200); 100]});
    manager.post(PATH, &most).await.ok(201);
}
