//! Answers: packed messages, and faults that say what the phone must do and nothing about the inside of the server.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame::{self, BadFrame};
use tokio::runtime::Handle;

use super::App;
use crate::blob::BlobFault;
use crate::limits::Wait;
use crate::office::OfficeFault;
use crate::storage::StorageError;

/// Where the server stands with a photo.
pub(super) const UPLOAD_OFFSET: HeaderName = HeaderName::from_static("upload-offset");

/// Seconds to wait when the server itself is in trouble.
const TROUBLE_SECONDS: u32 = 30;

/// Why a request was not done.
#[derive(Debug)]
pub(super) struct Failure {
    code: FaultCode,
    detail: Option<Cow<'static, str>>,
    headers: Vec<(HeaderName, HeaderValue)>,
    status: Option<StatusCode>,
}

impl Failure {
    /// What the phone must do; `detail` is for its log.
    pub fn new(code: FaultCode, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: Some(detail.into()), ..Self::bare(code) }
    }

    /// A body that is not a request.
    pub fn malformed(detail: &'static str) -> Self {
        Self::new(FaultCode::Malformed, detail)
    }

    /// There is no such thing, or not for this person: the phone cannot tell which.
    pub fn not_found() -> Self {
        Self::bare(FaultCode::NotFound)
    }

    /// With a header.
    pub fn with(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    /// With the status another protocol asks for.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status: Some(status), ..self }
    }

    /// A fault as the office decided it.
    pub fn of(code: FaultCode) -> Self {
        let failure = Self::bare(code);
        match code {
            FaultCode::Unavailable | FaultCode::Slower => failure.with(RETRY_AFTER, TROUBLE_SECONDS),
            FaultCode::AwaitConfirmation => failure.with(RETRY_AFTER, 10 * TROUBLE_SECONDS),
            FaultCode::Malformed
            | FaultCode::UnknownToken
            | FaultCode::Revoked
            | FaultCode::Cloned
            | FaultCode::TooLarge
            | FaultCode::UpdateApp
            | FaultCode::NotFound
            | FaultCode::BadCode
            | FaultCode::WrongOffset
            | FaultCode::BadPicture
            | FaultCode::Other(_) => failure,
        }
    }

    fn bare(code: FaultCode) -> Self {
        Self { code, detail: None, headers: Vec::new(), status: None }
    }
}

impl From<Wait> for Failure {
    fn from(wait: Wait) -> Self {
        Self::new(FaultCode::Slower, "too many requests").with(RETRY_AFTER, wait.seconds)
    }
}

impl From<BadFrame> for Failure {
    fn from(bad: BadFrame) -> Self {
        match bad {
            BadFrame::TooLarge(_) => Self::new(FaultCode::TooLarge, "the message is too large; send less at once"),
            // The phone is of a newer version, and nothing is wrong with what it says: it must not take it for refused.
            BadFrame::UnknownDictionary(_) => {
                Self { detail: Some("the server must be updated".into()), ..Self::of(FaultCode::Unavailable) }
            }
            BadFrame::Malformed(_) => Self::malformed("not a message"),
            BadFrame::Pack(reason) => unavailable("an answer cannot be packed", &reason),
        }
    }
}

impl From<OfficeFault> for Failure {
    fn from(fault: OfficeFault) -> Self {
        if let OfficeFault::Storage(_) | OfficeFault::Ledger(_) | OfficeFault::NotAllowed(_) = fault {
            return unavailable("the office could not do it", &fault);
        }
        let retry_after = fault.retry_after();
        let Fault { code, detail } = fault.to_fault();
        let failure = Self { detail: detail.map(Cow::Owned), ..Self::of(code) };
        match retry_after {
            Some(seconds) => failure.with(RETRY_AFTER, seconds),
            None => failure,
        }
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        unavailable("the storage failed", &error)
    }
}

impl From<BlobFault> for Failure {
    fn from(error: BlobFault) -> Self {
        unavailable("photos cannot be stored or read", &error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let fault = Fault { code: self.code, detail: self.detail.map(Cow::into_owned) };
        // A fault is a few bytes in plain types; packing it cannot fail, and an empty body would say the same by its status.
        let mut response = Response::new(Body::from(frame::pack(&fault).unwrap_or_default()));
        *response.status_mut() = self.status.unwrap_or_else(|| status(self.code));
        response.headers_mut().extend(self.headers);
        response
    }
}

/// The status that goes with a fault; see [`FaultCode`].
fn status(code: FaultCode) -> StatusCode {
    match code {
        FaultCode::Malformed => StatusCode::BAD_REQUEST,
        FaultCode::UnknownToken => StatusCode::UNAUTHORIZED,
        FaultCode::Revoked | FaultCode::BadCode => StatusCode::FORBIDDEN,
        FaultCode::Cloned | FaultCode::WrongOffset => StatusCode::CONFLICT,
        FaultCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        FaultCode::UpdateApp => StatusCode::UPGRADE_REQUIRED,
        FaultCode::Slower => StatusCode::TOO_MANY_REQUESTS,
        FaultCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        FaultCode::NotFound => StatusCode::NOT_FOUND,
        FaultCode::AwaitConfirmation => StatusCode::ACCEPTED,
        FaultCode::BadPicture => StatusCode::UNPROCESSABLE_ENTITY,
        FaultCode::Other(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Something inside failed: the operator reads why, the phone only that it should come back.
pub(super) fn unavailable(what: &'static str, reason: &dyn std::fmt::Display) -> Failure {
    tracing::error!(reason = %reason, "{what}");
    Failure::of(FaultCode::Unavailable)
}

/// Work that takes its time goes where it holds up nobody.
pub(super) async fn aside<T: Send + 'static>(
    app: &App,
    is_long: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    if !is_long {
        return Ok(work());
    }
    let aside = app.aside.clone().unwrap_or_else(Handle::current);
    aside.spawn_blocking(work).await.map_err(|error| unavailable("a request could not be worked on", &error))
}

/// An answer without a body.
pub(super) fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// What any other address gets.
pub(super) async fn no_such_thing() -> Failure {
    Failure::not_found()
}
