//! A street as a phone sees it: sky, leaves, a tiled wall, a plate with lines of text from large to small, sensor noise.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixel arithmetic within u16"
)]

use image::{Rgb, RgbImage};

/// Lines of the plate and how many times each glyph's height goes into the picture's width.
const LINES: [(&str, u32); 5] = [
    ("TO DAN PHO 4", 26),
    ("SO NHA 27/15", 40),
    ("NOP DON THU 2-6", 64),
    ("DIEN THOAI 0912 345 678", 100),
    ("HOP CHI BO NGAY 3 HANG THANG", 150),
];

/// Draws the street for `seed`, `width` × `height` pixels.
#[must_use]
pub fn scene(seed: u64, width: u32, height: u32) -> RgbImage {
    let mut picture = RgbImage::from_fn(width, height, |x, y| {
        let (u, v) = (x as f32 / width as f32, y as f32 / width as f32);
        Rgb(background(seed, u, v))
    });
    plate(&mut picture);
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let grain = (random(seed ^ 7, x, y) + random(seed ^ 8, x, y) - 1.0) * 10.0;
        pixel.0 = pixel.0.map(|value| (f32::from(value) + grain).clamp(0.0, 255.0) as u8);
    }
    picture
}

fn background(seed: u64, u: f32, v: f32) -> [u8; 3] {
    let sky = v < 0.12 + 0.02 * (u * 9.0).sin();
    let tree = (u - 0.12).hypot(v - 0.25) < 0.2 + 0.05 * smooth(seed, u * 20.0, v * 20.0);
    if tree {
        let leaves = 0.5 * smooth(seed, u * 90.0, v * 90.0) + 0.5 * smooth(seed ^ 1, u * 320.0, v * 320.0);
        return shade([70.0, 120.0, 45.0], 0.3 + leaves);
    }
    if sky {
        return shade([150.0, 190.0, 235.0], 0.8 + v + 0.1 * smooth(seed ^ 2, u * 6.0, v * 12.0));
    }
    let (brick_u, brick_v) = (u * 22.0 + 0.5 * ((v * 44.0) as u32 % 2) as f32, v * 44.0);
    let mortar = brick_u.fract() < 0.04 || brick_v.fract() < 0.08;
    let stain = smooth(seed ^ 3, u * 15.0, v * 15.0) * 0.3 + smooth(seed ^ 4, u * 200.0, v * 200.0) * 0.2;
    let base = if mortar { [190.0, 185.0, 175.0] } else { [185.0, 120.0, 85.0] };
    shade(base, 0.65 + stain)
}

/// A white plate on the wall, a third of the picture wide, blue text.
fn plate(picture: &mut RgbImage) {
    let (width, height) = picture.dimensions();
    let (left, top) = (width * 2 / 5, height / 4);
    let mut line_top = top + width / 60;
    for y in top..(top + width * 3 / 10).min(height) {
        for x in left..(left + width / 2).min(width) {
            let light = 0.85 + 0.15 * (x - left) as f32 / width as f32;
            picture.put_pixel(x, y, Rgb(shade([245.0, 243.0, 235.0], light)));
        }
    }
    for (text, share) in LINES {
        let glyph_height = width as f32 / share as f32;
        write_line(picture, text, (left + width / 60, line_top), glyph_height);
        line_top += (glyph_height * 1.6) as u32;
    }
}

/// Each pixel is weighed by four samples, as a lens and a sensor would.
fn write_line(picture: &mut RgbImage, text: &str, (left, top): (u32, u32), glyph_height: f32) {
    let dot = glyph_height / 7.0;
    let line_width = (text.len() as f32 * 6.0 * dot) as u32;
    for y in 0..glyph_height as u32 + 1 {
        for x in 0..line_width {
            let ink = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
                .into_iter()
                .filter(|(dx, dy)| inked(text, (x as f32 + dx) / dot, (y as f32 + dy) / dot))
                .count() as f32
                / 4.0;
            let (x, y) = (left + x, top + y);
            if x < picture.width() && y < picture.height() {
                let pixel = picture.get_pixel_mut(x, y);
                let [red, green, blue] = pixel.0.map(f32::from);
                let mix = |paper: f32, colour: f32| (paper + (colour - paper) * ink) as u8;
                pixel.0 = [mix(red, 25.0), mix(green, 45.0), mix(blue, 120.0)];
            }
        }
    }
}

