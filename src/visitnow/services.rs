//! Services: what a provider does for patients. The practice keeps them.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::{PRACTICE, PracticeParams, VisitMode};
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, inputs, listed, readable,
    rest::{extract::Id, resource, validation::rules::currency},
    writable,
};

/// What a provider does for patients.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Id.
    pub id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// What it is.
    pub name: String,
    /// More about it.
    pub description: Option<String>,
    /// How long it takes, in minutes.
    pub duration_minutes: i32,
    /// How patient and provider meet for it.
    pub mode: VisitMode,
    /// What it costs, in the currency's smallest unit (cents); null: as agreed.
    pub price: Option<i32>,
    /// In which currency, ISO 4217.
    pub currency: String,
    /// Whether it can be booked.
    pub is_active: bool,
    /// When it was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

inputs! {
    /// What a practice writes of a new [`Service`].
    ServiceInput {
        /// The provider: you, or one whose services you may write.
        pub provider_id: Uuid,
    }

    /// What a practice changes of a [`Service`]: whose it is stays.
    ServiceChange {
        /// What it is.
        #[validate(length(min = 1, max = 200))]
        pub name: String,
        /// More about it.
        #[validate(length(max = 10_000))]
        pub description: Option<String>,
        /// How long it takes, in minutes.
        #[validate(range(min = 5, max = 480))]
        pub duration_minutes: i32,
        /// How patient and provider meet for it.
        pub mode: VisitMode,
        /// What it costs, in the currency's smallest unit (cents); absent: as agreed.
        #[validate(range(min = 0))]
        pub price: Option<i32>,
        /// In which currency, ISO 4217; USD where it is absent.
        #[serde(default = "dollars")]
        #[validate(custom(function = "currency"))]
        pub currency: String,
        /// Whether it can be booked; it can where this is absent.
        #[serde(default = "yes")]
        pub is_active: bool,
    }
}

fn dollars() -> String {
    "USD".into()
}

const fn yes() -> bool {
    true
}

entity!(Service);
readable! {
    Service, "service",
    shared: |row, _caller| row.may_write,
    at: |place: Id| [place.id],
    get: "sql/visitnow/services/get.sql",
}
listed! {
    Service, "sql/visitnow/services/list.sql",
    |params: PracticeParams| [params.provider_id]
}
creatable! {
    Service, ServiceInput, by: PRACTICE, "sql/visitnow/services/insert.sql",
    |input| [
        input.provider_id, input.name, input.description, input.duration_minutes, input.mode as _,
        input.price, input.currency, input.is_active,
    ],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000", "name": "First visit",
        "description": "We get to know each other.", "durationMinutes": 30, "mode": "video",
        "price": 6500, "currency": "EUR",
    },
}
deletable!(Service, at: |place: Id| [place.id], "sql/visitnow/services/delete.sql");
writable! {
    Service, ServiceChange,
    at: |place: Id| [place.id], "sql/visitnow/services/update.sql",
    |input| [
        input.name, input.description, input.duration_minutes, input.mode as _, input.price,
        input.currency, input.is_active,
    ],
    example: {
        "name": "First visit", "durationMinutes": 45, "mode": "in_person", "price": 8000,
        "currency": "EUR", "isActive": false,
    },
}

/// Everything under `/services`.
pub fn routes() -> ApiRouter<App> {
    resource::routes::<Service>("/services", "visitnow_services")
}
