//! The accept loop: TCP, TLS, HTTP/1.1 and HTTP/2 on one port, and an orderly end.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderMap, Request, Response, Version};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt as _;

use super::patient::{Patience, Patient};
use super::{App, Peer, router};

/// Connections at once; each costs some 20 KB.
const CONNECTIONS: usize = 20_000;

/// Phones close a connection they have not used for 120 seconds; the server waits a little longer.
const IDLE: Duration = Duration::from_secs(150);

/// How long requests may take to finish once the server was asked to stop.
const FAREWELL: Duration = Duration::from_secs(20);

/// An open port.
pub struct Door {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
}

/// Opens a port; 0 takes a free one. Without `tls` everything is plain.
pub async fn open_door(address: SocketAddr, tls: Option<Arc<ServerConfig>>) -> io::Result<Door> {
    Ok(Door { listener: TcpListener::bind(address).await?, tls: tls.map(TlsAcceptor::from) })
}

impl Door {
    /// Where it listens.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until `stop`; then takes no new ones and waits until those under way are finished.
    pub async fn serve(self, app: Arc<App>, stop: impl Future<Output = ()>) {
        let router = router(app.clone());
        let farewell = GracefulShutdown::new();
        let seats = Arc::new(Semaphore::new(CONNECTIONS));
        let mut stop = std::pin::pin!(stop);
        loop {
            let accepted = tokio::select! {
                accepted = accept(&self.listener, &seats) => accepted,
                () = &mut stop => break,
            };
            let Some((stream, address, seat)) = accepted else {
                continue;
            };
            let visit = Visit { app: app.clone(), router: router.clone(), tls: self.tls.clone(), watcher: farewell.watcher() };
            tokio::spawn(async move {
                visit.receive(stream, address.ip()).await;
                drop(seat);
            });
        }
        drop(self.listener);
        if tokio::time::timeout(FAREWELL, farewell.shutdown()).await.is_err() {
            tracing::warn!(connections = app.meters.connections.get(), "connections were cut at the end");
        }
    }
}

async fn accept(
    listener: &TcpListener,
    seats: &Arc<Semaphore>,
) -> Option<(TcpStream, SocketAddr, tokio::sync::OwnedSemaphorePermit)> {
    let seat = seats.clone().acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, address)) => Some((stream, address, seat)),
        Err(error) => {
            tracing::warn!(reason = %error, "a connection could not be accepted");
            // Out of file descriptors, most likely: give connections time to end instead of asking again at once.
            tokio::time::sleep(Duration::from_millis(100)).await;
            None
        }
    }
}

/// One connection from its first byte to its last.
struct Visit {
    app: Arc<App>,
    router: Router,
    tls: Option<TlsAcceptor>,
    watcher: Watcher,
}

impl Visit {
    async fn receive(self, stream: TcpStream, address: IpAddr) {
        let app = self.app.clone();
        let _present = app.meters.connections.enter();
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(reason = %error, "no-delay cannot be set");
        }
        let patience = Patience { stall: app.stall, idle: IDLE.max(app.stall) };
        let Some(tls) = self.tls.clone() else {
            return self.talk(Patient::new(stream, patience), address).await;
        };
        match tokio::time::timeout(app.stall, tls.accept(stream)).await {
            Ok(Ok(stream)) => self.talk(Patient::new(stream, patience), address).await,
            Ok(Err(error)) => tracing::debug!(reason = %error, "a TLS handshake failed"),
            Err(_) => tracing::debug!("a TLS handshake took too long"),
        }
    }

    async fn talk<C: AsyncRead + AsyncWrite + Unpin + Send + 'static>(self, connection: C, address: IpAddr) {
        let mut http = auto::Builder::new(TokioExecutor::new());
        http.http1().timer(TokioTimer::new()).header_read_timeout(IDLE).auto_date_header(false);
        http.http2()
            .timer(TokioTimer::new())
            .auto_date_header(false)
            .max_concurrent_streams(16)
            .max_header_list_size(8 * 1024)
            .initial_stream_window_size(256 * 1024)
            .initial_connection_window_size(1024 * 1024)
            .max_send_buf_size(256 * 1024);
        let (app, router) = (self.app, self.router);
        let service = hyper::service::service_fn(move |request| answer(app.clone(), router.clone(), address, request));
        let connection = http.serve_connection(TokioIo::new(connection), service).into_owned();
        if let Err(error) = self.watcher.watch(connection).await {
            tracing::debug!(reason = %error, "a connection ended early");
        }
    }
}

async fn answer(
    app: Arc<App>,
    router: Router,
    address: IpAddr,
    request: Request<Incoming>,
) -> Result<Response<Terse>, Infallible> {
    let is_http2 = request.version() == Version::HTTP_2;
    let client = forwarded_for(address, request.headers()).unwrap_or(address);
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer { client });
    let Ok(mut response) = router.oneshot(request).await;
    let status = response.status();
    match status.as_u16() {
        429 => app.meters.slowed.add(1),
        400..=499 => app.meters.client_faults.add(1),
        500.. => app.meters.server_faults.add(1),
        _ => {}
    }
    if is_http2 {
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    Ok(response.map(|body| Terse { body, hides_length: is_http2 }))
}

/// Who a proxy on this machine says it speaks for. Nobody else is believed.
fn forwarded_for(address: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
    if !address.is_loopback() {
        return None;
    }
    headers.get("x-forwarded-for")?.to_str().ok()?.rsplit(',').next()?.trim().parse().ok()
}

/// A body that does not announce its length where frames tell it anyway: `content-length` would cost every answer its bytes.
struct Terse {
    body: Body,
    hides_length: bool,
}

impl hyper::body::Body for Terse {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        if self.hides_length { SizeHint::default() } else { self.body.size_hint() }
    }
}
