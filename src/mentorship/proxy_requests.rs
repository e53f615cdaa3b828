//! Proxy requests: a new mother asks a colleague to stand in for her.

use aide::axum::ApiRouter;
use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use super::side::MOTHERS;
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, filters, inputs, listed, moves, readable,
    rest::{
        extract::{Id, Nothing, several},
        resource,
        validation::rules::date,
    },
    writable,
};

/// A new mother's wish that a colleague stands in for her.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProxyRequest {
    /// Id.
    pub id: Uuid,
    /// The new mother, who asks.
    pub mother_id: Uuid,
    /// The colleague, who is asked.
    pub proxy_id: Uuid,
    /// What has become of it.
    pub status: ProxyRequestStatus,
    /// First day of the leave.
    pub start_date: NaiveDate,
    /// Last day of the leave as planned.
    pub expected_end_date: NaiveDate,
    /// Last day of the cover as it was; null until it is completed.
    pub actual_end_date: Option<NaiveDate>,
    /// What the colleague should know.
    pub notes: Option<String>,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

inputs! {
    /// What a new mother writes of a new [`ProxyRequest`].
    ProxyRequestInput {
        /// The colleague, who is asked: somebody else.
        pub proxy_id: Uuid,
    }

    /// What she changes of a [`ProxyRequest`] that is not answered yet.
    ProxyRequestChange {
        /// First day of the leave.
        #[validate(custom(function = "date"))]
        pub start_date: NaiveDate,
        /// Last day of the leave as planned, after the first.
        #[validate(custom(function = "date"))]
        pub expected_end_date: NaiveDate,
        /// What the colleague should know.
        #[validate(length(max = 10_000))]
        pub notes: Option<String>,
    }
}

/// How the cover ended.
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProxyRequestEnd {
    /// Last day of the cover as it was, not before the first; today where it is absent.
    #[validate(custom(function = "date"))]
    pub actual_end_date: Option<NaiveDate>,
}

/// What has become of a proxy request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "mentorship.proxy_request_status", rename_all = "snake_case")]
pub enum ProxyRequestStatus {
    /// It is not answered yet.
    Pending,
    /// The colleague stands in.
    Accepted,
    /// The colleague does not.
    Rejected,
    /// It is over.
    Completed,
}

/// A side of a proxy request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProxyRequestRole {
    /// Who asks.
    Mother,
    /// Who is asked.
    Proxy,
}

filters! {
    /// Which proxy requests are wanted.
    ProxyRequestParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<ProxyRequestStatus>,
        /// Only those in which the user is this side.
        pub role: Option<ProxyRequestRole>,
    }
}

entity!(ProxyRequest);
readable! {
    ProxyRequest, "proxy request",
    shared: |row, caller| row.mother_id == caller.id,
    at: |place: Id| [place.id],
    get: "sql/mentorship/proxy_requests/get.sql",
}
listed! {
    ProxyRequest, "sql/mentorship/proxy_requests/list.sql",
    |params: ProxyRequestParams| [
        &params.status as _, params.role.map(|role| role == ProxyRequestRole::Mother),
    ]
}
creatable! {
    ProxyRequest, ProxyRequestInput, by: MOTHERS, "sql/mentorship/proxy_requests/insert.sql",
    |input| [input.proxy_id, input.start_date, input.expected_end_date, input.notes],
    example: {
        "proxyId": "01920000-0000-7000-8000-000000000000", "startDate": "2026-10-01",
        "expectedEndDate": "2027-03-31", "notes": "The Tuesday call matters most.",
    },
}
deletable!(ProxyRequest, at: |place: Id| [place.id], "sql/mentorship/proxy_requests/delete.sql");
writable! {
    ProxyRequest, ProxyRequestChange,
    at: |place: Id| [place.id], "sql/mentorship/proxy_requests/update.sql",
    |input| [input.start_date, input.expected_end_date, input.notes],
    example: {
        "startDate": "2026-10-15", "expectedEndDate": "2027-03-31", "notes": "Two weeks later.",
    },
}

moves! {
    /// The colleague stands in.
    Accept(ProxyRequest), "sql/mentorship/proxy_requests/accept.sql",
    |_input: Nothing| [],
}
moves! {
    /// The colleague does not.
    Reject(ProxyRequest), "sql/mentorship/proxy_requests/reject.sql",
    |_input: Nothing| [],
}
moves! {
    /// It is over.
    Complete(ProxyRequest), "sql/mentorship/proxy_requests/complete.sql",
    |input: ProxyRequestEnd| [input.actual_end_date],
    example: {"actualEndDate": "2027-03-26"},
}

/// Everything under `/proxy-requests`.
pub fn routes() -> ApiRouter<App> {
    let accept = resource::move_route::<Accept>(
        "mentorship_proxy_requests_accept",
        "Accepts a proxy request, as the colleague; none of hers that is accepted shares a day with it",
    );
    let reject = resource::move_route::<Reject>(
        "mentorship_proxy_requests_reject",
        "Rejects a proxy request, as the colleague",
    );
    let complete = resource::move_route::<Complete>(
        "mentorship_proxy_requests_complete",
        "Completes an accepted proxy request, as either of the two",
    );
    let list = resource::list_route::<ProxyRequest>("mentorship_proxy_requests");
    let create = resource::create_route::<ProxyRequest>("mentorship_proxy_requests");
    let one = resource::one_routes::<ProxyRequest>("mentorship_proxy_requests");
    ApiRouter::new()
        .api_route("/proxy-requests", list.merge(create))
        .api_route("/proxy-requests/{id}", one)
        .api_route("/proxy-requests/{id}/accept", accept)
        .api_route("/proxy-requests/{id}/reject", reject)
        .api_route("/proxy-requests/{id}/complete", complete)
}
