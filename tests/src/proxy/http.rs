//! An HTTP proxy that understands requests: it can lose an answer after the server did the work, deliver a request twice,
//! keep one back and deliver it later, or cut an answer in the middle of its body.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use futures_util::stream;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use hyper_util::service::TowerToHyperService;

/// What happens to one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Pass,
    /// The server never sees it; the phone gets a broken connection.
    LoseRequest,
    /// The server does the work; the phone gets a broken connection.
    LoseAnswer,
    /// The server gets it twice; the phone gets the second answer.
    Twice,
    /// The phone gets a broken connection now; the server gets the request only when the next one has been answered.
    KeepForLater,
    /// The phone gets the first half of the answer's body, then a broken connection.
    CutAnswer,
}

/// Which way a body goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the server.
    Request,
    /// To the phone.
    Answer,
}

type Change = dyn Fn(Way, &str, Bytes) -> Bytes + Send + Sync;

/// A request that was answered.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// Method of the request.
    pub method: String,
    /// Its path.
    pub path: String,
    /// Its heads.
    pub heads: Vec<(String, Vec<u8>)>,
    /// Its body.
    pub request: Bytes,
    /// Status of the answer.
    pub status: u16,
    /// Its heads.
    pub answer_heads: Vec<(String, Vec<u8>)>,
    /// Its body.
    pub answer: Bytes,
}

struct Shared {
    upstream: String,
    client: reqwest::Client,
    plan: Mutex<VecDeque<Fault>>,
    seen: Mutex<Vec<String>>,
    kept: Mutex<Vec<Recorded>>,
    exchanges: Mutex<Vec<Exchange>>,
    change: Box<Change>,
}

#[derive(Clone)]
struct Recorded {
    method: reqwest::Method,
    path: String,
    headers: Vec<(String, Vec<u8>)>,
    body: Bytes,
}

/// A running proxy. It stops when dropped.
pub struct HttpProxy {
    /// Where it listens, as an address for an invitation.
    pub url: String,
    shared: Arc<Shared>,
    task: tokio::task::JoinHandle<()>,
}

impl HttpProxy {
    /// Listens on a free loopback port and forwards to `upstream` (`http://127.0.0.1:port`).
    pub async fn start(upstream: &str) -> io::Result<Self> {
        Self::start_changing(upstream, |_, _, body| body).await
    }

