//! Staff: who works for a provider, and what they may do there. The practice keeps it; everybody sees and ends their own.

mod leave;
mod permission;

pub use permission::Permission;

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::permission::distinct;
use super::{PRACTICE, PracticeParams};
use crate::{
    App, creatable,
    database::Timestamp,
    deletable, entity, inputs, listed, readable,
    rest::{extract::Id, resource},
    writable,
};

/// Somebody who works for a provider.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffMember {
    /// Id.
    pub id: Uuid,
    /// The provider.
    pub provider_id: Uuid,
    /// Who works there.
    pub user_id: Uuid,
    /// What they do.
    pub role: StaffRole,
    /// What they may do for the provider.
    pub permissions: Vec<Permission>,
    /// Since when.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
    #[serde(skip)]
    may_write: bool,
}

inputs! {
    /// What a practice writes of a new [`StaffMember`].
    StaffMemberInput {
        /// The provider: you, or one whose staff you may write.
        pub provider_id: Uuid,
        /// Who shall work there: somebody with the role `staff` of visitnow, once per provider.
        pub user_id: Uuid,
    }

    /// What a practice changes of a [`StaffMember`]: who works for whom stays.
    StaffMemberChange {
        /// What they do.
        pub role: StaffRole,
        /// What they may do for the provider. What you may not do yourself, you neither give nor take.
        #[serde(default)]
        #[validate(custom(function = "distinct"))]
        pub permissions: Vec<Permission>,
    }
}

/// What somebody does in a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.staff_role", rename_all = "snake_case")]
pub enum StaffRole {
    /// At the desk.
    Receptionist,
    /// Nurse.
    Nurse,
    /// Assistant.
    Assistant,
    /// Manages the practice.
    Manager,
}

entity!(StaffMember);
readable! {
    StaffMember, "staff member",
    shared: |row, _caller| row.may_write,
    at: |place: Id| [place.id],
    get: "sql/visitnow/staff_members/get.sql",
}
listed! {
    StaffMember, "sql/visitnow/staff_members/list.sql",
    |params: PracticeParams| [params.provider_id]
}
creatable! {
    StaffMember, StaffMemberInput, by: PRACTICE, "sql/visitnow/staff_members/insert.sql",
    |input| [input.provider_id, input.user_id, input.role as _, &input.permissions as _],
    example: {
        "providerId": "01920000-0000-7000-8000-000000000000",
        "userId": "01920000-0000-7000-8000-000000000001", "role": "receptionist",
        "permissions": ["appointments:write", "messages:write"],
    },
}
deletable!(StaffMember, at: |place: Id| [place.id], "sql/visitnow/staff_members/delete.sql");
writable! {
    StaffMember, StaffMemberChange,
    at: |place: Id| [place.id], "sql/visitnow/staff_members/update.sql",
    |input| [input.role as _, &input.permissions as _],
    example: {"role": "manager", "permissions": ["appointments:write", "availability:write"]},
}

/// Everything under `/staff`.
pub fn routes() -> ApiRouter<App> {
    const ID: &str = "visitnow_staff_members";
    ApiRouter::new()
        .api_route(
            "/staff",
            resource::list_route::<StaffMember>(ID)
                .merge(resource::create_route::<StaffMember>(ID)),
        )
        .api_route("/staff/{id}", resource::kept_routes::<StaffMember>(ID).merge(leave::route()))
}
