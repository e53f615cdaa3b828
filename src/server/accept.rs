//! The accept loop. `axum::serve` has no time-out for headers; this has, and a cap on connections.

use std::{
    convert::Infallible,
    net::SocketAddr,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, header},
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{sleep, timeout},
};
use tower::ServiceExt;

use super::to_the_end::ToTheEnd;

/// A client that has not sent its request's head by then is cut off, silent ones included.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);

/// For so long after the signal, those who are connected may still ask, and are told that it is the last time.
const LAST_ORDERS: Duration = Duration::from_secs(1);

/// What is in flight after that may take this long, then it is cut off.
const DRAIN_WITHIN: Duration = Duration::from_secs(24);

/// A connection, and the slot that it takes.
type Guest = (Option<OwnedSemaphorePermit>, TcpStream, SocketAddr);

/// Address of the client's end of the connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// Serves until `shutdown` is done, then finishes what is in flight.
pub async fn run(
    listener: TcpListener,
    router: Router,
    max_connections: usize,
    shutdown: impl Future<Output = ()>,
) {
    let drain = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(max_connections));
    let closing = Arc::new(AtomicBool::new(false));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
    let connect = |(slot, stream, peer): Guest| {
        let service = serve_one(router.clone(), peer, closing.clone());
        let connection = drain.watch(http.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended early");
            }
            drop(slot);
        });
    };
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            guest = accept(&listener, &slots) => connect(guest),
            () = &mut shutdown => break,
        }
    }
    closing.store(true, Ordering::Relaxed);
    at_the_door(listener, &slots).into_iter().for_each(connect);
    // Connections that are idle at the end are closed, even if a request has just come in on them: who keeps asking
    // has left before that.
    let everybody = u32::try_from(max_connections).unwrap_or(u32::MAX);
    drop(timeout(LAST_ORDERS, slots.acquire_many(everybody)).await);
    if timeout(DRAIN_WITHIN, drain.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time and were cut off");
    }
}

/// Those whom the system has let in already; nobody after them.
fn at_the_door(listener: TcpListener, slots: &Arc<Semaphore>) -> Vec<Guest> {
    let mut guests = Vec::new();
    let Ok(listener) = listener.into_std() else { return guests };
    while let (Ok(slot), Ok((stream, peer))) =
        (slots.clone().try_acquire_owned(), listener.accept())
    {
        if stream.set_nonblocking(true).is_ok()
            && let Ok(stream) = TcpStream::from_std(stream)
        {
            guests.push((Some(slot), stream, peer));
        }
    }
    guests
}

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, slots: &Arc<Semaphore>) -> Guest {
    // The semaphore is never closed, so there is always a slot to wait for.
    let slot = slots.clone().acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Answers are written whole; waiting to fill a packet only delays them.
                drop(stream.set_nodelay(true));
                return (slot, stream, peer);
            }
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                // Out of file descriptors, most likely: give some time to close.
                sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

fn serve_one(
    router: Router,
    peer: SocketAddr,
    closing: Arc<AtomicBool>,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future = impl Future<Output = Result<axum::response::Response, Infallible>> + Send,
> {
    service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        let answer = ToTheEnd::new(router.clone().oneshot(request));
        let closing = closing.clone();
        async move {
            let mut answer = answer.await?;
            if closing.load(Ordering::Relaxed) {
                answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            Ok(answer)
        }
    })
}
