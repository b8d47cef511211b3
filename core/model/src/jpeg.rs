//! The outside of a JPEG: its size, its segments and its end, read without decoding a pixel.
//! Phone and office ask the same questions here before either lets a decoder near the bytes.

mod outline;

pub use outline::{Outline, Segment, outline, starts_like_jpeg};

const SCAN: u8 = 0xDA;
const QUANTISATION: u8 = 0xDB;
const HUFFMAN: u8 = 0xC4;
const RESTART_INTERVAL: u8 = 0xDD;
const BASELINE: u8 = 0xC0;
const EXTENDED: u8 = 0xC1;
const PROGRESSIVE: u8 = 0xC2;
const JFIF: u8 = 0xE0;
const ADOBE: u8 = 0xEE;

/// What a picture may claim in its header before anyone spends memory on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeaderLimits {
    /// Largest file, in bytes.
    pub max_bytes: u64,
    /// Longest side, in pixels.
    pub max_side: u32,
    /// Largest area, in pixels.
    pub max_pixels: u64,
}

impl HeaderLimits {
    /// What a phone is willing to open: 40 MB, 16,384 pixels a side, 64 megapixels.
    pub const SOURCE: Self = Self { max_bytes: 40_000_000, max_side: 16_384, max_pixels: 64_000_000 };

    /// What a receiver takes from a phone: five times what today's phones send, so a later version may send more.
    pub const RECEIVED: Self = Self { max_bytes: 1_000_000, max_side: 4_096, max_pixels: 16_000_000 };

    /// Accepts a file of `bytes` bytes.
    ///
    /// # Errors
    /// [`JpegFault::TooManyBytes`] above the limit.
    pub fn allow_bytes(&self, bytes: u64) -> Result<(), JpegFault> {
        if bytes > self.max_bytes {
            return Err(JpegFault::TooManyBytes { bytes });
        }
        Ok(())
    }

    /// Accepts a picture of `width` × `height` pixels.
    ///
    /// # Errors
    /// [`JpegFault::TooLarge`] when a side or the area is above the limit.
    pub fn allow_size(&self, width: u32, height: u32) -> Result<(), JpegFault> {
        let area = u64::from(width) * u64::from(height);
        if width.max(height) > self.max_side || area > self.max_pixels {
            return Err(JpegFault::TooLarge { width, height });
        }
        Ok(())
    }
}

/// What a receiver learns of a picture it accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureFacts {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
}

/// Why bytes are not an acceptable JPEG.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JpegFault {
    /// The bytes do not start like a JPEG.
    #[error("not a JPEG: send a JPEG picture")]
    NotJpeg,
    /// The file is above the byte limit.
    #[error("{bytes} bytes are too many: shrink the picture first")]
    TooManyBytes {
        /// Size of the file.
        bytes: u64,
    },
    /// The header claims more pixels than allowed.
    #[error("{width} × {height} pixels are too many: shrink the picture first")]
    TooLarge {
        /// Claimed width in pixels.
        width: u32,
        /// Claimed height in pixels.
        height: u32,
    },
    /// The bytes stop before the end marker.
    #[error("the picture is cut short: send it again from the original")]
    Truncated,
    /// The structure is not that of a JPEG at this offset.
    #[error("the picture is damaged at byte {at}: send it again from the original")]
    Broken {
        /// Offset of the marker or byte that does not fit.
        at: usize,
    },
    /// A kind of JPEG nobody here decodes (arithmetic, lossless, hierarchical, 12-bit, size left open).
    #[error("JPEG of kind {marker:#04x} is not supported: save it as an ordinary JPEG")]
    Unsupported {
        /// The frame marker.
        marker: u8,
    },
    /// A segment that may carry where, when, by whom or anything else that is not the picture.
    #[error("the picture carries a segment {marker:#04x} besides the picture itself: encode it again without metadata")]
    Carries {
        /// The segment's marker, for example 0xE1 for EXIF and XMP.
        marker: u8,
    },
    /// Bytes after the end marker.
    #[error("{bytes} bytes follow the end of the picture: encode it again")]
    Trailing {
        /// How many.
        bytes: usize,
    },
}

