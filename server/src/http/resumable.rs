//! The same uploads in the words of tus 1.0 and of the IETF draft on resumable uploads.

use axum::http::header::{CACHE_CONTROL, LOCATION};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use super::answer::{Failure, UPLOAD_OFFSET, empty};
use crate::blob::{self, BlobHash};

const TUS_RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
const TUS_VERSION: HeaderName = HeaderName::from_static("tus-version");
const TUS_EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
const TUS_MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
const UPLOAD_LENGTH: HeaderName = HeaderName::from_static("upload-length");
const UPLOAD_COMPLETE: HeaderName = HeaderName::from_static("upload-complete");
const UPLOAD_LIMIT: HeaderName = HeaderName::from_static("upload-limit");
const DRAFT_VERSION: HeaderName = HeaderName::from_static("upload-draft-interop-version");

const TUS_1: HeaderValue = HeaderValue::from_static("1.0.0");

/// Which protocol a client speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Ours: the fewest bytes.
    Own,
    /// tus 1.0.
    Tus,
    /// draft-ietf-httpbis-resumable-upload.
    Draft,
}

/// Where the server stands with a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stand {
    /// Bytes held.
    pub offset: u64,
    /// Bytes the photo has.
    pub length: u64,
    /// It is finished.
    pub complete: bool,
}

impl Dialect {
    /// As the request's headers tell. Errors when it is a version of tus that is not spoken here.
    pub fn of(headers: &HeaderMap) -> Result<Self, Failure> {
        if let Some(version) = headers.get(TUS_RESUMABLE) {
            if version != TUS_1 {
                let failure = Failure::malformed("only tus 1.0.0 is spoken here").with(TUS_VERSION, TUS_1);
                return Err(failure.with_status(StatusCode::PRECONDITION_FAILED));
            }
            return Ok(Self::Tus);
        }
        if headers.contains_key(UPLOAD_COMPLETE) || headers.contains_key(DRAFT_VERSION) {
            return Ok(Self::Draft);
        }
        Ok(Self::Own)
    }

    /// Whether an offset below the server's is a conflict; our own phones may send a tail that overlaps.
    pub fn is_strict(self) -> bool {
        match self {
            Self::Own => false,
            Self::Tus | Self::Draft => true,
        }
    }

    /// The answer to `HEAD`.
    pub fn head(self, stand: Stand) -> Response {
        let mut response = self.told(StatusCode::OK, stand);
        let headers = response.headers_mut();
        match self {
            Self::Own => {
                headers.insert(UPLOAD_COMPLETE, boolean(stand.complete));
            }
            Self::Tus => {
                headers.insert(UPLOAD_LENGTH, stand.length.into());
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            }
            Self::Draft => {
                headers.insert(UPLOAD_LENGTH, stand.length.into());
                headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
                if let Ok(limit) = HeaderValue::try_from(format!("max-size={}", blob::MAX_PHOTO)) {
                    headers.insert(UPLOAD_LIMIT, limit);
                }
            }
        }
        response
    }

    /// The answer to `PATCH`.
    pub fn patched(self, stand: Stand) -> Response {
        self.told(StatusCode::NO_CONTENT, stand)
    }

    /// The answer to `POST`.
    pub fn created(self, hash: &BlobHash, stand: Stand) -> Response {
        let mut response = self.told(StatusCode::CREATED, stand);
        let address = format!("{}{}", fieldbook_protocol::path::BLOB, blob::hex(hash));
        if let Ok(address) = HeaderValue::try_from(address) {
            response.headers_mut().insert(LOCATION, address);
        }
        response
    }

    fn told(self, status: StatusCode, stand: Stand) -> Response {
        let mut response = empty(status);
        let headers = response.headers_mut();
        headers.insert(UPLOAD_OFFSET, stand.offset.into());
        match self {
            Self::Own => {}
            Self::Tus => {
                headers.insert(TUS_RESUMABLE, TUS_1);
            }
            Self::Draft => {
                headers.insert(UPLOAD_COMPLETE, boolean(stand.complete));
            }
        }
        response
    }
}

/// What tus clients ask first; says nothing about any photo.
pub(super) async fn options() -> Response {
    let mut response = empty(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    headers.insert(TUS_RESUMABLE, TUS_1);
    headers.insert(TUS_VERSION, TUS_1);
    headers.insert(TUS_EXTENSION, HeaderValue::from_static("creation,creation-with-upload"));
    headers.insert(TUS_MAX_SIZE, blob::MAX_PHOTO.into());
    response
}

/// A boolean as HTTP's structured fields write it.
fn boolean(value: bool) -> HeaderValue {
    HeaderValue::from_static(if value { "?1" } else { "?0" })
}
