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

    /// 403 unless the caller has one of these roles.
    pub fn require_one(&self, domain: &str, roles: &[&str]) -> Result<()> {
        if roles.iter().any(|role| self.has_role(domain, role)) {
            return Ok(());
        }
        self.require(domain, &roles.join(" or "))
    }
}

/// Makes a type of callers who have a role, named by its domain and code.
#[macro_export]
macro_rules! with_role {
    ($(#[$about:meta])* $name:ident: $role:expr) => {
        $(#[$about])*
        #[derive(Debug, Clone)]
        pub struct $name(pub $crate::identity::Caller);

        impl ::axum::extract::FromRequestParts<$crate::App> for $name {
            type Rejection = $crate::rest::problem::Problem;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                app: &$crate::App,
            ) -> $crate::rest::problem::Result<Self> {
                let caller = $crate::identity::Caller::from_request_parts(parts, app).await?;
                let (domain, code) = $role;
                caller.require(domain, code)?;
                Ok(Self(caller))
            }
        }

        impl ::aide::OperationInput for $name {}
    };
}

with_role! {
    /// A caller who administers the platform; everybody else gets 403.
    Admin: ("platform", "admin")
}

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

impl OperationInput for Caller {}
