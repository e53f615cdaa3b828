//! Credentials: by which a provider proves that they may hold visits. The provider submits them, administrators decide;
//! nobody of the staff sees them.

mod decide;
mod list;

use aide::axum::ApiRouter;
use chrono::NaiveDate;
use futures_util::FutureExt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::ValidationError;

use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, inputs, readable,
    registry::{Chore, Cleared},
    rest::{
        extract::Id,
        resource,
        validation::rules::{broken_at, date, url},
    },
    writable,
};

/// A document by which a provider proves that they may hold visits.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    /// Id.
    pub id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// What it proves.
    pub r#type: CredentialType,
    /// Where the document is.
    pub document_url: String,
    /// What has become of it.
    pub status: CredentialStatus,
    /// When it was issued.
    pub issued_on: Option<NaiveDate>,
    /// The last day on which it counts (UTC); null: it always does.
    pub expires_on: Option<NaiveDate>,
    /// What the administrator said to it.
    pub notes: Option<String>,
    /// When it was submitted.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

inputs! {
    /// What a provider writes of a new [`Credential`].
    #[validate(schema(function = "submitted"))]
    CredentialInput {
        /// The provider: you.
        pub provider_id: Uuid,
    }

    /// What a provider changes of a [`Credential`] that is not decided on yet.
    #[validate(schema(function = "changed"))]
    CredentialChange {
        /// What it proves.
        pub r#type: CredentialType,
        /// Where the document is.
        #[validate(custom(function = "url"))]
        pub document_url: String,
        /// When it was issued.
        #[validate(custom(function = "date"))]
        pub issued_on: Option<NaiveDate>,
        /// The last day on which it counts, after the one on which it was issued; absent: it always does.
        #[validate(custom(function = "date"))]
        pub expires_on: Option<NaiveDate>,
    }
}

/// What a document proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.credential_type", rename_all = "snake_case")]
pub enum CredentialType {
    /// That they may practise.
    License,
    /// What they studied.
    Degree,
    /// What they learned besides.
    Certification,
    /// That they are insured.
    Insurance,
    /// Who they are.
    Identity,
    /// Anything else.
    Other,
}

/// What has become of a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.credential_status", rename_all = "snake_case")]
pub enum CredentialStatus {
    /// No administrator has decided.
    Submitted,
    /// It counts.
    Verified,
    /// It does not.
    Rejected,
    /// It did.
    Expired,
}

fn submitted(new: &CredentialInput) -> Result<(), ValidationError> {
    ordered(new.issued_on, new.expires_on)
}

fn changed(change: &CredentialChange) -> Result<(), ValidationError> {
    ordered(change.issued_on, change.expires_on)
}

fn ordered(issued: Option<NaiveDate>, expires: Option<NaiveDate>) -> Result<(), ValidationError> {
    match (issued, expires) {
        (Some(issued), Some(expires)) if expires <= issued => {
            Err(broken_at("expiresOn", "order", "must be after issuedOn"))
        }
        _ => Ok(()),
    }
}

entity!(Credential);
readable! {
    Credential, "credential",
    shared: |row, _caller| row.may_write,
    at: |place: Id| [place.id],
    get: "sql/visitnow/credentials/get.sql",
}
creatable! {
    Credential, CredentialInput, by: ("visitnow", &["doctor"]),
    "sql/visitnow/credentials/insert.sql",
    |input| [
        input.provider_id, input.r#type as _, input.document_url, input.issued_on, input.expires_on,
    ],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000", "type": "license",
        "documentUrl": "https://files.example.com/license.pdf", "issuedOn": "2020-03-01",
        "expiresOn": "2035-02-28",
    },
}
deletable!(Credential, at: |place: Id| [place.id], "sql/visitnow/credentials/delete.sql");
writable! {
    Credential, CredentialChange,
    at: |place: Id| [place.id], "sql/visitnow/credentials/update.sql",
    |input| [input.r#type as _, input.document_url, input.issued_on, input.expires_on],
    example: {
        "type": "license", "documentUrl": "https://files.example.com/license-2.pdf",
        "issuedOn": "2020-03-01", "expiresOn": "2035-02-28",
    },
}

/// Marks what is over.
pub const CHORE: Chore = Chore {
    what: "credentials",
    clear: |conn| {
        sqlx::query_file_as!(Cleared, "sql/visitnow/credentials/expire.sql").fetch_one(conn).boxed()
    },
};

/// Everything under `/credentials`, and `/admin/credentials`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "visitnow_credentials";
    ApiRouter::new()
        .api_route("/credentials", list::route().merge(resource::create_route::<Credential>(ID)))
        .api_route("/credentials/{id}", resource::one_routes::<Credential>(ID))
        .merge(list::admin_routes())
        .merge(decide::routes())
}
