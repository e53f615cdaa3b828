use futures_util::future::join_all;
use serde_json::{Value, json};

use super::learning_paths::keeper;
use crate::support::{Caller, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/support-groups";

/// The place of a new group of this name.
pub async fn given_group(keeper: &User<'_>, name: &str) -> String {
    let made = keeper.post(PATH, &json!({"name": name})).await;
    made.ok(201);
    made.header("location").to_owned()
}

#[tokio::test]
async fn group_keeps_what_is_written_and_counts_by_itself() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let written = json!({"name": "Zurück 👶", "description": "d\n".repeat(5000)});
    let made = keeper.post(PATH, &written).await;
    let place = made.header("location");
    let read = ann.get(place).await.ok(200);
    assert_eq!(read, made.ok(201));
    assert_holds(&read, &written);
    assert_holds(&read, &json!({"memberCount": 0, "lastActive": null}));
    for (field, value, fault) in [
        ("memberCount", json!(7), "/memberCount unknown_field"),
        ("lastActive", json!("2026-01-01T00:00:00Z"), "/lastActive unknown_field"),
        ("name", json!(""), "/name length"),
        ("name", json!("é".repeat(201)), "/name length"),
        ("description", json!("x".repeat(10_001)), "/description length"),
    ] {
        let refused = keeper.patch(place, &json!({field: value})).await;
        assert_eq!(refused.brief(), format!(r#"422 validation ["{fault}"]"#), "{field}");
    }
    let bare = keeper.put(place, &json!({"name": "Back"})).await.ok(200);
    assert_eq!(bare["description"], Value::Null);
}

#[tokio::test]
async fn group_has_its_name_alone() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    given_group(&keeper, "Back at work").await;
    let other = given_group(&keeper, "Fathers").await;
    let same = json!({"name": "bACK at work"});
    assert_eq!(keeper.post(PATH, &same).await.brief(), r#"409 taken ["/name taken"]"#);
    assert_eq!(keeper.patch(&other, &same).await.brief(), r#"409 taken ["/name taken"]"#);
    keeper.patch(&other, &json!({"name": "FATHERS"})).await.ok(200);
    let race = (0..8).map(|_| async { keeper.post(PATH, &json!({"name": "Raced"})).await.status });
    let mut statuses = join_all(race).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409, 409, 409]);
}

#[tokio::test]
async fn groups_are_listed_of_all_and_of_those_who_joined() {
    let app = TestApp::new().await;
    let (keeper, ann, bob) = (keeper(&app).await, app.user("ann").await, app.user("bob").await);
    for (name, join) in [("1", true), ("2", false), ("3", true), ("4", true)] {
        let place = given_group(&keeper, name).await;
        if join {
            ann.put(&format!("{place}/membership"), &json!({})).await.ok(200);
        }
    }
    let names = async |user: &User<'_>, query: &str| {
        let page = user.get(&format!("{PATH}?{query}")).await.ok(200);
        let items = page["items"].as_array().unwrap();
        let names: String = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
        (names, page["nextCursor"].as_str().unwrap_or_default().to_owned())
    };
    for query in ["", "joined=false"] {
        assert_eq!(names(&ann, query).await.0, "4321", "{query}");
        assert_eq!(names(&bob, query).await.0, "4321", "{query}");
    }
    let (first, cursor) = names(&ann, "joined=true&limit=2").await;
    assert_eq!(first, "43");
    assert_eq!(
        names(&ann, &format!("joined=true&cursor={cursor}")).await,
        ("1".into(), String::new())
    );
    assert_eq!(names(&bob, "joined=true").await.0, "");
    assert_eq!(ann.get(&format!("{PATH}?joined=yes")).await.status, 400);
}
