//! Whether the server lives, and its numbers. Both for the operator.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::answer::{Failure, empty};
use super::{App, Peer};

/// 200 when the database answers.
pub(super) async fn healthz(State(app): State<Arc<App>>) -> Result<Response, Failure> {
    app.store.read(|tx| tx.head()).await?;
    Ok(empty(StatusCode::OK))
}

/// The meters in the Prometheus text format; for this machine only.
pub(super) async fn metrics(State(app): State<Arc<App>>, Extension(peer): Extension<Peer>) -> Result<Response, Failure> {
    if !peer.client.is_loopback() {
        return Err(Failure::not_found());
    }
    Ok(Response::new(Body::from(app.meters.to_text())))
}
