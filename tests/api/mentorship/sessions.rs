use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Executor, Row, raw_sql};
use uuid::Uuid;

use super::action_items;
use crate::{
    contract::example,
    openapi::Operation,
    support::{Caller, TestApp, User, assert_holds},
};

pub const PATH: &str = "/v1/mentorship/sessions";

/// Mia mentors, Ned is mentored, Eve has nothing to do with them, and Ada administers.
pub struct People<'a> {
    pub mia: User<'a>,
    pub ned: User<'a>,
    pub eve: User<'a>,
    pub ada: User<'a>,
}

pub async fn people(app: &TestApp) -> People<'_> {
    let all = ["mentorship:admin", "mentorship:mentor", "mentorship:mentee", "platform:admin"];
    People {
        mia: app.user_with_roles("mia", &["mentorship:mentor"]).await,
        ned: app.user_with_roles("ned", &["mentorship:mentee"]).await,
        eve: app.user_with_roles("eve", &["mentorship:mentor", "mentorship:mentee"]).await,
        ada: app.user_with_roles("ada", &all).await,
    }
}

/// A session in any status, so many days from now: its place. What is rescheduled was so by the mentor, to an hour later.
pub async fn given_session(
    mentor: &User<'_>,
    mentee: &User<'_>,
    status: &str,
    days: i32,
) -> String {
    let sql = format!(
        "insert into mentorship.sessions
           (mentor_id, mentee_id, title, date, duration, status, proposed_date, proposed_by)
         select '{mentor}', '{mentee}', '{status}', now() + interval '{days} days', 60, '{status}', proposed, who
         from (values ('rescheduled', now() + interval '{days} days 1 hour', '{mentor}'::uuid))
           as other (of, proposed, who)
         right join (select) as always on of = '{status}'
         returning id",
        mentor = mentor.id,
        mentee = mentee.id,
    );
    let mut conn = mentor.app.sql().await;
    let row = conn.fetch_one(raw_sql(AssertSqlSafe(sql))).await.unwrap();
    format!("{PATH}/{}", row.get::<Uuid, _>(0))
}

pub fn input(fields: &Value) -> Value {
    let mut input = json!({"title": "First steps", "date": "2030-01-02T03:04:05Z", "duration": 45});
    for (name, value) in fields.as_object().unwrap() {
        input[name] = value.clone();
    }
    input
}

/// The path of an operation on a new session of the owner's, or on something new below it; none: it is about another
/// thing.
pub async fn place(operation: &Operation, owner: &User<'_>) -> Option<String> {
    let (collection, rest) = operation.path.split_once("/{id}")?;
    if ![PATH, action_items::PATH].contains(&collection) {
        return None;
    }
    let (status, days) = match operation.id.rsplit_once('_')? {
        ("mentorship_sessions", "confirm" | "reject" | "reschedule") => ("requested", 1),
        ("mentorship_sessions", "complete") => ("confirmed", -1),
        ("mentorship_feedback", _) => ("completed", -1),
        _ => ("confirmed", 1),
    };
    let other =
        owner.app.user_with_roles(&Uuid::now_v7().to_string(), &["mentorship:mentee"]).await;
    let session = given_session(owner, &other, status, days).await;
    if collection == action_items::PATH {
        let item = action_items::given_item(owner, &session, "x", owner).await;
        if rest == "/reopen" {
            owner.post(&format!("{item}/start"), &json!({})).await.ok(200);
        }
        return Some(format!("{item}{rest}"));
    }
    let Some(below) = rest.strip_suffix("/{itemId}") else {
        return Some(format!("{session}{rest}"));
    };
    let item = example(owner, &format!("{PATH}/{{id}}{below}")).await;
    Some(owner.post(&format!("{session}{below}"), &item).await.header("location").to_owned())
}

