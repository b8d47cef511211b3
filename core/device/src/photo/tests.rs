//! Hostile, odd and ordinary pictures, through the public door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::*;
use image::{Rgb, RgbImage, RgbaImage};
use sample::{Exif, MARKER_TEXT};
use sha2::{Digest, Sha256};
use std::fs;
use tempfile::TempDir;

/// The whole-system tests' picture maker; as a crate it would pull server and bindings into this build.
#[allow(dead_code, reason = "other tests use the rest")]
#[path = "../../../../tests/src/jpeg/mod.rs"]
mod sample;

struct Desk {
    dir: TempDir,
}

impl Desk {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("kept")).unwrap();
        Self { dir }
    }

    fn kept(&self) -> PathBuf {
        self.dir.path().join("kept")
    }

    fn put(&self, bytes: &[u8]) -> PathBuf {
        let path = self.dir.path().join("source.jpg");
        fs::write(&path, bytes).unwrap();
        path
    }

    fn shrink(&self, bytes: &[u8]) -> Result<Shrunk, PhotoError> {
        shrink(&self.put(bytes), &self.kept(), &ShrinkLimits::default())
    }

    /// The refusal, having seen that nothing was kept.
    fn refuse(&self, bytes: &[u8]) -> PhotoError {
        let refusal = self.shrink(bytes).unwrap_err();
        assert_eq!(fs::read_dir(self.kept()).unwrap().count(), 0);
        refusal
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

fn png(picture: &image::DynamicImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_twelve_megapixel_photo_fits_the_budget_and_is_named_by_its_hash() {
    let desk = Desk::new();

    let shrunk = desk.shrink(&sample::sample_photo(1, 4_032, 3_024)).unwrap();

    let file = fs::read(&shrunk.path).unwrap();
    assert!(shrunk.bytes <= 200_000, "{} bytes", shrunk.bytes);
    assert_eq!(shrunk.bytes, file.len() as u64);
    assert_eq!(shrunk.hash, <[u8; 32]>::from(Sha256::digest(&file)));
    assert_eq!(shrunk.path.file_stem().unwrap().len(), 64);
    assert!(shrunk.width.max(shrunk.height) >= 1_600, "{} px", shrunk.width);
    let facts = PictureFacts { width: shrunk.width, height: shrunk.height };
    assert_eq!(check(&file, &HeaderLimits::RECEIVED).unwrap(), facts);
}

/// Guards against a picture that has the right size and hash but shows something else.
#[test]
fn the_result_shows_what_the_source_shows() {
    let desk = Desk::new();
    let scene = sample::scene(11, 640, 480);

    let shrunk = desk.shrink(&sample::dress(&scene, &Exif::default())).unwrap();

    let seen = image::open(shrunk.path).unwrap().into_rgb8();
    let off: u64 = seen.iter().zip(scene.iter()).map(|(is, was)| u64::from(is.abs_diff(*was))).sum();
    assert!(off / (640 * 480 * 3) < 10, "{off}");
}

#[test]
fn where_when_and_by_which_phone_is_gone() {
    let desk = Desk::new();
    let photo = sample::sample_photo(2, 640, 480);
    for trace in [&b"Exif\0"[..], b"ns.adobe.com", b"2026:11:22", MARKER_TEXT.as_bytes()] {
        assert!(contains(&photo, trace), "the sample must carry what is to be removed");
    }
    assert!(matches!(check(&photo, &HeaderLimits::RECEIVED), Err(PhotoError::NotClean(_))));

    let shrunk = desk.shrink(&photo).unwrap();

    let file = fs::read(shrunk.path).unwrap();
    for trace in [&b"Exif"[..], b"adobe", b"2026:11:22", b"ICC_PROFILE", MARKER_TEXT.as_bytes()] {
        assert!(!contains(&file, trace), "{}", String::from_utf8_lossy(trace));
    }
    check(&file, &HeaderLimits::RECEIVED).unwrap();
}

/// Four quarters in four colours, stored turned as each orientation says, must come out alike.
#[test]
fn every_orientation_comes_out_upright() {
    let colours = [[220, 30, 30], [30, 200, 30], [30, 30, 220], [230, 220, 30]];
    let upright = RgbImage::from_fn(320, 240, |x, y| Rgb(colours[(x / 160 + y / 120 * 2) as usize]));
    for orientation in 1..=8_u16 {
        let desk = Desk::new();
        let stored = turn_as_stored(&upright, orientation);

        let shrunk = desk.shrink(&sample::dress(&stored, &Exif::turned(orientation))).unwrap();

        assert_eq!((shrunk.width, shrunk.height), (320, 240), "orientation {orientation}");
        let seen = image::open(&shrunk.path).unwrap().into_rgb8();
        for (quarter, colour) in (0..).zip(colours) {
            let pixel = seen.get_pixel(80 + quarter % 2 * 160, 60 + quarter / 2 * 120).0;
            let off = pixel.iter().zip(colour).map(|(&is, wanted)| is.abs_diff(wanted)).max();
            assert!(off < Some(24), "orientation {orientation}: {pixel:?} for {colour:?}");
        }
    }
}

/// The inverse of what a viewer does for this orientation.
fn turn_as_stored(upright: &RgbImage, orientation: u16) -> RgbImage {
    use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
    match orientation {
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => flip_horizontal(&rotate90(upright)),
        6 => rotate270(upright),
        7 => flip_horizontal(&rotate270(upright)),
        8 => rotate90(upright),
        _ => upright.clone(),
    }
}

#[test]
fn the_same_picture_twice_is_one_file_and_the_source_stays() {
    let desk = Desk::new();
    let photo = sample::sample_photo(5, 800, 600);

    let first = desk.shrink(&photo).unwrap();
    let second = desk.shrink(&photo).unwrap();

    assert_eq!(first, second);
    assert_eq!(fs::read_dir(desk.kept()).unwrap().count(), 1);
    assert_eq!(fs::read(desk.dir.path().join("source.jpg")).unwrap(), photo);
}

#[test]
fn a_small_picture_is_not_enlarged() {
    let shrunk = Desk::new().shrink(&sample::sample_photo(6, 320, 200)).unwrap();
    assert_eq!((shrunk.width, shrunk.height), (320, 200));
}

#[test]
fn the_worst_picture_still_fits() {
    let mut state = 1_u32;
    let noise = RgbImage::from_fn(2_048, 1_536, |_, _| {
        Rgb([0; 3].map(|_: u8| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        }))
    });

    let shrunk = Desk::new().shrink(&sample::dress(&noise, &Exif::default())).unwrap();

    assert!(shrunk.bytes <= 200_000, "{} bytes", shrunk.bytes);
}

/// The bombs hold no pixels: a decoder that saw them would call them damaged.
#[test]
fn a_bomb_is_refused_by_its_header() {
    let desk = Desk::new();
    for bomb in [sample::bomb(), sample::bomb_png()] {
        assert!(matches!(desk.refuse(&bomb), PhotoError::TooLarge));
    }
    assert!(matches!(check(&sample::bomb(), &HeaderLimits::RECEIVED), Err(PhotoError::TooLarge)));
}

#[test]
fn a_picture_that_needs_too_much_memory_is_refused() {
    let desk = Desk::new();
    let limits = ShrinkLimits { decode_bytes: 640 * 480 * 3 - 1, ..ShrinkLimits::default() };
    for photo in [sample::sample_photo(7, 640, 480), png(&sample::scene(7, 640, 480).into())] {
        let refusal = shrink(&desk.put(&photo), &desk.kept(), &limits).unwrap_err();
        assert!(matches!(refusal, PhotoError::TooLarge), "{refusal}");
    }
}

#[test]
fn a_progressive_picture_pays_for_its_coefficients() {
    let scene = sample::scene(7, 640, 480);
    let mut photo = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut photo, 90);
    encoder.set_progressive(true);
    encoder.encode(scene.as_raw(), 640, 480, jpeg_encoder::ColorType::Rgb).unwrap();
    let desk = Desk::new();
    let limits = ShrinkLimits { decode_bytes: 640 * 480 * 9 - 1, ..ShrinkLimits::default() };

    let refusal = shrink(&desk.put(&photo), &desk.kept(), &limits).unwrap_err();

    assert!(matches!(refusal, PhotoError::TooLarge));
    desk.shrink(&photo).unwrap();
}

