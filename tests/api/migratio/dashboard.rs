use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    document_checklists,
    documents::{day, given_document},
    people::{country, document_type, inserted, program},
    resources::{given_resource, pays, writer},
};
use crate::support::{Caller, TestApp, User, assert_holds};

const PATH: &str = "/v1/migratio/dashboard";

/// A profile that is complete to the last section, or has only what half of them ask for.
async fn given_profile(user: &User<'_>, complete: bool) {
    let rest = match complete {
        true => {
            "'[{\"language\": \"en\"}]', '{\"liquidAssets\": 1, \"annualIncome\": 1, \"netWorth\": 1,
              \"hasFinancialSupport\": false}', '\\x00'"
        }
        false => "'[]', '{}', null",
    };
    let row = format!(
        "migratio.profiles (user_id, education, work_experience, immigration_history, personal_info,
           preferences, language_proficiency, financial_resources, additional_attributes)
         values ('{}', '[]', '[]', '{{}}', '{{\"dateOfBirth\": \"1990-01-01\", \"gender\": \"x\",
           \"maritalStatus\": \"x\", \"nationalities\": [\"FR\"], \"currentResidence\": {{\"a\": 1}},
           \"contactInformation\": {{\"a\": 1}}}}', '{{}}', {rest})",
        user.id
    );
    inserted(user.app, &row).await;
}

/// A set of recommendations of these programmes, in this order.
async fn recommended(user: &User<'_>, programs: &[Uuid]) {
    let row = format!(
        "migratio.recommendations (user_id, profile_snapshot) values ('{}', '{{}}')",
        user.id
    );
    let set = inserted(user.app, &row).await;
    for (index, program) in programs.iter().enumerate() {
        let row = format!(
            "migratio.recommendation_items (user_id, recommendation_id, program_id, rank, match_score,
               success_probability, preference_score, overall_score, explanation, gap_analysis)
             values ('{}', '{set}', '{program}', {}, 1, 1, 1, 0.5, '{{}}', '{{}}')",
            user.id,
            index + 1
        );
        inserted(user.app, &row).await;
    }
}

/// A roadmap of these phases: name, and tasks by title, status and due date.
async fn given_roadmap(
    user: &User<'_>,
    program: Uuid,
    title: &str,
    status: &str,
    phases: &[Phase<'_>],
) -> Uuid {
    let phases: Vec<Value> = phases
        .iter()
        .map(|(name, tasks)| {
            let tasks: Vec<Value> = tasks
                .iter()
                .map(|(title, status, due)| {
                    json!({"id": Uuid::now_v7(), "title": title, "status": status, "dueDate": due})
                })
                .collect();
            json!({"phaseName": name, "tasks": tasks, "documents": [], "milestones": []})
        })
        .collect();
    let row = format!(
        "migratio.roadmaps (user_id, program_id, title, status, phases)
         values ('{}', '{program}', '{title}', '{status}', '{}')",
        user.id,
        json!(phases)
    );
    inserted(user.app, &row).await
}

type Phase<'a> = (&'a str, &'a [(&'a str, &'a str, Option<&'a str>)]);

/// A programme to go by.
async fn express(app: &TestApp) -> Uuid {
    let canada = country(app, "Canada", "CA", ("CAD", 0.73)).await;
    program(app, canada, "Express Entry", &json!([])).await
}

#[tokio::test]
async fn whoever_has_nothing_is_planning() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let empty = json!({
        "profileCompletion": 0, "membership": {"tier": "free", "expiry": null, "isPaid": false},
        "recommendations": [], "dueTasks": [],
        "documents": {"draft": 0, "ready": 0, "submitted": 0, "archived": 0, "expiring": 0},
        "checklists": {"count": 0, "completed": 0, "completionPercentage": 0},
        "stage": "planning", "resources": [],
    });
    assert_eq!(ann.get(PATH).await.ok(200), empty);
    assert_eq!(app.anonymous().get(PATH).await.brief(), "401 unauthenticated");
    assert_eq!(ann.get(&format!("{PATH}?x=1")).await.status, 200);
}

