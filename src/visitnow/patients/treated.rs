//! `GET /patients/{id}`: what a provider reads while they treat somebody. Every reading is in the audit log.

use aide::axum::{ApiRouter, routing::get_with};
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{BloodGroup, Gender, MedicalHistory};
use crate::{
    App,
    database::Timestamp,
    nested, readable,
    rest::{extract::Id, openapi::Describe, problem, reply::Entity, resource},
};

/// A patient, as a provider who treats them, or somebody whom they take care of, sees them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TreatedPatient {
    /// Id.
    pub id: Uuid,
    /// Their name.
    pub full_name: String,
    /// When they were born.
    pub date_of_birth: Option<NaiveDate>,
    /// Their gender, if they say it.
    pub gender: Gender,
    /// What they have had and have; null: not they are treated, but a dependant.
    pub medical_history: Option<MedicalHistory>,
    /// The language they speak best.
    pub primary_language: Option<String>,
    /// Their blood group, if they know it and are treated themselves.
    pub blood_group: Option<BloodGroup>,
    /// What they are allergic to; null: not they are treated, but a dependant.
    pub allergies: Option<Vec<String>>,
    /// Those whom they take care of and the provider treats, too.
    pub dependants: Vec<TreatedDependant>,
    /// When the record was made.
    pub created_at: Timestamp,
    /// When the record last changed.
    pub updated_at: Timestamp,
    /// Another for everything else that is shown, dependants included.
    #[serde(skip)]
    #[schemars(skip)]
    version: Timestamp,
}

/// Somebody whom a patient takes care of, as a provider who treats them sees them.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct TreatedDependant {
    /// Id.
    pub id: Uuid,
    /// Their name.
    pub full_name: String,
    /// What they are to the patient.
    pub relationship: String,
    /// When they were born.
    pub date_of_birth: Option<NaiveDate>,
    /// What a provider should know of their health.
    pub notes: Option<String>,
}

nested!(TreatedDependant);

impl Entity for TreatedPatient {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> Timestamp {
        self.version
    }
}

readable! {
    TreatedPatient, "patient whom you treat",
    at: |place: Id| [place.id],
    get: "sql/visitnow/patients/get_treated.sql",
}

/// `GET /patients/{id}`.
pub fn routes() -> ApiRouter<App> {
    let get = get_with(resource::get::<TreatedPatient>, |op| {
        op.about("visitnow_patients_get", "Reads the record of a patient whom you treat")
            .description(
                "For the provider of an appointment that is not cancelled and is to come or ended in the past 90 days. Every \
                 reading is in the audit log.",
            )
            .secured()
            .row::<TreatedPatient>()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new().api_route("/patients/{id}", get)
}