/// The decoder garbles it; a picture nobody can trust is refused instead.
#[test]
fn a_picture_stored_one_component_a_scan_is_refused() {
    let scene = sample::scene(7, 64, 64);
    let mut photo = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut photo, 90);
    encoder.set_optimized_huffman_tables(true);
    encoder.encode(scene.as_raw(), 64, 64, jpeg_encoder::ColorType::Rgb).unwrap();

    assert!(matches!(Desk::new().refuse(&photo), PhotoError::Damaged { .. }));
}

#[test]
fn a_file_above_the_byte_limit_is_refused_unread() {
    let desk = Desk::new();
    let path = desk.put(&sample::sample_photo(8, 64, 64));
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(40_000_001).unwrap();

    let refusal = shrink(&path, &desk.kept(), &ShrinkLimits::default()).unwrap_err();

    assert!(matches!(refusal, PhotoError::TooLarge));
}

#[test]
fn what_is_no_picture_is_told_by_its_bytes() {
    let desk = Desk::new();
    for bytes in [sample::text_named_jpg(), b"GIF89a".to_vec(), vec![0xFF], vec![0; 4_096]] {
        assert!(matches!(desk.refuse(&bytes), PhotoError::NotAPicture));
    }
    let folder = shrink(&desk.kept(), &desk.kept(), &ShrinkLimits::default());
    assert!(matches!(folder, Err(PhotoError::NotAPicture)));
}