#[tokio::test]
async fn documents_checklists_and_tier_are_ones_own() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let kind = document_type(&app, "passport").await;
    for (status, days) in
        [("draft", 30), ("ready", 31), ("submitted", -3), ("archived", 1), ("draft", 400)]
    {
        let fields = json!({"status": status, "expiryDate": day(days)});
        given_document(&ann, kind, fields).await;
    }
    for status in ["ready", "inProgress", "missing"] {
        let items = json!([{"name": "x", "status": status}, {"name": "y", "status": "ready"}]);
        ann.post(document_checklists::PATH, &json!({"items": items})).await.ok(201);
    }
    pays(&ann, "navigator", "'2199-01-01T00:00:00Z'").await;
    given_profile(&ann, false).await;
    let fields = json!({
        "documents": {"draft": 2, "ready": 1, "submitted": 1, "archived": 1, "expiring": 2},
        "checklists": {"count": 3, "completed": 1, "completionPercentage": 66},
        "membership": {"tier": "navigator", "expiry": "2199-01-01T00:00:00Z", "isPaid": true},
        "profileCompletion": 50, "stage": "assessment",
    });
    assert_holds(&ann.get(PATH).await.ok(200), &fields);
    let none = json!({"draft": 0, "ready": 0, "submitted": 0, "archived": 0, "expiring": 0});
    assert_eq!(bob.get(PATH).await.ok(200)["documents"], none);
    pays(&ann, "navigator", "now() - interval '1 second'").await;
    assert_eq!(ann.get(PATH).await.ok(200)["membership"]["isPaid"], false);
}

#[tokio::test]
async fn the_first_three_of_the_latest_set_are_shown() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let canada = country(&app, "Canada", "CA", ("CAD", 0.73)).await;
    let mut programs = Vec::new();
    for name in ["A", "B", "C", "D"] {
        programs.push(program(&app, canada, name, &json!([])).await);
    }
    recommended(&ann, &programs).await;
    programs.reverse();
    recommended(&ann, &programs).await;
    let shown = ann.get(PATH).await.ok(200)["recommendations"].clone();
    let names: Vec<_> = shown.as_array().unwrap().iter().map(|one| &one["programName"]).collect();
    assert_eq!(names, ["D", "C", "B"]);
    assert_holds(&shown[0], &json!({"programId": programs[0], "rank": 1, "overallScore": 0.5}));
    assert_eq!(bob.get(PATH).await.ok(200)["recommendations"], json!([]));
}

