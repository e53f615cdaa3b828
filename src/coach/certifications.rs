//! Certificates on a person's profile.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    crud,
    database::Timestamp,
    nested,
    rest::validation::rules::{broken_at, date, url},
};

/// A certificate that somebody was awarded.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "camelCase"))]
#[schemars(rename_all = "camelCase")]
pub struct Certification {
    /// Id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// Who awarded it.
    pub issuing_organization: String,
    /// When it was awarded.
    pub issue_date: NaiveDate,
    /// Last day on which it is valid.
    pub expiry_date: Option<NaiveDate>,
    /// It is valid for ever.
    pub does_not_expire: bool,
    /// Its number at the organization.
    pub credential_id: Option<String>,
    /// Where it can be verified.
    pub credential_url: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Certification`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "expires_once"))]
pub struct CertificationInput {
    /// What it is called.
    #[validate(length(min = 1, max = 200))]
    pub name: String,
    /// Who awarded it.
    #[validate(length(min = 1, max = 200))]
    pub issuing_organization: String,
    /// When it was awarded.
    #[validate(custom(function = "date"))]
    pub issue_date: NaiveDate,
    /// Last day on which it is valid, not before the day of issue.
    #[validate(custom(function = "date"))]
    pub expiry_date: Option<NaiveDate>,
    /// It is valid for ever; then it has no expiry date.
    #[serde(default)]
    pub does_not_expire: bool,
    /// Its number at the organization.
    #[validate(length(min = 1, max = 200))]
    pub credential_id: Option<String>,
    /// Where it can be verified.
    #[validate(custom(function = "url"))]
    pub credential_url: Option<String>,
}

fn expires_once(input: &CertificationInput) -> Result<(), ValidationError> {
    match input.expiry_date {
        Some(_) if input.does_not_expire => {
            Err(broken_at("expiryDate", "order", "must be absent when doesNotExpire is true"))
        }
        Some(expiry) if expiry < input.issue_date => {
            Err(broken_at("expiryDate", "order", "must not be before issueDate"))
        }
        _ => Ok(()),
    }
}

nested!(Certification);

crud! {
    Certification, CertificationInput, "certification",
    list: "sql/coach/certifications/list.sql",
    get: "sql/coach/certifications/get.sql",
    insert: "sql/coach/certifications/insert.sql",
    update: "sql/coach/certifications/update.sql",
    delete: "sql/coach/certifications/delete.sql",
    columns: |input| [
        input.name, input.issuing_organization, input.issue_date, input.expiry_date,
        input.does_not_expire, input.credential_id, input.credential_url,
    ],
    example: {
        "name": "Certified Kubernetes Administrator", "issuingOrganization": "CNCF",
        "issueDate": "2025-03-01", "expiryDate": "2027-03-01", "credentialId": "LF-4711",
        "credentialUrl": "https://verify.example.com/LF-4711",
    },
}
