//! visitnow: telehealth. Providers and their practices, patients, appointments, messages, support.

mod clinics;
mod credentials;
mod practice;
mod providers;
mod services;
mod staff_members;
mod visit_mode;

pub use clinics::{Address, Clinic, ClinicChange, ClinicInput, Contact, Point};
pub use credentials::{
    Credential, CredentialChange, CredentialInput, CredentialStatus, CredentialType,
};
use practice::{PRACTICE, PracticeParams};
pub use providers::{
    Provider, ProviderInput, ProviderStatus, PublicClinic, PublicProvider, PublicService,
};
pub use services::{Service, ServiceChange, ServiceInput};
pub use staff_members::{Permission, StaffMember, StaffMemberChange, StaffMemberInput, StaffRole};
pub use visit_mode::VisitMode;

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    with_role,
};

/// Who activates providers, decides on credentials and takes care of tickets.
const KEEPER: (&str, &str) = ("visitnow", "admin");

with_role! {
    /// A caller who administers visitnow; everybody else gets 403, whatever they sent.
    Admin: KEEPER
}

/// visitnow, as the rest of the house knows it.
pub const DOMAIN: Domain = Domain {
    name: "visitnow",
    routes,
    tables: &[
        "providers",
        "clinics",
        "services",
        "credentials",
        "staff_members",
        "patients",
        "dependants",
        "preferences",
        "availability_templates",
        "slots",
        "appointments",
        "waitlist",
        "conversations",
        "messages",
        "notifications",
        "tickets",
        "ticket_participants",
    ],
    export: |conn, user| {
        sqlx::query_file_as!(ExportedRow, "sql/visitnow/export.sql", user).fetch(conn).boxed()
    },
    chores: &[credentials::CHORE],
    workers: &[],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = providers::routes()
        .merge(clinics::routes())
        .merge(services::routes())
        .merge(staff_members::routes())
        .merge(credentials::routes());
    ApiRouter::new().nest("/visitnow", routes)
}
