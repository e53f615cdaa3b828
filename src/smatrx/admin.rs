//! Who administers smatrx.

use aide::OperationInput;
use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{
    App,
    identity::Caller,
    rest::problem::{Problem, Result},
};

/// A caller who administers smatrx; everybody else gets 403, whatever they sent.
#[derive(Debug, Clone)]
pub struct Admin(pub Caller);

impl FromRequestParts<App> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self> {
        let caller = Caller::from_request_parts(parts, app).await?;
        caller.require("smatrx", "admin")?;
        Ok(Self(caller))
    }
}

impl OperationInput for Admin {}
