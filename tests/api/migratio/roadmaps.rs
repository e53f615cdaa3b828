use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{country, document_type, inserted, program};
use crate::{
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/migratio/roadmaps";

/// A programme of four steps, which come in another order than they are done in.
pub async fn route(app: &TestApp, name: &str) -> Uuid {
    // Two letters that no other programme's country has.
    let taken = app.count("select count(*) from migratio.countries").await;
    let letter = |number: i64| char::from(b'A' + u8::try_from(number % 26).unwrap());
    let code = format!("{}{}", letter(taken / 26), letter(taken));
    let country = country(app, &format!("Land {code}"), &code, ("CAD", 0.75)).await;
    let program = program(app, country, name, &json!([])).await;
    let steps = json!([
        {"title": "Register", "phase": "PostArrival", "estimatedDays": 7},
        {"title": "Choose", "description": "A city", "phase": "Planning", "estimatedDays": 10},
        {"title": "Collect", "phase": "ApplicationPrep", "estimatedDays": 20},
        {"title": "Translate"},
    ]);
    app.execute(&format!(
        "update migratio.programs set application_steps = '{steps}' where id = '{program}'"
    ))
    .await;
    program
}

/// The place of a new roadmap that begins with 2027.
pub async fn given_roadmap(user: &User<'_>, program: Uuid) -> String {
    let input = json!({"programId": program, "title": "To Canada", "startDate": "2027-01-01"});
    let made = user.post(PATH, &input).await;
    assert_eq!(made.status, 201, "{made:?}");
    made.header("location").to_owned()
}

/// The place of the first task of a phase.
pub fn task_at(place: &str, roadmap: &Value, phase: usize, task: usize) -> String {
    let phase = &roadmap["phases"][phase];
    let id = phase["tasks"][task]["id"].as_str().unwrap();
    format!("{place}/phases/{}/tasks/{id}", phase["phaseName"].as_str().unwrap())
}

/// The place of something of this user's, for the authorization matrix.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let rest = operation.path.strip_prefix("/v1/migratio/roadmaps/{id}")?;
    let place = given_roadmap(owner, route(owner.app, "Any").await).await;
    let rest = match rest.split_once("/{itemId}") {
        Some((shares, _)) => {
            let share = json!({"email": "x@example.com"});
            format!("{shares}/{}", owner.post(&format!("{place}{shares}"), &share).await.id())
        }
        None => rest.to_owned(),
    };
    if operation.id.ends_with("_hold") || operation.id.ends_with("_complete") {
        owner.post(&format!("{place}/activate"), &json!({})).await.ok(200);
    }
    let roadmap = owner.get(&place).await.ok(200);
    let task = roadmap["phases"][0]["tasks"][0]["id"].as_str().unwrap();
    Some(format!("{place}{}", rest.replace("{phase}", "Planning").replace("{taskId}", task)))
}

/// The id of a recommendation of this programme.
async fn recommended(user: &User<'_>, program: Uuid) -> Uuid {
    let set = format!(
        "migratio.recommendations (user_id, profile_snapshot) values ('{}', '{{}}')",
        user.id
    );
    let set = inserted(user.app, &set).await;
    inserted(user.app, &format!(
        "migratio.recommendation_items (user_id, recommendation_id, program_id, rank, match_score, \
           success_probability, preference_score, overall_score, explanation, gap_analysis) \
         values ('{}', '{set}', '{program}', 1, 1, 1, 1, 1, '{{}}', '{{}}')",
        user.id
    ))
    .await
}

