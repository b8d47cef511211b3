//! The office on the network: routes, limits and answers of as few bytes as possible. The rules are in [`crate::office`].

mod answer;
mod enrol;
mod health;
mod listen;
mod patient;
mod photo;
mod preview;
mod request;
mod resumable;
mod sync;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::runtime::Handle;

use crate::blob::Blobs;
use crate::limits::RateLimits;
use crate::observe::Meters;
use crate::office::certificate::OfficeKey;
use crate::storage::Store;

pub use listen::{Door, open_door};

/// How long a connection may move nothing while a request or an answer is on it.
pub const STALL: Duration = Duration::from_secs(30);

/// The clock: Unix seconds.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// What every request works with.
pub struct App {
    /// Facts, phones and everything else in the database.
    pub store: Store,
    /// Photos.
    pub blobs: Arc<Blobs>,
    /// Signs enrolment certificates.
    pub key: Arc<OfficeKey>,
    /// Who may ask how often.
    pub limits: RateLimits,
    /// What is counted.
    pub meters: Meters,
    /// The clock.
    pub clock: Clock,
    /// How long to wait for a body that does not move; [`STALL`] but for tests.
    pub stall: Duration,
    /// When the server started; rate limits count from here.
    pub started: Instant,
    /// Where long work is done; beside everything else when there is no such place.
    pub aside: Option<Handle>,
}

impl App {
    /// Unix seconds.
    fn now(&self) -> i64 {
        (self.clock)()
    }

    /// Since the start of the server.
    fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }
}

/// Where a request comes from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer {
    /// The other end of the connection, or who a proxy on this machine says it is.
    pub client: IpAddr,
}

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let photo = get(photo::fetch).head(photo::stand).patch(photo::receive).post(photo::create).options(resumable::options);
    Router::new()
        .route(fieldbook_protocol::path::SYNC, post(sync::sync))
        .route(fieldbook_protocol::path::ENROL, post(enrol::enrol))
        .route("/v1/blob/{hash}", photo)
        .route("/v1/preview/{hash}", get(preview::fetch).put(preview::keep))
        .route("/healthz", get(health::healthz))
        .route("/metrics", get(health::metrics))
        .fallback(answer::no_such_thing)
        .with_state(app)
}

/// All routes for callers in this process, without sockets: as if they came from this machine. For the simulation.
pub fn router_in_process(app: Arc<App>) -> Router {
    router(app).layer(Extension(Peer { client: Ipv4Addr::LOCALHOST.into() }))
}