#[tokio::test]
async fn session_keeps_every_field() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let written = json!({
        "mentorId": mia.id, "menteeId": ned.id, "title": "ü\u{1f600}", "description": "d", "agenda": "a\nb",
        "date": "2030-01-02T03:04:05.000001Z", "duration": 480, "meetingLink": "https://meet.example.com/x",
    });
    let made = mia.post(PATH, &written).await;
    assert_holds(&made.ok(201), &written);
    assert_eq!(made.header("location"), format!("{PATH}/{}", made.id()));
    for person in [&mia, &ned] {
        let read = person.get(made.header("location")).await;
        assert_eq!((read.ok(200), read.etag()), (made.json(), made.etag()));
    }
    let unsaid = json!({"proposedDate": null, "proposedBy": null, "responseMessage": null});
    assert_holds(&made.json(), &unsaid);
    let nobody = "select count(*) from audit.logs
        where entity_type = 'mentorship.sessions' and actor_id is null";
    assert_eq!(app.count(nobody).await, 0);
}

#[tokio::test]
async fn whoever_asks_takes_the_side_that_they_leave_out_or_name() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let mum = app.user_with_roles("mum", &["mentorship:new_mother"]).await;
    for (caller, body, status) in [
        (&mia, json!({"menteeId": ned.id}), "proposed"),
        (&mia, json!({"menteeId": ned.id, "mentorId": mia.id}), "proposed"),
        (&mia, json!({"menteeId": mum.id, "mentorId": null}), "proposed"),
        (&ned, json!({"mentorId": mia.id}), "requested"),
        (&ned, json!({"mentorId": mia.id, "menteeId": ned.id}), "requested"),
        (&mum, json!({"mentorId": mia.id}), "requested"),
    ] {
        let made = caller.post(PATH, &input(&body)).await.ok(201);
        let mentee = if caller.id == mia.id { body["menteeId"].clone() } else { json!(caller.id) };
        assert_holds(&made, &json!({"mentorId": mia.id, "menteeId": mentee, "status": status}));
    }
}

#[tokio::test]
async fn exactly_one_of_the_two_is_the_caller() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, .. } = people(&app).await;
    for (body, fault) in [
        (json!({}), "/menteeId other"),
        (json!({"mentorId": eve.id}), "/menteeId other"),
        (json!({"menteeId": eve.id}), "/mentorId other"),
        (json!({"mentorId": eve.id, "menteeId": eve.id}), "/menteeId other"),
        (json!({"mentorId": mia.id, "menteeId": ned.id}), "/menteeId caller"),
        (json!({"mentorId": mia.id, "menteeId": mia.id}), "/menteeId caller"),
    ] {
        let refused = eve.post(PATH, &input(&body)).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{body}");
    }
    assert_eq!(app.count("select count(*) from mentorship.sessions").await, 0);
}

#[tokio::test]
async fn both_sides_need_a_role() {
    let app = TestApp::new().await;
    let People { mia, ned, ada, .. } = people(&app).await;
    let bob = app.user("bob").await;
    let admin = app.user_with_roles("keeper", &["mentorship:admin"]).await;
    for (caller, body) in [
        (&ned, json!({"menteeId": ada.id})),
        (&bob, json!({"menteeId": ned.id})),
        (&admin, json!({"menteeId": ned.id})),
        (&mia, json!({"mentorId": ada.id})),
        (&bob, json!({"mentorId": mia.id})),
        (&admin, json!({"mentorId": mia.id})),
    ] {
        assert_eq!(caller.post(PATH, &input(&body)).await.brief(), "403 forbidden", "{body}");
    }
    for (caller, body, fault) in [
        (&mia, json!({"menteeId": bob.id}), "/menteeId check"),
        (&mia, json!({"menteeId": Uuid::now_v7()}), "/menteeId check"),
        (&ned, json!({"mentorId": bob.id}), "/mentorId check"),
        (&ned, json!({"mentorId": admin.id}), "/mentorId check"),
    ] {
        let refused = caller.post(PATH, &input(&body)).await;
        assert_eq!(refused.brief(), format!("422 validation {}", json!([fault])), "{body}");
    }
    // A role that was given up while its token is still good.
    app.execute("delete from identity.role_grants where role_code = 'mentor'").await;
    let refused = mia.post(PATH, &input(&json!({"menteeId": ned.id}))).await;
    assert_eq!(refused.brief(), "403 forbidden");
    assert_eq!(refused.json()["detail"], "needs the role mentor of mentorship");
}

