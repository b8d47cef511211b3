//! Test pictures made on the spot: a detailed scene with text to read, dressed in the metadata a phone camera writes.
#![allow(clippy::expect_used, reason = "a test picture that cannot be made ends the test")]

mod exif;
mod scene;

pub use exif::Exif;
pub use scene::scene;

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, RgbImage};

/// Text that every sample picture carries in EXIF and XMP and that must not survive shrinking.
pub const MARKER_TEXT: &str = "MarkerPhone-X1";

const CAMERA_QUALITY: u8 = 94;

/// A photo as a phone camera writes it: upright, with EXIF (make, date, GPS, thumbnail) and XMP.
/// The same seed and size give the same bytes.
#[must_use]
pub fn sample_photo(seed: u64, width: u32, height: u32) -> Vec<u8> {
    dress(&scene(seed, width, height), &Exif::default())
}

/// Encodes `picture` and puts EXIF and XMP segments in front, as cameras do.
#[must_use]
pub fn dress(picture: &RgbImage, exif: &Exif) -> Vec<u8> {
    let thumbnail = encode(&image::imageops::thumbnail(picture, 160, 120), 60);
    let bare = encode(picture, CAMERA_QUALITY);
    let (start, rest) = bare.split_at(2);
    let exif = segment(0xE1, &[b"Exif\0\0", &exif.to_tiff(&thumbnail)[..]].concat());
    let xmp = segment(0xE1, xmp().as_bytes());
    [start, &exif, &xmp, rest].concat()
}

/// A JPEG of a few hundred bytes whose header claims 20,000 × 20,000 pixels.
#[must_use]
pub fn bomb() -> Vec<u8> {
    let mut bytes = encode(&RgbImage::new(8, 8), 50);
    let frame = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a baseline frame");
    let side = 20_000_u16.to_be_bytes();
    bytes[frame + 5..frame + 7].copy_from_slice(&side);
    bytes[frame + 7..frame + 9].copy_from_slice(&side);
    bytes
}

/// A PNG that is all header: 20,000 × 20,000 pixels claimed, none present.
#[must_use]
pub fn bomb_png() -> Vec<u8> {
    let side = 20_000_u32.to_be_bytes();
    let header = [b"IHDR", &side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let length = 13_u32.to_be_bytes();
    [b"\x89PNG\r\n\x1a\n", &length[..], &header, &crc32(&header).to_be_bytes()].concat()
}

/// A photo whose transfer stopped two thirds of the way.
#[must_use]
pub fn truncated() -> Vec<u8> {
    let mut bytes = sample_photo(3, 640, 480);
    bytes.truncate(bytes.len() * 2 / 3);
    bytes
}

/// What a note saved under a picture's name holds.
#[must_use]
pub fn text_named_jpg() -> Vec<u8> {
    "Đây là ghi chú, không phải ảnh.\n".repeat(20).into_bytes()
}

/// A photo with a zip archive behind its end marker, readable as either.
#[must_use]
pub fn polyglot() -> Vec<u8> {
    let empty_archive = [&b"PK\x05\x06"[..], &[0; 18]].concat();
    [sample_photo(4, 640, 480), b"PK\x03\x04hidden".to_vec(), empty_archive].concat()
}

fn encode(picture: &RgbImage, quality: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .expect("encoding into memory");
    bytes
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a segment of at most 64 KB");
    [&[0xFF, marker], &length.to_be_bytes()[..], content].concat()
}

fn xmp() -> String {
    format!(
        "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF \
         xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:CreatorTool=\"{MARKER_TEXT}\"/></rdf:RDF></x:xmpmeta>"
    )
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg()))
    })
}
