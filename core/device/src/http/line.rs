//! One connection to one office, and what one request over it may end in.

use std::error::Error as StdError;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Once};
use std::time::{Duration, Instant};

use reqwest::header::{AUTHORIZATION, CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Body, Certificate, Client, Method, Url};
use thiserror::Error;

use super::upload;
use crate::engine::{Answer, Effect, Event, Failure};
use fieldbook_protocol::path;
use fieldbook_protocol::token::Token;

/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(20);

/// How long nothing at all may move before a request counts as cut. A slow link may take as long as it likes.
pub const STALL: Duration = Duration::from_secs(30);

/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1024 * 1024;

const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// An address or a root certificate that cannot be used.
#[derive(Debug, Error)]
pub enum BadOffice {
    /// Not an address.
    #[error("\"{0}\" is not the address of an office; it looks like https://name or https://name:8443")]
    Address(String),
    /// Not encrypted, and not on this device.
    #[error("the office's address must begin with https://; ask the office for a new invitation")]
    NotSecure,
    /// The root certificate in the invitation cannot be read.
    #[error("the invitation's certificate cannot be read; ask the office for a new invitation: {0}")]
    Root(String),
    /// The HTTP client could not be made.
    #[error("the connection cannot be prepared: {0}")]
    Client(String),
}

/// Bytes that went over the line since it was made, heads included, TLS not.
#[derive(Debug, Default)]
pub struct Traffic {
    sent: AtomicU64,
    received: AtomicU64,
}

impl Traffic {
    /// Takes what was counted so far: bytes sent, bytes received.
    pub fn take(&self) -> (u64, u64) {
        (self.sent.swap(0, Ordering::Relaxed), self.received.swap(0, Ordering::Relaxed))
    }

    pub(super) fn sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

/// When something last moved on a request, in either direction.
#[derive(Debug)]
pub(super) struct Pulse {
    began: Instant,
    last: AtomicU64,
}

impl Pulse {
    fn new() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), last: AtomicU64::new(0) })
    }

    pub(super) fn beat(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// Returns once nothing has moved for `limit`.
    async fn stopped(&self, limit: Duration) {
        loop {
            let quiet = Duration::from_millis(self.now().saturating_sub(self.last.load(Ordering::Relaxed)));
            let Some(rest) = limit.checked_sub(quiet).filter(|rest| !rest.is_zero()) else {
                return;
            };
            tokio::time::sleep(rest).await;
        }
    }
}

/// The way to one office.
#[derive(Debug, Clone)]
pub struct Line {
    client: Client,
    base: Url,
    stall: Duration,
    traffic: Arc<Traffic>,
}

