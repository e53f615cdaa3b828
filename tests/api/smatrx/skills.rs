use serde_json::{Value, json};
use uuid::Uuid;

use super::skill_categories::{self, given_category, keeper};
use crate::support::{Caller, TestApp, User};

pub const PATH: &str = "/v1/smatrx/skills";

/// A new skill of this category.
pub async fn given_skill(keeper: &User<'_>, category: &str, fields: Value) -> Value {
    let mut body = fields;
    body["categoryId"] = json!(category);
    keeper.post(PATH, &body).await.ok(201)
}

fn place(skill: &Value) -> String {
    format!("{PATH}/{}", skill["id"].as_str().unwrap())
}

#[tokio::test]
async fn skill_keeps_what_is_written_and_names_its_category() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let languages = given_category(&keeper, "Languages").await;
    let databases = given_category(&keeper, "Databases").await;
    let written = json!({
        "name": "PL/pgSQL 🐘", "slug": "plpgsql", "description": "d", "categoryId": languages,
        "tags": ["sql", "a, b", "ü"], "marketDemand": "medium", "growthTrend": -3.25,
        "averageSalary": {"min": 1, "max": 1, "currency": "EUR", "region": "Lisbon"},
    });
    let made = keeper.post(PATH, &written).await;
    let place = made.header("location");
    assert_eq!(ann.get(place).await.ok(200), made.ok(201));
    for (name, value) in written.as_object().unwrap() {
        assert_eq!(&made.json()[name], value, "{name}");
    }
    assert_eq!(made.json()["categoryName"], "Languages");
    let moved = keeper.patch(place, &json!({"categoryId": databases})).await.ok(200);
    assert_eq!(moved["categoryName"], "Databases");
    assert_eq!(ann.get(PATH).await.ok(200)["items"], json!([moved]));
    let renamed = json!({"name": "Stores"});
    keeper.patch(&format!("{}/{databases}", skill_categories::PATH), &renamed).await.ok(200);
    assert_eq!(ann.get(place).await.ok(200)["categoryName"], "Stores");

    let bare = json!({"name": "PL/SQL", "categoryId": languages});
    let bare = keeper.put(place, &bare).await.ok(200);
    assert_eq!((&bare["slug"], &bare["tags"]), (&json!("pl-sql"), &json!([])));
    for cleared in ["description", "marketDemand", "averageSalary", "growthTrend"] {
        assert_eq!(bare[cleared], Value::Null, "{cleared}");
    }
}

