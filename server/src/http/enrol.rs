//! `POST /v1/enrol`.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::RETRY_AFTER;
use axum::response::Response;
use fieldbook_protocol::enrol::EnrolRequest;
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::frame::{self, MAX_FRAME};

use super::answer::Failure;
use super::{App, Peer, request};
use crate::office::enrol::{self as office, Enrolment};

/// Makes a phone a writer.
pub(super) async fn enrol(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    request::from_here(&app, peer)?;
    app.limits.code(peer.client, app.elapsed())?;
    let body = request::whole_body(&headers, body, MAX_FRAME, app.stall).await?;
    app.meters.bytes_in.add(body.len() as u64);
    let request: EnrolRequest = frame::unpack(&body)?;
    let bearer = request::bearer(&headers);
    let (source, key, now, is_look) = (peer.client.to_string(), app.key.clone(), app.now(), request.look);
    let writer = request.writer;
    let enrolment = app.store.write(move |tx| office::enrol(tx, &request, bearer.as_ref(), &source, &key, now)).await?;
    match enrolment {
        Enrolment::Done(answer) => {
            app.limits.code_was_right(peer.client);
            if !is_look {
                app.meters.enrolments.add(1);
                tracing::info!(writer = format_args!("{writer:016x}"), person = %answer.person, "enrolled");
            }
            Ok(Response::new(Body::from(frame::pack(&*answer)?)))
        }
        Enrolment::Awaits(writer) => {
            app.limits.code_was_right(peer.client);
            tracing::info!(%writer, "waits for `fieldbook-server devices confirm`");
            Err(Failure::of(FaultCode::AwaitConfirmation))
        }
        Enrolment::Refused { code, retry_after } => {
            tracing::info!(code = code.key(), "enrolment refused");
            let failure = Failure::of(code);
            Err(match retry_after {
                Some(seconds) => failure.with(RETRY_AFTER, seconds),
                None => failure,
            })
        }
    }
}
