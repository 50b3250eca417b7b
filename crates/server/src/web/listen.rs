//! Taking connections: so many at once, each with an end to its patience.

use super::stall::Stalling;
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::{GracefulShutdown, Watcher},
};
use std::{io, net::SocketAddr, sync::Arc, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
    time::sleep,
};
use tower::ServiceExt;

/// How long whoever asks may take, and how much they may bring.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For a request's head; and how long a connection may do nothing between two requests.
    pub head: Duration,
    /// For the beginning of a body.
    pub body: Duration,
    /// Bytes a second of a body, after its beginning.
    pub body_rate: u64,
    /// How long a client may take nothing of an answer.
    pub answer: Duration,
    /// Open at once; those that come after wait for their turn.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(30),
            body: Duration::from_secs(20),
            body_rate: 1024,
            answer: Duration::from_secs(60),
            connections: 800,
        }
    }
}

/// Bytes of a request's line and headers. More is answered with 431 and the connection's end.
const HEAD_MAX: usize = 16 * 1024;
/// After the system refused a connection: without this, a process without free file handles would do nothing but ask for one.
const BREATH: Duration = Duration::from_millis(200);

/// Serves until `stop` is done, and then until each open request is.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let turns = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (stream, peer, turn) = tokio::select! {
            next = accept(&listener, &turns) => match next {
                Ok(next) => next,
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    sleep(BREATH).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        tokio::spawn(connection(stream, peer, router.clone(), limits, open.watcher(), turn));
    }
    drop(listener);
    open.shutdown().await;
}

async fn accept(
    listener: &TcpListener,
    turns: &Arc<Semaphore>,
) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let turn = turns.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    Ok((stream, peer, turn))
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    limits: Limits,
    open: Watcher,
    turn: OwnedSemaphorePermit,
) {
    // Answers are small: they should not wait to be gathered. Where that cannot be set, they come a little later.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(limits);
        router.clone().oneshot(request.map(Body::new))
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_header_size(HEAD_MAX)
        .max_buf_size(8 * HEAD_MAX)
        .serve_connection(TokioIo::new(Stalling::new(stream, limits.answer)), service);
    if let Err(error) = open.watch(connection).await {
        // Whoever hangs up, is too slow, or speaks no HTTP. The error may quote what came.
        tracing::debug!(timeout = error.is_timeout(), parse = error.is_parse(), "a connection ended early");
    }
    drop(turn);
}