impl Line {
    /// A line to the server at `address`, trusting only `root` (DER) or, when the invitation names none, the public roots.
    /// Plain HTTP is refused except to this very device.
    pub fn new(address: &str, root: Option<&[u8]>) -> Result<Self, BadOffice> {
        let base = Url::parse(address).map_err(|_| BadOffice::Address(address.to_owned()))?;
        let plain = match base.scheme() {
            "https" => false,
            "http" if is_loopback(&base) => true,
            "http" => return Err(BadOffice::NotSecure),
            _ => return Err(BadOffice::Address(address.to_owned())),
        };
        install_provider();
        let mut client = Client::builder()
            .tls_certs_only(roots(root)?)
            .https_only(!plain)
            .no_proxy()
            .referer(false)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT)
            .pool_max_idle_per_host(1)
            .pool_idle_timeout(Duration::from_secs(120))
            .tcp_nodelay(true);
        if plain {
            client = client.http2_prior_knowledge();
        }
        let client = client.build().map_err(|e| BadOffice::Client(e.to_string()))?;
        Ok(Self { client, base, stall: STALL, traffic: Arc::default() })
    }

    /// The same line with another stall limit.
    pub fn with_stall(self, stall: Duration) -> Self {
        Self { stall, ..self }
    }

    /// What went over it.
    pub fn traffic(&self) -> &Traffic {
        &self.traffic
    }

    /// Carries out a request of the engine and tells how it ended. `Wait` and `Idle` are not requests; they end at once as
    /// a nudge.
    pub async fn exchange(&self, effect: &Effect) -> Event {
        let pulse = Pulse::new();
        let request = async {
            match effect {
                Effect::Post { path, body, token } => {
                    let head = self.head(Method::POST, path, *token)?;
                    self.send(head, Out::Bytes(body), &pulse).await
                }
                Effect::PutPreview { hash, file, token } => {
                    let body = upload::preview(file).await?;
                    let head = self.head(Method::PUT, &format!("{}{}", path::PREVIEW, hex(hash)), Some(*token))?;
                    self.send(head, Out::Bytes(&body), &pulse).await
                }
                Effect::Patch { hash, file, offset, len, token, .. } => {
                    let mut head = self.head(Method::PATCH, &format!("{}{}", path::BLOB, hex(hash)), Some(*token))?;
                    head.headers_mut().insert(UPLOAD_OFFSET, HeaderValue::from(*offset));
                    let tail = upload::open(file, *offset).await.map_err(|e| Failure::File(e.to_string()))?;
                    self.send(head, Out::File(tail, *len), &pulse).await
                }
                Effect::Wait { .. } | Effect::Idle => Ok(Event::Nudge),
            }
        };
        let ended = tokio::select! {
            ended = request => ended,
            () = pulse.stopped(self.stall) => Err(Failure::Stalled),
        };
        ended.unwrap_or_else(Event::Failed)
    }

    fn head(&self, method: Method, path: &str, token: Option<Token>) -> Result<reqwest::Request, Failure> {
        let url = self.base.join(path).map_err(|e| Failure::Broken(e.to_string()))?;
        let mut request = reqwest::Request::new(method, url);
        if let Some(token) = token {
            let mut value =
                HeaderValue::try_from(format!("Bearer {}", token.to_text())).map_err(|e| Failure::Broken(e.to_string()))?;
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    async fn send(&self, mut request: reqwest::Request, out: Out<'_>, pulse: &Arc<Pulse>) -> Result<Event, Failure> {
        self.traffic.sent(head_bytes(request.headers()) + request.url().path().len());
        let body = match out {
            Out::Bytes(bytes) => {
                self.traffic.sent(bytes.len());
                Body::from(bytes.to_vec())
            }
            Out::File(tail, len) => {
                request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(len));
                Body::wrap_stream(upload::pieces(tail, len, pulse.clone(), self.traffic.clone()))
            }
        };
        *request.body_mut() = Some(body);
        let mut response = self.client.execute(request).await.map_err(|e| failure(&e))?;
        pulse.beat();
        self.traffic.received(head_bytes(response.headers()));
        let mut answer = Answer {
            status: response.status().as_u16(),
            retry_after: number(response.headers(), &RETRY_AFTER),
            upload_offset: number(response.headers(), &UPLOAD_OFFSET),
            body: Vec::new(),
        };
        while let Some(piece) = response.chunk().await.map_err(|e| failure(&e))? {
            pulse.beat();
            self.traffic.received(piece.len());
            if answer.body.len() + piece.len() > MAX_ANSWER {
                return Err(Failure::Broken("the answer is larger than any answer may be".into()));
            }
            answer.body.extend_from_slice(&piece);
        }
        Ok(Event::Answered(answer))
    }
}

/// A request's body: short and in memory, or the tail of a file.
enum Out<'a> {
    Bytes(&'a [u8]),
    File(tokio::fs::File, u64),
}

fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

/// The process has one provider for the arithmetic of TLS; another library may have installed its own first, which serves too.
fn install_provider() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

fn roots(private: Option<&[u8]>) -> Result<Vec<Certificate>, BadOffice> {
    let bad = |e: reqwest::Error| BadOffice::Root(e.to_string());
    if let Some(der) = private {
        return Ok(vec![Certificate::from_der(der).map_err(bad)?]);
    }
    webpki_root_certs::TLS_SERVER_ROOT_CERTS.iter().map(|der| Certificate::from_der(der).map_err(bad)).collect()
}

fn failure(error: &reqwest::Error) -> Failure {
    let mut cause: Option<&(dyn StdError + 'static)> = error.source();
    let mut told = error.to_string();
    while let Some(inner) = cause {
        if let Some(tls) = tls_error(inner) {
            return Failure::Untrusted(tls.to_string());
        }
        told = inner.to_string();
        cause = inner.source();
    }
    match error {
        e if e.is_connect() => Failure::Offline,
        e if e.is_timeout() => Failure::Stalled,
        e if e.is_builder() => Failure::Broken(told),
        _ => Failure::Cut(told),
    }
}

/// An I/O error holds its own cause where `source` does not show it, sometimes one inside another.
fn tls_error<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(tls);
    }
    tls_error(error.downcast_ref::<std::io::Error>()?.get_ref()?)
}

fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &HeaderName) -> Option<T> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

fn head_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 2).sum()
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
