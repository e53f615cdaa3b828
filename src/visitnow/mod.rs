//! visitnow: telehealth. Providers and their practices, patients, appointments, messages, support.

mod appointments;
mod visit_mode;
mod waitlist;

pub use appointments::{
    Appointment, AppointmentInput, AppointmentNotes, AppointmentNotesInput, AppointmentStatus,
    TimelineEntry, TimelineSide,
};
pub use visit_mode::VisitMode;
pub use waitlist::{DesiredRange, WaitlistChange, WaitlistEntry, WaitlistInput, WaitlistStatus};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    registry::{Domain, ExportedRow},
    server::worker::Worker,
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
    workers: &[Worker::of::<waitlist::Holds>()],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = appointments::routes().merge(waitlist::routes());
    ApiRouter::new().nest("/visitnow", routes)
}
