//! The weekly hours of a provider, from which slots are made.

mod materialize;

use aide::axum::ApiRouter;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::types::Json;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{PRACTICE, VisitMode};
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, filters, inputs, listed, readable,
    rest::{
        extract::Id,
        resource,
        validation::rules::{broken_at, clock, date},
        week::{self, Weekday},
    },
    writable,
};

/// When a provider is in a clinic, every week.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AvailabilityTemplate {
    /// Id.
    pub id: Uuid,
    /// Whose hours.
    pub provider_id: Uuid,
    /// Where; the hours are meant in its time zone.
    pub clinic_id: Uuid,
    /// How long a slot is, in minutes.
    pub slot_duration: i32,
    /// The pause after each slot, in minutes.
    pub buffer_minutes: i32,
    /// The hours.
    #[schemars(with = "Vec<WeeklyHours>")]
    pub slots: Json<Vec<WeeklyHours>>,
    /// The first day on which they count; null: since ever.
    pub effective_from: Option<NaiveDate>,
    /// The last day on which they count; null: for ever.
    pub effective_to: Option<NaiveDate>,
    /// Whether slots are made from it.
    pub is_active: bool,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// Hours on one day of every week, in the clinic's time zone.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "hours"))]
pub struct WeeklyHours {
    /// The day.
    pub weekday: Weekday,
    /// When they begin, HH:MM.
    #[validate(custom(function = "clock"))]
    pub start: String,
    /// When they end, HH:MM, at most 24:00 and after the start.
    #[validate(custom(function = "clock"))]
    pub end: String,
    /// How patient and provider meet then.
    pub mode: VisitMode,
}

inputs! {
    /// What a client writes of a new [`AvailabilityTemplate`].
    #[validate(schema(function = "new_period"))]
    AvailabilityTemplateInput {
        /// Whose hours; they stay this provider's.
        pub provider_id: Uuid,
    }

    /// What a client writes of an [`AvailabilityTemplate`] that is there.
    #[validate(schema(function = "changed_period"))]
    AvailabilityTemplateChange {
        /// Where: a clinic of the provider's.
        pub clinic_id: Uuid,
        /// How long a slot is, in minutes.
        #[validate(range(min = 5, max = 480))]
        pub slot_duration: i32,
        /// The pause after each slot, in minutes; none when absent.
        #[serde(default)]
        #[validate(range(min = 0, max = 240))]
        pub buffer_minutes: i32,
        /// The hours.
        #[serde(default)]
        #[validate(length(max = 100), nested)]
        pub slots: Vec<WeeklyHours>,
        /// The first day on which they count; since ever when absent.
        #[validate(custom(function = "date"))]
        pub effective_from: Option<NaiveDate>,
        /// The last day on which they count; for ever when absent.
        #[validate(custom(function = "date"))]
        pub effective_to: Option<NaiveDate>,
        /// Whether slots are made from it; true when absent.
        #[serde(default = "active")]
        pub is_active: bool,
    }
}

const fn active() -> bool {
    true
}

fn hours(hours: &WeeklyHours) -> Result<(), ValidationError> {
    week::ordered(&hours.start, &hours.end)
}

fn new_period(input: &AvailabilityTemplateInput) -> Result<(), ValidationError> {
    period(input.effective_from, input.effective_to)
}

fn changed_period(input: &AvailabilityTemplateChange) -> Result<(), ValidationError> {
    period(input.effective_from, input.effective_to)
}

fn period(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Result<(), ValidationError> {
    if from.zip(to).is_none_or(|(from, to)| from <= to) {
        return Ok(());
    }
    Err(broken_at("effectiveTo", "order", "must not be before effectiveFrom"))
}

filters! {
    /// Which availability templates are wanted.
    AvailabilityTemplateParams {
        /// Only those of this provider.
        pub provider_id: Option<Uuid>,
    }
}

entity!(AvailabilityTemplate);
readable! {
    AvailabilityTemplate, "availability template",
    at: |place: Id| [place.id],
    get: "sql/visitnow/availability_templates/get.sql",
}
listed! {
    AvailabilityTemplate, "sql/visitnow/availability_templates/list.sql",
    |params: AvailabilityTemplateParams| [params.provider_id]
}
creatable! {
    AvailabilityTemplate, AvailabilityTemplateInput, by: PRACTICE,
    "sql/visitnow/availability_templates/insert.sql",
    |input| [
        input.provider_id, input.clinic_id, input.slot_duration, input.buffer_minutes, Json(&input.slots) as _,
        input.effective_from, input.effective_to, input.is_active,
    ],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000", "clinicId": "01920000-0000-7000-8000-000000000000",
        "slotDuration": 30, "bufferMinutes": 10, "effectiveFrom": "2026-10-01",
        "slots": [{"weekday": "monday", "start": "09:00", "end": "12:00", "mode": "in_person"}],
    },
}
deletable! {
    AvailabilityTemplate, at: |place: Id| [place.id], "sql/visitnow/availability_templates/delete.sql"
}
writable! {
    AvailabilityTemplate, AvailabilityTemplateChange,
    at: |place: Id| [place.id], "sql/visitnow/availability_templates/update.sql",
    |input| [
        input.clinic_id, input.slot_duration, input.buffer_minutes, Json(&input.slots) as _,
        input.effective_from, input.effective_to, input.is_active,
    ],
    example: {
        "clinicId": "01920000-0000-7000-8000-000000000000", "slotDuration": 20, "bufferMinutes": 10,
        "effectiveFrom": "2026-10-01",
        "slots": [{"weekday": "monday", "start": "09:00", "end": "13:00", "mode": "video"}],
    },
}

/// Everything under `/availability-templates`.
pub fn routes() -> ApiRouter<App> {
    resource::routes::<AvailabilityTemplate>(
        "/availability-templates",
        "visitnow_availability_templates",
    )
    .api_route("/availability-templates/{id}/materialize", materialize::route())
}
