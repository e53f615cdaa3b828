//! The caller's own account.

mod erasure;
mod password;

use aide::axum::{
    ApiRouter,
    routing::{delete_with, get_with, patch_with},
};
use axum::{extract::State, response::Response};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use validator::{Validate, ValidationError};

use super::{
    Caller, TokenPurpose, User,
    client::Client,
    credentials::{self, maybe_trimmed},
    one_time::issue_later,
    proof::{gone, prove},
    secrets::strength::normalize_answer,
};
use crate::{
    App,
    database::Timestamp,
    rest::{
        etag::{IfMatch, IfNoneMatch},
        extract::MergePatch,
        openapi::Describe,
        problem::{self, Problem, Result},
        reply::Reply,
        resource::{WRITE, answer, merge},
        validation::rules::{self, broken_at, url},
    },
};

/// How often a patch starts again when the account changed in between.
const ATTEMPTS: usize = 8;

/// What users may change of their own account.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "can_sign_in"))]
pub struct MeInput {
    /// E-mail address. A new one counts as unproven, and is sent a mail to verify it; it needs the password.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::email"))]
    #[schemars(length(max = 254), extend("format" = "email"))]
    email: Option<String>,
    /// Telephone number in E.164; a new one needs the password.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::phone"))]
    #[schemars(regex(pattern = r"^\+[1-9][0-9]{6,14}$"))]
    phone: Option<String>,
    /// Name to sign in with: 3 to 50 letters (at least one), digits, . _ -; a new one needs the password.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::username"))]
    #[schemars(length(min = 3, max = 50))]
    username: Option<String>,
    /// Given name.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    first_name: Option<String>,
    /// Family name.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    last_name: Option<String>,
    /// The name that others see.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    display_name: Option<String>,
    /// Address of the profile picture.
    #[validate(custom(function = "url"))]
    image: Option<String>,
    /// Language of messages, a BCP 47 tag.
    #[validate(custom(function = "rules::language"))]
    #[schemars(length(min = 2, max = 35))]
    preferred_language: String,
    /// Asked in addition when the password is reset; a new one needs its answer and the password.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    security_question: Option<String>,
    /// The answer, never read back; a new one needs the password. Neither case nor spacing count.
    #[validate(custom(function = "credentials::answer"))]
    #[schemars(length(min = 1, max = 200))]
    security_answer: Option<String>,
    /// The password, where the change needs it.
    #[validate(length(max = 128))]
    current_password: Option<String>,
}

fn can_sign_in(input: &MeInput) -> Result<(), ValidationError> {
    if input.email.is_some() || input.phone.is_some() || input.username.is_some() {
        return Ok(());
    }
    Err(broken_at("email", "required", "is required where there is neither phone nor username"))
}

impl MeInput {
    /// Whether this changes how the account is signed in to, or won back.
    fn needs_proof(&self, user: &User) -> bool {
        self.email != user.email
            || self.phone != user.phone
            || self.username != user.username
            || self.security_question != user.security_question
            || self.security_answer.is_some()
    }

    /// A question goes with its answer.
    fn check_question(&self, user: &User) -> Result<()> {
        match (&self.security_question, &self.security_answer) {
            (None, Some(_)) => {
                Err(Problem::invalid("/securityQuestion", "required", "is required"))
            }
            (Some(_), None) if self.security_question != user.security_question => Err(
                Problem::invalid("/securityAnswer", "required", "is required with a new question"),
            ),
            _ => Ok(()),
        }
    }
}

/// `/me` and `/me/password`.
pub fn routes() -> ApiRouter<App> {
    let get = get_with(get, |op| {
        op.about("identity_me_get", "Reads your account").secured().row::<User>()
    });
    let patch = patch_with(patch, |op| {
        op.about("identity_me_update", "Patches your account")
            .description(
                "Whatever one signs in with or wins the account back by (email, phone, username, security question) needs `currentPassword` \
                 (422 when it is wrong); of an account without a password, a sign-in of the last ten minutes.",
            )
            .secured()
            .patches::<MeInput>()
            .row::<User>()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::PRECONDITION_FAILED, &problem::TOO_MANY])
            .example(json!({"displayName": "Ann", "email": "ann@example.com", "currentPassword": "…"}))
    });
    let delete = delete_with(erasure::delete, |op| {
        op.about("identity_me_delete", "Erases your account and everything of yours in all products")
            .description(
                "It cannot be undone. Needs the password (422 when it is wrong); of an account without one, \
                 a sign-in of the last ten minutes. Of very much data it may take longer than a request may (503): \
                 it is finished all the same. Access tokens that are out are good for nothing then.",
            )
            .secured()
            .no_content()
            .fails(WRITE)
            .fails(&[&problem::FORBIDDEN, &problem::TOO_MANY])
            .example(json!({"password": "…"}))
    });
    ApiRouter::new().api_route("/me", get.merge(patch).merge(delete)).merge(password::routes())
}

async fn get(State(app): State<App>, caller: Caller, known: IfNoneMatch) -> Result<Response> {
    let mut conn = app.pool.get().await?;
    answer(&User::get(&mut conn, caller.id).await?.ok_or_else(gone)?, &known)
}

/// Reads, merges, asks for proof and writes what it read; starts again when it changed in between.
async fn patch(
    State(app): State<App>,
    caller: Caller,
    client: Client,
    wanted: IfMatch,
    MergePatch(patch): MergePatch,
) -> Result<Reply> {
    let mut proven = false;
    let mut answer_hash = None;
    for _ in 0..ATTEMPTS {
        let mut conn = app.pool.get().await?;
        let user = User::get(&mut conn, caller.id).await?.ok_or_else(gone)?;
        // Proof takes its time; others need the connection meanwhile.
        drop(conn);
        if !wanted.accepts(user.updated_at) {
            return Err(Problem::new(&problem::PRECONDITION_FAILED));
        }
        let input: MeInput = merge(&user, &patch)?;
        input.check_question(&user)?;
        if !proven && input.needs_proof(&user) {
            prove(&app, &caller, &client, input.current_password.as_deref(), "/currentPassword")
                .await?;
            proven = true;
        }
        if let (Some(answer), None) = (&input.security_answer, &answer_hash) {
            answer_hash = Some(app.passwords.hash(&normalize_answer(answer)).await?);
        }
        let version = user.updated_at;
        let updated = update(&app, &caller, version, &input, answer_hash.as_deref()).await?;
        if let Some(updated) = updated {
            if let Some(email) = updated.email.as_ref().filter(|_| updated.email != user.email) {
                issue_later(&app, TokenPurpose::EmailVerification, email.clone());
            }
            return Reply::row(&updated);
        }
    }
    Err(Problem::unavailable())
}

async fn update(
    app: &App,
    caller: &Caller,
    version: Timestamp,
    input: &MeInput,
    answer_hash: Option<&str>,
) -> Result<Option<User>> {
    let mut conn = app.pool.get().await?;
    Ok(sqlx::query_file_as!(
        User,
        "sql/identity/me/update.sql",
        caller.id,
        version,
        input.email.as_deref(),
        input.phone.as_deref(),
        input.username.as_deref(),
        input.first_name.as_deref(),
        input.last_name.as_deref(),
        input.display_name.as_deref(),
        input.image.as_deref(),
        input.preferred_language,
        input.security_question.as_deref(),
        answer_hash,
    )
    .fetch_optional(&mut *conn)
    .await?)
}
