//! How a patient likes to be told of things, and what they agree to.

use aide::axum::ApiRouter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use validator::Validate;

use crate::{
    App,
    database::Timestamp,
    jsonb,
    rest::{singleton, validation::rules::languages},
    singleton,
};

/// How a patient likes to be told of things.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(rename = "VisitnowPreferences")]
pub struct Preferences {
    /// Id.
    pub id: Uuid,
    /// By what they are told.
    pub channels: Channels,
    /// The languages they like to be spoken to in.
    pub languages: Vec<String>,
    /// What they agree to.
    pub consents: Consents,
    /// When this row was made.
    pub created_at: Timestamp,
    /// When this row last changed.
    pub updated_at: Timestamp,
}

/// What a client writes of [`Preferences`].
#[derive(Debug, Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(rename = "VisitnowPreferencesInput")]
pub struct PreferencesInput {
    /// By what you are told; by e-mail and in the app where nothing is said.
    #[serde(default = "Channels::usual")]
    pub channels: Channels,
    /// The languages you like to be spoken to in, as tags of BCP 47, the best first.
    #[serde(default)]
    #[validate(custom(function = "languages"))]
    pub languages: Vec<String>,
    /// What you agree to; to nothing where nothing is said.
    #[serde(default)]
    pub consents: Consents,
}

/// By what somebody is told of things.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Channels {
    /// By e-mail.
    #[serde(default)]
    pub email: bool,
    /// By text message.
    #[serde(default)]
    pub sms: bool,
    /// By push notification.
    #[serde(default)]
    pub push: bool,
    /// In the app.
    #[serde(default)]
    pub in_app: bool,
}

/// What somebody agrees to.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is a choice of its own")]
pub struct Consents {
    /// To be reminded of appointments.
    #[serde(default)]
    pub reminders: bool,
    /// To be sent advertisements.
    #[serde(default)]
    pub marketing: bool,
    /// That research uses their data.
    #[serde(default)]
    pub research: bool,
    /// That others are given their data.
    #[serde(default)]
    pub data_sharing: bool,
}

impl Channels {
    const fn usual() -> Self {
        Self { email: true, sms: false, push: false, in_app: true }
    }
}

jsonb!(Channels, Consents);

singleton! {
    Preferences, PreferencesInput, "preferences",
    get: "sql/visitnow/preferences/get.sql",
    put: "sql/visitnow/preferences/put.sql",
    columns: |input| [&input.channels as _, &input.languages, &input.consents as _],
    example: {
        "channels": {"email": true, "sms": true}, "languages": ["de", "en"], "consents": {"reminders": true},
    },
}

/// Everything under `/patients/me/preferences`.
pub fn routes() -> ApiRouter<App> {
    singleton::routes::<Preferences>("/patients/me/preferences", "visitnow_preferences")
}
