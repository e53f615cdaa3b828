//! visitnow: telehealth. Providers and their practices, patients, appointments, messages, support.

mod availability_templates;
mod conversations;
mod dependants;
mod messages;
mod notifications;
mod patients;
mod preferences;
mod search;
mod slots;
mod ticket_participants;
mod tickets;
mod visit_mode;

pub use availability_templates::{
    AvailabilityTemplate, AvailabilityTemplateChange, AvailabilityTemplateInput, WeeklyHours,
};
pub use conversations::{Conversation, ConversationInput};
pub use dependants::{Dependant, DependantInput};
pub use messages::{Message, MessageInput};
pub use notifications::{Notification, NotificationChannel, NotificationStatus};
pub use patients::{
    BloodGroup, Gender, MedicalHistory, Patient, PatientInput, TreatedDependant, TreatedPatient,
};
pub use preferences::{Channels, Consents, Preferences, PreferencesInput};
pub use search::{FoundProvider, NextSlot};
pub use slots::{Slot, SlotStatus};
pub use tickets::{
    Ticket, TicketCategory, TicketEvent, TicketEventType, TicketInput, TicketPriority, TicketSide,
    TicketStatus, TicketSummary,
};
pub use visit_mode::VisitMode;

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
    chores: &[notifications::CHORE],
    workers: &[Worker::of::<notifications::Deliveries>()],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = search::routes()
        .merge(patients::routes())
        .merge(preferences::routes())
        .merge(availability_templates::routes())
        .merge(slots::routes())
        .merge(conversations::routes())
        .merge(notifications::routes())
        .merge(tickets::routes())
        .merge(ticket_participants::routes());
    ApiRouter::new().nest("/visitnow", routes)
}
