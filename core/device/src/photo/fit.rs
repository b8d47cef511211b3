//! Makes a decoded picture fit: scaled, turned upright, encoded at the best quality that the byte budget allows.

use super::source::Picture;
use super::{PhotoError, ShrinkLimits};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::{DynamicImage, RgbImage};
use jpeg_encoder::{ColorType, Encoder, EncodingError, SamplingFactor};

/// Best first. Below the last one text dissolves into blocks; a smaller picture at this quality reads better.
const QUALITIES: [u8; 8] = [85, 78, 71, 64, 58, 52, 46, 40];

/// Below this there is no picture left to save.
const SMALLEST_SIDE: u32 = 16;

/// An encoded picture.
pub(super) struct Fitted {
    pub(super) jpeg: Vec<u8>,
    pub(super) width: u32,
    pub(super) height: u32,
}

/// Lowers quality first, down to a floor, then size.
pub(super) fn fit(picture: Picture, limits: &ShrinkLimits) -> Result<Fitted, PhotoError> {
    let mut pixels = scaled(&picture.pixels, limits.longest_side)?;
    let mut upright = DynamicImage::ImageRgb8(pixels);
    upright.apply_orientation(picture.orientation);
    drop(picture.pixels);
    pixels = upright.into_rgb8();

    loop {
        let (width, height) = pixels.dimensions();
        if let Some(jpeg) = best_within(&pixels, limits)? {
            return Ok(Fitted { jpeg, width, height });
        }
        let side = width.max(height) * 4 / 5;
        if side < SMALLEST_SIDE {
            return Err(PhotoError::TooLarge);
        }
        pixels = scaled(&pixels, side)?;
    }
}

/// The best quality within the aim, else the floor when it is within the most; bytes fall with quality.
fn best_within(pixels: &RgbImage, limits: &ShrinkLimits) -> Result<Option<Vec<u8>>, PhotoError> {
    let mut best = None;
    let (mut low, mut high) = (0, QUALITIES.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        let jpeg = encode(pixels, QUALITIES[middle])?;
        if jpeg.len() <= limits.aim_bytes {
            high = middle;
            best = Some(jpeg);
        } else {
            low = middle + 1;
            if low == QUALITIES.len() && jpeg.len() <= limits.most_bytes {
                best = Some(jpeg);
            }
        }
    }
    Ok(best)
}

fn scaled(pixels: &RgbImage, longest_side: u32) -> Result<RgbImage, PhotoError> {
    let (width, height) = pixels.dimensions();
    let longest = width.max(height);
    if longest <= longest_side {
        return Ok(pixels.clone());
    }
    let side = |length: u32| {
        let rounded = (u64::from(length) * u64::from(longest_side) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(rounded).unwrap_or(longest_side).max(1)
    };
    let source = ImageRef::new(width, height, pixels.as_raw(), PixelType::U8x3).map_err(damaged)?;
    let mut target = Image::new(side(width), side(height), PixelType::U8x3);
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&source, &mut target, &options).map_err(damaged)?;
    RgbImage::from_raw(target.width(), target.height(), target.into_vec())
        .ok_or_else(|| damaged("scaled to another size than asked"))
}

/// Half the colour resolution, all the brightness: a quarter smaller, and text is read by brightness. One interleaved
/// scan: with optimised tables this encoder writes several, which common decoders mix up.
fn encode(pixels: &RgbImage, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let [width, height] = [pixels.width(), pixels.height()].map(u16::try_from);
    let (Ok(width), Ok(height)) = (width, height) else { return Err(PhotoError::TooLarge) };
    let mut jpeg = Vec::new();
    let mut encoder = Encoder::new(&mut jpeg, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(pixels.as_raw(), width, height, ColorType::Rgb).map_err(|error: EncodingError| damaged(error))?;
    Ok(jpeg)
}

fn damaged(reason: impl ToString) -> PhotoError {
    PhotoError::Damaged { reason: reason.to_string() }
}
