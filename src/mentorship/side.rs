//! The two sides of mentoring.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A side of a match or a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who mentors.
    Mentor,
    /// Who is mentored.
    Mentee,
}

/// Who may be mentored.
pub const MENTEES: (&str, &[&str]) = ("mentorship", &["mentee", "new_mother"]);

/// Who may ask a colleague to stand in.
pub const MOTHERS: (&str, &[&str]) = ("mentorship", &["new_mother"]);
