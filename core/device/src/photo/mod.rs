//! Photos: from a picture of any origin to a small, legible, clean JPEG named after its own SHA-256.

mod errand;
mod error;
mod fit;
mod keep;
mod source;
#[cfg(test)]
mod tests;

use fieldbook_model::jpeg::{self, HeaderLimits, PictureFacts};
use std::path::{Path, PathBuf};

pub use errand::{Errand, errands};
pub use error::PhotoError;
pub use keep::{OwnDisk, PhotoDisk, sweep};

/// What a picture may cost to open, and what may be left of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShrinkLimits {
    /// What the file's header may claim.
    pub source: HeaderLimits,
    /// Memory the decoder may take, in bytes; a picture that needs more is refused.
    pub decode_bytes: u64,
    /// Longest side of the result, in pixels; a smaller picture is not enlarged.
    pub longest_side: u32,
    /// Size in bytes that the quality is lowered for.
    pub aim_bytes: usize,
    /// Size in bytes that the result never exceeds.
    pub most_bytes: usize,
}

impl Default for ShrinkLimits {
    /// 2,048 pixels, 150 KB wanted, 200 KB at most; 256 MiB hold 64 megapixels of an ordinary JPEG.
    fn default() -> Self {
        Self {
            source: HeaderLimits::SOURCE,
            decode_bytes: 256 << 20,
            longest_side: 2_048,
            aim_bytes: 150_000,
            most_bytes: 200_000,
        }
    }
}

impl ShrinkLimits {
    /// A small picture that travels before the photo: at most 8 KB.
    const PREVIEW: Self =
        Self { source: HeaderLimits::SOURCE, decode_bytes: 256 << 20, longest_side: 320, aim_bytes: 8_000, most_bytes: 8_000 };
}

/// A photo that is safely on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shrunk {
    /// SHA-256 of the file: the photo's identity.
    pub hash: [u8; 32],
    /// Size of the file in bytes.
    pub bytes: u64,
    /// Width in pixels, upright.
    pub width: u32,
    /// Height in pixels, upright.
    pub height: u32,
    /// Where it lies: `{hash in hex}.jpg` in the folder asked for.
    pub path: PathBuf,
}

/// Turns the picture at `source` (JPEG or PNG, told by its bytes) upright, scales it down and keeps it in `dest_dir`
/// as a JPEG without EXIF, GPS, XMP, colour profile, comments or thumbnail. The file is whole and durable when this
/// returns; a crash before leaves at most a temporary file for [`sweep`]. The source is never changed or deleted.
/// The same picture gives the same file.
///
/// # Errors
/// [`PhotoError`] says what the person can do; nothing was kept then.
pub fn shrink(source: &Path, dest_dir: &Path, limits: &ShrinkLimits) -> Result<Shrunk, PhotoError> {
    shrink_onto(&OwnDisk, source, dest_dir, limits)
}

/// As [`shrink`], onto a disk of another kind.
///
/// # Errors
/// [`PhotoError`] says what the person can do; nothing was kept then.
pub fn shrink_onto(disk: &impl PhotoDisk, source: &Path, dest_dir: &Path, limits: &ShrinkLimits) -> Result<Shrunk, PhotoError> {
    let picture = source::open(source, limits)?;
    let fitted = fit::fit(picture, limits)?;
    let (hash, path) = keep::keep(disk, dest_dir, &fitted.jpeg)?;
    Ok(Shrunk { hash, bytes: fitted.jpeg.len() as u64, width: fitted.width, height: fitted.height, path })
}

/// A JPEG of at most 8 KB and 320 pixels, shown until the photo itself has arrived.
///
/// # Errors
/// [`PhotoError`] when the file cannot be read or is not a whole picture.
pub fn preview(path: &Path) -> Result<Vec<u8>, PhotoError> {
    let picture = source::open(path, &ShrinkLimits::PREVIEW)?;
    Ok(fit::fit(picture, &ShrinkLimits::PREVIEW)?.jpeg)
}

/// What a receiver asks of bytes that claim to be a photo: one whole JPEG within `limits`, no metadata, nothing behind it.
///
/// # Errors
/// [`PhotoError::NotClean`] when it carries more than a picture, else what [`shrink`] would say.
pub fn check(bytes: &[u8], limits: &HeaderLimits) -> Result<PictureFacts, PhotoError> {
    Ok(jpeg::check(bytes, limits)?)
}
