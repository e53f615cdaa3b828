//! Choosing a new password with a token out of a mail and, where one is set, the answer to the security question.

use axum::extract::State;
use schemars::JsonSchema;
use serde::Deserialize;
use sqlx::{Acquire, PgConnection};
use uuid::Uuid;
use validator::Validate;

use super::{
    attempts::{self, Attempt, Subjects},
    client::Client,
    credentials::{answer, new_password},
    email_verification::bad_token,
    secrets::{password::Verdict, strength::normalize_answer, token::hash_opaque},
    sessions,
};
use crate::{
    App,
    rest::{
        extract::Valid,
        problem::{Problem, Result},
        reply::Reply,
    },
};

/// A new password, and what allows it.
#[derive(Deserialize, Validate, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PasswordReset {
    /// The token out of the mail.
    #[validate(length(min = 1, max = 200))]
    pub token: String,
    /// The new password: 8 to 128 characters, none of the commonest.
    #[validate(custom(function = "new_password"))]
    #[schemars(length(min = 8, max = 128))]
    pub password: String,
    /// The answer to the account's security question, if it has one; leaving it out tells the question.
    #[validate(custom(function = "answer"))]
    #[schemars(length(min = 1, max = 200))]
    pub security_answer: Option<String>,
}

/// Whose password the token sets.
struct Owner {
    id: Uuid,
    email: Option<String>,
    phone: Option<String>,
    username: Option<String>,
    security_question: Option<String>,
    security_answer_hash: Option<String>,
}

/// Sets the password, proves the address, and signs out everywhere.
pub async fn reset(
    State(app): State<App>,
    client: Client,
    Valid(input): Valid<PasswordReset>,
) -> Result<Reply> {
    let token = hash_opaque(&input.token);
    let mut conn = app.pool.get().await?;
    let owner = find(&mut conn, &token).await?.ok_or_else(bad_token)?;
    drop(conn); // hashing takes its time, and needs no database
    check_answer(&app, &client, &owner, input.security_answer.as_deref()).await?;
    let password = app.passwords.hash(&input.password).await?;
    let mut conn = app.pool.get().await?;
    // Two statements: the second must see the sessions that began while the first waited for the user's row.
    let mut transaction = conn.begin().await?;
    let user = change(&mut transaction, &owner, &token, &password, &client)
        .await?
        .ok_or_else(bad_token)?;
    sessions::revoke_all(&mut transaction, user, user).await?;
    transaction.commit().await?;
    Ok(Reply::no_content())
}

/// A token is kept when the answer is wrong, so tries are counted: before they are made, so that many at once gain nothing.
async fn check_answer(
    app: &App,
    client: &Client,
    owner: &Owner,
    given: Option<&str>,
) -> Result<()> {
    let Some(question) = &owner.security_question else { return Ok(()) };
    let Some(given) = given else {
        return Err(Problem::invalid("/securityAnswer", "required", question)
            .detail(format!("the security question must be answered: {question}")));
    };
    let subjects = Subjects::new(Attempt::Answer, &owner.id.to_string(), client.ip);
    attempts::admit(&mut *app.pool.get().await?, &subjects).await?;
    let hash = owner.security_answer_hash.as_deref();
    match app.passwords.verify(&normalize_answer(given), hash).await? {
        Verdict::Wrong => Err(Problem::invalid("/securityAnswer", "wrong", "is not the answer")),
        Verdict::Right | Verdict::RightButOutdated => Ok(()),
    }
}

async fn find(conn: &mut PgConnection, token: &[u8]) -> sqlx::Result<Option<Owner>> {
    sqlx::query_file_as!(Owner, "sql/identity/one_time_tokens/find_reset.sql", token)
        .fetch_optional(conn)
        .await
}

async fn change(
    conn: &mut PgConnection,
    owner: &Owner,
    token: &[u8],
    password: &str,
    client: &Client,
) -> sqlx::Result<Option<Uuid>> {
    let names = [&owner.email, &owner.phone, &owner.username].into_iter().flatten();
    let mut forgotten: Vec<Vec<u8>> = names
        .map(|name| Subjects::new(Attempt::SignIn, name, client.ip).account.to_vec())
        .collect();
    let answers = Subjects::new(Attempt::Answer, &owner.id.to_string(), client.ip);
    forgotten.push(answers.account.to_vec());
    sqlx::query_file_scalar!(
        "sql/identity/one_time_tokens/reset_password.sql",
        owner.id,
        token,
        password,
        owner.security_answer_hash,
        &forgotten,
    )
    .fetch_optional(conn)
    .await
}