#[tokio::test]
async fn nobody_who_is_suspended_can_be_asked_for_anything() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let noor = app.user_with_roles("noor", &["mentorship:new_mother"]).await;
    mia.put("/v1/mentorship/profile", &json!({"maxMenteeCapacity": 1})).await.ok(201);
    let wish = json!({"mentorId": mia.id});
    let asked = ned.post("/v1/mentorship/matches", &wish).await.ok(201);
    let suspend = format!(
        "update identity.users set status = 'suspended' where id in ('{}', '{}')",
        mia.id, eve.id
    );
    app.execute(&suspend).await;
    let cover =
        json!({"proxyId": eve.id, "startDate": "2027-01-01", "expectedEndDate": "2027-02-01"});
    for (caller, path, body, expected) in [
        (&ned, PATH, input(&wish), r#"422 validation ["/mentorId check"]"#),
        (
            &ned,
            "/v1/mentorship/connections",
            json!({"receiverId": eve.id}),
            r#"422 validation ["/receiverId check"]"#,
        ),
        (&noor, "/v1/mentorship/proxy-requests", cover, r#"422 validation ["/proxyId check"]"#),
        (&noor, "/v1/mentorship/matches", wish, "409 conflict"),
    ] {
        assert_eq!(caller.post(path, &body).await.brief(), expected, "{path}");
    }
    let approve = format!("/v1/mentorship/matches/{}/approve", asked["id"].as_str().unwrap());
    let refused = ada.post(&approve, &json!({})).await;
    assert_eq!(refused.ok(409)["detail"], "this mentor takes no mentees at present");
}

#[tokio::test]
async fn whoever_was_only_asked_is_left_in_peace() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    for (status, shared) in [
        ("proposed", 409),
        ("requested", 409),
        ("rejected", 409),
        ("cancelled", 409),
        ("confirmed", 201),
        ("rescheduled", 201),
        ("completed", 201),
    ] {
        let session = given_session(&mia, &ned, status, 1).await;
        let (notes, items) = (format!("{session}/notes"), format!("{session}/action-items"));
        let note = json!({"notes": "x", "isPrivate": false});
        assert_eq!(mia.post(&notes, &note).await.status, shared, "{status}");
        let item = json!({"title": "x", "assignedToId": ned.id});
        assert_eq!(mia.post(&items, &item).await.status, shared, "{status}");
        let private = mia.post(&notes, &json!({"notes": "x"})).await;
        private.ok(201);
        let share = json!({"isPrivate": false});
        assert_eq!(
            mia.patch(private.header("location"), &share).await.status == 200,
            shared == 201
        );
        let own = mia.post(&items, &json!({"title": "x"})).await;
        own.ok(201);
        let give = json!({"assignedToId": ned.id});
        assert_eq!(mia.patch(own.header("location"), &give).await.status == 200, shared == 201);
    }
}

#[tokio::test]
async fn a_session_that_is_over_is_not_rewritten() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    for (status, expected) in [
        ("proposed", 200),
        ("requested", 200),
        ("confirmed", 200),
        ("rescheduled", 200),
        ("rejected", 409),
        ("cancelled", 409),
        ("completed", 409),
    ] {
        let session = given_session(&mia, &ned, status, 1).await;
        for person in [&mia, &ned] {
            let answer = person.patch(&session, &json!({"title": "Rewritten"})).await;
            assert_eq!(answer.status, expected, "{status}");
        }
    }
}

