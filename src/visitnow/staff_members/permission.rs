//! What staff may do for their provider.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use validator::ValidationError;

use crate::rest::validation::rules::broken;

/// What staff may do for their provider, beside reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[sqlx(type_name = "text")]
pub enum Permission {
    /// Read and move appointments, and the waitlist.
    #[serde(rename = "appointments:write")]
    #[sqlx(rename = "appointments:write")]
    Appointments,
    /// Write weekly hours and slots.
    #[serde(rename = "availability:write")]
    #[sqlx(rename = "availability:write")]
    Availability,
    /// Read and write messages.
    #[serde(rename = "messages:write")]
    #[sqlx(rename = "messages:write")]
    Messages,
    /// Write clinics, services and staff.
    #[serde(rename = "clinic:write")]
    #[sqlx(rename = "clinic:write")]
    Clinic,
}

/// Each at most once.
pub fn distinct(permissions: &[Permission]) -> Result<(), ValidationError> {
    let twice =
        permissions.iter().enumerate().any(|(index, one)| permissions[..index].contains(one));
    if twice { Err(broken("distinct", "must each be there once")) } else { Ok(()) }
}
