//! Photos: `HEAD`, `PATCH`, `GET` and, for other clients' sake, `POST` on `/v1/blob/{hash}`.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::ticket::Ticket;

use super::answer::{Failure, UPLOAD_OFFSET};
use super::resumable::{Dialect, Stand};
use super::{App, Peer, request};
use crate::blob::{self, BlobHash, Held, Piece, Refused, Stopped, access};
use crate::storage::{self, StorageError};

/// Where the server stands with a photo.
pub(super) async fn stand(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let dialect = Dialect::of(&headers)?;
    let (hash, length) = sender(&app, peer, &name, &headers).await?;
    if matches!(app.blobs.held(&hash).await?, Held::Part(bytes) | Held::Whole(bytes) if bytes == length) {
        // All bytes were there when the server went down, and only the examination is missing, or that it was noted.
        outlive(&app, hash, length, length, true, Body::empty()).await?;
    }
    let (offset, complete) = match app.blobs.held(&hash).await? {
        Held::Nothing => (0, false),
        Held::Part(bytes) => (bytes, false),
        Held::Whole(bytes) => (bytes, true),
        Held::Refused => return Err(bad_picture()),
    };
    Ok(dialect.head(Stand { offset, length, complete }))
}

/// Receives a part of a photo. From the first moment as a task of its own: a connection that breaks while the sender is looked
/// up would else take with it what has arrived.
pub(super) async fn receive(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let present = app.meters.examining.enter();
    let task = tokio::spawn(async move {
        let _present = present;
        take_part(app, peer, name, headers, body).await
    });
    task.await.unwrap_or_else(|error| Err(super::answer::unavailable("receiving a photo failed", &error)))
}

async fn take_part(app: Arc<App>, peer: Peer, name: String, headers: HeaderMap, body: Body) -> Result<Response, Failure> {
    let dialect = Dialect::of(&headers)?;
    let (hash, length) = match request::ticket(&app, peer, &headers)? {
        Some(ticket) => ticket_holder(&app, ticket, &name).await?,
        None => sender(&app, peer, &name, &headers).await?,
    };
    let Some(offset) = request::number(&headers, UPLOAD_OFFSET.as_str()) else {
        return Err(Failure::malformed("Upload-Offset is missing"));
    };
    let stopped = outlive(&app, hash, length, offset, dialect.is_strict(), body).await?;
    Ok(dialect.patched(outcome(stopped, length)?))
}

/// Other protocols begin an upload before they send; here the photo's address is known beforehand.
pub(super) async fn create(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let dialect = Dialect::of(&headers)?;
    let (hash, length) = sender(&app, peer, &name, &headers).await?;
    let stopped = outlive(&app, hash, length, 0, false, body).await?;
    Ok(dialect.created(&hash, outcome(stopped, length)?))
}

/// A whole photo.
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let hash = viewer(&app, peer, &name, &headers).await?;
    let photo = app.blobs.photo(&hash).await?.ok_or_else(Failure::not_found)?;
    app.meters.bytes_out.add(photo.len() as u64);
    Ok(Response::new(Body::from(photo)))
}

/// The photo and its length, when this phone's person attached it.
pub(super) async fn sender(app: &App, peer: Peer, name: &str, headers: &HeaderMap) -> Result<(BlobHash, u64), Failure> {
    let token = request::token(app, peer, headers)?;
    let hash = blob::from_hex(name).ok_or_else(Failure::not_found)?;
    let length = app.store.read(move |tx| access::to_send(tx, &token, &hash)).await?;
    Ok((hash, within_limits(length)?))
}

/// The photo and its length, when this ticket is for it.
async fn ticket_holder(app: &App, ticket: Ticket, name: &str) -> Result<(BlobHash, u64), Failure> {
    let hash = blob::from_hex(name).ok_or_else(Failure::not_found)?;
    let now = app.now();
    let length = app.store.read(move |tx| access::to_send_by_ticket(tx, &ticket, &hash, now)).await?;
    Ok((hash, within_limits(length)?))
}

fn within_limits(length: Option<u64>) -> Result<u64, Failure> {
    length.filter(|length| *length <= blob::MAX_PHOTO).ok_or_else(Failure::not_found)
}

