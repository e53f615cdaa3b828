//! The routes of `/v1/auth`.

use aide::axum::{ApiRouter, routing::post_with};
use axum::http::{HeaderValue, header};
use serde_json::json;
use tower_http::set_header::SetResponseHeaderLayer;

use super::{
    email_verification::verify,
    one_time::{forgot, resend},
    password_reset::reset,
    refresh::{logout, logout_all, refresh},
    registration::register,
    sessions::{SignedIn, Tokens},
    sign_in::login,
};
use crate::{
    App,
    rest::{
        openapi::{Describe, Op},
        problem::{
            FORBIDDEN, Kind, MALFORMED, TAKEN, TOO_LARGE, TOO_MANY, UNAUTHENTICATED, UNSUPPORTED,
            VALIDATION,
        },
    },
};

/// How a request with a body can fail.
const BODY: &[&Kind] = &[&MALFORMED, &TOO_LARGE, &UNSUPPORTED, &VALIDATION];

/// All of them; none of their answers may be stored by anybody on the way.
pub fn routes() -> ApiRouter<App> {
    ApiRouter::new().nest("/auth", sessions().merge(mails())).layer(
        SetResponseHeaderLayer::overriding(
            header::CACHE_CONTROL,
            HeaderValue::from_static("no-store"),
        ),
    )
}

fn sessions() -> ApiRouter<App> {
    ApiRouter::new()
        .api_route("/register", post_with(register, |op| {
            about(op, "register", "Makes an account and signs it in").created::<SignedIn>()
                .fails(BODY).fails(&[&TAKEN])
                .example(json!({
                    "email": "ann@example.com", "password": "a long sentence is best",
                    "firstName": "Ann", "roles": [{"domain": "mentorship", "role": "mentee"}],
                }))
        }))
        .api_route("/login", post_with(login, |op| {
            about(op, "login", "Signs in with a password").ok::<SignedIn>()
                .fails(BODY).fails(&[&UNAUTHENTICATED, &FORBIDDEN, &TOO_MANY])
                .example(json!({"login": "ann@example.com", "password": "a long sentence is best"}))
        }))
        .api_route("/refresh", post_with(refresh, |op| {
            about(op, "refresh", "Exchanges a refresh token for new tokens").ok::<Tokens>()
                .description("Each refresh token is good for one exchange. Used again within 10 seconds, before its \
                    successor was used, it gives another successor; later it ends the session.")
                .fails(BODY).fails(&[&UNAUTHENTICATED])
                .example(json!({"refreshToken": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"}))
        }))
        .api_route("/logout", post_with(logout, |op| {
            about(op, "logout", "Ends this session").secured().no_content()
                .description("Its access token stays good for what is left of its ten minutes.")
        }))
        .api_route("/logout-all", post_with(logout_all, |op| {
            about(op, "logout_all", "Ends all sessions of the caller").secured().no_content()
                .description("Their access tokens stay good for what is left of their ten minutes.")
        }))
}

fn mails() -> ApiRouter<App> {
    ApiRouter::new()
        .api_route("/password/forgot", post_with(forgot, |op| {
            about(op, "forgot_password", "Sends a link to choose a new password").no_content()
                .description("The answer is the same whether there is such an account or not.")
                .fails(BODY).fails(&[&TOO_MANY])
                .example(json!({"login": "ann@example.com"}))
        }))
        .api_route("/password/reset", post_with(reset, |op| {
            about(op, "reset_password", "Chooses a new password with a token out of a mail").no_content()
                .description("Where the account has a security question, its answer is needed too: leave it out to \
                    be told the question. All sessions end.")
                .fails(BODY).fails(&[&TOO_MANY])
                .example(json!({"token": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA",
                    "password": "another long sentence"}))
        }))
        .api_route("/email/verify", post_with(verify, |op| {
            about(op, "verify_email", "Proves an e-mail address with a token out of a mail").no_content()
                .fails(BODY)
                .example(json!({"token": "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA"}))
        }))
        .api_route("/email/resend", post_with(resend, |op| {
            about(op, "resend_verification", "Sends a new link to prove the e-mail address").no_content()
                .description("The answer is the same whether there is such an account or not.")
                .fails(BODY).fails(&[&TOO_MANY])
                .example(json!({"login": "ann@example.com"}))
        }))
}

fn about<'t>(op: Op<'t>, verb: &str, summary: &str) -> Op<'t> {
    op.about(&format!("identity_auth_{verb}"), summary)
}
