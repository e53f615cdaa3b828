use serde_json::{Value, json};

use super::{ask, catalogue, over, text, told};
use crate::support::{TestApp, User};

/// What the user has: name, level, years, source, evidence, whether it is verified.
async fn skills(user: &User<'_>) -> Value {
    let sql = format!(
        "select coalesce(jsonb_agg(jsonb_build_array(
           skill.name, own.level, own.years_experience, own.source, own.evidence, own.verified
         ) order by skill.name), '[]')::text
         from smatrx.user_skills as own
         join smatrx.skills as skill on skill.id = own.skill_id
         where own.user_id = '{}'",
        user.id
    );
    serde_json::from_str(&told(user.app, &sql).await).unwrap()
}

/// Gives the user these skills: name, level, years, source, evidence.
async fn give(user: &User<'_>, skills: &Value) {
    user.app
        .execute(&format!(
            "insert into smatrx.user_skills (user_id, skill_id, level, years_experience, source, evidence,
               verified, verified_at)
             select '{}', skill.id, (own ->> 1)::smatrx.skill_level, (own ->> 2)::integer,
               (own ->> 3)::smatrx.skill_source, nullif(own -> 4, 'null'),
               own ->> 3 = 'verified', case own ->> 3 when 'verified' then now() end
             from jsonb_array_elements('{skills}') as own
             join smatrx.skills as skill on skill.name = own ->> 0",
            user.id
        ))
        .await;
}

fn names(results: &Value) -> Vec<&str> {
    let matched = results["matched"].as_array().unwrap();
    matched.iter().map(|skill| skill["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_text_gives_the_skills_that_it_mentions() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    catalogue(&app, &["React", "React Native", "Go", "C++", "Rust"]).await;
    give(&bob, &json!([["Rust", "expert", null, "manual", null]])).await;
    let _stop = app.work();
    let place = ask(&ann, &text("Ten years of REACT native, c++; Rust. I left Google.")).await;
    let import = over(&ann, &place).await;
    assert_eq!((&import["status"], &import["progress"]), (&json!("completed"), &json!(100)));
    assert_eq!((&import["message"], &import["error"]), (&json!(null), &json!(null)));
    assert!(import["completedAt"].as_str() >= import["startedAt"].as_str());
    let results = &import["results"];
    assert_eq!(names(results), ["C++", "React Native", "Rust"]);
    assert_eq!((&results["created"], &results["updated"]), (&json!(3), &json!(0)));
    assert_eq!(results["unknown"], json!([]));
    let own = |name| json!([name, "beginner", null, "resume", null, false]);
    assert_eq!(skills(&ann).await, json!([own("C++"), own("React Native"), own("Rust")]));
    assert_eq!(skills(&bob).await, json!([["Rust", "expert", null, "manual", null, false]]));

    let left =
        "select count(*) from smatrx.skill_imports where resume is not null or items is not null";
    assert_eq!(app.count(left).await, 0, "what was imported is kept");
    let linked = "select count(*) from smatrx.skill_import_skills as linked
        join smatrx.skill_imports as import on (import.user_id, import.id) = (linked.user_id, linked.import_id)";
    assert_eq!(app.count(linked).await, 3);
    let id = results["matched"][2]["skillId"].as_str().unwrap();
    let named = told(&app, &format!("select name from smatrx.skills where id = '{id}'")).await;
    assert_eq!(named, "Rust");
}

#[tokio::test]
async fn items_are_found_by_name_and_told_when_they_are_unknown() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    catalogue(&app, &["Rust", "Go"]).await;
    let _stop = app.work();
    let items = json!([
        {"skill": "RUST", "level": "advanced", "yearsExperience": 3, "evidence": {"stars": 1}},
        {"skill": "Fortran"}, {"skill": "rust", "level": "intermediate", "yearsExperience": 5},
        {"skill": "go"}, {"skill": "Go, Rust"}, {"skill": "fortran"},
    ]);
    let place = ask(&ann, &json!({"source": "github", "items": items})).await;
    let import = over(&ann, &place).await;
    let results = &import["results"];
    assert_eq!(names(results), ["Go", "Rust"]);
    assert_eq!(results["unknown"], json!(["Fortran", "Go, Rust"]));
    assert_eq!((&results["created"], &results["updated"]), (&json!(2), &json!(0)));
    let expected = json!([
        ["Go", "beginner", null, "github", null, false],
        ["Rust", "advanced", 5, "github", {"stars": 1}, false],
    ]);
    assert_eq!(skills(&ann).await, expected);
}

#[tokio::test]
async fn an_import_lowers_nothing_and_leaves_what_is_verified() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let names = ["Higher", "Lower", "Years", "Fewer", "Proof", "Same", "Verified", "New"];
    catalogue(&app, &names).await;
    give(
        &ann,
        &json!([
            ["Higher", "beginner", 9, "manual", {"a": 1}], ["Lower", "expert", null, "manual", null],
            ["Years", "expert", null, "manual", null], ["Fewer", "advanced", 7, "linkedin", null],
            ["Proof", "expert", null, "manual", {"a": 1}], ["Same", "advanced", 3, "manual", {"a": 1}],
            ["Verified", "beginner", null, "verified", null],
        ]),
    )
    .await;
    let _stop = app.work();
    let item = |name: &&str| json!({"skill": name, "level": "advanced", "yearsExperience": 3});
    let mut items: Vec<Value> = names.iter().map(item).collect();
    items[4] = json!({"skill": "Proof", "evidence": {"b": 2}});
    items[1] = json!({"skill": "Lower", "level": "advanced"});
    let place = ask(&ann, &json!({"source": "github", "items": items})).await;
    let results = over(&ann, &place).await["results"].clone();
    assert_eq!((&results["created"], &results["updated"]), (&json!(1), &json!(3)));
    assert_eq!(self::names(&results).len(), names.len());
    let expected = json!([
        ["Fewer", "advanced", 7, "linkedin", null, false],
        ["Higher", "advanced", 9, "github", {"a": 1}, false],
        ["Lower", "expert", null, "manual", null, false],
        ["New", "advanced", 3, "github", null, false],
        ["Proof", "expert", null, "manual", {"b": 2}, false],
        ["Same", "advanced", 3, "manual", {"a": 1}, false],
        ["Verified", "beginner", null, "verified", null, true],
        ["Years", "expert", 3, "manual", null, false],
    ]);
    assert_eq!(skills(&ann).await, expected);
}

#[tokio::test]
async fn what_an_import_writes_is_its_owners_doing() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    catalogue(&app, &["Rust"]).await;
    let _stop = app.work();
    for user in [&ann, &bob] {
        let place = ask(user, &text("Rust")).await;
        over(user, &place).await;
    }
    let wrong = "select count(*) from audit.logs
        where entity_type in ('smatrx.skill_imports', 'smatrx.skill_import_skills', 'smatrx.user_skills')
          and actor_id is distinct from (
            select user_id from smatrx.skill_imports where id = logs.entity_id
            union all
            select user_id from smatrx.user_skills where id = logs.entity_id
            union all
            select actor_id where entity_id is null)";
    assert_eq!(app.count(wrong).await, 0);
    // Asked for, taken, completed, and the skill: nobody wants to read how far it was each second.
    assert_eq!(
        app.count("select count(*) from audit.logs where actor_id is not null").await,
        2 * 5
    );
}
