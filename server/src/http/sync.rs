//! `POST /v1/sync`.

use std::sync::Arc;
use std::time::Instant;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use fieldbook_protocol::frame::{self, MAX_FRAME};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};

use super::answer::{Failure, packed};
use super::{App, Peer, request};
use crate::office::{OfficeFault, devices, sync as office};

/// Facts of an answer above this many bytes are packed away from the threads that talk to the network.
const LARGE: usize = 4 * 1024;

/// Push, pull and acknowledge. The answer goes out after the commit is durable.
pub(super) async fn sync(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let token = request::token(&app, peer, &headers)?;
    let body = request::whole_body(&headers, body, MAX_FRAME, app.stall).await?;
    app.meters.bytes_in.add(body.len() as u64);
    let request: SyncRequest = frame::unpack(&body)?;
    let (now, began) = (app.now(), Instant::now());
    let (device, answer) = {
        let _waiting = app.meters.queue.enter();
        app.store
            .write(move |tx| {
                let device = devices::authenticate(tx, &token)?;
                let answer = office::sync(tx, &device, request, now)?;
                Ok::<_, OfficeFault>((device, answer))
            })
            .await?
    };
    app.meters.commit.record(began.elapsed());
    count(&app, &answer);
    tracing::debug!(writer = %device.writer, bytes = body.len(), "synced");
    let is_large = answer.facts.as_ref().is_some_and(|facts| facts.len() > LARGE);
    packed(answer, is_large).await
}

fn count(app: &App, answer: &SyncAnswer) {
    let accepted = answer.acknowledged.iter().flatten().map(|run| run.count).sum();
    app.meters.syncs.add(1);
    app.meters.facts_accepted.add(accepted);
    app.meters.facts_refused.add(answer.refused.as_ref().map_or(0, |refused| refused.len() as u64));
    app.meters.facts_held.add(answer.held.as_ref().map_or(0, |held| held.len() as u64));
    app.meters.fact_bytes_sent.add(answer.facts.as_ref().map_or(0, |facts| facts.len() as u64));
}
