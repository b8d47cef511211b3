//! Walks a JPEG's segments from the start marker to the end marker.

use super::{BASELINE, EXTENDED, HUFFMAN, JpegFault, PROGRESSIVE, SCAN};
use std::ops::Range;

/// Largest number of segments a picture may have; a 40 MB camera file with depth maps stays well below it.
const MAX_SEGMENTS: usize = 4_096;

const START: u8 = 0xD8;
const END: u8 = 0xD9;

/// One marker segment, in file order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Second byte of the marker.
    pub marker: u8,
    /// Where its content lies, without marker and length.
    pub payload: Range<usize>,
}

/// The outline of a JPEG that is complete from first marker to last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Width in pixels as stored, before any EXIF orientation; at least 1.
    pub width: u16,
    /// Height in pixels as stored; at least 1.
    pub height: u16,
    /// Colour components: 1, 3 or 4.
    pub components: u8,
    /// Progressive pictures cost a decoder two more bytes per sample.
    pub progressive: bool,
    /// Passes over the picture: 1 in an ordinary one, about 10 in a progressive one.
    pub scans: u32,
    /// All segments between start and end marker.
    pub segments: Vec<Segment>,
    /// Offset just behind the end marker.
    pub end: usize,
}

/// Whether the bytes start like a JPEG.
#[must_use]
pub fn starts_like_jpeg(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, START, 0xFF])
}

/// Walks the segments of a JPEG up to its end marker. Bytes behind it are left alone.
///
/// # Errors
/// [`JpegFault`] when the bytes are not one whole JPEG of a kind in common use. Never panics, whatever the bytes.
pub fn outline(bytes: &[u8]) -> Result<Outline, JpegFault> {
    if !starts_like_jpeg(bytes) {
        return Err(JpegFault::NotJpeg);
    }
    let mut segments = Vec::new();
    let mut frame = None;
    let mut scans = 0_u32;
    let mut at = 2;
    loop {
        let (marker, after) = marker_at(bytes, at)?;
        if marker == END {
            let (Some(frame), 1..) = (frame, scans) else {
                return Err(JpegFault::Broken { at });
            };
            let Frame { width, height, components, progressive } = frame;
            return Ok(Outline { width, height, components, progressive, scans, segments, end: after });
        }
        if !has_length(marker) || segments.len() == MAX_SEGMENTS {
            return Err(JpegFault::Broken { at });
        }
        let payload = payload_at(bytes, after)?;
        let content = bytes.get(payload.clone()).ok_or(JpegFault::Truncated)?;
        let next = payload.end;
        segments.push(Segment { marker, payload });
        at = match marker {
            SCAN if frame.is_none() => return Err(JpegFault::Broken { at }),
            SCAN => {
                scans += 1;
                end_of_scan(bytes, next)?
            }
            _ if is_frame(marker) => {
                if frame.replace(read_frame(marker, content, at)?).is_some() {
                    return Err(JpegFault::Broken { at });
                }
                next
            }
            _ => next,
        };
    }
}

struct Frame {
    width: u16,
    height: u16,
    components: u8,
    progressive: bool,
}

fn read_frame(marker: u8, content: &[u8], at: usize) -> Result<Frame, JpegFault> {
    let &[precision, h1, h0, w1, w0, components, ref per_component @ ..] = content else {
        return Err(JpegFault::Broken { at });
    };
    let width = u16::from_be_bytes([w1, w0]);
    let height = u16::from_be_bytes([h1, h0]);
    if !matches!(marker, BASELINE | EXTENDED | PROGRESSIVE) || precision != 8 || height == 0 {
        return Err(JpegFault::Unsupported { marker });
    }
    if width == 0 || !matches!(components, 1 | 3 | 4) || per_component.len() != usize::from(components) * 3 {
        return Err(JpegFault::Broken { at });
    }
    Ok(Frame { width, height, components, progressive: marker == PROGRESSIVE })
}

/// The marker at `at` (fill bytes skipped) and the offset behind it.
fn marker_at(bytes: &[u8], at: usize) -> Result<(u8, usize), JpegFault> {
    match bytes.get(at) {
        None => return Err(JpegFault::Truncated),
        Some(0xFF) => {}
        Some(_) => return Err(JpegFault::Broken { at }),
    }
    let rest = bytes.get(at..).unwrap_or_default();
    let Some(fill) = rest.iter().position(|&byte| byte != 0xFF) else {
        return Err(JpegFault::Truncated);
    };
    Ok((rest[fill], at + fill + 1))
}

fn payload_at(bytes: &[u8], at: usize) -> Result<Range<usize>, JpegFault> {
    let Some(&[high, low]) = bytes.get(at..at + 2) else {
        return Err(JpegFault::Truncated);
    };
    let length = usize::from(u16::from_be_bytes([high, low]));
    if length < 2 {
        return Err(JpegFault::Broken { at });
    }
    Ok(at + 2..at + length)
}

/// Offset of the first marker behind entropy-coded data; stuffed zeros and restart markers belong to the data.
fn end_of_scan(bytes: &[u8], start: usize) -> Result<usize, JpegFault> {
    let mut at = start;
    loop {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(skip) = rest.iter().position(|&byte| byte == 0xFF) else {
            return Err(JpegFault::Truncated);
        };
        at += skip;
        match bytes.get(at + 1) {
            None => return Err(JpegFault::Truncated),
            Some(0x00 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return Ok(at),
        }
    }
}

/// Start, restart, end and temporary markers stand alone; inside a segment list they are out of place.
fn has_length(marker: u8) -> bool {
    !matches!(marker, 0x00 | 0x01 | 0xD0..=0xD9)
}

/// SOF0 to SOF15; between them lie three markers of other meaning.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xC0..=0xCF) && !matches!(marker, HUFFMAN | 0xC8 | 0xCC)
}
