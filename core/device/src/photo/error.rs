//! What can be wrong with a picture, in terms of what the person can do.

use fieldbook_model::jpeg::JpegFault;
use image::ImageError;
use std::io;

/// Why a picture was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The bytes are not a JPEG or PNG, whatever the file is called.
    #[error("this file is not a photo: choose a JPEG or PNG picture")]
    NotAPicture,
    /// More bytes, pixels or memory than a phone should spend on one picture.
    #[error("this picture is too large: choose a smaller one, or take it again with the camera")]
    TooLarge,
    /// It began as a picture but is cut short or cannot be decoded.
    #[error("this picture is damaged: take it again or choose another one ({reason})")]
    Damaged {
        /// What the decoder found, for the log; holds nothing of the picture.
        reason: String,
    },
    /// A received picture carries something besides itself.
    #[error("this picture carries more than a picture: shrink it again before sending ({0})")]
    NotClean(#[source] JpegFault),
    /// No room left on the phone.
    #[error("the phone's storage is full: free some space, then attach the photo again")]
    StorageFull,
    /// The file or folder could not be read or written.
    #[error("the photo could not be read or saved: check the storage, then try again ({0})")]
    Io(#[source] io::Error),
}

impl From<io::Error> for PhotoError {
    fn from(error: io::Error) -> Self {
        if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) {
            return Self::StorageFull;
        }
        Self::Io(error)
    }
}

impl From<JpegFault> for PhotoError {
    fn from(fault: JpegFault) -> Self {
        match fault {
            JpegFault::NotJpeg => Self::NotAPicture,
            JpegFault::TooManyBytes { .. } | JpegFault::TooLarge { .. } => Self::TooLarge,
            JpegFault::Truncated | JpegFault::Broken { .. } | JpegFault::Unsupported { .. } => {
                Self::Damaged { reason: fault.to_string() }
            }
            JpegFault::Carries { .. } | JpegFault::Trailing { .. } => Self::NotClean(fault),
        }
    }
}

impl From<ImageError> for PhotoError {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::TooLarge,
            ImageError::Decoding(_)
            | ImageError::Encoding(_)
            | ImageError::Parameter(_)
            | ImageError::Unsupported(_)
            | ImageError::IoError(_) => Self::Damaged { reason: error.to_string() },
        }
    }
}
