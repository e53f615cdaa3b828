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
    pub fn has(&self, (domain, codes): Roles) -> bool {
        let held = |code: &&str| {
            self.claims.roles.iter().any(|held| held.split_once(':') == Some((domain, *code)))
        };
        codes.iter().any(held)
    }

    /// 403 unless the caller has one of these roles.
    pub fn require(&self, roles: Roles) -> Result<()> {
        if self.has(roles) {
            return Ok(());
        }
        let (domain, codes) = roles;
        let needed = codes.join(" or ");
        Err(Problem::new(&problem::FORBIDDEN)
            .detail(format!("needs the role {needed} of {domain}")))
    }
}

/// Roles of a domain, one of which is enough: the domain and their codes.
pub type Roles = (&'static str, &'static [&'static str]);

/// Makes a type of callers who have one of these [`Roles`].
#[macro_export]
macro_rules! with_role {
    ($(#[$about:meta])* $name:ident: $roles:expr) => {
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
                caller.require($roles)?;
                Ok(Self(caller))
            }
        }

        impl ::aide::OperationInput for $name {}
    };
}

with_role! {
    /// A caller who administers the platform; everybody else gets 403.
    Admin: ("platform", &["admin"])
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
