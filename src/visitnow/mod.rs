//! visitnow: telehealth. Providers and their practices, patients, appointments, messages, support.

mod appointments;
mod availability_templates;
mod clinics;
mod conversations;
mod credentials;
mod dependants;
mod messages;
mod notifications;
mod patients;
mod practice;
mod preferences;
mod providers;
mod search;
mod services;
mod slots;
mod staff_members;
mod ticket_participants;
mod tickets;
mod visit_mode;
mod waitlist;

pub use appointments::{
    Appointment, AppointmentInput, AppointmentNotes, AppointmentNotesInput, AppointmentStatus,
    TimelineEntry, TimelineSide,
};
pub use availability_templates::{
    AvailabilityTemplate, AvailabilityTemplateChange, AvailabilityTemplateInput, WeeklyHours,
};
pub use clinics::{Address, Clinic, ClinicChange, ClinicInput, Contact, Point};
pub use conversations::{Conversation, ConversationInput};
pub use credentials::{
    Credential, CredentialChange, CredentialInput, CredentialStatus, CredentialType,
};
pub use dependants::{Dependant, DependantInput};
pub use messages::{Message, MessageInput};
pub use notifications::{Notification, NotificationChannel, NotificationStatus};
pub use patients::{
    BloodGroup, Gender, MedicalHistory, Patient, PatientInput, TreatedDependant, TreatedPatient,
};
pub use preferences::{Channels, Consents, Preferences, PreferencesInput};
pub use providers::{
    Provider, ProviderInput, ProviderStatus, PublicClinic, PublicProvider, PublicService,
};
pub use search::{FoundProvider, NextSlot};
pub use services::{Service, ServiceChange, ServiceInput};
pub use slots::{Slot, SlotStatus};
pub use staff_members::{Permission, StaffMember, StaffMemberChange, StaffMemberInput, StaffRole};
pub use tickets::{
    Ticket, TicketCategory, TicketEvent, TicketEventType, TicketInput, TicketPriority, TicketSide,
    TicketStatus, TicketSummary,
};
pub use visit_mode::VisitMode;
pub use waitlist::{DesiredRange, WaitlistChange, WaitlistEntry, WaitlistInput, WaitlistStatus};

use practice::{PRACTICE, PracticeParams, acts_for};

use aide::axum::ApiRouter;
use futures_util::StreamExt;

use crate::{
    App,
    identity::Roles,
    registry::{Domain, ExportedRow},
    server::worker::Worker,
    with_role,
};

/// Who activates providers, decides on credentials and takes care of tickets.
const KEEPER: Roles = ("visitnow", &["admin"]);

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
    chores: &[credentials::CHORE, notifications::CHORE],
    workers: &[Worker::of::<waitlist::Holds>(), Worker::of::<notifications::Deliveries>()],
    encrypted: &[],
};

fn routes() -> ApiRouter<App> {
    let routes = providers::routes()
        .merge(search::routes())
        .merge(clinics::routes())
        .merge(services::routes())
        .merge(staff_members::routes())
        .merge(credentials::routes())
        .merge(patients::routes())
        .merge(preferences::routes())
        .merge(availability_templates::routes())
        .merge(slots::routes())
        .merge(appointments::routes())
        .merge(waitlist::routes())
        .merge(conversations::routes())
        .merge(notifications::routes())
        .merge(tickets::routes())
        .merge(ticket_participants::routes());
    ApiRouter::new().nest("/visitnow", routes)
}
