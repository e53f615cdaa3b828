use serde_json::json;

use super::{
    skill_categories::{given_category, keeper},
    skills::{PATH, given_skill},
};
use crate::support::{Caller, TestApp, User};

/// Names of the list, page by page.
async fn names(user: &User<'_>, query: &str) -> Vec<String> {
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = user.get(&format!("{PATH}?{query}{cursor}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        names.extend(items.iter().map(|skill| skill["name"].as_str().unwrap().to_owned()));
        let Some(next) = page["nextCursor"].as_str() else { return names };
        cursor = format!("&cursor={next}");
    }
}

/// A text for a query parameter.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect::<Vec<_>>().concat()
}

/// Languages and databases, in this order; the id of the languages.
async fn given_catalogue(keeper: &User<'_>) -> String {
    let languages = given_category(keeper, "Programming Languages").await;
    let databases = given_category(keeper, "Databases").await;
    for (category, name, tags, demand) in [
        (&languages, "Rust", json!(["systems", "safe"]), json!("high")),
        (&languages, "Go", json!(["systems"]), json!("high")),
        (&languages, "COBOL", json!(["legacy, old"]), json!("low")),
        (&databases, "PostgreSQL", json!(["sql", "safe"]), json!("high")),
        (&databases, "Redis", json!(["cache"]), json!(null)),
        (&databases, "RocksDB", json!(["systems", "embedded"]), json!("low")),
    ] {
        let fields = json!({"name": name, "tags": tags, "marketDemand": demand});
        given_skill(keeper, category, fields).await;
    }
    languages
}

#[tokio::test]
async fn list_filters_by_each_field_newest_first() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let languages = given_catalogue(&keeper).await;
    let nowhere = uuid::Uuid::now_v7();
    for (query, wanted) in [
        ("", "RocksDB Redis PostgreSQL COBOL Go Rust"),
        ("category=programming-languages", "COBOL Go Rust"),
        (&format!("category={languages}"), "COBOL Go Rust"),
        ("category=Programming%20Languages", ""),
        (&format!("category={nowhere}"), ""),
        ("marketDemand=high", "PostgreSQL Go Rust"),
        ("marketDemand=medium", ""),
        ("category=databases&marketDemand=low", "RocksDB"),
        ("tag=systems", "RocksDB Go Rust"),
        ("tag=systems&tag=safe", "Rust"),
        ("tag=legacy,%20old", "COBOL"),
        ("tag=SYSTEMS", ""),
        ("tag=systems&category=databases", "RocksDB"),
        (&format!("tag=systems&category={languages}&marketDemand=high"), "Go Rust"),
        ("tag=systems&marketDemand=low", "RocksDB"),
    ] {
        let wanted: Vec<&str> = wanted.split_whitespace().collect();
        for limit in [1, 2, 100] {
            assert_eq!(names(&ann, &format!("{query}&limit={limit}")).await, wanted, "{query}");
        }
    }
}

const NAMES: &str = "Kubernetes, Docker, Python, PyTorch, React, React Native, Preact, Java, JavaScript, \
    Java Message Service, PostgreSQL, Google Cloud, Gödel's Logic";

#[tokio::test]
async fn search_forgives_typing_and_finds_the_likest_first() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let category = given_category(&keeper, "All").await;
    for name in NAMES.split(", ") {
        given_skill(&keeper, &category, json!({"name": name})).await;
    }
    for (q, first) in [
        ("kuberntes", "Kubernetes"),
        ("KUBERNETES", "Kubernetes"),
        ("kubernets", "Kubernetes"),
        ("pyhton", "Python"),
        ("dokcer", "Docker"),
        ("postgers", "PostgreSQL"),
        ("javascrpit", "JavaScript"),
        ("java", "Java"),
        ("%20react%20", "React"),
        ("react+nativ", "React Native"),
        ("cloud", "Google Cloud"),
        ("mesage", "Java Message Service"),
        ("g%C3%96del", "Gödel's Logic"),
    ] {
        let found = names(&ann, &format!("q={q}")).await;
        assert_eq!(found.first().map(String::as_str), Some(first), "{q}: {found:?}");
    }
    let java = names(&ann, "q=java").await;
    assert_eq!(java[1..3], ["Java Message Service", "JavaScript"], "beginnings come next");
    assert_eq!(names(&ann, "q=react").await, ["React", "React Native", "Preact"]);
    assert_eq!(names(&ann, "q=zzzz").await, Vec::<String>::new());
}

