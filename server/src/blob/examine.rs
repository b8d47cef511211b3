//! Whether bytes are a picture this office takes: the outside first, then every pixel within limits.

use std::io::Cursor;

use fieldbook_model::jpeg::{self, HeaderLimits};
use image::{ImageFormat, ImageReader, Limits};
use thiserror::Error;

/// The largest photo, in bytes.
pub const MAX_PHOTO: u64 = HeaderLimits::RECEIVED.max_bytes;

/// The largest preview, in bytes.
pub const MAX_PREVIEW: u64 = 8 * 1024;

const PREVIEW: HeaderLimits = HeaderLimits { max_bytes: MAX_PREVIEW, max_side: 512, max_pixels: 512 * 512 };

/// Memory one decoder may use, in bytes: 16 megapixels in colour, and a progressive picture's coefficients.
const DECODER_MEMORY: u64 = 64 * 1024 * 1024;

/// Why a picture was refused. Never personal data.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Looks at a photo.
pub(super) fn photo(bytes: &[u8]) -> Result<(), Refused> {
    picture(bytes, &HeaderLimits::RECEIVED)
}

/// Looks at a preview.
pub(super) fn preview(bytes: &[u8]) -> Result<(), Refused> {
    picture(bytes, &PREVIEW)
}

fn picture(bytes: &[u8], limits: &HeaderLimits) -> Result<(), Refused> {
    jpeg::check(bytes, limits).map_err(|fault| Refused(fault.to_string()))?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), ImageFormat::Jpeg);
    let mut memory = Limits::default();
    memory.max_image_width = Some(limits.max_side);
    memory.max_image_height = Some(limits.max_side);
    memory.max_alloc = Some(DECODER_MEMORY);
    reader.limits(memory);
    reader.decode().map_err(|error| Refused(error.to_string()))?;
    Ok(())
}
