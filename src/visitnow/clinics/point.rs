//! A point on the globe: `GeoJSON` on the wire, `point` in the database.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::{
    Decode, Encode, Postgres, Type,
    encode::IsNull,
    error::BoxDynError,
    postgres::{PgArgumentBuffer, PgTypeInfo, PgValueRef, types::PgPoint},
};
use validator::{Validate, ValidationError};

use crate::rest::validation::rules::broken;

/// A point on the globe (`GeoJSON`, RFC 7946).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// What it is.
    pub r#type: PointType,
    /// Longitude, then latitude, in degrees.
    #[validate(custom(function = "on_the_globe"))]
    pub coordinates: [f64; 2],
}

/// The only geometry that a place has.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub enum PointType {
    /// A point.
    Point,
}

fn on_the_globe([longitude, latitude]: &[f64; 2]) -> Result<(), ValidationError> {
    // What is no number is in no range.
    if (-180.0..=180.0).contains(longitude) && (-90.0..=90.0).contains(latitude) {
        return Ok(());
    }
    Err(broken("coordinates", "must be a longitude of -180 to 180, then a latitude of -90 to 90"))
}

impl Type<Postgres> for Point {
    fn type_info() -> PgTypeInfo {
        PgPoint::type_info()
    }
}

impl Encode<'_, Postgres> for Point {
    fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
        let [x, y] = self.coordinates;
        PgPoint { x, y }.encode_by_ref(buffer)
    }
}

impl<'r> Decode<'r, Postgres> for Point {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let PgPoint { x, y } = PgPoint::decode(value)?;
        Ok(Self { r#type: PointType::Point, coordinates: [x, y] })
    }
}
