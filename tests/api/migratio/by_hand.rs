//! What the database refuses whoever writes, by hand in psql too.

use serde_json::json;
use sqlx::{AssertSqlSafe, Executor, raw_sql};

use super::people::{country, document_type, program};
use crate::support::TestApp;

/// Changes that no route makes, and the SQLSTATE of their refusal.
const REFUSED: &[(&str, &str)] = &[
    // Nothing hangs on what is somebody else's.
    (
        "insert into migratio.roadmaps (user_id, program_id, recommendation_item_id, title)
         select users.id, program_id, items.id, 'x'
         from migratio.recommendation_items as items join identity.users on users.id <> user_id",
        "23514",
    ),
    (
        "insert into migratio.recommendations (user_id, quiz_response_id, profile_snapshot)
         select users.id, quiz.id, '{}' from migratio.quiz_responses as quiz join identity.users on users.id <> user_id",
        "23503",
    ),
    (
        "insert into migratio.document_checklists (user_id, roadmap_id, title)
         select users.id, roadmaps.id, 'x' from migratio.roadmaps join identity.users on users.id <> user_id",
        "23503",
    ),
    (
        "insert into migratio.document_checklists (user_id, title, items)
         select users.id, 'x', jsonb_build_array(jsonb_build_object(
           'id', '1', 'name', 'x', 'isRequired', true, 'status', 'ready', 'documentId', documents.id))
         from migratio.documents join identity.users on users.id <> user_id",
        "23514",
    ),
    (
        "insert into migratio.roadmap_shares (user_id, roadmap_id, shared_with_id)
         select user_id, id, user_id from migratio.roadmaps",
        "23514",
    ),
    // What was computed or counted is nobody's to write.
    ("update migratio.programs set popularity = 9", "TR409"),
    ("update migratio.recommendation_items set rank = 2", "TR409"),
    ("update migratio.recommendation_items set overall_score = 1", "TR409"),
    ("update migratio.recommendations set archived = null where archived is not null", "TR409"),
    (
        "insert into migratio.recommendation_items (user_id, recommendation_id, program_id, rank, match_score,
           success_probability, preference_score, overall_score, explanation, gap_analysis)
         select user_id, recommendation_id, program_id, 2, 1.1, 1, 1, 1, '{}', '{}' from migratio.recommendation_items",
        "23514",
    ),
    ("delete from migratio.programs", "23503"),
    ("delete from migratio.countries", "23503"),
    ("delete from migratio.document_types", "23503"),
    ("delete from migratio.questions", "23503"),
    // A way goes on by its moves.
    ("update migratio.roadmaps set status = 'on_hold' where status = 'draft'", "TR409"),
    ("update migratio.quiz_responses set status = 'in_progress' where status = 'abandoned'", "TR409"),
    ("update migratio.quiz_answers set answer = '\"y\"' where question_id = 'late'", "TR409"),
    ("update migratio.documents set verification_status = 'verified'", "TR409"),
    ("update migratio.documents set mime_type = 'text/html'", "23514"),
    ("update migratio.documents set file_size_bytes = 10485761", "23514"),
    // What is nested is of its shape.
    (
        "update migratio.programs set eligibility_criteria = '[{\"criterionName\": \"x\", \"criterionType\": \"luck\",
           \"weight\": 1, \"isRequired\": true}]'",
        "23514",
    ),
    ("update migratio.programs set costs = '[{\"feeType\": \"x\", \"amount\": -1, \"currency\": \"EUR\"}]'", "23514"),
    ("update migratio.programs set success_rate = '{\"rate\": 1.5}'", "23514"),
    ("update migratio.roadmaps set phases = '[{\"phaseName\": \"Planning\", \"tasks\": [{\"title\": \"x\"}]}]'", "23514"),
    ("update migratio.resources set journey_stage = '{}'", "23514"),
    ("update migratio.questions set options = '[{\"value\": \"x\", \"label\": \"x\"}]'", "23514"),
];

#[tokio::test]
async fn nothing_changes_hands_and_nothing_is_made_up_by_hand() {
    let app = TestApp::new().await;
    busy(&app).await;
    let mut conn = app.sql().await;
    conn.execute(raw_sql("set role trellis_app; set search_path = extensions")).await.unwrap();
    for (statement, code) in REFUSED {
        let refused = conn.execute(raw_sql(AssertSqlSafe(*statement))).await;
        let refusal =
            refused.err().and_then(|error| Some(error.as_database_error()?.code()?.into_owned()));
        assert_eq!(refusal.as_deref(), Some(*code), "{statement}");
    }
}

/// Somebody with something of everything, and somebody else.
async fn busy(app: &TestApp) {
    let ann = app.user("ann").await.id;
    app.user("bob").await;
    let canada = country(app, "Canada", "CA", ("CAD", 0.75)).await;
    let program = program(app, canada, "Express Entry", &json!([])).await;
    let kind = document_type(app, "passport").await;
    app.execute(&format!(
        "insert into migratio.document_requirements (program_id, document_type_id, name)
         values ('{program}', '{kind}', 'Passport');
         insert into migratio.documents (user_id, document_type_id, title, file_name, file_size_bytes, mime_type)
         values ('{ann}', '{kind}', 'x', 'x.pdf', 1, 'application/pdf');
         insert into migratio.questions (question_id, text, type, section, position)
         values ('late', 'Late?', 'text', 'x', 1);
         insert into migratio.quiz_responses (user_id) values ('{ann}');
         insert into migratio.quiz_answers (user_id, quiz_response_id, question_id, answer)
         select '{ann}', id, 'late', '\"x\"' from migratio.quiz_responses;
         update migratio.quiz_responses set status = 'abandoned';
         insert into migratio.recommendations (user_id, profile_snapshot) values ('{ann}', '{{}}'), ('{ann}', '{{}}');
         insert into migratio.recommendation_items (user_id, recommendation_id, program_id, rank, match_score,
           success_probability, preference_score, overall_score, explanation, gap_analysis)
         select user_id, id, '{program}', 1, 0, 0, 0, 0, '{{}}', '{{}}'
         from migratio.recommendations where archived is null;
         insert into migratio.roadmaps (user_id, program_id, title, phases)
         values ('{ann}', '{program}', 'x', migratio.roadmap_phases('{program}', '2026-01-01'));
         insert into migratio.resources (title, resource_type, content_body) values ('x', 'guide', 'x')"
    ))
    .await;
}