#[tokio::test]
async fn roadmap_has_the_steps_and_documents_of_its_programme() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "Express Entry").await);
    let kind = document_type(&app, "passport").await;
    let asked = inserted(
        &app,
        &format!(
            "migratio.document_requirements (program_id, document_type_id, name, stage) \
         values ('{program}', '{kind}', 'Passport', 'SubmissionWaiting')"
        ),
    )
    .await;
    let made = ann.post(PATH, &json!({"programId": program, "startDate": "2027-01-01"})).await;
    let roadmap = made.ok(201);
    assert_holds(
        &roadmap,
        &json!({
            "recommendationItemId": null, "programId": program, "programName": "Express Entry", "title": "Express Entry",
            "description": null, "status": "draft", "planningAssessmentResults": null, "settlementProgress": null,
            "notes": null, "pdfExport": null, "access": "owner",
        }),
    );
    let phase = |name: &str, status: &str, start: &str, end: &str, tasks: &[(&str, &str)]| {
        let found = roadmap["phases"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["phaseName"] == name)
            .unwrap();
        assert_holds(found, &json!({"status": status, "startDate": start, "endDate": end}));
        let due: Vec<_> = found["tasks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|task| (task["title"].as_str().unwrap(), task["dueDate"].as_str().unwrap()))
            .collect();
        assert_eq!(due, tasks, "{name}");
        assert_eq!(
            found["milestones"][0]["targetDate"],
            if tasks.is_empty() { json!(null) } else { json!(end) }
        );
    };
    phase("Planning", "active", "2027-01-01", "2027-01-11", &[("Choose", "2027-01-11")]);
    let prepared = [("Collect", "2027-01-31"), ("Translate", "2027-02-14")];
    phase("ApplicationPrep", "pending", "2027-01-11", "2027-02-14", &prepared);
    phase("SubmissionWaiting", "pending", "2027-02-14", "2027-02-14", &[]);
    phase("PostArrival", "pending", "2027-02-14", "2027-02-21", &[("Register", "2027-02-21")]);
    phase("Integration", "pending", "2027-02-21", "2027-02-21", &[]);
    let document = json!({"requirementId": asked, "documentTypeId": kind, "name": "Passport", "isRequired": true});
    assert_eq!(roadmap["phases"][2]["documents"], json!([document]));
    assert_eq!(ann.get(made.header("location")).await.ok(200), roadmap);
    let listed = format!(
        "select count(*) from migratio.document_checklists where roadmap_id = '{}' \
        and user_id = '{}' and program_id = '{program}' and title = 'Express Entry' \
        and items @> '[{{\"requirementId\": \"{asked}\", \"status\": \"missing\"}}]'",
        made.id(),
        ann.id
    );
    assert_eq!(app.count(Box::leak(listed.into_boxed_str())).await, 1);
}