#[tokio::test]
async fn the_next_five_tasks_of_active_roadmaps_are_shown() {
    let app = TestApp::new().await;
    let (ann, bob) = (app.user("ann").await, app.user("bob").await);
    let express = express(&app).await;
    let first: &[Phase<'_>] = &[
        (
            "Planning",
            &[("done", "completed", Some("2020-01-01")), ("third", "pending", Some("2030-01-03"))],
        ),
        (
            "ApplicationPrep",
            &[("fourth", "pending", None), ("stuck", "blocked", Some("2020-01-01"))],
        ),
        ("Integration", &[("fifth", "pending", None), ("sixth", "pending", None)]),
    ];
    let second: &[Phase<'_>] = &[(
        "Planning",
        &[("second", "inProgress", Some("2030-01-02")), ("first", "pending", Some("2019-12-31"))],
    )];
    let other: &[Phase<'_>] = &[("Planning", &[("no", "pending", Some("2019-01-01"))])];
    given_roadmap(&ann, express, "One", "active", first).await;
    let two = given_roadmap(&ann, express, "Two", "active", second).await;
    for status in ["draft", "on_hold", "abandoned"] {
        given_roadmap(&ann, express, status, status, other).await;
    }
    given_roadmap(&bob, express, "Bobs", "active", other).await;
    let tasks = ann.get(PATH).await.ok(200)["dueTasks"].as_array().unwrap().clone();
    let titles: Vec<_> = tasks.iter().map(|task| task["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["first", "second", "third", "fourth", "fifth"]);
    let fields = json!({
        "roadmapId": two, "roadmapTitle": "Two", "phaseName": "Planning", "status": "inProgress",
        "dueDate": "2030-01-02",
    });
    assert_holds(&tasks[1], &fields);
    assert_eq!(tasks[4]["phaseName"], "Integration");
}

#[tokio::test]
async fn the_stage_follows_what_there_is() {
    let app = TestApp::new().await;
    let express = express(&app).await;
    let prep: Phase<'_> = ("ApplicationPrep", &[("a", "pending", None)]);
    let arrived: Phase<'_> = ("PostArrival", &[("a", "inProgress", None)]);
    let coming: Phase<'_> = ("PostArrival", &[("a", "pending", None)]);
    let home: Phase<'_> = ("Integration", &[("a", "pending", None)]);
    for (number, (complete, set, roadmap, stage)) in [
        (false, true, Some(("active", vec![arrived])), "assessment"),
        (true, false, Some(("active", vec![arrived])), "assessment"),
        (true, true, None, "assessment"),
        (true, true, Some(("draft", vec![coming])), "assessment"),
        (true, true, Some(("on_hold", vec![arrived])), "assessment"),
        (true, true, Some(("active", vec![prep, coming])), "application"),
        (true, true, Some(("active", vec![prep, arrived])), "settlement"),
        (true, true, Some(("active", vec![home])), "settlement"),
    ]
    .into_iter()
    .enumerate()
    {
        let person = app.user(&format!("person{number}")).await;
        given_profile(&person, complete).await;
        if set {
            recommended(&person, &[express]).await;
        }
        if let Some((status, phases)) = roadmap {
            given_roadmap(&person, express, "x", status, &phases).await;
        }
        let seen = person.get(PATH).await.ok(200);
        assert_eq!(seen["stage"], stage, "case {number}");
        let whole = seen["profileCompletion"].as_i64().unwrap() >= 80;
        assert_eq!(whole, complete, "case {number}: {seen}");
    }
}

#[tokio::test]
async fn resources_for_the_stage_and_the_level_are_suggested() {
    let app = TestApp::new().await;
    let (willa, ann) = (writer(&app).await, app.user("ann").await);
    for (title, stage, level, premium, rating) in [
        ("premium", "planning", "any", true, json!(5)),
        ("good", "planning", "beginner", false, json!(4.5)),
        ("new", "planning", "any", false, Value::Null),
        ("hard", "planning", "advanced", false, json!(5)),
        ("later", "settlement", "any", false, json!(5)),
        ("newer", "planning", "beginner", false, Value::Null),
    ] {
        let fields = json!({
            "title": title, "journeyStage": [stage], "targetExpertiseLevel": level, "isPremium": premium,
            "averageRating": rating, "contentBody": "secretive",
        });
        given_resource(&willa, fields).await;
    }
    let titles = async |user: &User<'_>| -> Vec<String> {
        let answer = user.get(PATH).await;
        assert!(!answer.text.contains("secretive"));
        let rows = answer.ok(200)["resources"].as_array().unwrap().clone();
        rows.iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(titles(&ann).await, ["good", "newer", "new", "premium"]);
    let locked = ann.get(PATH).await.ok(200)["resources"][3].clone();
    assert_holds(&locked, &json!({"isLocked": true, "contentUrl": null}));
    pays(&ann, "pathfinder", "null").await;
    assert_eq!(titles(&ann).await, ["premium", "good", "newer", "new"]);
    assert_eq!(titles(&willa).await, ["premium", "good", "newer", "new"]);
    for title in ["one", "two"] {
        given_resource(
            &willa,
            json!({"title": title, "journeyStage": ["planning"], "averageRating": 3}),
        )
        .await;
    }
    assert_eq!(titles(&ann).await, ["premium", "good", "two", "one", "newer"]);
    let listed = ann.get("/v1/migratio/resources?q=good").await.ok(200)["items"][0].clone();
    assert_eq!(ann.get(PATH).await.ok(200)["resources"][1], listed);
}
