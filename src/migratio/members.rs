//! Members: what somebody is to this product beside their account. Everybody is one; most pay for nothing.

mod subscriptions;

pub use subscriptions::{Subscription, SubscriptionInput};

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::{
    App,
    database::Timestamp,
    jsonb,
    rest::{singleton, validation::rules::broken},
    singleton,
};

/// What you are to this product.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Id: the user's own.
    pub id: Uuid,
    /// What you pay for.
    pub subscription_tier: SubscriptionTier,
    /// When that ends; null: not by itself.
    pub subscription_expiry: Option<Timestamp>,
    /// Whether you have a tier now that is paid for and not over.
    pub is_paying: bool,
    /// What you like.
    pub preferences: MemberPreferences,
    /// When the membership, or else the account, was made.
    pub created_at: Timestamp,
    /// When the membership last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of a [`Member`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberInput {
    /// What you like.
    #[serde(default)]
    #[validate(nested)]
    pub preferences: MemberPreferences,
}

/// What a member pays for, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "migratio.subscription_tier", rename_all = "lowercase")]
pub enum SubscriptionTier {
    /// Nothing.
    Free,
    /// Finding a way.
    Pathfinder,
    /// Being shown the way.
    Navigator,
    /// Being taken along.
    Concierge,
    /// Many people at once.
    Enterprise,
}

/// What a member likes.
#[derive(Debug, Serialize, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberPreferences {
    /// How it looks; as the device does where nothing is said.
    #[serde(default)]
    pub theme: Theme,
    /// By what you are told of things, each once; by e-mail and in the app where nothing is said.
    #[serde(default = "usual")]
    #[validate(custom(function = "distinct"))]
    pub notification_channels: Vec<MemberChannel>,
    /// What the dashboard begins with; an overview where nothing is said.
    #[serde(default)]
    pub dashboard_focus: DashboardFocus,
}

/// How it looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// Light.
    Light,
    /// Dark.
    Dark,
    /// As the device does.
    #[default]
    System,
}

/// By what a member is told of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberChannel {
    /// By e-mail.
    Email,
    /// In the app.
    InApp,
    /// By push notification.
    Push,
    /// By text message.
    Sms,
}

/// What the dashboard begins with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DashboardFocus {
    /// Where to, and how.
    Planning,
    /// What is applied for.
    Application,
    /// The first weeks there.
    Settlement,
    /// A little of everything.
    #[default]
    Overview,
}

impl Default for MemberPreferences {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            notification_channels: usual(),
            dashboard_focus: DashboardFocus::default(),
        }
    }
}

fn usual() -> Vec<MemberChannel> {
    vec![MemberChannel::Email, MemberChannel::InApp]
}

fn distinct(channels: &[MemberChannel]) -> Result<(), ValidationError> {
    if channels.iter().enumerate().all(|(at, one)| !channels[..at].contains(one)) {
        return Ok(());
    }
    Err(broken("distinct", "must name each channel once"))
}

jsonb!(MemberPreferences);

singleton! {
    Member, MemberInput, "membership",
    get: "sql/migratio/members/get.sql",
    put: "sql/migratio/members/put.sql",
    columns: |input| [&input.preferences as _],
    example: {
        "preferences": {
            "theme": "dark", "notificationChannels": ["email", "push"], "dashboardFocus": "planning",
        },
    },
}

/// Everything under `/member` and `/members`.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Member>("/member", "migratio_member").merge(subscriptions::routes())
}
