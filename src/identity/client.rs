//! Where a request comes from.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, SocketAddr},
};

use aide::OperationInput;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use crate::{App, server::Peer};

/// Longest `User-Agent` that is kept, in characters.
const USER_AGENT: usize = 512;

/// The client's address and what it says it is.
#[derive(Debug, Clone)]
pub struct Client {
    /// Address; the one that our own proxy saw, where there is one.
    pub ip: IpAddr,
    /// `User-Agent`, cut to 512 characters.
    pub user_agent: Option<String>,
}

impl FromRequestParts<App> for Client {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.ip());
        let forwarded = app.settings.trust_proxy.then(|| forwarded(&parts.headers)).flatten();
        let ip = forwarded.or(peer).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
        let user_agent = parts.headers.get(header::USER_AGENT).map(|agent| {
            String::from_utf8_lossy(agent.as_bytes()).chars().take(USER_AGENT).collect()
        });
        Ok(Self { ip, user_agent })
    }
}

/// The last entry of `X-Forwarded-For`: our proxy wrote it, anybody may have written those before.
fn forwarded(headers: &HeaderMap) -> Option<IpAddr> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
    let last = last.rsplit(',').next()?.trim();
    last.parse().ok().or_else(|| last.parse().ok().map(|address: SocketAddr| address.ip()))
}

impl OperationInput for Client {}
