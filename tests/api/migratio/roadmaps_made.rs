use futures_util::future::join_all;
use serde_json::json;
use uuid::Uuid;

use super::{
    people::{document_type, inserted},
    roadmaps::{PATH, given_roadmap, route},
};
use crate::support::{Caller, TestApp, User, assert_holds};

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
async fn roadmap_has_the_steps_of_its_programme() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "Express Entry").await);
    let made = ann.post(PATH, &json!({"programId": program, "startDate": "2027-01-01"})).await;
    let roadmap = made.ok(201);
    let fields = json!({
        "recommendationItemId": null, "programId": program, "programName": "Express Entry",
        "title": "Express Entry", "description": null, "status": "draft", "notes": null, "access": "owner",
        "planningAssessmentResults": null, "settlementProgress": null, "pdfExport": null,
    });
    assert_holds(&roadmap, &fields);
    let [prepared, arrived] = ["2027-02-14", "2027-02-21"];
    let collected = json!(["Collect", "2027-01-31", "Translate", prepared]);
    for (number, name, status, start, end, tasks) in [
        (0, "Planning", "active", "2027-01-01", "2027-01-11", json!(["Choose", "2027-01-11"])),
        (1, "ApplicationPrep", "pending", "2027-01-11", prepared, collected),
        (2, "SubmissionWaiting", "pending", prepared, prepared, json!([])),
        (3, "PostArrival", "pending", prepared, arrived, json!(["Register", arrived])),
        (4, "Integration", "pending", arrived, arrived, json!([])),
    ] {
        let phase = &roadmap["phases"][number];
        let fields = json!({"phaseName": name, "status": status, "startDate": start, "endDate": end, "documents": []});
        assert_holds(phase, &fields);
        let found = phase["tasks"].as_array().unwrap().iter();
        let found: Vec<_> = found.flat_map(|task| [&task["title"], &task["dueDate"]]).collect();
        assert_eq!(json!(found), tasks, "{name}");
        let reached = if found.is_empty() { json!(null) } else { json!(end) };
        assert_eq!(phase["milestones"][0]["targetDate"], reached, "{name}");
    }
    assert_eq!(roadmap["phases"][0]["tasks"][0]["description"], "A city");
    assert_eq!(ann.get(made.header("location")).await.ok(200), roadmap);
}

#[tokio::test]
async fn roadmap_has_the_documents_of_its_programme_and_a_checklist() {
    let app = TestApp::new().await;
    let (ann, program) = (app.user("ann").await, route(&app, "Express Entry").await);
    let kind = document_type(&app, "passport").await;
    let asked = inserted(&app, &format!(
        "migratio.document_requirements (program_id, document_type_id, name, stage, is_required) \
         values ('{program}', '{kind}', 'Passport', 'SubmissionWaiting', false)"
    ))
    .await;
    let roadmap = ann.post(PATH, &json!({"programId": program})).await.ok(201);
    let document = json!({
        "requirementId": asked, "documentTypeId": kind, "name": "Passport", "isRequired": false,
    });
    assert_eq!(roadmap["phases"][2]["documents"], json!([document]));
    assert_eq!(roadmap["phases"][1]["documents"], json!([]));
    let checklists = "select count(*)
        from migratio.document_checklists as list
        join migratio.roadmaps as roadmap using (user_id, program_id, title)
        join migratio.document_requirements as asked using (program_id)
        where list.roadmap_id = roadmap.id
          and items @> jsonb_build_array(jsonb_build_object('requirementId', asked.id, 'status', 'missing'))";
    assert_eq!(app.count(checklists).await, 1);
    assert_eq!(app.count("select count(*) from migratio.document_checklists").await, 1);
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
        "select (string_agg(popularity::text, ' ' order by name) = '11 12')::integer::bigint
        from migratio.programs";
    assert_eq!(app.count(popular).await, 1);
    let sql = format!("delete from identity.users where id = '{}'", bob.id);
    app.execute(&sql).await;
    let anns = "select count(*) from migratio.roadmaps having count(*) = (select sum(popularity) from migratio.programs)";
    assert_eq!(app.count(anns).await, 6);
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
