//! Making an account.

use axum::{extract::State, http::StatusCode};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use uuid::Uuid;
use validator::{Validate, ValidationError};

use super::{
    Domain, TokenPurpose, User,
    client::Client,
    credentials::{self, maybe_trimmed},
    one_time,
    secrets::{strength::normalize_answer, token::OpaqueToken},
    sessions::{NewSession, SignedIn},
};
use crate::{
    App,
    rest::{
        etag,
        extract::Valid,
        problem::{self, Problem, Result},
        reply::Reply,
        validation::rules::{self, broken_at, url},
    },
};

/// Roles that everybody has.
const EVERYBODY: [(Domain, &str); 2] = [(Domain::Coach, "USER"), (Domain::Migratio, "user")];

/// Somebody new: at least one of e-mail address, telephone number and username.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[validate(schema(function = "reachable"), schema(function = "answerable"))]
pub struct Registration {
    /// E-mail address; a mail to verify it is sent.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::email"))]
    #[schemars(length(max = 254), extend("format" = "email"))]
    pub email: Option<String>,
    /// Telephone number in E.164: + and 7 to 15 digits.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::phone"))]
    #[schemars(regex(pattern = r"^\+[1-9][0-9]{6,14}$"))]
    pub phone: Option<String>,
    /// Name to sign in with: 3 to 50 letters (at least one), digits, . _ -
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(custom(function = "rules::username"))]
    #[schemars(
        length(min = 3, max = 50),
        regex(pattern = r"^[A-Za-z0-9._-]*[A-Za-z][A-Za-z0-9._-]*$")
    )]
    pub username: Option<String>,
    /// Password: 8 to 128 characters, none of the commonest.
    #[validate(custom(function = "credentials::new_password"))]
    #[schemars(length(min = 8, max = 128))]
    pub password: String,
    /// Given name.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    pub first_name: Option<String>,
    /// Family name.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    pub last_name: Option<String>,
    /// The name that others see.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    pub display_name: Option<String>,
    /// Address of the profile picture.
    #[validate(custom(function = "url"))]
    pub image: Option<String>,
    /// Language of messages, a BCP 47 tag; en when absent.
    #[validate(custom(function = "rules::language"))]
    #[schemars(length(min = 2, max = 35))]
    pub preferred_language: Option<String>,
    /// Asked in addition when the password is reset; goes with its answer.
    #[serde(default, deserialize_with = "maybe_trimmed")]
    #[validate(length(min = 1, max = 200))]
    pub security_question: Option<String>,
    /// The answer; neither case nor white space around it count.
    #[validate(custom(function = "credentials::answer"))]
    #[schemars(length(min = 1, max = 200))]
    pub security_answer: Option<String>,
    /// Roles to begin with, of those that one may take oneself.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    pub roles: Vec<WantedRole>,
}

/// A role of a product.
#[derive(Deserialize, Serialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WantedRole {
    /// The product.
    pub domain: Domain,
    /// The role's name within it.
    #[validate(length(min = 1, max = 64))]
    pub role: String,
}

fn reachable(input: &Registration) -> Result<(), ValidationError> {
    if input.email.is_some() || input.phone.is_some() || input.username.is_some() {
        return Ok(());
    }
    Err(broken_at("email", "required", "is required where there is neither phone nor username"))
}

fn answerable(input: &Registration) -> Result<(), ValidationError> {
    let missing = match (&input.security_question, &input.security_answer) {
        (Some(_), None) => "securityAnswer",
        (None, Some(_)) => "securityQuestion",
        _ => return Ok(()),
    };
    Err(broken_at(missing, "required", "question and answer go together"))
}

/// What is made of a [`Registration`] before it is stored.
struct Newcomer {
    password_hash: String,
    answer_hash: Option<String>,
    domains: Vec<String>,
    roles: Vec<String>,
    family: Uuid,
    session: NewSession,
    verification: [u8; 32],
}

/// Makes the account and signs it in.
pub async fn register(
    State(app): State<App>,
    client: Client,
    Valid(input): Valid<Registration>,
) -> Result<Reply> {
    let (token, verification) = OpaqueToken::generate();
    let newcomer = prepare(&app, &input, client, verification).await?;
    let mut conn = app.pool.get().await?;
    let Some(user) = insert(&mut conn, &input, &newcomer).await? else {
        return Err(refused(&mut conn, &newcomer).await?);
    };
    drop(conn); // nothing more to ask
    if let Some(address) = &user.email {
        one_time::send_later(&app, TokenPurpose::EmailVerification, address.clone(), token);
    }
    let mut granted: Vec<String> = newcomer
        .domains
        .iter()
        .zip(&newcomer.roles)
        .map(|(domain, role)| format!("{domain}:{role}"))
        .collect();
    granted.sort();
    granted.dedup();
    let tokens = newcomer.session.tokens(&app.tokens, user.id, newcomer.family, granted);
    Ok(Reply {
        status: StatusCode::CREATED,
        etag: Some(etag::of(user.updated_at)),
        location: Some("/v1/me".to_owned()),
        ..Reply::json(&SignedIn { tokens, user })?
    })
}

async fn prepare(
    app: &App,
    input: &Registration,
    client: Client,
    verification: [u8; 32],
) -> Result<Newcomer> {
    let password_hash = app.passwords.hash(&input.password).await?;
    let answer_hash = match &input.security_answer {
        Some(answer) => Some(app.passwords.hash(&normalize_answer(answer)).await?),
        None => None,
    };
    let wanted = input.roles.iter().map(|wanted| (wanted.domain, wanted.role.as_str()));
    let (domains, roles) = wanted
        .chain(EVERYBODY)
        .map(|(domain, role)| (domain.label().to_owned(), role.to_owned()))
        .unzip();
    let (family, session) = (Uuid::now_v7(), NewSession::of(client));
    Ok(Newcomer { password_hash, answer_hash, domains, roles, family, session, verification })
}

async fn insert(
    conn: &mut PgConnection,
    input: &Registration,
    newcomer: &Newcomer,
) -> sqlx::Result<Option<User>> {
    sqlx::query_file_as!(
        User,
        "sql/identity/users/register.sql",
        input.email,
        input.phone,
        input.username,
        newcomer.password_hash,
        input.first_name,
        input.last_name,
        input.display_name,
        input.image,
        input.preferred_language,
        input.security_question,
        newcomer.answer_hash,
        &newcomer.domains,
        &newcomer.roles,
        newcomer.family,
        &newcomer.session.hash[..],
        newcomer.session.expires_at,
        newcomer.session.ip,
        newcomer.session.user_agent,
        &newcomer.verification[..],
    )
    .fetch_optional(conn)
    .await
}

/// 422 that names the roles which one cannot take oneself.
async fn refused(conn: &mut PgConnection, newcomer: &Newcomer) -> Result<Problem> {
    let places = sqlx::query_file_scalar!(
        "sql/identity/roles/refused.sql",
        &newcomer.domains,
        &newcomer.roles
    )
    .fetch_all(conn)
    .await?;
    let problem = Problem::new(&problem::VALIDATION);
    Ok(places.iter().fold(problem, |problem, place| {
        problem.field(format!("/roles/{place}"), "role", "is no role that one can take oneself")
    }))
}