fn inked(text: &str, column: f32, row: f32) -> bool {
    let place = column as usize;
    let Some(&letter) = text.as_bytes().get(place / 6) else { return false };
    let (row, column) = (row as usize, place % 6);
    row < 7 && column < 5 && glyph(letter)[row] >> (4 - column) & 1 == 1
}

/// Seven rows of five dots, most significant of the five bits on the left.
fn glyph(letter: u8) -> [u8; 7] {
    match letter {
        b'A' => [14, 17, 17, 31, 17, 17, 17],
        b'B' => [30, 17, 17, 30, 17, 17, 30],
        b'C' => [14, 17, 16, 16, 16, 17, 14],
        b'D' => [30, 17, 17, 17, 17, 17, 30],
        b'E' => [31, 16, 16, 30, 16, 16, 31],
        b'G' => [14, 17, 16, 23, 17, 17, 15],
        b'H' => [17, 17, 17, 31, 17, 17, 17],
        b'I' => [14, 4, 4, 4, 4, 4, 14],
        b'N' => [17, 25, 21, 19, 17, 17, 17],
        b'O' => [14, 17, 17, 17, 17, 17, 14],
        b'P' => [30, 17, 17, 30, 16, 16, 16],
        b'S' => [15, 16, 16, 14, 1, 1, 30],
        b'T' => [31, 4, 4, 4, 4, 4, 4],
        b'U' => [17, 17, 17, 17, 17, 17, 14],
        b'Y' => [17, 17, 10, 4, 4, 4, 4],
        b'0' => [14, 17, 19, 21, 25, 17, 14],
        b'1' => [4, 12, 4, 4, 4, 4, 14],
        b'2' => [14, 17, 1, 2, 4, 8, 31],
        b'3' => [31, 2, 4, 2, 1, 17, 14],
        b'4' => [2, 6, 10, 18, 31, 2, 2],
        b'5' => [31, 16, 30, 1, 1, 17, 14],
        b'6' => [6, 8, 16, 30, 17, 17, 14],
        b'7' => [31, 1, 2, 4, 8, 8, 8],
        b'8' => [14, 17, 17, 14, 17, 17, 14],
        b'9' => [14, 17, 17, 15, 1, 2, 12],
        b'-' => [0, 0, 0, 31, 0, 0, 0],
        b'/' => [1, 1, 2, 4, 8, 16, 16],
        _ => [0; 7],
    }
}

fn shade(colour: [f32; 3], light: f32) -> [u8; 3] {
    colour.map(|value| (value * light).clamp(0.0, 255.0) as u8)
}

/// Value noise: random corners, blended smoothly, 0 to 1.
fn smooth(seed: u64, x: f32, y: f32) -> f32 {
    let (column, row) = (x as u32, y as u32);
    let ease = |part: f32| part * part * (3.0 - 2.0 * part);
    let (across, down) = (ease(x.fract()), ease(y.fract()));
    let blend = |a: f32, b: f32, part: f32| a + (b - a) * part;
    let upper = blend(random(seed, column, row), random(seed, column + 1, row), across);
    let lower = blend(random(seed, column, row + 1), random(seed, column + 1, row + 1), across);
    blend(upper, lower, down)
}

/// A number from 0 to 1 that depends on nothing but its arguments.
fn random(seed: u64, x: u32, y: u32) -> f32 {
    let mut state = seed ^ (u64::from(x) << 32 | u64::from(y));
    state = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((state ^ (state >> 31)) >> 40) as f32 / (1_u32 << 24) as f32
}
