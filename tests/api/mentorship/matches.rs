use futures_util::future::join_all;
use serde_json::{Value, json};

use super::{profiles, sessions::people};
use crate::support::{Caller, Response, TestApp, User, assert_holds};

pub const PATH: &str = "/v1/mentorship/matches";

async fn open(mentor: &User<'_>, places: i32) {
    mentor.put(profiles::PATH, &json!({"maxMenteeCapacity": places})).await.ok(201);
}

async fn ask(mentee: &User<'_>, mentor: &User<'_>) -> Value {
    mentee.post(PATH, &json!({"mentorId": mentor.id, "goal": "Grow."})).await.ok(201)
}

fn one(asked: &Value, verb: &str) -> String {
    format!("{PATH}/{}{verb}", asked["id"].as_str().unwrap())
}

async fn mentees(mentor: &User<'_>) -> Value {
    mentor.get(profiles::PATH).await.ok(200)["currentMenteeCount"].clone()
}

#[tokio::test]
async fn a_mentee_asks_an_administrator_decides_and_a_stranger_sees_nothing() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 1).await;
    let made = who.ned.post(PATH, &json!({"mentorId": who.mia.id, "goal": "Grow 🌱"})).await;
    let asked = made.ok(201);
    assert_holds(
        &asked,
        &json!({
            "mentorId": who.mia.id, "menteeId": who.ned.id, "goal": "Grow 🌱", "status": "pending", "adminId": null,
        }),
    );
    let path = one(&asked, "");
    assert_eq!(made.header("location"), path);
    for reader in [&who.mia, &who.ned, &who.ada] {
        assert_eq!(reader.get(&path).await.ok(200), asked);
    }
    for verb in ["/approve", "/reject"] {
        for person in [&who.mia, &who.ned, &who.eve] {
            let refused = person.post(&one(&asked, verb), &json!({})).await;
            assert_eq!(refused.brief(), "403 forbidden");
        }
    }
    assert_eq!(who.eve.get(&path).await.brief(), "404 not-found");
    assert_eq!(who.eve.delete(&path).await.brief(), "404 not-found");
    let approved = who.ada.post(&one(&asked, "/approve"), &json!({})).await.ok(200);
    assert_holds(&approved, &json!({"status": "approved", "adminId": who.ada.id}));
    assert_eq!(mentees(&who.mia).await, 1);
    assert_eq!(who.mia.delete(&path).await.status, 204);
    assert_eq!(mentees(&who.mia).await, 0);
    assert_eq!(who.ada.post(&one(&asked, "/approve"), &json!({})).await.brief(), "404 not-found");
}

#[tokio::test]
async fn every_move_but_from_pending_is_refused_with_the_moves_allowed() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 9).await;
    for (status, verb, expected) in [
        ("pending", "approve", Ok("approved")),
        ("pending", "reject", Ok("rejected")),
        (
            "approved",
            "approve",
            Err("a match cannot move from approved to approved; allowed: none"),
        ),
        ("approved", "reject", Err("a match cannot move from approved to rejected; allowed: none")),
        (
            "rejected",
            "approve",
            Err("a match cannot move from rejected to approved; allowed: none"),
        ),
        ("rejected", "reject", Err("a match cannot move from rejected to rejected; allowed: none")),
    ] {
        let asked = ask(&who.ned, &who.mia).await;
        if status != "pending" {
            let first = if status == "approved" { "/approve" } else { "/reject" };
            who.ada.post(&one(&asked, first), &json!({})).await.ok(200);
        }
        let answer = who.ada.post(&one(&asked, &format!("/{verb}")), &json!({})).await;
        match expected {
            Ok(status) => assert_eq!(answer.ok(200)["status"], status),
            Err(detail) => assert_eq!(answer.ok(409)["detail"], detail),
        }
        assert_eq!(who.ned.delete(&one(&asked, "")).await.status, 204);
    }
    assert_eq!(mentees(&who.mia).await, 0);
}

