use serde_json::{Value, json};
use uuid::Uuid;

use super::skill;
use crate::support::{Caller, TestApp, User};

const PATH: &str = "/v1/smatrx/analyses/gap";

/// Somebody who is after this role and has these skills, which join the catalogue where they are new.
async fn given<'a>(app: &'a TestApp, name: &str, role: &str, skills: &[&str]) -> User<'a> {
    let user = app.user(name).await;
    let id = user.id;
    app.execute(&format!(
        "insert into smatrx.profiles (user_id, target_role) values ('{id}', '{role}')"
    ))
    .await;
    for name in skills {
        let skill = skill(app, &format!("Group {}", &name[..1]), name).await;
        app.execute(&format!(
            "insert into smatrx.user_skills (user_id, skill_id, level) values ('{id}', '{skill}', 'beginner')"
        ))
        .await;
    }
    user
}

/// Eight people, four of whom Ann is compared with.
async fn given_people(app: &TestApp) -> [User<'_>; 2] {
    given(app, "bob", "data engineer", &["Python", "SQL", "airflow", "Spark"]).await;
    given(app, "cat", "DATA ENGINEER", &["Python", "SQL", "airflow"]).await;
    given(app, "dan", "  Data Engineer ", &["Python", "SQL", "Spark"]).await;
    given(app, "eve", "Data engineer", &["Python", "Kafka"]).await;
    given(app, "gus", "Data Engineer", &["SQL", "Kafka", "Rust"]).await;
    app.execute("update identity.users set status = 'suspended' where first_name = 'gus'").await;
    let fay = given(app, "fay", "Data Engineer II", &["Rust", "Spark"]).await;
    app.user("hal").await;
    [given(app, "ann", "Data Engineer", &["Python", "Excel"]).await, fay]
}

/// Rank, skill, group, holders and share of every item, in order.
fn items(gap: &Value) -> Vec<(i64, String, String, i64, f64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let items = gap["items"].as_array().unwrap().iter();
    items
        .map(|item| {
            let (rank, holders) = (item["rank"].as_i64(), item["holders"].as_i64());
            let (name, group) = (text(&item["skillName"]), text(&item["categoryName"]));
            (rank.unwrap(), name, group, holders.unwrap(), item["share"].as_f64().unwrap())
        })
        .collect()
}

fn row(rank: i64, name: &str, holders: i64, share: f64) -> (i64, String, String, i64, f64) {
    (rank, name.to_owned(), format!("Group {}", &name[..1]), holders, share)
}

#[tokio::test]
async fn gap_ranks_what_peers_have_and_the_caller_lacks() {
    let app = TestApp::new().await;
    let [ann, _] = given_people(&app).await;
    let gap = ann.get(PATH).await.ok(200);
    assert_eq!((&gap["targetRole"], &gap["peers"]), (&json!("Data Engineer"), &json!(4)));
    let expected = [
        row(1, "SQL", 3, 0.75),
        row(2, "airflow", 2, 0.5),
        row(2, "Spark", 2, 0.5),
        row(4, "Kafka", 1, 0.25),
    ];
    assert_eq!(items(&gap), expected);
    let sql: Uuid = sqlx::query_scalar("select id from smatrx.skills where name = 'SQL'")
        .fetch_one(&mut app.sql().await)
        .await
        .unwrap();
    assert_eq!(gap["items"][0]["skillId"], json!(sql));
    assert_eq!(gap["items"][0].as_object().unwrap().len(), 6);
}

#[tokio::test]
async fn gap_compares_with_the_role_that_is_asked_for() {
    let app = TestApp::new().await;
    let [ann, fay] = given_people(&app).await;
    let expected = [
        row(1, "Python", 5, 1.0),
        row(2, "SQL", 3, 0.6),
        row(3, "airflow", 2, 0.4),
        row(4, "Excel", 1, 0.2),
        row(4, "Kafka", 1, 0.2),
    ];
    let gap = fay.get(&format!("{PATH}?targetRole=%20data%20ENGINEER%20")).await.ok(200);
    assert_eq!((&gap["targetRole"], &gap["peers"]), (&json!("data ENGINEER"), &json!(5)));
    assert_eq!(items(&gap), expected, "Ann is one of them, and Spark is Fay's own");
    let gap = ann.get(&format!("{PATH}?targetRole=Data%20Engineer%20II")).await.ok(200);
    assert_eq!(gap["peers"], 1);
    assert_eq!(items(&gap), [row(1, "Rust", 1, 1.0), row(1, "Spark", 1, 1.0)]);
}

