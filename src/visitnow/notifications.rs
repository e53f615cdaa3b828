//! Notifications: what users were told, or will be, once per channel. Made by what happens, delivered by a queue's worker.

mod lease;
mod queue;
mod words;

pub use queue::Deliveries;

use aide::axum::ApiRouter;
use futures_util::FutureExt;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sqlx::types::Json;
use uuid::Uuid;

use crate::{
    App,
    database::Timestamp,
    deletable, entity, filters, listed, readable,
    registry::{Chore, Cleared},
    rest::{
        extract::{Id, several},
        resource,
    },
};

/// Something that you are told by one channel.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Notification {
    /// Id.
    pub id: Uuid,
    /// What you are told: `appointment.confirmed`, `waitlist.offered`, …
    pub template_key: String,
    /// By what.
    pub channel: NotificationChannel,
    /// What has become of it. In the app it is there at once.
    pub status: NotificationStatus,
    /// The address or number that it goes to; null where none is needed.
    pub recipient: Option<String>,
    /// What the text names: ids, times and names.
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub meta: Json<Box<RawValue>>,
    /// Why the last try was in vain; null: it was not.
    pub reason: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it is of no more use, and deleted; null: never.
    pub expires_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// By what somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.notification_channel", rename_all = "snake_case")]
pub enum NotificationChannel {
    /// A mail.
    Email,
    /// A text message.
    Sms,
    /// Something that pops up on a device.
    Push,
    /// In the app, where it is found in this list.
    InApp,
}

/// What has become of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "visitnow.notification_status", rename_all = "snake_case")]
pub enum NotificationStatus {
    /// Waiting for its turn, or to be tried again.
    Queued,
    /// On its way.
    Sent,
    /// Not delivered, and not tried any more.
    Failed,
}

filters! {
    /// Which notifications are wanted.
    NotificationParams {
        /// Only these statuses: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub status: Vec<NotificationStatus>,
        /// Only these channels: repeated, or separated by commas.
        #[serde(default, deserialize_with = "several")]
        pub channel: Vec<NotificationChannel>,
        /// Only of this.
        #[validate(length(min = 1, max = 200))]
        pub template_key: Option<String>,
    }
}

entity!(Notification);
readable! {
    Notification, "notification",
    at: |place: Id| [place.id],
    get: "sql/visitnow/notifications/get.sql",
}
listed!(Notification, "sql/visitnow/notifications/list.sql", |params: NotificationParams| [
    &params.status as _,
    &params.channel as _,
    params.template_key.as_deref(),
]);
deletable! {
    Notification,
    at: |place: Id| [place.id],
    "sql/visitnow/notifications/delete.sql",
}

/// Clears notifications that have expired, a thousand per statement.
pub const CHORE: Chore = Chore {
    what: "notifications",
    clear: |conn| {
        sqlx::query_file_as!(Cleared, "sql/visitnow/notifications/clear.sql")
            .fetch_one(conn)
            .boxed()
    },
};

/// Everything under `/notifications`.
pub fn routes() -> ApiRouter<App> {
    let id = "visitnow_notifications";
    let one =
        resource::get_route::<Notification>(id).merge(resource::delete_route::<Notification>(id));
    ApiRouter::new()
        .api_route("/notifications", resource::list_route::<Notification>(id))
        .api_route("/notifications/{id}", one)
}