/// Accepts exactly what the phone's encoder writes: one whole JPEG within `limits` that carries the picture and nothing
/// else. EXIF, GPS, XMP, comments, colour profiles, thumbnails and anything behind the end marker are refused.
/// The pixels are not decoded; a receiver that shows the picture still decodes in a bounded worker.
///
/// # Errors
/// [`JpegFault`] naming the first thing that does not fit.
pub fn check(bytes: &[u8], limits: &HeaderLimits) -> Result<PictureFacts, JpegFault> {
    limits.allow_bytes(bytes.len() as u64)?;
    let outline = outline(bytes)?;
    let facts = PictureFacts { width: outline.width.into(), height: outline.height.into() };
    limits.allow_size(facts.width, facts.height)?;
    for Segment { marker, payload } in &outline.segments {
        let content = bytes.get(payload.clone()).ok_or(JpegFault::Truncated)?;
        if !belongs_to_picture(*marker, content) {
            return Err(JpegFault::Carries { marker: *marker });
        }
    }
    let trailing = bytes.len() - outline.end;
    if trailing > 0 {
        return Err(JpegFault::Trailing { bytes: trailing });
    }
    Ok(facts)
}

/// Tables must fill their segment exactly, so that nothing can ride behind them.
fn belongs_to_picture(marker: u8, content: &[u8]) -> bool {
    match marker {
        BASELINE | EXTENDED | PROGRESSIVE => true,
        SCAN => {
            matches!(content, [count @ 1..=4, rest @ ..] if rest.len() == usize::from(*count) * 2 + 3)
        }
        QUANTISATION => fills_exactly(content, |table| match table {
            [head, ..] if head >> 4 == 0 => Some(65),
            [head, ..] if head >> 4 == 1 => Some(129),
            _ => None,
        }),
        HUFFMAN => fills_exactly(content, |table| {
            let counts = table.get(1..17)?;
            Some(17 + counts.iter().map(|&count| usize::from(count)).sum::<usize>())
        }),
        RESTART_INTERVAL => content.len() == 2,
        JFIF => content.len() == 14 && content.starts_with(b"JFIF\0") && content.ends_with(&[0, 0]),
        ADOBE => content.len() == 12 && content.starts_with(b"Adobe"),
        _ => false,
    }
}

