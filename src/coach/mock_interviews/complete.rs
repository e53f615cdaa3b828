//! `POST /mock-interviews/{id}/complete`: how a rehearsal went.

use schemars::JsonSchema;
use serde::Deserialize;
use validator::Validate;

use super::{MockInterview, MockInterviewAnalysis};
use crate::{moves, rest::validation::rules::lines};

/// How a rehearsal went; what is absent stays.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Completion {
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
    #[validate(custom(function = "lines"))]
    pub strengths: Option<Vec<String>>,
    /// What to work on.
    #[validate(custom(function = "lines"))]
    pub areas_to_improve: Option<Vec<String>>,
    /// What the coach makes of it.
    #[validate(nested)]
    pub ai_analysis: Option<MockInterviewAnalysis>,
}

moves! {
    /// A rehearsal is over, if it was open.
    Complete(MockInterview), "sql/coach/mock_interviews/complete.sql",
    |input: Completion| [
        input.overall_score, input.technical_score, input.communication_score,
        input.strengths.as_deref(), input.areas_to_improve.as_deref(), &input.ai_analysis as _,
    ],
    refused: "it was completed already",
    example: {
        "overallScore": 78, "technicalScore": 84, "communicationScore": 70,
        "strengths": ["Asks before answering"], "areasToImprove": ["Numbers"],
        "aiAnalysis": {"summary": "Ready for the real one."},
    },
}
