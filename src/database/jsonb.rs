//! Rust structs as JSONB columns, and rows nested in another row.

/// Lets structs stand for `jsonb` in queries, both ways, without a wrapper around every field.
#[macro_export]
macro_rules! jsonb {
    ($($document:ty),+ $(,)?) => {$(
        $crate::nested!($document);

        impl ::sqlx::Encode<'_, ::sqlx::Postgres> for $document {
            fn encode_by_ref(
                &self,
                buffer: &mut ::sqlx::postgres::PgArgumentBuffer,
            ) -> Result<::sqlx::encode::IsNull, ::sqlx::error::BoxDynError> {
                ::sqlx::types::Json(self).encode_by_ref(buffer)
            }
        }
    )+};
}

/// Lets rows come inside another row: `array(select to_jsonb(part) …) as "parts!: Vec<Part>"`.
///
/// Their names are those of the columns, so that a row deserializes in `snake_case`:
/// `serde(rename_all(serialize = "camelCase"))`.
#[macro_export]
macro_rules! nested {
    ($($document:ty),+ $(,)?) => {$(
        impl ::sqlx::Type<::sqlx::Postgres> for $document {
            fn type_info() -> ::sqlx::postgres::PgTypeInfo {
                <::sqlx::types::Json<Self> as ::sqlx::Type<::sqlx::Postgres>>::type_info()
            }
        }

        impl<'r> ::sqlx::Decode<'r, ::sqlx::Postgres> for $document {
            fn decode(
                value: ::sqlx::postgres::PgValueRef<'r>,
            ) -> Result<Self, ::sqlx::error::BoxDynError> {
                let ::sqlx::types::Json(document) =
                    <::sqlx::types::Json<Self> as ::sqlx::Decode<::sqlx::Postgres>>::decode(value)?;
                Ok(document)
            }
        }
    )+};
}
