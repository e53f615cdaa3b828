//! Clinics: where a provider holds visits. The practice keeps them.

mod place;
mod point;

pub use place::{Address, Contact};
pub use point::Point;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;
use validator::Validate;

use super::{PRACTICE, PracticeParams};
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, inputs, listed, readable,
    rest::{extract::Id, resource, validation::rules::timezone},
    writable,
};

/// Where a provider holds visits: a place, or a screen.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Clinic {
    /// Id.
    pub id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
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
    /// Time zone in which its weekly hours are meant, by its name in the IANA database.
    pub time_zone: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

inputs! {
    /// What a practice writes of a new [`Clinic`].
    ClinicInput {
        /// The provider: you, or one whose clinics you may write.
        pub provider_id: Uuid,
    }

    /// What a practice changes of a [`Clinic`]: whose it is stays.
    ClinicChange {
        /// Its name.
        #[validate(length(min = 1, max = 200))]
        pub name: String,
        /// Where it is.
        #[validate(nested)]
        pub address: Option<Address>,
        /// Where it is on the globe.
        #[validate(nested)]
        pub geo: Option<Point>,
        /// Whether visits by video or phone are held from here.
        #[serde(default)]
        pub telehealth: bool,
        /// How it is reached.
        #[validate(nested)]
        pub contact: Option<Contact>,
        /// Time zone in which its weekly hours are meant, by its name in the IANA database.
        #[validate(custom(function = "timezone"))]
        pub time_zone: String,
    }
}

entity!(Clinic);
readable! {
    Clinic, "clinic",
    shared: |row, _caller| row.may_write,
    at: |place: Id| [place.id],
    get: "sql/visitnow/clinics/get.sql",
}
listed! {
    Clinic, "sql/visitnow/clinics/list.sql",
    |params: PracticeParams| [params.provider_id]
}
creatable! {
    Clinic, ClinicInput, by: PRACTICE, "sql/visitnow/clinics/insert.sql",
    |input| [
        input.provider_id, input.name, &input.address as _, input.geo as _, input.telehealth,
        &input.contact as _, input.time_zone,
    ],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000", "name": "Practice at the park",
        "address": {
            "street": "Parkallee 4", "city": "Berlin", "postalCode": "10115", "country": "Germany",
        },
        "geo": {"type": "Point", "coordinates": [13.3777, 52.5163]}, "telehealth": true,
        "contact": {"phone": "+4930123456", "email": "desk@park.example"}, "timeZone": "Europe/Berlin",
    },
}
deletable!(Clinic, at: |place: Id| [place.id], "sql/visitnow/clinics/delete.sql");
writable! {
    Clinic, ClinicChange,
    at: |place: Id| [place.id], "sql/visitnow/clinics/update.sql",
    |input| [
        input.name, &input.address as _, input.geo as _, input.telehealth, &input.contact as _,
        input.time_zone,
    ],
    example: {
        "name": "Practice at the park", "geo": {"type": "Point", "coordinates": [13.3777, 52.5163]},
        "contact": {"phone": "+4930123456", "website": "https://park.example"}, "timeZone": "Europe/Berlin",
    },
}

/// Everything under `/clinics`.
pub fn routes() -> ApiRouter<App> {
    resource::routes::<Clinic>("/clinics", "visitnow_clinics")
}
