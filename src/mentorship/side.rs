//! The two sides of mentoring.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::identity::Roles;

/// A side of a match or a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Who mentors.
    Mentor,
    /// Who is mentored.
    Mentee,
}

/// Who may mentor.
pub const MENTORS: Roles = ("mentorship", &["mentor"]);

/// Who may be mentored.
pub const MENTEES: Roles = ("mentorship", &["mentee", "new_mother"]);

/// Who may ask a colleague to stand in.
pub const MOTHERS: Roles = ("mentorship", &["new_mother"]);