    /// As [`HttpProxy::start`]; each body that goes through, by its path, becomes another one.
    pub async fn start_changing(
        upstream: &str,
        change: impl Fn(Way, &str, Bytes) -> Bytes + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await?;
        let address: SocketAddr = listener.local_addr()?;
        // An error means that a provider is there already, which is all that is wanted.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder().http2_prior_knowledge().no_proxy().build().map_err(io::Error::other)?;
        let shared = Arc::new(Shared {
            upstream: upstream.trim_end_matches('/').to_owned(),
            client,
            plan: Mutex::default(),
            seen: Mutex::default(),
            kept: Mutex::default(),
            exchanges: Mutex::default(),
            change: Box::new(change),
        });
        let app = Router::new().fallback(handle).with_state(Arc::clone(&shared));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let service = TowerToHyperService::new(app.clone());
                tokio::spawn(async move {
                    // Broken connections are this proxy's purpose.
                    let _ = auto::Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Ok(Self { url: format!("http://{address}"), shared, task })
    }

    /// The faults of the next requests, in their order; afterwards everything passes.
    pub fn plan(&self, faults: impl IntoIterator<Item = Fault>) {
        locked(&self.shared.plan).extend(faults);
    }

    /// The faults of the next requests instead of those planned so far.
    pub fn plan_anew(&self, faults: impl IntoIterator<Item = Fault>) {
        *locked(&self.shared.plan) = faults.into_iter().collect();
    }

    /// Every request that was answered so far, with its answer.
    pub fn exchanges(&self) -> Vec<Exchange> {
        locked(&self.shared.exchanges).clone()
    }

    /// Method and path of every request seen so far.
    pub fn seen(&self) -> Vec<String> {
        locked(&self.shared.seen).clone()
    }
}

impl Drop for HttpProxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn handle(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let fault = locked(&shared.plan).pop_front().unwrap_or(Fault::Pass);
    let recorded = match record(request).await {
        Ok(recorded) => recorded,
        Err(error) => return failed(error),
    };
    locked(&shared.seen).push(format!("{} {} {fault:?}", recorded.method, recorded.path));
    let answer = match fault {
        Fault::LoseRequest => return broken(),
        Fault::KeepForLater => {
            locked(&shared.kept).push(recorded);
            return broken();
        }
        Fault::LoseAnswer => {
            let _ = send(&shared, &recorded).await;
            return broken();
        }
        Fault::Twice => {
            let _ = send(&shared, &recorded).await;
            send(&shared, &recorded).await
        }
        Fault::Pass | Fault::CutAnswer => send(&shared, &recorded).await,
    };
    let kept: Vec<Recorded> = locked(&shared.kept).drain(..).collect();
    for late in kept {
        let _ = send(&shared, &late).await;
    }
    match answer {
        Ok((status, headers, body)) => {
            locked(&shared.exchanges).push(Exchange {
                method: recorded.method.to_string(),
                path: recorded.path,
                heads: recorded.headers,
                request: recorded.body,
                status: status.as_u16(),
                answer_heads: headers.clone(),
                answer: body.clone(),
            });
            respond(status, headers, body, fault == Fault::CutAnswer)
        }
        Err(error) => failed(error),
    }
}

async fn record(request: Request) -> Result<Recorded, String> {
    let (parts, body) = request.into_parts();
    let headers = parts
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "host" | "content-length" | "connection" | "transfer-encoding"))
        .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
        .collect();
    let path = parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let body = axum::body::to_bytes(body, 64 << 20).await.map_err(|e| e.to_string())?;
    Ok(Recorded { method: parts.method, path, headers, body })
}

type Answer = (StatusCode, Vec<(String, Vec<u8>)>, Bytes);

async fn send(shared: &Shared, recorded: &Recorded) -> Result<Answer, String> {
    let mut request = shared.client.request(recorded.method.clone(), format!("{}{}", shared.upstream, recorded.path));
    for (name, value) in &recorded.headers {
        request = request.header(name, value.as_slice());
    }
    let body = (shared.change)(Way::Request, &recorded.path, recorded.body.clone());
    let answer = request.body(body).send().await.map_err(|e| e.to_string())?;
    let status = answer.status();
    let mut headers: Vec<_> = answer.headers().iter().map(|(n, v)| (n.as_str().to_owned(), v.as_bytes().to_vec())).collect();
    let body = answer.bytes().await.map_err(|e| e.to_string())?;
    let body = (shared.change)(Way::Answer, &recorded.path, body);
    for (_, length) in headers.iter_mut().filter(|(name, _)| name == "content-length") {
        *length = body.len().to_string().into_bytes();
    }
    Ok((status, headers, body))
}

fn respond(status: StatusCode, headers: Vec<(String, Vec<u8>)>, body: Bytes, cut: bool) -> Response {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        if !matches!(name.as_str(), "connection" | "transfer-encoding") {
            response = response.header(name, value);
        }
    }
    let body = if cut { half_of(&body) } else { Body::from(body) };
    response.body(body).unwrap_or_else(|e| failed(e.to_string()))
}

/// A body that breaks off in the middle; the content length still promises the whole.
fn half_of(body: &Bytes) -> Body {
    let half = body.slice(..body.len() / 2);
    Body::from_stream(stream::iter([Ok(half), Err(io::Error::new(io::ErrorKind::ConnectionReset, "cut as planned"))]))
}

/// An answer that never comes: its body fails before the first byte.
fn broken() -> Response {
    let nothing: [Result<Bytes, io::Error>; 1] = [Err(io::Error::new(io::ErrorKind::ConnectionReset, "lost as planned"))];
    Response::new(Body::from_stream(stream::iter(nothing)))
}

fn failed(error: String) -> Response {
    let mut response = Response::new(Body::from(error));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
