//! `POST /interviews/{id}/outcome`: what became of an interview.

use schemars::JsonSchema;
use serde::Deserialize;
use validator::{Validate, ValidationError};

use super::{Interview, InterviewOutcome};
use crate::{moves, rest::validation::rules::broken};

/// What became of an interview.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OutcomeInput {
    /// Any outcome but `PENDING`. One that was recorded already is corrected; the time stays.
    #[validate(custom(function = "recorded"))]
    pub outcome: InterviewOutcome,
    /// What the employer said of it; kept where it is absent.
    #[validate(length(max = 10_000))]
    pub feedback: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as validator calls it")]
fn recorded(outcome: &InterviewOutcome) -> Result<(), ValidationError> {
    match outcome {
        InterviewOutcome::Pending => Err(broken("outcome", "must be an outcome, not PENDING")),
        _ => Ok(()),
    }
}

moves! {
    /// What became of an interview is recorded.
    RecordOutcome(Interview), "sql/coach/interviews/outcome.sql",
    |input: OutcomeInput| [input.outcome as _, input.feedback],
    example: {"outcome": "PASSED", "feedback": "They liked the demo."},
}
