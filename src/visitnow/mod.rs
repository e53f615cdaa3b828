//! visitnow: telehealth. Providers and their practices, patients, appointments, messages, support.

mod availability_templates;
mod search;
mod slots;
mod visit_mode;

pub use availability_templates::{
    AvailabilityTemplate, AvailabilityTemplateChange, AvailabilityTemplateInput, WeeklyHours,
};
pub use search::{FoundProvider, NextSlot};
pub use slots::{Slot, SlotStatus};
pub use visit_mode::VisitMode;

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
};

/// Who activates providers, decides on credentials and takes care of tickets.
const KEEPER: (&str, &str) = ("visitnow", "admin");

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
    chores: &[],
    workers: &[],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = availability_templates::routes().merge(slots::routes()).merge(search::routes());
    ApiRouter::new().nest("/visitnow", routes)
}
