//! What the search is asked for.

use serde::Deserialize;
use validator::ValidationError;

use crate::{
    database::Timestamp,
    filters,
    rest::{
        extract::several,
        validation::rules::{broken, broken_at, moment},
    },
    visitnow::VisitMode,
};

/// How far is near, in kilometres, when the client does not say.
const DEFAULT_RADIUS: f64 = 50.0;

/// How far is near at least, in kilometres: a metre.
const MIN_RADIUS: f64 = 0.001;

/// How far is near at most, in kilometres.
const MAX_RADIUS: f64 = 500.0;

/// A place on the Earth, in degrees.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub struct Place {
    /// North of the equator.
    pub latitude: f64,
    /// East of Greenwich.
    pub longitude: f64,
}

impl TryFrom<String> for Place {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let degrees = |text: &str, most: f64| {
            text.trim().parse::<f64>().ok().filter(|degrees| degrees.abs() <= most)
        };
        text.split_once(',')
            .and_then(|(latitude, longitude)| {
                Some(Self {
                    latitude: degrees(latitude, 90.0)?,
                    longitude: degrees(longitude, 180.0)?,
                })
            })
            .ok_or("must be a latitude and a longitude in degrees, such as 52.52,13.405")
    }
}

filters! {
    /// Which providers are wanted.
    #[validate(schema(function = "sensible"))]
    SearchParams {
        /// Words of the name or of what they specialize in: `"in a row"`, `or`, `-without`.
        #[validate(length(min = 1, max = 200))]
        pub q: Option<String>,
        /// Only those who specialize in all of these, whatever the case: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        #[validate(length(max = 20))]
        pub specialization: Vec<String>,
        /// Only those who speak all of these, whatever the case: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        #[validate(length(max = 20))]
        pub language: Vec<String>,
        /// Only those with a clinic near this place: latitude and longitude in degrees, with a comma between.
        #[schemars(with = "Option<String>")]
        pub near: Option<Place>,
        /// How far is near, in kilometres: at least 0.001, at most 500; 50 when absent.
        #[validate(custom(function = "radius"))]
        pub radius_km: Option<f64>,
        /// Only those with an open slot in which patient and provider meet like this.
        pub mode: Option<VisitMode>,
        /// Only those with an open slot that begins at this time or later.
        #[validate(custom(function = "moment"))]
        pub available_from: Option<Timestamp>,
        /// Only those with an open slot that begins before this time.
        #[validate(custom(function = "moment"))]
        pub available_to: Option<Timestamp>,
    }
}

impl SearchParams {
    /// How far is near, in metres.
    pub fn metres(&self) -> Option<f64> {
        self.near.map(|_| self.radius_km.unwrap_or(DEFAULT_RADIUS) * 1000.0)
    }

    /// How patient and provider may meet.
    pub fn modes(&self) -> Vec<VisitMode> {
        self.mode.map_or_else(
            || vec![VisitMode::InPerson, VisitMode::Video, VisitMode::Phone],
            |mode| vec![mode],
        )
    }

    /// Whether only those are wanted who have an open slot.
    pub const fn wants_slot(&self) -> bool {
        self.mode.is_some() || self.available_from.is_some() || self.available_to.is_some()
    }
}

fn radius(kilometres: f64) -> Result<(), ValidationError> {
    // Not a number is neither.
    if (MIN_RADIUS..=MAX_RADIUS).contains(&kilometres) {
        return Ok(());
    }
    Err(broken("range", "must be at least 0.001 and at most 500"))
}

fn sensible(params: &SearchParams) -> Result<(), ValidationError> {
    if params.radius_km.is_some() && params.near.is_none() {
        return Err(broken_at("radiusKm", "near", "says how far is near, so it needs near"));
    }
    if params.available_from.zip(params.available_to).is_some_and(|(from, to)| from >= to) {
        return Err(broken_at("availableTo", "order", "must be after availableFrom"));
    }
    Ok(())
}
