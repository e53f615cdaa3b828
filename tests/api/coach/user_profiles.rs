mod bounds;
mod versions;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::parts::PROFILE as PATH;
use crate::support::{Caller, TestApp, User, assert_holds};

fn full() -> Value {
    json!({
        "phone": "+4791234567", "bio": "Født i Ærøskøbing 🚢", "location": "Oslo area",
        "city": "Oslo", "state": "Oslo", "country": "Norway", "zipCode": "0150",
        "linkedinUrl": "https://linkedin.com/in/ann", "githubUrl": "https://github.com/ann",
        "portfolioUrl": "https://ann.example/work", "websiteUrl": "http://ann.example",
        "currentJobTitle": "Engineer", "currentCompany": "Acme", "yearsOfExperience": 0,
        "timezone": "America/Argentina/Buenos_Aires",
        "preferences": {
            "desiredJobTitle": "Architect", "desiredSalaryMin": 0, "desiredSalaryMax": 2_000_000,
            "desiredWorkMode": "REMOTE", "desiredJobTypes": ["FULL_TIME", "CONTRACT"],
            "willingToRelocate": true, "preferredLocations": ["Lisboa", "Porto"],
            "availableFrom": "2026-02-01",
        },
    })
}

fn no_preferences() -> Value {
    json!({
        "desiredJobTitle": null, "desiredSalaryMin": null, "desiredSalaryMax": null,
        "desiredWorkMode": null, "desiredJobTypes": [], "willingToRelocate": false,
        "preferredLocations": [], "availableFrom": null,
    })
}

/// One row on each of the four lists.
async fn give_parts(user: &User<'_>) {
    for (list, body) in [
        ("experiences", json!({"company": "A", "position": "B", "startDate": "2020-01-01"})),
        (
            "educations",
            json!({"institution": "A", "degree": "B", "fieldOfStudy": "C", "startDate": "2020-01-01"}),
        ),
        ("skills", json!({"name": "A", "level": "EXPERT"})),
        (
            "certifications",
            json!({"name": "A", "issuingOrganization": "B", "issueDate": "2020-01-01"}),
        ),
    ] {
        user.post(&format!("{PATH}/{list}"), &body).await.ok(201);
    }
}

fn column(items: &Value, name: &str) -> Value {
    items.as_array().unwrap().iter().map(|item| item[name].clone()).collect()
}

#[tokio::test]
async fn profile_is_not_there_before_it_is_written() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    assert_eq!(ann.get(PATH).await.brief(), "404 not-found");
    let made = ann.put(PATH, &json!({})).await;
    let profile = made.ok(201);
    assert_eq!(made.header("location"), PATH);
    assert_eq!(profile["preferences"], no_preferences());
    for list in ["experiences", "educations", "skills", "certifications"] {
        assert_eq!(profile[list], json!([]));
    }
    let read = ann.get(PATH).await;
    assert_eq!((read.ok(200), read.etag()), (profile, made.etag()));
    assert_eq!(bob.get(PATH).await.brief(), "404 not-found");
}

#[tokio::test]
async fn put_replaces_everything_that_a_client_writes() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let first = ann.put(PATH, &full()).await;
    assert_holds(&first.ok(201), &full());
    assert_eq!(ann.get(PATH).await.ok(200), first.json());
    bob.put(PATH, &json!({"city": "Bergen"})).await.ok(201);

    let second = ann.put(PATH, &json!({"city": "Lisboa"})).await;
    let profile = second.ok(200);
    assert_eq!(profile["id"], first.json()["id"]);
    assert_eq!(profile["createdAt"], first.json()["createdAt"]);
    assert_ne!(second.etag(), first.etag());
    assert_eq!(profile["preferences"], no_preferences());
    for field in full().as_object().unwrap().keys() {
        match field.as_str() {
            "city" => assert_eq!(profile["city"], "Lisboa"),
            "preferences" => {}
            _ => assert_eq!(profile[field], Value::Null, "{field}"),
        }
    }
    assert_eq!(ann.get(PATH).await.ok(200), profile);
    assert_eq!(bob.get(PATH).await.ok(200)["city"], "Bergen");
}

#[tokio::test]
async fn put_and_patch_never_touch_the_lists() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    give_parts(&ann).await;
    let before = ann.get(PATH).await.ok(200);
    let (put, patched) = (
        ann.put(PATH, &full()).await.ok(200),
        ann.patch(PATH, &json!({"city": null})).await.ok(200),
    );
    for list in ["experiences", "educations", "skills", "certifications"] {
        assert_eq!(before[list].as_array().unwrap().len(), 1);
        assert_eq!(put[list], before[list]);
        assert_eq!(patched[list], before[list]);
        // Not even by asking for it.
        let expected = format!(r#"422 validation ["/{list} unknown_field"]"#);
        assert_eq!(ann.put(PATH, &json!({ list: [] })).await.brief(), expected.as_str());
        assert_eq!(ann.patch(PATH, &json!({ list: [] })).await.brief(), expected.as_str());
    }
    assert_eq!(ann.get(PATH).await.ok(200), patched);
}