/// The photo, when it belongs to a case this phone's person may see.
pub(super) async fn viewer(app: &App, peer: Peer, name: &str, headers: &HeaderMap) -> Result<BlobHash, Failure> {
    let token = request::token(app, peer, headers)?;
    let hash = blob::from_hex(name).ok_or_else(Failure::not_found)?;
    let now = app.now();
    let is_seen = app.store.read(move |tx| access::to_see(tx, &token, &hash, now)).await?;
    if is_seen { Ok(hash) } else { Err(Failure::not_found()) }
}

/// Receives as a task of its own: when the connection breaks, what arrived is kept all the same.
async fn outlive(
    app: &Arc<App>,
    hash: BlobHash,
    length: u64,
    offset: u64,
    strict: bool,
    body: Body,
) -> Result<Stopped, Failure> {
    let piece = Piece { hash, length, offset, strict, body, stall: app.stall };
    let task = tokio::spawn({
        let app = app.clone();
        async move {
            let received = app.blobs.receive(piece).await?;
            if note(&app, hash, &received.stopped).await? {
                return Ok(received.stopped);
            }
            drop(received);
            app.blobs.remove(&hash).await?;
            Err(Failure::not_found())
        }
    });
    task.await.unwrap_or_else(|error| Err(super::answer::unavailable("receiving a photo failed", &error)))
}

/// Tells the database, from which the answers to sync requests are made. False when the photo was erased while it arrived.
async fn note(app: &App, hash: BlobHash, stopped: &Stopped) -> Result<bool, Failure> {
    let (offset, complete, rejected) = match stopped {
        Stopped::AtEnd(bytes) | Stopped::Cut(bytes) | Stopped::Stalled(bytes) | Stopped::Overtaken(bytes) => {
            (*bytes, false, false)
        }
        Stopped::Finished(bytes) => (*bytes, true, false),
        Stopped::Refused(_) => (0, false, true),
        Stopped::OtherBytes | Stopped::Spoilt => (0, false, false),
        Stopped::WrongOffset(_) | Stopped::TooLong => return Ok(true),
    };
    let changed_at = app.now();
    let noted = app
        .store
        .write(move |tx| {
            if tx.facts_with_photo(&hash)?.is_empty() {
                return Ok(None);
            }
            let before = tx.blob(&hash)?;
            let same = before.is_some_and(|b| (b.offset, b.complete, b.rejected) == (offset, complete, rejected));
            if !same {
                tx.put_blob(&storage::Blob { hash, offset, complete, rejected, changed_at })?;
            }
            Ok::<_, StorageError>(Some(before))
        })
        .await?;
    let Some(before) = noted else {
        return Ok(false);
    };
    count(app, before, offset, complete, rejected);
    Ok(true)
}

fn count(app: &App, before: Option<storage::Blob>, offset: u64, complete: bool, rejected: bool) {
    let (had, was_complete, was_rejected) = before.map_or((0, false, false), |b| (b.offset, b.complete, b.rejected));
    app.meters.blob_bytes.add(offset.saturating_sub(had));
    app.meters.blobs_complete.add(u64::from(complete && !was_complete));
    app.meters.blobs_refused.add(u64::from(rejected && !was_rejected));
}

/// How receiving ended, for the phone.
fn outcome(stopped: Stopped, length: u64) -> Result<Stand, Failure> {
    match stopped {
        Stopped::AtEnd(offset) => Ok(Stand { offset, length, complete: false }),
        Stopped::Finished(offset) => Ok(Stand { offset, length, complete: true }),
        Stopped::WrongOffset(offset) | Stopped::Overtaken(offset) | Stopped::Stalled(offset) | Stopped::Cut(offset) => {
            Err(Failure::of(FaultCode::WrongOffset).with(UPLOAD_OFFSET, offset))
        }
        Stopped::Spoilt => Err(Failure::of(FaultCode::WrongOffset).with(UPLOAD_OFFSET, 0)),
        Stopped::TooLong => Err(Failure::new(FaultCode::TooLarge, "more bytes than the photo has")),
        Stopped::OtherBytes => Err(Failure::new(FaultCode::BadPicture, "these bytes are not those of the hash")),
        Stopped::Refused(Refused(reason)) => {
            tracing::info!(reason, "a photo was refused");
            Err(bad_picture())
        }
    }
}

fn bad_picture() -> Failure {
    Failure::new(FaultCode::BadPicture, "not a picture this server accepts")
}
