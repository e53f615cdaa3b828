use serde_json::json;
use sqlx::{AssertSqlSafe, Executor, raw_sql};

use super::sessions::{given_session, people};
use crate::support::{Caller, TestApp};

/// Changes that no route makes, and the SQLSTATE of their refusal.
const REFUSED: &[(&str, &str)] = &[
    ("update mentorship.profiles set current_mentee_count = current_mentee_count + 1", "TR409"),
    ("update mentorship.support_groups set member_count = member_count + 7", "TR409"),
    ("update mentorship.matches set mentor_id = mentee_id, mentee_id = mentor_id", "TR409"),
    ("update mentorship.sessions set mentor_id = mentee_id, mentee_id = mentor_id", "TR409"),
    ("update mentorship.sessions set date = 'infinity'", "23514"),
    ("update mentorship.sessions set mentee_id = mentor_id", "TR409"),
    (
        "update mentorship.session_notes set created_by_id = (select mentee_id from mentorship.sessions limit 1)",
        "TR409",
    ),
    (
        "update mentorship.feedback set from_user_id = (select mentor_id from mentorship.sessions limit 1)",
        "TR409",
    ),
    ("update mentorship.group_memberships set group_id = base.uuid_v7()", "TR409"),
    (
        "update mentorship.user_connections set requester_id = receiver_id, receiver_id = requester_id",
        "TR409",
    ),
    ("update mentorship.direct_messages set message = 'something else'", "TR409"),
    ("update mentorship.user_learning_progress set completed_modules = '{one,one}'", "23514"),
    ("update mentorship.user_learning_progress set completed_modules = '{none}'", "23514"),
    (
        "insert into mentorship.user_connections (requester_id, receiver_id) select receiver_id, requester_id from mentorship.user_connections",
        "23505",
    ),
    (
        "insert into mentorship.feedback (session_id, rating, from_user_id) select id, 5, mentor_id from mentorship.sessions where status = 'confirmed'",
        "TR409",
    ),
];

#[tokio::test]
async fn counts_people_and_words_are_not_changed_by_hand() {
    let app = TestApp::new().await;
    let who = people(&app).await;
    who.mia.put("/v1/mentorship/profile", &json!({"maxMenteeCapacity": 9})).await.ok(201);
    who.ned.post("/v1/mentorship/matches", &json!({"mentorId": who.mia.id})).await.ok(201);
    let session = given_session(&who.mia, &who.ned, "completed", -1).await;
    given_session(&who.mia, &who.ned, "confirmed", 1).await;
    who.mia.post(&format!("{session}/notes"), &json!({"notes": "x"})).await.ok(201);
    who.ned.post(&format!("{session}/feedback"), &json!({"rating": 5})).await.ok(201);
    let message = json!({"receiverId": who.ned.id, "message": "x"});
    who.mia.post("/v1/mentorship/messages", &message).await.ok(201);
    who.mia.post("/v1/mentorship/connections", &json!({"receiverId": who.eve.id})).await.ok(201);
    let path = json!({"title": "x", "category": "x", "modules": [{"id": "one", "title": "x", "minutes": 1}]});
    let path = who.ada.post("/v1/mentorship/learning-paths", &path).await.id();
    who.ned
        .post(&format!("/v1/mentorship/learning-paths/{path}/progress"), &json!({}))
        .await
        .ok(201);
    let group = who.ada.post("/v1/mentorship/support-groups", &json!({"name": "x"})).await.id();
    who.ned
        .put(&format!("/v1/mentorship/support-groups/{group}/membership"), &json!({}))
        .await
        .ok(200);
    let mut conn = app.sql().await;
    conn.execute(raw_sql("set role trellis_app; set search_path = extensions")).await.unwrap();
    for (statement, why) in REFUSED {
        let refused = conn.execute(raw_sql(AssertSqlSafe(*statement))).await;
        let code =
            refused.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
        assert_eq!(code.as_deref(), Some(*why), "{statement}");
    }
}