#[test]
fn a_cut_or_empty_picture_is_called_damaged() {
    let desk = Desk::new();
    let whole_png = png(&sample::scene(9, 64, 64).into());
    for bytes in [sample::truncated(), Vec::new(), whole_png[..20].to_vec(), whole_png[..600].to_vec()] {
        let refusal = desk.refuse(&bytes);
        assert!(matches!(refusal, PhotoError::Damaged { .. }), "{refusal}");
    }
    assert!(matches!(check(&sample::truncated(), &HeaderLimits::RECEIVED), Err(PhotoError::Damaged { .. })));
}

#[test]
fn an_archive_behind_a_picture_does_not_come_along() {
    let desk = Desk::new();
    assert!(matches!(check(&sample::polyglot(), &HeaderLimits::RECEIVED), Err(PhotoError::NotClean(_))));

    let shrunk = desk.shrink(&sample::polyglot()).unwrap();

    let file = fs::read(shrunk.path).unwrap();
    assert!(!contains(&file, b"PK\x05\x06") && !contains(&file, b"hidden"));
    check(&file, &HeaderLimits::RECEIVED).unwrap();
}

#[test]
fn a_clear_screenshot_is_laid_on_white() {
    let desk = Desk::new();
    let clear = RgbaImage::from_pixel(64, 64, image::Rgba([0, 0, 0, 0]));

    let shrunk = desk.shrink(&png(&clear.into())).unwrap();

    let seen = image::open(shrunk.path).unwrap().into_rgb8();
    assert!(seen.pixels().all(|pixel| pixel.0.iter().all(|&value| value > 250)));
}

#[test]
fn a_preview_is_at_most_eight_kilobytes_and_clean() {
    let desk = Desk::new();
    let shrunk = desk.shrink(&sample::sample_photo(10, 2_048, 1_536)).unwrap();

    let small = preview(&shrunk.path).unwrap();

    assert!(small.len() <= 8_000, "{} bytes", small.len());
    let facts = check(&small, &HeaderLimits::RECEIVED).unwrap();
    assert!(facts.width >= 160, "{} px", facts.width);
}

#[test]
fn every_refusal_says_what_to_do() {
    let refusals =
        [PhotoError::NotAPicture, PhotoError::TooLarge, PhotoError::Damaged { reason: String::new() }, PhotoError::StorageFull];
    for refusal in refusals {
        assert!(refusal.to_string().contains(": "), "{refusal}");
    }
}
