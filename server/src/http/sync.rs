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

use super::answer::{Failure, aside};
use super::{App, Peer, request};
use crate::office::sync::{Exchange, Next};

/// A body of more bytes is unpacked, and facts of more bytes are packed, away from the threads that talk to the network.
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
    let bytes = body.len();
    app.meters.bytes_in.add(bytes as u64);
    let request: SyncRequest = aside(&app, bytes > LARGE, move || frame::unpack(&body)).await??;
    let began = Instant::now();
    let (writer, answer) = {
        let _waiting = app.meters.queue.enter();
        let mut next = Next::begin(token, request, app.now());
        loop {
            next = match next {
                Next::Write(exchange) => app.store.write_in_parts(exchange, Exchange::write_on).await?,
                Next::Read(exchange) if exchange.brings_much() => {
                    let store = app.store.clone();
                    aside(&app, true, move || store.read_now(|tx| exchange.read(tx))).await??
                }
                Next::Read(exchange) => app.store.read(move |tx| exchange.read(tx)).await?,
                Next::Answer(writer, answer) => break (writer, answer),
            };
        }
    };
    app.meters.commit.record(began.elapsed());
    count(&app, &answer);
    tracing::debug!(%writer, bytes, "synced");
    let is_large = answer.facts.as_ref().is_some_and(|facts| facts.len() > LARGE);
    Ok(Response::new(Body::from(aside(&app, is_large, move || frame::pack(&answer)).await??)))
}

fn count(app: &App, answer: &SyncAnswer) {
    let accepted = answer.acknowledged.iter().flatten().map(|run| run.count).sum();
    app.meters.syncs.add(1);
    app.meters.facts_accepted.add(accepted);
    app.meters.facts_refused.add(answer.refused.as_ref().map_or(0, |refused| refused.len() as u64));
    app.meters.facts_held.add(answer.held.as_ref().map_or(0, |held| held.len() as u64));
    app.meters.fact_bytes_sent.add(answer.facts.as_ref().map_or(0, |facts| facts.len() as u64));
}