#[tokio::test]
async fn asking_needs_a_role_a_mentor_who_accepts_and_no_match_before() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    let asks = |mentor: &User<'_>| json!({"mentorId": mentor.id});
    let refused = who.mia.post(PATH, &asks(&who.eve)).await;
    assert_eq!(refused.brief(), "403 forbidden");
    assert_eq!(refused.json()["detail"], "needs the role mentee or new_mother of mentorship");
    assert_eq!(who.ned.post(PATH, &asks(&who.mia)).await.brief(), "409 conflict"); // no profile yet
    open(&who.mia, 0).await;
    for (places, accepts) in [(0, true), (1, false)] {
        let closed = json!({"maxMenteeCapacity": places, "acceptingNewMentees": accepts});
        who.mia.patch(profiles::PATH, &closed).await.ok(200);
        let refused = who.ned.post(PATH, &asks(&who.mia)).await;
        assert_eq!(refused.ok(409)["detail"], "this mentor takes no mentees at present");
    }
    who.mia.patch(profiles::PATH, &json!({"acceptingNewMentees": true})).await.ok(200);
    let asked = ask(&who.ned, &who.mia).await;
    let again = who.ned.post(PATH, &asks(&who.mia)).await;
    assert_eq!(again.brief(), r#"409 taken ["/mentorId taken"]"#);
    who.ada.post(&one(&asked, "/reject"), &json!({})).await.ok(200);
    ask(&who.ned, &who.mia).await;

    open(&who.eve, 1).await;
    let oneself = who.eve.post(PATH, &asks(&who.eve)).await;
    assert_eq!(oneself.brief(), r#"422 validation ["/mentorId other"]"#);
    for nobody in [who.ned.id, uuid::Uuid::nil()] {
        let refused = who.eve.post(PATH, &json!({"mentorId": nobody})).await;
        assert_eq!(refused.brief(), r#"422 validation ["/mentorId check"]"#);
    }
    for (body, error) in [
        (json!({}), "/mentorId required"),
        (json!({"mentorId": who.mia.id, "goal": "a\u{0}"}), "/goal nul"),
        (json!({"mentorId": who.mia.id, "goal": "x".repeat(10_001)}), "/goal length"),
        (json!({"mentorId": who.mia.id, "status": "approved"}), "/status unknown_field"),
    ] {
        assert_eq!(
            who.ned.post(PATH, &body).await.brief(),
            format!(r#"422 validation ["{error}"]"#)
        );
    }
}

#[tokio::test]
async fn fifty_approvals_of_three_free_places_approve_three() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 3).await;
    let mut asked = Vec::new();
    for n in 0..50 {
        let mentee = app.user_with_roles(&format!("mentee{n}"), &["mentorship:mentee"]).await;
        asked.push(ask(&mentee, &who.mia).await);
    }
    let (nothing, paths) = (json!({}), asked.iter().map(|asked| one(asked, "/approve")));
    let paths: Vec<_> = paths.collect();
    let answers = join_all(paths.iter().map(|path| who.ada.post(path, &nothing))).await;
    let (approved, refused): (Vec<_>, Vec<_>) =
        answers.iter().partition(|answer| answer.status == 200);
    assert_eq!((approved.len(), refused.len()), (3, 47));
    for answer in refused {
        assert_eq!(answer.ok(409)["detail"], "this mentor has no place left");
    }
    assert_eq!(mentees(&who.mia).await, 3);

    // A place that is freed is taken once, whoever of the two frees it, or if the mentee's account ends.
    let ended = who.mia.delete(&one(&approved[0].json(), "")).await;
    assert_eq!(ended.status, 204);
    let gone = approved[1].json()["menteeId"].as_str().unwrap().to_owned();
    app.execute(&format!("delete from identity.users where id = '{gone}'")).await;
    assert_eq!(mentees(&who.mia).await, 1);
    let answers = join_all(paths.iter().map(|path| who.ada.post(path, &nothing))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 2);
    assert_eq!(mentees(&who.mia).await, 3);
    let smaller = who.mia.patch(profiles::PATH, &json!({"maxMenteeCapacity": 2})).await;
    assert_eq!(smaller.brief(), r#"422 validation ["/maxMenteeCapacity capacity"]"#);
}

#[tokio::test]
async fn ones_own_matches_are_listed_and_administrators_list_all() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 5).await;
    open(&who.eve, 5).await;
    let (first, second) = (ask(&who.ned, &who.mia).await, ask(&who.ned, &who.eve).await);
    let third = ask(&who.eve, &who.mia).await;
    who.ada.post(&one(&first, "/approve"), &json!({})).await.ok(200);
    for (reader, query, expected) in [
        (&who.ned, "", vec![&second, &first]),
        (&who.eve, "", vec![&third, &second]),
        (&who.eve, "?role=mentor", vec![&second]),
        (&who.eve, "?role=mentee", vec![&third]),
        (&who.ned, "?status=approved", vec![&first]),
        (&who.ned, "?status=approved,pending", vec![&second, &first]),
        (&who.ned, "?role=mentor", vec![]),
        (&who.ada, "", vec![&third, &second, &first]),
        (&who.ada, "?status=pending&status=pending", vec![&third, &second]),
        (&who.ada, "?status=pending,approved,rejected", vec![&third, &second, &first]),
        (&who.ada, "?mine=true", vec![]),
        (&who.ada, "?role=mentee", vec![]),
    ] {
        let found = reader.all(&format!("{PATH}{query}"), 1).await;
        let found: Vec<_> = found.iter().map(|item| &item["id"]).collect();
        let expected: Vec<_> = expected.iter().map(|asked| &asked["id"]).collect();
        assert_eq!(found, expected, "{query}");
    }
}

#[tokio::test]
async fn a_token_that_has_outlived_its_role_asks_for_nothing() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 1).await;
    app.execute(&format!("delete from identity.role_grants where user_id = '{}'", who.ned.id))
        .await;
    let refused = who.ned.post(PATH, &json!({"mentorId": who.mia.id})).await;
    assert_eq!(refused.brief(), "403 forbidden");
    assert_eq!(app.count("select count(*) from mentorship.matches").await, 0);
}

#[tokio::test]
async fn of_twenty_wishes_decisions_or_ends_at_once_one_counts() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    open(&who.mia, 3).await;
    let (wish, nothing) = (json!({"mentorId": who.mia.id}), json!({}));
    let asked = join_all((0..20).map(|_| who.ned.post(PATH, &wish))).await;
    let of = |answers: &[Response], status: u16| {
        answers.iter().filter(|one| one.status == status).count()
    };
    assert_eq!((of(&asked, 201), of(&asked, 409)), (1, 19));
    let asked = asked.iter().find(|answer| answer.status == 201).unwrap().json();
    let approve = one(&asked, "/approve");
    let decided = join_all((0..20).map(|_| who.ada.post(&approve, &nothing))).await;
    assert_eq!((of(&decided, 200), of(&decided, 409)), (1, 19));
    assert_eq!(mentees(&who.mia).await, 1);
    let path = one(&asked, "");
    let ended = join_all((0..20).map(|_| who.ned.delete(&path))).await;
    assert_eq!((of(&ended, 204), of(&ended, 404)), (1, 19));
    assert_eq!(mentees(&who.mia).await, 0);
}