#[tokio::test]
async fn session_refuses_what_the_table_would() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let good = input(&json!({"menteeId": ned.id}));
    for (field, value, fault) in [
        ("title", json!(""), "/title length"),
        ("title", json!("x".repeat(201)), "/title length"),
        ("title", json!("x\0"), "/title nul"),
        ("title", Value::Null, "/title type"),
        ("description", json!("x".repeat(10_001)), "/description length"),
        ("agenda", json!("x".repeat(10_001)), "/agenda length"),
        ("date", Value::Null, "/date type"),
        ("date", json!("2030-01-02"), "/date type"),
        ("date", json!("2200-01-01T00:00:00Z"), "/date date"),
        ("duration", json!(4), "/duration range"),
        ("duration", json!(481), "/duration range"),
        ("duration", json!(4.5), "/duration type"),
        ("meetingLink", json!("ftp://x"), "/meetingLink url"),
        ("menteeId", json!("1"), "/menteeId type"),
        ("status", json!("confirmed"), "/status unknown_field"),
        ("proposedBy", json!(mia.id), "/proposedBy unknown_field"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        let expected = format!("422 validation {}", json!([fault]));
        assert_eq!(mia.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    for field in ["title", "date", "duration"] {
        let mut wrong = good.clone();
        wrong.as_object_mut().unwrap().remove(field);
        let expected = format!("422 validation {}", json!([format!("/{field} required")]));
        assert_eq!(mia.post(PATH, &wrong).await.brief(), expected.as_str(), "{field}");
    }
    for duration in [5, 480] {
        let body = input(&json!({"menteeId": ned.id, "duration": duration}));
        assert_eq!(mia.post(PATH, &body).await.ok(201)["duration"], duration);
    }
}

#[tokio::test]
async fn either_of_the_two_changes_what_it_is_about_and_nothing_else() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let place = given_session(&mia, &ned, "confirmed", 3).await;
    let before = mia.get(&place).await.ok(200);
    for person in [&mia, &ned] {
        let written = json!({
            "title": person.email, "description": "d", "agenda": "a", "duration": 30,
            "meetingLink": "https://meet.example.com/x",
        });
        let put = person.put(&place, &written).await.ok(200);
        assert_holds(&put, &written);
        let patched = person.patch(&place, &json!({"agenda": null, "duration": 5})).await.ok(200);
        let expected =
            json!({"title": person.email, "agenda": null, "duration": 5, "description": "d"});
        assert_holds(&patched, &expected);
        for field in ["date", "status", "mentorId", "menteeId", "proposedDate", "responseMessage"] {
            assert_eq!(patched[field], before[field], "{field}");
            let refused = person.patch(&place, &json!({field: "x"})).await;
            let expected = format!("422 validation {}", json!([format!("/{field} unknown_field")]));
            assert_eq!(refused.brief(), expected.as_str());
            let mut whole = written.clone();
            whole[field] = before[field].clone();
            assert_eq!(person.put(&place, &whole).await.brief(), expected.as_str());
        }
    }
    let stale = ("if-match", "\"1\"");
    let body = json!({"title": "x", "duration": 9});
    let refused = ned.send(reqwest::Method::PUT, &place, stale, Some(&body)).await;
    assert_eq!(refused.brief(), "412 precondition-failed");
    assert_eq!(ned.delete(&place).await.brief(), "405 method-not-allowed");
}

#[tokio::test]
async fn session_is_there_for_its_two_and_for_no_administrator() {
    let app = TestApp::new().await;
    let People { mia, ned, eve, ada } = people(&app).await;
    let place = given_session(&mia, &ned, "confirmed", 3).await;
    let before = mia.get(&place).await.ok(200);
    let body = json!({"title": "mine", "duration": 30});
    for person in [&eve, &ada] {
        assert_eq!(person.get(&place).await.brief(), "404 not-found");
        assert_eq!(person.put(&place, &body).await.brief(), "404 not-found");
        assert_eq!(person.patch(&place, &json!({"title": "x"})).await.brief(), "404 not-found");
        for below in ["notes", "action-items", "feedback"] {
            let path = format!("{place}/{below}");
            assert_eq!(person.get(&path).await.brief(), "404 not-found", "{below}");
        }
    }
    assert_eq!(ned.get(&place).await.ok(200), before);
    assert_eq!(app.anonymous().get(&place).await.status, 401);
}

#[tokio::test]
async fn a_repeated_key_makes_one_session() {
    let app = TestApp::new().await;
    let People { mia, ned, .. } = people(&app).await;
    let body = input(&json!({"menteeId": ned.id}));
    let key = ("idempotency-key", "once");
    let first = mia.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    let again = mia.send(reqwest::Method::POST, PATH, key, Some(&body)).await;
    assert_eq!(first.ok(201), again.ok(201));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(app.count("select count(*) from mentorship.sessions").await, 1);
}