#[tokio::test]
async fn patch_keeps_clears_and_sets() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let made =
        ann.patch(PATH, &json!({"bio": "Hello", "preferences": {"desiredSalaryMin": 10}})).await;
    assert_eq!(made.ok(201)["bio"], "Hello");
    assert_eq!(made.header("location"), PATH);
    ann.put(PATH, &full()).await.ok(200);

    let patched = ann.patch(PATH, &json!({"bio": null, "city": "Porto"})).await.ok(200);
    let mut expected = full();
    expected["bio"] = Value::Null;
    expected["city"] = json!("Porto");
    assert_holds(&patched, &expected);

    let preferences = json!({"desiredSalaryMax": null, "desiredJobTypes": ["PART_TIME"]});
    let patched = ann.patch(PATH, &json!({ "preferences": preferences })).await.ok(200);
    expected["preferences"]["desiredSalaryMax"] = Value::Null;
    expected["preferences"]["desiredJobTypes"] = json!(["PART_TIME"]);
    assert_holds(&patched, &expected);
    assert_eq!(ann.get(PATH).await.ok(200), patched);

    let cleared = ann.patch(PATH, &json!({"preferences": null})).await.ok(200);
    assert_eq!(cleared["preferences"], no_preferences());
    assert_eq!(cleared["city"], "Porto");
}

#[tokio::test]
async fn profile_nests_its_lists_in_their_order() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    give_parts(&bob).await;
    for (title, start, current) in [
        ("old", "2001-01-01", false),
        ("current, old", "2000-01-01", true),
        ("new", "2024-01-01", false),
        ("current, new", "2023-01-01", true),
    ] {
        let body =
            json!({"company": title, "position": "x", "startDate": start, "isCurrent": current});
        ann.post(&format!("{PATH}/experiences"), &body).await.ok(201);
        let body = json!({
            "institution": title, "degree": "x", "fieldOfStudy": "x", "startDate": start, "isCurrent": current,
        });
        ann.post(&format!("{PATH}/educations"), &body).await.ok(201);
    }
    for (name, date) in [("b", "2020-01-02"), ("c", "2020-01-01"), ("a", "2020-01-03")] {
        let body = json!({"name": name, "issuingOrganization": "x", "issueDate": date});
        ann.post(&format!("{PATH}/certifications"), &body).await.ok(201);
    }
    for (name, category, level) in [
        ("none", None, "EXPERT"),
        ("b1", Some("b"), "EXPERT"),
        ("a3", Some("a"), "BEGINNER"),
        ("A2", Some("a"), "EXPERT"),
        ("a1", Some("a"), "EXPERT"),
    ] {
        let body = json!({"name": name, "category": category, "level": level});
        ann.post(&format!("{PATH}/skills"), &body).await.ok(201);
    }
    let profile = ann.get(PATH).await.ok(200);
    let by_date = json!(["current, new", "current, old", "new", "old"]);
    assert_eq!(column(&profile["experiences"], "company"), by_date);
    assert_eq!(column(&profile["educations"], "institution"), by_date);
    assert_eq!(column(&profile["certifications"], "name"), json!(["a", "b", "c"]));
    assert_eq!(column(&profile["skills"], "name"), json!(["a1", "A2", "a3", "b1", "none"]));
    // A nested row is the same as by itself, and a write answers with the same document.
    for list in ["experiences", "educations", "skills", "certifications"] {
        let row = &profile[list][1];
        let place = format!("{PATH}/{list}/{}", row["id"].as_str().unwrap());
        assert_eq!(&ann.get(&place).await.ok(200), row);
        assert_eq!(ann.put(PATH, &json!({})).await.ok(200)[list], profile[list]);
    }
}

/// Rows that nest have one naming in the database and another on the wire.
#[tokio::test]
async fn openapi_names_the_fields_that_are_sent() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    give_parts(&ann).await;
    let (profile, openapi) = tokio::join!(ann.get(PATH), ann.get("/openapi.json"));
    let (profile, openapi) = (profile.ok(200), openapi.ok(200));
    for (schema, sent) in [
        ("UserProfile", &profile),
        ("Preferences", &profile["preferences"]),
        ("Experience", &profile["experiences"][0]),
        ("Education", &profile["educations"][0]),
        ("Skill", &profile["skills"][0]),
        ("Certification", &profile["certifications"][0]),
    ] {
        let described = &openapi["components"]["schemas"][schema]["properties"];
        let names = |object: &Value| -> BTreeSet<String> {
            object.as_object().unwrap().keys().cloned().collect()
        };
        assert_eq!(names(described), names(sent), "{schema}");
    }
}

#[tokio::test]
async fn profile_is_written_by_its_user() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    ann.put(PATH, &full()).await.ok(201);
    ann.patch(PATH, &json!({"city": "Porto"})).await.ok(200);
    let logged = format!(
        "select string_agg(action::text, ',' order by id) from audit.logs
         where entity_type = 'coach.user_profiles' and actor_id = '{}'",
        ann.id
    );
    let row =
        sqlx::Executor::fetch_one(&mut app.sql().await, sqlx::raw_sql(sqlx::AssertSqlSafe(logged)))
            .await
            .unwrap();
    assert_eq!(sqlx::Row::get::<String, _>(&row, 0), "insert,update");
}

#[tokio::test]
async fn erased_user_cannot_begin_a_profile() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    give_parts(&ann).await;
    app.execute("delete from identity.users").await;
    assert_eq!(app.count("select count(*) from coach.user_profiles").await, 0);
    assert_eq!(app.count("select count(*) from coach.skills").await, 0);
    assert_eq!(ann.put(PATH, &json!({})).await.brief(), "401 unauthenticated");
    let skill = json!({"name": "A", "level": "EXPERT"});
    assert_eq!(ann.post(&format!("{PATH}/skills"), &skill).await.brief(), "401 unauthenticated");
}

#[tokio::test]
async fn nobody_has_no_profile() {
    let app = TestApp::new().await;
    let nobody = app.anonymous();
    assert_eq!(nobody.get(PATH).await.brief(), "401 unauthenticated");
    assert_eq!(nobody.put(PATH, &json!({})).await.brief(), "401 unauthenticated");
    assert_eq!(nobody.patch(PATH, &json!({})).await.brief(), "401 unauthenticated");
}