#[tokio::test]
async fn limit_cuts_ties_by_name() {
    let app = TestApp::new().await;
    let [ann, _] = given_people(&app).await;
    let all = items(&ann.get(PATH).await.ok(200));
    for limit in 1..=4 {
        let gap = ann.get(&format!("{PATH}?limit={limit}")).await.ok(200);
        assert_eq!(items(&gap), all[..limit], "{limit}");
        assert_eq!(gap["peers"], 4);
    }
    assert_eq!(items(&ann.get(&format!("{PATH}?limit=100")).await.ok(200)), all);
    for bad in ["limit=0", "limit=101", "limit=-1", "limit=x", "role=x", "targetRole=%00"] {
        assert_eq!(ann.get(&format!("{PATH}?{bad}")).await.status, 400, "{bad}");
    }
    let long = format!("{PATH}?targetRole={}", "x".repeat(201));
    assert_eq!(ann.get(&long).await.brief(), r#"400 malformed ["targetRole length"]"#);
}

#[tokio::test]
async fn peers_are_active_users_whatever_they_have() {
    let app = TestApp::new().await;
    let [ann, _] = given_people(&app).await;
    app.execute("update identity.users set status = 'active' where first_name = 'gus'").await;
    given(&app, "ivy", "Data Engineer", &[]).await;
    let gap = ann.get(PATH).await.ok(200);
    assert_eq!(gap["peers"], 6);
    let expected = [
        row(1, "SQL", 4, 0.6667),
        row(2, "airflow", 2, 0.3333),
        row(2, "Kafka", 2, 0.3333),
        row(2, "Spark", 2, 0.3333),
        row(5, "Rust", 1, 0.1667),
    ];
    assert_eq!(items(&gap), expected);
}

#[tokio::test]
async fn gap_among_nobody_is_empty() {
    let app = TestApp::new().await;
    let [ann, _] = given_people(&app).await;
    for role in ["Nurse", "%25", "data_engineer", "Data%20Engineer'", "\u{1f600}"] {
        let gap = ann.get(&format!("{PATH}?targetRole={role}")).await.ok(200);
        assert_eq!((&gap["peers"], &gap["items"]), (&json!(0), &json!([])), "{role}");
    }
    let zoe = given(&app, "zoe", "Astronaut", &[]).await;
    let alone = json!({"targetRole": "Astronaut", "peers": 0, "items": []});
    assert_eq!(zoe.get(PATH).await.ok(200), alone, "nobody is their own peer");
}

#[tokio::test]
async fn gap_needs_a_target_role() {
    let app = TestApp::new().await;
    let [ann, _] = given_people(&app).await;
    let none = r#"422 validation ["targetRole required"]"#;
    let new = app.user("new").await;
    assert_eq!(new.get(PATH).await.brief(), none, "no profile");
    assert_eq!(new.get(&format!("{PATH}?targetRole=")).await.brief(), none);
    let asked = new.get(&format!("{PATH}?targetRole=data%20engineer")).await.ok(200);
    assert_eq!((&asked["peers"], &items(&asked)[0]), (&json!(5), &row(1, "Python", 5, 1.0)));
    let blank = given(&app, "blank", "  ", &[]).await;
    assert_eq!(blank.get(PATH).await.brief(), none, "a blank role");
    let without = app.user("without").await;
    let profile = format!("insert into smatrx.profiles (user_id) values ('{}')", without.id);
    app.execute(&profile).await;
    assert_eq!(without.get(PATH).await.brief(), none, "a profile without a role");
    for blank in ["targetRole=", "targetRole=%20%20"] {
        let own = ann.get(&format!("{PATH}?{blank}")).await.ok(200);
        assert_eq!((&own["targetRole"], &own["peers"]), (&json!("Data Engineer"), &json!(4)));
    }
}
