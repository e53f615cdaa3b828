//! `GET /providers/{id}`: what everybody sees of an active provider, signed in or not.

use aide::axum::{ApiRouter, routing::get_with};
use axum::extract::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    nested,
    rest::{
        extract::{Id, Path},
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
    },
    visitnow::{Address, Contact, Point, VisitMode},
};

/// What everybody sees of an active provider.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PublicProvider {
    /// Id.
    pub id: Uuid,
    /// Their name.
    pub display_name: String,
    /// What they specialize in.
    pub specializations: Vec<String>,
    /// The languages that they speak, as tags of BCP 47.
    pub languages: Vec<String>,
    /// About the provider, in their words.
    pub about: Option<String>,
    /// Years of experience.
    pub experience_years: Option<i32>,
    /// How good their appointments were to patients, 1 (worst) to 5, in the mean; null: nobody has said.
    pub rating: Option<f64>,
    /// How many have said.
    pub rating_count: i32,
    /// Where they hold visits: the first hundred, oldest first.
    pub clinics: Vec<PublicClinic>,
    /// What can be booked: the first hundred, oldest first.
    pub services: Vec<PublicService>,
    /// When the profile was made.
    pub created_at: Timestamp,
    /// When it last changed, leaving clinics and services aside.
    pub updated_at: Timestamp,
}

/// Where a provider holds visits.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct PublicClinic {
    /// Id.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Where it is.
    pub address: Option<Address>,
    /// Where it is on the globe.
    pub geo: Option<Point>,
    /// Whether visits by video or phone are held from here.
    pub telehealth: bool,
    /// How it is reached.
    pub contact: Option<Contact>,
    /// Its time zone, by its name in the IANA database.
    pub time_zone: String,
}

/// What a provider does for patients.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct PublicService {
    /// Id.
    pub id: Uuid,
    /// What it is.
    pub name: String,
    /// More about it.
    pub description: Option<String>,
    /// How long it takes, in minutes.
    pub duration_minutes: i32,
    /// How patient and provider meet for it.
    pub mode: VisitMode,
    /// What it costs, in the currency's smallest unit; null: as agreed.
    pub price: Option<i32>,
    /// In which currency, ISO 4217.
    pub currency: String,
}

nested!(PublicClinic, PublicService);

pub(super) fn routes() -> ApiRouter<App> {
    let get = get_with(get, |op| {
        op.about("visitnow_providers_get", "Reads what everybody sees of an active provider")
            .ok::<PublicProvider>()
            .fails(&[&problem::NOT_FOUND])
    });
    ApiRouter::new().api_route("/providers/{id}", get)
}

async fn get(State(app): State<App>, Path(Id { id }): Path<Id>) -> Result<Reply> {
    let mut conn = app.pool.get().await?;
    let provider =
        sqlx::query_file_as!(PublicProvider, "sql/visitnow/providers/get_public.sql", id)
            .fetch_optional(&mut *conn)
            .await?;
    Reply::json(&provider.ok_or_else(|| Problem::not_found("provider"))?)
}
