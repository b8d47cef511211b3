//! Previews: `PUT` and `GET` on `/v1/preview/{hash}`.

use std::sync::Arc;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use fieldbook_protocol::fault::FaultCode;

use super::answer::{Failure, empty};
use super::{App, Peer, photo, request};
use crate::blob::MAX_PREVIEW;

/// Keeps the small picture of a photo; the first one stays.
pub(super) async fn keep(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let (hash, _) = photo::sender(&app, peer, &name, &headers).await?;
    let jpeg = request::whole_body(&headers, body, MAX_PREVIEW as usize, app.stall).await?;
    app.meters.bytes_in.add(jpeg.len() as u64);
    match app.blobs.keep_preview(&hash, Bytes::from(jpeg)).await? {
        Ok(()) if app.store.read(move |tx| tx.facts_with_photo(&hash)).await?.is_empty() => {
            // Erased while it arrived.
            app.blobs.remove(&hash).await?;
            Err(Failure::not_found())
        }
        Ok(()) => Ok(empty(StatusCode::NO_CONTENT)),
        Err(refused) => {
            tracing::info!(reason = %refused, "a preview was refused");
            Err(Failure::new(FaultCode::BadPicture, "not a preview this server accepts"))
        }
    }
}

/// The small picture of a photo.
pub(super) async fn fetch(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(name): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let hash = photo::viewer(&app, peer, &name, &headers).await?;
    let preview = app.blobs.preview(&hash).await?.ok_or_else(Failure::not_found)?;
    app.meters.bytes_out.add(preview.len() as u64);
    Ok(Response::new(Body::from(preview)))
}
