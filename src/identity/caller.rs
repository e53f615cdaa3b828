//! Who is calling: the access token, verified without a query.

use std::sync::Arc;

use aide::OperationInput;
use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use chrono::Utc;
use uuid::Uuid;

use super::secrets::token::{Claims, TokenError};
use crate::{
    App,
    rest::problem::{self, Problem, Result},
};

/// A signed-in user.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The user's id.
    pub id: Uuid,
    /// The family of sessions that the token belongs to.
    pub session: Uuid,
    claims: Arc<Claims>,
}

impl Caller {
    /// Whether the caller had this role when the token was issued.
    pub fn has_role(&self, domain: &str, role: &str) -> bool {
        self.claims.roles.iter().any(|held| held.split_once(':') == Some((domain, role)))
    }

    /// 403 unless the caller has this role.
    pub fn require(&self, domain: &str, role: &str) -> Result<()> {
        if self.has_role(domain, role) {
            return Ok(());
        }
        Err(Problem::new(&problem::FORBIDDEN).detail(format!("needs the role {role} of {domain}")))
    }
}

/// A caller who administers the platform; everybody else gets 403.
#[derive(Debug, Clone)]
pub struct Admin(pub Caller);

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let refuse = |why| Problem::new(&problem::UNAUTHENTICATED).detail(why);
        let header = parts.headers.get(header::AUTHORIZATION);
        let header = header.ok_or_else(|| refuse("send Authorization: Bearer <access token>"))?;
        let (scheme, token) = header
            .to_str()
            .ok()
            .and_then(|header| header.split_once(' '))
            .ok_or_else(|| refuse("send Authorization: Bearer <access token>"))?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(refuse("send Authorization: Bearer <access token>"));
        }
        let claims = app.tokens.verify(token.trim(), Utc::now()).map_err(|error| match error {
            TokenError::Expired => refuse("the access token has expired: refresh it"),
            TokenError::Invalid => refuse("the access token is not valid"),
        })?;
        Ok(Self { id: claims.sub, session: claims.sid, claims })
    }
}

impl FromRequestParts<App> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.require("platform", "admin")?;
        Ok(Self(caller))
    }
}

impl OperationInput for Caller {}
impl OperationInput for Admin {}
