use futures_util::future::join_all;
use serde_json::{Value, json};
use uuid::Uuid;

use super::people::{country, program};
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
    assert_eq!(ann.delete(&place).await.status, 204);
    assert_eq!(ann.delete(&place).await.brief(), "404 not-found");
    let kept = "select count(*) from migratio.document_checklists where roadmap_id is null";
    assert_eq!(app.count(kept).await, 1, "the checklist stays");
}

#[tokio::test]
async fn roadmaps_fields_have_bounds() {
    let app = TestApp::new().await;
    let ann = app.user("ann").await;
    let place = given_roadmap(&ann, route(&app, "x").await).await;
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
    let [before, then, after] =
        [&all[0].json()["updatedAt"], &exported["lastGeneratedAt"], &last.json()["updatedAt"]]
            .map(|time| time.as_str().unwrap().to_owned());
    assert!(before < then && then <= after, "{before} {then} {after}");
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
