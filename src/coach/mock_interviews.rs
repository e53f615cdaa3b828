//! Mock interviews: rehearsals with the coach, what was said in them and how they went.

mod complete;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::InterviewType;
use crate::{
    App, crud,
    database::Timestamp,
    filters, jsonb, moves,
    rest::{
        resource,
        validation::rules::{lines, moment},
    },
};

/// A rehearsal: an interview with the coach.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MockInterview {
    /// Id.
    pub id: Uuid,
    /// The interview rehearsed for; null when there is none, or it was deleted.
    pub interview_id: Option<Uuid>,
    /// What the user calls it.
    pub title: String,
    /// The kind of interview rehearsed.
    pub interview_type: InterviewType,
    /// The position rehearsed for.
    pub target_role: Option<String>,
    /// The employer rehearsed for.
    pub target_company: Option<String>,
    /// How hard it is.
    pub difficulty: Option<Difficulty>,
    /// How well it went, 0 to 100.
    pub overall_score: Option<i32>,
    /// How well the subject went, 0 to 100.
    pub technical_score: Option<i32>,
    /// How well the talking went, 0 to 100.
    pub communication_score: Option<i32>,
    /// What went well.
    pub strengths: Vec<String>,
    /// What to work on.
    pub areas_to_improve: Vec<String>,
    /// What was said, at most 256 KiB of it.
    pub conversation_history: ConversationHistory,
    /// What the coach makes of it.
    pub ai_analysis: Option<MockInterviewAnalysis>,
    /// It is over; then nothing of it changes any more.
    pub is_completed: bool,
    /// When it was over.
    pub completed_at: Option<Timestamp>,
    /// When it began.
    pub started_at: Timestamp,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`MockInterview`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MockInterviewInput {
    /// The interview rehearsed for.
    pub interview_id: Option<Uuid>,
    /// What the user calls it.
    #[validate(length(min = 1, max = 200))]
    pub title: String,
    /// The kind of interview rehearsed.
    pub interview_type: InterviewType,
    /// The position rehearsed for.
    #[validate(length(min = 1, max = 200))]
    pub target_role: Option<String>,
    /// The employer rehearsed for.
    #[validate(length(min = 1, max = 200))]
    pub target_company: Option<String>,
    /// How hard it is.
    pub difficulty: Option<Difficulty>,
    /// How well it went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub overall_score: Option<i32>,
    /// How well the subject went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub technical_score: Option<i32>,
    /// How well the talking went, 0 to 100.
    #[validate(range(min = 0, max = 100))]
    pub communication_score: Option<i32>,
    /// What went well.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub strengths: Vec<String>,
    /// What to work on.
    #[serde(default)]
    #[validate(custom(function = "lines"))]
    pub areas_to_improve: Vec<String>,
    /// What the coach makes of it.
    #[validate(nested)]
    pub ai_analysis: Option<MockInterviewAnalysis>,
    /// It is over; from then on nothing of it changes.
    #[serde(default)]
    pub is_completed: bool,
    /// When it began: now at first, and kept where it is absent.
    #[validate(custom(function = "moment"))]
    pub started_at: Option<Timestamp>,
}

/// How hard a rehearsal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "coach.difficulty", rename_all = "lowercase")]
pub enum Difficulty {
    /// To begin with.
    Easy,
    /// As it may come.
    Medium,
    /// Harder than it may come.
    Hard,
}

/// What was said in a rehearsal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct ConversationHistory {
    /// Oldest first.
    pub messages: Vec<MockInterviewMessage>,
}

/// Something said in a rehearsal.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MockInterviewMessage {
    /// Who says it.
    pub role: Speaker,
    /// What.
    #[validate(length(min = 1, max = 32_000))]
    pub content: String,
}

/// Who speaks in a rehearsal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Speaker {
    /// Who rehearses.
    User,
    /// The coach.
    Assistant,
}

/// What the coach makes of a rehearsal.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MockInterviewAnalysis {
    /// In short.
    #[validate(length(max = 10_000))]
    pub summary: Option<String>,
    /// In full.
    #[validate(length(max = 32_000))]
    pub detailed_feedback: Option<String>,
}

jsonb!(ConversationHistory, MockInterviewMessage, MockInterviewAnalysis);

filters! {
    /// Which mock interviews are wanted.
    MockInterviewParams {
        /// Only those that are over, or only those that are not.
        pub is_completed: Option<bool>,
    }
}

crud! {
    MockInterview, MockInterviewInput, "mock interview",
    list: "sql/coach/mock_interviews/list.sql",
    filters: |params: MockInterviewParams| [params.is_completed],
    get: "sql/coach/mock_interviews/get.sql",
    insert: "sql/coach/mock_interviews/insert.sql",
    update: "sql/coach/mock_interviews/update.sql",
    delete: "sql/coach/mock_interviews/delete.sql",
    columns: |input| [
        input.interview_id, input.title, input.interview_type as _, input.target_role,
        input.target_company, input.difficulty as _, input.overall_score, input.technical_score,
        input.communication_score, &input.strengths, &input.areas_to_improve,
        input.ai_analysis as _, input.is_completed, input.started_at,
    ],
    example: {
        "title": "System design, second try", "interviewType": "TECHNICAL",
        "targetRole": "Platform Engineer", "targetCompany": "Acme", "difficulty": "hard",
    },
}

moves! {
    /// The rehearsal goes on.
    Append(MockInterview), "sql/coach/mock_interviews/append.sql",
    |message: MockInterviewMessage| [message as _],
    example: {"role": "user", "content": "I would begin with the load."},
}

/// Everything under `/mock-interviews`.
pub fn routes() -> ApiRouter<App> {
    let append = resource::move_route::<Append>(
        "coach_mock_interviews_append",
        "Adds a message to what was said",
    );
    let complete = resource::move_route::<complete::Complete>(
        "coach_mock_interviews_complete",
        "Completes a mock interview, for good",
    );
    resource::routes::<MockInterview>("/mock-interviews", "coach_mock_interviews")
        .api_route("/mock-interviews/{id}/messages", append)
        .api_route("/mock-interviews/{id}/complete", complete)
}
