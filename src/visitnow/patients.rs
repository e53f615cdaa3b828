//! Who is treated: one's own record, and what a provider reads of it while they treat somebody.
//!
//! What is known of anybody's health is kept nowhere else: not in a log, and not as the answer to an `Idempotency-Key`.

mod medical_history;
mod treated;

pub use medical_history::MedicalHistory;
pub use treated::{TreatedDependant, TreatedPatient};

use aide::axum::ApiRouter;
use axum::http::{HeaderValue, header};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;
use validator::Validate;

use super::dependants;
use crate::{
    App,
    database::Timestamp,
    rest::{
        singleton,
        validation::rules::{language, tags},
    },
    singleton,
};

// None of these types can be written down by mistake: they do without `Debug`.

/// Somebody who is treated.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Patient {
    /// Id.
    pub id: Uuid,
    /// Their name.
    pub full_name: String,
    /// When they were born.
    pub date_of_birth: Option<NaiveDate>,
    /// Their gender, if they say it.
    pub gender: Gender,
    /// What they have had and have.
    pub medical_history: MedicalHistory,
    /// The language they speak best.
    pub primary_language: Option<String>,
    /// Their blood group, if they know it.
    pub blood_group: Option<BloodGroup>,
    /// What they are allergic to.
    pub allergies: Vec<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Patient`].
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PatientInput {
    /// Your name.
    #[validate(length(min = 1, max = 200))]
    pub full_name: String,
    /// When you were born: since 1850, and not in the future.
    pub date_of_birth: Option<NaiveDate>,
    /// Your gender, if you say it.
    #[serde(default)]
    pub gender: Gender,
    /// What you have had and have; only providers who treat you read it.
    #[serde(default)]
    #[validate(nested)]
    pub medical_history: MedicalHistory,
    /// The language you speak best, as a tag of BCP 47.
    #[validate(custom(function = "language"))]
    pub primary_language: Option<String>,
    /// Your blood group, if you know it.
    pub blood_group: Option<BloodGroup>,
    /// What you are allergic to.
    #[serde(default)]
    #[validate(custom(function = "tags"))]
    pub allergies: Vec<String>,
}

/// A person's gender, if they say it.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.gender", rename_all = "snake_case")]
pub enum Gender {
    /// Male.
    Male,
    /// Female.
    Female,
    /// Neither.
    Other,
    /// They do not say.
    #[default]
    Undisclosed,
}

/// Blood group (ABO) and Rh factor.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.blood_group", rename_all = "snake_case")]
pub enum BloodGroup {
    /// A, Rh positive.
    #[serde(rename = "A+")]
    #[sqlx(rename = "A+")]
    APositive,
    /// A, Rh negative.
    #[serde(rename = "A-")]
    #[sqlx(rename = "A-")]
    ANegative,
    /// B, Rh positive.
    #[serde(rename = "B+")]
    #[sqlx(rename = "B+")]
    BPositive,
    /// B, Rh negative.
    #[serde(rename = "B-")]
    #[sqlx(rename = "B-")]
    BNegative,
    /// AB, Rh positive.
    #[serde(rename = "AB+")]
    #[sqlx(rename = "AB+")]
    AbPositive,
    /// AB, Rh negative.
    #[serde(rename = "AB-")]
    #[sqlx(rename = "AB-")]
    AbNegative,
    /// O, Rh positive.
    #[serde(rename = "O+")]
    #[sqlx(rename = "O+")]
    OPositive,
    /// O, Rh negative.
    #[serde(rename = "O-")]
    #[sqlx(rename = "O-")]
    ONegative,
}

singleton! {
    Patient, PatientInput, "patient's record", writers: ("visitnow", &["patient"]),
    get: "sql/visitnow/patients/get.sql",
    put: "sql/visitnow/patients/put.sql",
    columns: |input| [
        input.full_name, input.date_of_birth, input.gender as _, &input.medical_history as _,
        input.primary_language, input.blood_group as _, &input.allergies,
    ],
    example: {
        "fullName": "Ann Lee", "dateOfBirth": "1990-04-01", "gender": "female",
        "medicalHistory": {
            "conditions": ["Asthma"], "surgeries": ["Appendectomy, 2004"], "medications": ["Salbutamol as needed"],
            "familyHistory": ["Hypertension: mother"], "notes": "Faints when blood is drawn.",
        },
        "primaryLanguage": "en", "bloodGroup": "A+", "allergies": ["Penicillin"],
    },
}

/// Everything under `/patients`; nobody on the way may store an answer.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Patient>("/patients/me", "visitnow_patients_me")
        .merge(dependants::routes())
        .merge(treated::routes())
        .layer(SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ))
}