#[tokio::test]
async fn skill_refuses_values_out_of_bounds() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let category = given_category(&keeper, "Databases").await;
    let salary = |min, max, currency: &str| json!({"min": min, "max": max, "currency": currency});
    for (field, value, fault) in [
        ("name", json!("x".repeat(201)), "/name length"),
        ("slug", json!("C++"), "/slug slug"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("categoryId", Value::Null, "/categoryId type"),
        ("categoryId", json!(Uuid::now_v7()), "/categoryId reference"),
        ("tags", json!(vec!["x"; 101]), "/tags lines"),
        ("tags", json!([""]), "/tags lines"),
        ("tags", json!([null]), "/tags/0 type"),
        ("marketDemand", json!("HIGH"), "/marketDemand type"),
        ("averageSalary", salary(2, 1, "EUR"), "/averageSalary/max order"),
        ("averageSalary", salary(-1, 1, "EUR"), "/averageSalary/min range"),
        ("averageSalary", salary(1, 2, "euro"), "/averageSalary/currency currency"),
        ("growthTrend", json!(-100.5), "/growthTrend range"),
        ("growthTrend", json!(10_000.5), "/growthTrend range"),
    ] {
        let mut body = json!({"name": "Redis", "categoryId": category});
        body[field] = value;
        let wanted = format!(r#"422 validation ["{fault}"]"#);
        assert_eq!(keeper.post(PATH, &body).await.brief(), wanted, "{body}");
    }
    let skill = given_skill(&keeper, &category, json!({"name": "Redis"})).await;
    let nowhere = json!({"categoryId": Uuid::now_v7()});
    let wanted = r#"422 validation ["/categoryId reference"]"#;
    assert_eq!(keeper.patch(&place(&skill), &nowhere).await.brief(), wanted);
}

#[tokio::test]
async fn skill_has_its_name_and_its_slug_alone() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let category = given_category(&keeper, "Languages").await;
    for (name, slug) in [("C", "c"), ("C++", "c-plus-plus"), ("C#", "c-sharp")] {
        let skill = given_skill(&keeper, &category, json!({"name": name})).await;
        assert_eq!(skill["slug"], slug);
    }
    for (name, slug, fault) in
        [("c++", Some("cpp"), "/name"), ("c", None, "/name"), ("C*", None, "/slug")]
    {
        let body = json!({"name": name, "slug": slug, "categoryId": category});
        let taken = format!(r#"409 taken ["{fault} taken"]"#);
        assert_eq!(keeper.post(PATH, &body).await.brief(), taken, "{body}");
    }
    let other = given_category(&keeper, "Other languages").await;
    let elsewhere = json!({"name": "C", "slug": "other", "categoryId": other});
    assert_eq!(keeper.post(PATH, &elsewhere).await.brief(), r#"409 taken ["/name taken"]"#);
}

#[tokio::test]
async fn skill_takes_itself_from_those_who_have_it() {
    let app = TestApp::new().await;
    let (keeper, ann) = (keeper(&app).await, app.user("ann").await);
    let platform = app.admin().await;
    let category = given_category(&keeper, "Languages").await;
    let (gone, kept) = (
        given_skill(&keeper, &category, json!({"name": "Rust"})).await,
        given_skill(&keeper, &category, json!({"name": "Go"})).await,
    );
    app.execute(
        "insert into smatrx.user_skills (user_id, skill_id, level)
         select users.id, skills.id, 'expert' from identity.users cross join smatrx.skills;
         insert into smatrx.skill_imports (user_id, source, resume) select id, 'resume', 'Rust' from identity.users;
         insert into smatrx.skill_import_skills (user_id, import_id, skill_id)
         select user_id, skill_imports.id, skills.id from smatrx.skill_imports cross join smatrx.skills",
    )
    .await;
    for user in [&ann, &platform] {
        assert_eq!(user.delete(&place(&gone)).await.brief(), "403 forbidden");
    }
    assert_eq!(app.count("select count(*) from smatrx.user_skills").await, 6);
    assert_eq!(keeper.delete(&place(&gone)).await.status, 204);
    for (table, left) in [
        ("select count(*) from smatrx.user_skills", 3),
        ("select count(*) from smatrx.skill_import_skills", 3),
    ] {
        assert_eq!(app.count(table).await, left, "{table}");
    }
    ann.get(&place(&kept)).await.ok(200);
}

#[tokio::test]
async fn skill_is_logged_with_who_changed_it() {
    let app = TestApp::new().await;
    let keeper = keeper(&app).await;
    let category = given_category(&keeper, "Languages").await;
    let skill = given_skill(&keeper, &category, json!({"name": "Rust"})).await;
    keeper.patch(&place(&skill), &json!({"marketDemand": "high"})).await.ok(200);
    keeper.delete(&place(&skill)).await.ok(204);
    let category = format!("{}/{category}", skill_categories::PATH);
    keeper.patch(&category, &json!({"icon": "code"})).await.ok(200);
    keeper.delete(&category).await.ok(204);
    let logged = "select entity_type || ' ' || action || ' ' || actor_id::text from audit.logs
        where entity_type like 'smatrx.%' order by id";
    let logged: Vec<String> =
        sqlx::query_scalar(logged).fetch_all(&mut app.sql().await).await.unwrap();
    let wanted = ["skill_categories insert", "skills insert", "skills update", "skills delete"];
    let wanted = wanted.into_iter().chain(["skill_categories update", "skill_categories delete"]);
    let wanted: Vec<String> = wanted.map(|one| format!("smatrx.{one} {}", keeper.id)).collect();
    assert_eq!(logged, wanted);
}