#[tokio::test]
async fn roadmap_begins_today_from_a_recommendation_of_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let program = route(&app, "Express Entry").await;
    let item = recommended(&ann, program).await;
    let before = chrono::Utc::now().date_naive();
    let written = json!({"recommendationItemId": item, "title": "ü\u{1f600}", "description": "d"});
    let roadmap = ann.post(PATH, &written).await.ok(201);
    let days = [before, chrono::Utc::now().date_naive()].map(|day| json!(day));
    assert_holds(&roadmap, &written);
    assert_holds(&roadmap, &json!({"programId": program, "programName": "Express Entry"}));
    assert!(days.contains(&roadmap["phases"][0]["startDate"]), "{roadmap}");
    let refused = bob.post(PATH, &json!({"recommendationItemId": item})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/recommendationItemId check"]"#);
    let refused = bob.post(PATH, &json!({"recommendationItemId": Uuid::now_v7()})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/recommendationItemId check"]"#);
    app.execute("update migratio.programs set is_active = false").await;
    let refused = ann.post(PATH, &json!({"recommendationItemId": item})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/recommendationItemId check"]"#);
    app.execute("delete from migratio.recommendations").await;
    let kept = ann.get(&format!("{PATH}/{}", roadmap["id"].as_str().unwrap())).await.ok(200);
    assert_eq!(kept["recommendationItemId"], json!(null), "the roadmap outlives it");
}

#[tokio::test]
async fn roadmap_leads_through_one_open_programme() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "x").await);
    let both = json!({"programId": program, "recommendationItemId": Uuid::now_v7()});
    for body in [json!({}), json!({"title": "x"}), both] {
        let refused = ann.post(PATH, &body).await;
        assert_eq!(refused.brief(), r#"422 validation ["/programId one_of"]"#, "{body}");
    }
    let refused = ann.post(PATH, &json!({"programId": Uuid::now_v7()})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/programId check"]"#);
    for (field, value, code) in [
        ("title", json!(""), "length"),
        ("title", json!("x".repeat(201)), "length"),
        ("title", json!("a\u{0}b"), "nul"),
        ("description", json!("x".repeat(10_001)), "length"),
        ("startDate", json!("1800-01-01"), "date"),
        ("status", json!("active"), "unknown"),
        ("phases", json!([]), "unknown"),
    ] {
        let mut body = json!({"programId": program});
        body[field] = value;
        let refused = ann.post(PATH, &body).await;
        assert_eq!(refused.status, 422, "{body} {code}: {refused:?}");
    }
    app.execute("update migratio.programs set is_active = false").await;
    let refused = ann.post(PATH, &json!({"programId": program})).await;
    assert_eq!(refused.brief(), r#"422 validation ["/programId check"]"#);
    let left = app.count("select (select count(*) from migratio.roadmaps) + (select count(*) from migratio.document_checklists)");
    assert_eq!(left.await, 0);
}

#[tokio::test]
async fn roadmaps_fields_are_replaced_and_patched() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
    let written = json!({
        "title": "t", "description": "d", "notes": "n",
        "planningAssessmentResults": {"readinessScore": 72.5, "financialPlanSummary": {"a": [1]}, "notes": "p"},
        "settlementProgress": {
            "housingStatus": "h", "bankingSetup": true, "communityConnectionsMade": 3, "notes": "s",
        },
    });
    let first = ann.put(&place, &written).await;
    assert_holds(&first.ok(200), &written);
    let patch = json!({"notes": null, "settlementProgress": {"bankingSetup": false}});
    let patched = ann.patch(&place, &patch).await.ok(200);
    assert_eq!(patched["notes"], json!(null));
    assert_eq!(patched["settlementProgress"]["bankingSetup"], false);
    assert_eq!(patched["settlementProgress"]["housingStatus"], "h");
    assert_eq!(patched["phases"], first.json()["phases"]);
    let stale =
        ann.send(reqwest::Method::PUT, &place, ("if-match", first.etag()), Some(&written)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    let stale = ann.send(reqwest::Method::DELETE, &place, ("if-match", first.etag()), None).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
    for (patch, pointer) in [
        (json!({"title": null}), "/title"),
        (
            json!({"planningAssessmentResults": {"readinessScore": 100.5}}),
            "/planningAssessmentResults/readinessScore",
        ),
        (
            json!({"settlementProgress": {"communityConnectionsMade": -1}}),
            "/settlementProgress/communityConnectionsMade",
        ),
        (json!({"phases": []}), "/phases"),
        (json!({"status": "completed"}), "/status"),
        (json!({"programId": Uuid::now_v7()}), "/programId"),
    ] {
        let refused = ann.patch(&place, &patch).await;
        assert_eq!(refused.status, 422, "{patch}: {refused:?}");
        assert!(refused.text.contains(pointer), "{patch}: {refused:?}");
    }
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
    assert_eq!(
        app.count("select count(*) from migratio.document_checklists where roadmap_id is null")
            .await,
        1
    );
}

#[tokio::test]
async fn a_pdf_is_of_now_and_its_version_the_next() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = format!("{}/pdf-export", given_roadmap(&ann, route(&app, "x").await).await);
    let pdf = json!({"storageUrl": "https://files.example.com/a.pdf"});
    let all = join_all((0..8).map(|_| ann.put(&place, &pdf))).await;
    let mut versions: Vec<_> =
        all.iter().map(|one| one.ok(200)["pdfExport"]["version"].as_i64().unwrap()).collect();
    versions.sort_unstable();
    assert_eq!(versions, (1..=8).collect::<Vec<_>>());
    let last = ann.put(&place, &json!({"storageUrl": "https://files.example.com/b.pdf"})).await;
    let exported = &last.ok(200)["pdfExport"];
    assert_holds(exported, &json!({"storageUrl": "https://files.example.com/b.pdf", "version": 9}));
    assert_eq!(
        exported["lastGeneratedAt"].as_str().unwrap()[..16],
        last.json()["updatedAt"].as_str().unwrap()[..16]
    );
    for body in [
        json!({}),
        json!({"storageUrl": "ftp://x"}),
        json!({"storageUrl": "https://x.de", "version": 1}),
    ] {
        assert_eq!(ann.put(&place, &body).await.status, 422, "{body}");
    }
    let stale =
        ann.send(reqwest::Method::PUT, &place, ("if-match", all[0].etag()), Some(&pdf)).await;
    assert_eq!(stale.brief(), "412 precondition-failed");
}

#[tokio::test]
async fn roadmaps_are_listed_newest_first_and_by_status() {
    let app = TestApp::new().await;
    let (ann, bob, program) =
        (app.user("ann").await, app.user("bob").await, route(&app, "x").await);
    let mut ids = Vec::new();
    for number in 0..5 {
        let place = given_roadmap(&ann, program).await;
        if number % 2 == 0 {
            ann.post(&format!("{place}/activate"), &json!({})).await.ok(200);
        }
        ids.insert(0, place.rsplit_once('/').unwrap().1.to_owned());
    }
    given_roadmap(&bob, program).await;
    let listed = async |query: &str| -> Vec<String> {
        let all = ann.all(&format!("{PATH}{query}"), 2).await;
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(listed("").await, ids);
    assert_eq!(listed("?status=active").await, [&*ids[0], &*ids[2], &*ids[4]]);
    assert_eq!(listed("?status=draft,active").await, ids);
    assert_eq!(listed("?status=on_hold").await, [""; 0]);
    assert_eq!(listed("?shared=true").await, [""; 0]);
    for query in ["?status=begun", "?shared=2", "?x=1", "?limit=0", "?cursor=x"] {
        assert_eq!(ann.get(&format!("{PATH}{query}")).await.status, 400, "{query}");
    }
}

#[tokio::test]
async fn popularity_counts_every_roadmap_made_and_deleted_at_once() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let (one, two) = (route(&app, "one").await, route(&app, "two").await);
    let made = join_all((0..24).map(|number| {
        let user = if number % 2 == 0 { &ann } else { &bob };
        given_roadmap(user, if number % 3 == 0 { one } else { two })
    }))
    .await;
    let gone = made.iter().enumerate().filter(|(number, _)| number % 4 == 0);
    let deleted = gone.map(|(_, place)| ann.delete(place));
    let more = (0..5).map(|_| given_roadmap(&bob, one));
    let (deleted, _) = tokio::join!(join_all(deleted), join_all(more));
    assert!(deleted.iter().all(|answer| answer.status == 204), "{deleted:?}");
    // One had 8 of the 24 and lost 2 (0 and 12); two had 16 and lost 4.
    let popular =
        "select string_agg(popularity::text, ' ' order by name) = '11 12' from migratio.programs";
    assert_eq!(
        app.count(Box::leak(format!("select (({popular}))::int::bigint").into_boxed_str())).await,
        1
    );
    let sql = format!("delete from identity.users where id = '{}'", bob.id);
    app.execute(&sql).await;
    let anns = "select count(*) from migratio.roadmaps having count(*) = (select sum(popularity) from migratio.programs)";
    assert_eq!(app.count(anns).await, 6);
}

#[tokio::test]
async fn repeats_with_a_key_make_one_roadmap() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "x").await);
    let body = json!({"programId": program});
    let key = ("idempotency-key", "once");
    let first = ann.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    let again = ann.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(app.count("select count(*) from migratio.roadmaps").await, 1);
    assert_eq!(app.count("select popularity::bigint from migratio.programs").await, 1);
}

#[tokio::test]
async fn a_programme_with_roadmaps_is_not_deleted() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "x").await);
    let place = given_roadmap(&ann, program).await;
    let mut conn = app.sql().await;
    let refused =
        sqlx::Executor::execute(&mut conn, "delete from migratio.programs").await.unwrap_err();
    assert_eq!(refused.as_database_error().unwrap().constraint(), Some("roadmaps_program_id_fkey"));
    ann.delete(&place).await;
    app.execute("delete from migratio.document_checklists; delete from migratio.programs").await;
}
