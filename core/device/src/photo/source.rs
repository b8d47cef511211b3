//! Opens a picture of unknown origin: recognised by its bytes, judged by its header, decoded within bounds.

use super::{PhotoError, ShrinkLimits};
use fieldbook_model::jpeg::{self, HeaderLimits};
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::metadata::Orientation;
use image::{ColorType, DynamicImage, ImageDecoder, Limits, Rgb, RgbImage};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::Path;

/// Enough of a file to tell its format, and a PNG's size.
const HEADER_BYTES: u64 = 24;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Decoded pixels as stored, and how to turn them upright.
pub(super) struct Picture {
    pub(super) pixels: RgbImage,
    pub(super) orientation: Orientation,
}

pub(super) fn open(path: &Path, limits: &ShrinkLimits) -> Result<Picture, PhotoError> {
    let bytes = read(path, &limits.source)?;
    if jpeg::starts_like_jpeg(&bytes) {
        return open_jpeg(&bytes, limits);
    }
    open_png(&bytes, limits)
}

/// Reads the whole file only when its first bytes are those of a picture and its size is allowed.
fn read(path: &Path, limits: &HeaderLimits) -> Result<Vec<u8>, PhotoError> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() {
        return Err(PhotoError::NotAPicture);
    }
    if about.len() == 0 {
        return Err(PhotoError::Damaged { reason: "the file is empty".to_owned() });
    }
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    (&file).take(HEADER_BYTES).read_to_end(&mut bytes)?;
    if !jpeg::starts_like_jpeg(&bytes) && !bytes.starts_with(PNG) {
        return Err(PhotoError::NotAPicture);
    }
    limits.allow_bytes(about.len())?;
    (&file).take(limits.max_bytes).read_to_end(&mut bytes)?;
    limits.allow_bytes(bytes.len() as u64)?;
    Ok(bytes)
}

fn open_jpeg(bytes: &[u8], limits: &ShrinkLimits) -> Result<Picture, PhotoError> {
    let outline = jpeg::outline(bytes)?;
    let (width, height) = (u32::from(outline.width), u32::from(outline.height));
    limits.source.allow_size(width, height)?;
    // zune-jpeg 0.5 mixes up the rows of these; a garbled picture must not pass for evidence.
    if !outline.progressive && outline.scans > 1 {
        let reason = "one component a scan: save it as an ordinary JPEG".to_owned();
        return Err(PhotoError::Damaged { reason });
    }
    // A progressive picture is held whole as 16-bit coefficients, which the decoder does not count against its limits.
    let coefficients = if outline.progressive { u64::from(outline.components) * 2 } else { 0 };
    let left = limits.decode_bytes.checked_sub(u64::from(width) * u64::from(height) * coefficients);
    decode(JpegDecoder::new(Cursor::new(bytes))?, left.ok_or(PhotoError::TooLarge)?)
}

fn open_png(bytes: &[u8], limits: &ShrinkLimits) -> Result<Picture, PhotoError> {
    let Some(&[w3, w2, w1, w0, h3, h2, h1, h0]) = bytes.get(16..24) else {
        return Err(PhotoError::Damaged { reason: "the file ends within its header".to_owned() });
    };
    limits.source.allow_size(u32::from_be_bytes([w3, w2, w1, w0]), u32::from_be_bytes([h3, h2, h1, h0]))?;
    let bound = bounded(limits.decode_bytes);
    decode(PngDecoder::with_limits(Cursor::new(bytes), bound)?, limits.decode_bytes)
}

fn decode(mut decoder: impl ImageDecoder, decode_bytes: u64) -> Result<Picture, PhotoError> {
    let orientation = decoder.orientation()?;
    let (width, height) = decoder.dimensions();
    let is_final = decoder.color_type() == ColorType::Rgb8;
    let converted = if is_final { 0 } else { u64::from(width) * u64::from(height) * 3 };
    let mut bound = bounded(decode_bytes);
    bound.reserve(converted)?;
    bound.reserve(decoder.total_bytes())?;
    decoder.set_limits(bound)?;
    let pixels = opaque(DynamicImage::from_decoder(decoder)?);
    Ok(Picture { pixels, orientation })
}

fn bounded(decode_bytes: u64) -> Limits {
    let mut limits = Limits::default();
    limits.max_alloc = Some(decode_bytes);
    limits
}

/// Transparent parts become white, as on paper; a JPEG would show them black.
fn opaque(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let picture = picture.into_rgba8();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        let [red, green, blue, alpha] = picture.get_pixel(x, y).0.map(u16::from);
        let over_white = |value: u16| u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX);
        Rgb([over_white(red), over_white(green), over_white(blue)])
    })
}