#[tokio::test]
async fn search_always_finds_the_name_itself_and_what_begins_with_it() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let category = given_category(&keeper, "All").await;
    let all =
        ["C", "C++", "C#", ".NET", "R", "Go", "Golang Tools", "100% 'Quoted'", "A_B", "日本語"];
    for (number, name) in all.iter().enumerate() {
        let fields = json!({"name": name, "slug": format!("s{number}")});
        given_skill(&keeper, &category, fields).await;
    }
    for name in all {
        let beginnings = name.char_indices().skip(1).map(|(end, _)| &name[..end]);
        for beginning in beginnings.chain([name]) {
            let found = names(&ann, &format!("q={}", encoded(beginning))).await;
            assert!(found.iter().any(|found| found == name), "{beginning}: {found:?}");
        }
        assert_eq!(names(&ann, &format!("q={}", encoded(name))).await[0], name);
    }
    assert_eq!(names(&ann, "q=%25").await, Vec::<String>::new(), "no wildcard");
    assert_eq!(names(&ann, "q=_").await, Vec::<String>::new(), "no wildcard");
}

#[tokio::test]
async fn search_pages_without_gap_or_repeat_through_equal_ranks() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let category = given_category(&keeper, "All").await;
    for number in 10..27 {
        given_skill(&keeper, &category, json!({"name": format!("Rust {number}")})).await;
    }
    given_skill(&keeper, &category, json!({"name": "Rust"})).await;
    let whole = names(&ann, "q=rust&limit=100").await;
    assert_eq!((whole.len(), whole[0].as_str()), (18, "Rust"));
    for limit in [1, 2, 5, 17, 18] {
        assert_eq!(names(&ann, &format!("q=rust&limit={limit}")).await, whole, "{limit}");
    }
    let list = ann.get(&format!("{PATH}?limit=1")).await.ok(200)["nextCursor"].clone();
    let search = ann.get(&format!("{PATH}?q=rust&limit=1")).await.ok(200)["nextCursor"].clone();
    for (query, cursor) in [("q=rust&", &list), ("", &search)] {
        let cursor = cursor.as_str().unwrap();
        let refused = ann.get(&format!("{PATH}?{query}cursor={cursor}")).await;
        assert_eq!(refused.brief(), r#"400 malformed ["cursor cursor"]"#, "of another list");
    }
}

#[tokio::test]
async fn search_finds_whole_skills() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let category = given_category(&keeper, "All").await;
    let salary = json!({"min": 1, "max": null, "currency": "EUR", "region": "ü"});
    let fields = json!({"name": "Go", "tags": ["t"], "averageSalary": salary, "growthTrend": 0.1});
    let go = given_skill(&keeper, &category, fields).await;
    let found = ann.get(&format!("{PATH}?q=go")).await.ok(200);
    assert_eq!(found, json!({"items": [go], "nextCursor": null}));
}

#[tokio::test]
async fn search_takes_the_same_filters() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let languages = given_catalogue(&keeper).await;
    for (query, wanted) in [
        ("q=r", "Redis Rust RocksDB"),
        ("q=r&category=databases", "Redis RocksDB"),
        (&format!("q=r&category={languages}"), "Rust"),
        ("q=r&category=nowhere", ""),
        ("q=r&tag=systems", "Rust RocksDB"),
        ("q=r&tag=systems&tag=safe", "Rust"),
        ("q=r&marketDemand=low", "RocksDB"),
        ("q=r&tag=systems&category=databases&marketDemand=high", ""),
    ] {
        let (mut found, mut wanted): (Vec<_>, Vec<_>) =
            (names(&ann, query).await, wanted.split_whitespace().collect());
        found.sort();
        wanted.sort_unstable();
        assert_eq!(found, wanted, "{query}");
    }
}

#[tokio::test]
async fn list_refuses_parameters_that_are_none() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let long = "x".repeat(201);
    for (query, fault) in [
        ("q=", "q blank"),
        ("q=%20%09", "q blank"),
        (&format!("q={long}"), "q length"),
        ("category=", "category length"),
        ("tag=", "tag lines"),
        ("marketDemand=HIGH", "marketDemand parameter"),
        ("marketDemand=high&marketDemand=low", "marketDemand parameter"),
    ] {
        let refused = ann.get(&format!("{PATH}?{query}")).await;
        assert_eq!(refused.brief(), format!(r#"400 malformed ["{fault}"]"#), "{query}");
    }
    assert_eq!(ann.get(&format!("{PATH}?q=a%00b")).await.brief(), "400 malformed");
    assert_eq!(names(&ann, &format!("q={}", "%F0%9F%A6%80".repeat(200))).await, [""; 0]);
}