fn fills_exactly(content: &[u8], length_of_first: impl Fn(&[u8]) -> Option<usize>) -> bool {
    let mut rest = content;
    while !rest.is_empty() {
        let Some(behind) = length_of_first(rest).and_then(|length| rest.get(length..)) else {
            return false;
        };
        rest = behind;
    }
    !content.is_empty()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;
    use proptest::prelude::*;

    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap();
        [&[0xFF, marker], &length.to_be_bytes()[..], content].concat()
    }

    fn frame(marker: u8, width: u16, height: u16) -> Vec<u8> {
        let [h1, h0] = height.to_be_bytes();
        let [w1, w0] = width.to_be_bytes();
        segment(marker, &[8, h1, h0, w1, w0, 1, 1, 0x11, 0])
    }

    fn scan() -> Vec<u8> {
        [segment(SCAN, &[1, 1, 0, 0, 63, 0]), vec![0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]].concat()
    }

    fn jpeg(extra: &[u8]) -> Vec<u8> {
        let jfif = segment(JFIF, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
        [&[0xFF, 0xD8], &jfif[..], extra, &frame(BASELINE, 640, 480), &scan(), &[0xFF, 0xD9]].concat()
    }

    fn check_received(bytes: &[u8]) -> Result<PictureFacts, JpegFault> {
        check(bytes, &HeaderLimits::RECEIVED)
    }

    #[test]
    fn a_clean_picture_tells_its_size() {
        assert_eq!(check_received(&jpeg(&[])), Ok(PictureFacts { width: 640, height: 480 }));
    }

    #[test]
    fn stuffed_zeros_restarts_and_fill_bytes_do_not_end_a_scan() {
        let outline = outline(&jpeg(&[0xFF, 0xFF])).unwrap();

        assert_eq!(outline.segments.iter().filter(|segment| segment.marker == SCAN).count(), 1);
        assert_eq!(outline.end, jpeg(&[0xFF, 0xFF]).len());
    }

    #[test]
    fn segments_that_can_carry_metadata_are_refused() {
        for marker in (0xE1..=0xED).chain([0xEF, 0xFE, 0xF0]) {
            let bytes = jpeg(&segment(marker, b"Exif\0\0..."));
            assert_eq!(check_received(&bytes), Err(JpegFault::Carries { marker }));
        }
    }

    #[test]
    fn a_thumbnail_inside_jfif_is_refused() {
        let bytes = jpeg(&segment(JFIF, b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01RGB"));
        assert_eq!(check_received(&bytes), Err(JpegFault::Carries { marker: JFIF }));
    }

    #[test]
    fn bytes_hidden_behind_a_table_are_refused() {
        let mut table = vec![1_u8; 65];
        table[0] = 0;
        assert!(check_received(&jpeg(&segment(QUANTISATION, &table))).is_ok());

        table.extend_from_slice(b"hidden");
        let bytes = jpeg(&segment(QUANTISATION, &table));
        assert_eq!(check_received(&bytes), Err(JpegFault::Carries { marker: QUANTISATION }));
    }

    #[test]
    fn bytes_behind_the_end_are_counted_and_refused() {
        let bytes = [jpeg(&[]), b"PK\x03\x04".to_vec()].concat();
        assert_eq!(check_received(&bytes), Err(JpegFault::Trailing { bytes: 4 }));
    }

    #[test]
    fn every_shorter_prefix_is_refused() {
        let whole = jpeg(&[]);
        for length in 0..whole.len() {
            let fault = check_received(&whole[..length]).unwrap_err();
            assert!(matches!(fault, JpegFault::Truncated | JpegFault::NotJpeg), "{length}: {fault:?}");
        }
    }

    #[test]
    fn a_second_frame_or_a_scan_before_the_frame_is_refused() {
        let two_frames = jpeg(&frame(BASELINE, 8, 8));
        let scan_first = jpeg(&scan());
        assert!(matches!(outline(&two_frames), Err(JpegFault::Broken { .. })));
        assert!(matches!(outline(&scan_first), Err(JpegFault::Broken { .. })));
    }

    #[test]
    fn a_frame_nobody_decodes_is_refused() {
        for marker in [0xC3, 0xC5, 0xC9, 0xCF] {
            let bytes = jpeg(&frame(marker, 8, 8));
            assert_eq!(outline(&bytes), Err(JpegFault::Unsupported { marker }));
        }
    }

    #[test]
    fn limits_hold_for_side_area_and_bytes() {
        let limits = HeaderLimits { max_bytes: 100, max_side: 1_000, max_pixels: 500_000 };
        assert!(limits.allow_size(1_000, 500).is_ok());
        assert!(limits.allow_size(1_001, 1).is_err());
        assert!(limits.allow_size(1_000, 501).is_err());
        assert!(limits.allow_size(u32::MAX, u32::MAX).is_err());
        assert!(limits.allow_bytes(100).is_ok());
        assert_eq!(limits.allow_bytes(101), Err(JpegFault::TooManyBytes { bytes: 101 }));
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _judged = check_received(&[vec![0xFF, 0xD8, 0xFF], bytes].concat());
        }

        #[test]
        fn a_damaged_picture_never_reaches_past_its_bytes(
            flips in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..6),
            cut in any::<proptest::sample::Index>(),
        ) {
            let mut bytes = jpeg(&segment(HUFFMAN, &[0; 17]));
            for (place, value) in flips {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            bytes.truncate(cut.index(bytes.len() + 1));
            if let Ok(outline) = outline(&bytes) {
                prop_assert!(outline.end <= bytes.len());
                prop_assert!(outline.segments.iter().all(|segment| segment.payload.end <= outline.end));
            }
        }
    }
}
