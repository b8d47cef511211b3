//! Photos arriving over every kind of bad connection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::*;

fn hash_of(bytes: &[u8]) -> BlobHash {
    Sha256::digest(bytes).into()
}

/// A picture with some noise, so that it has a size worth sending.
fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(width, height, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 13;
        image::Rgb([noise as u8, (noise >> 3) as u8, (x ^ y) as u8])
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    bytes
}

struct Place {
    blobs: Arc<Blobs>,
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { blobs: Arc::new(Blobs::open(folder.path()).unwrap()), folder }
    }

    /// As after the end of the server's process.
    fn reopened(self) -> Self {
        Self { blobs: Arc::new(Blobs::open(self.folder.path()).unwrap()), folder: self.folder }
    }

    async fn send(&self, whole: &[u8], offset: usize, body: Body) -> Stopped {
        self.send_as(hash_of(whole), whole.len(), offset, body).await
    }

    async fn send_as(&self, hash: BlobHash, length: usize, offset: usize, body: Body) -> Stopped {
        let piece =
            Piece { hash, length: length as u64, offset: offset as u64, strict: false, body, stall: Duration::from_secs(30) };
        self.blobs.receive(piece).await.unwrap().stopped
    }
}

type Frames = mpsc::UnboundedSender<Result<Bytes, std::io::Error>>;

/// A body that the test feeds by hand.
fn fed() -> (Frames, Body) {
    struct Fed(mpsc::UnboundedReceiver<Result<Bytes, std::io::Error>>);
    impl hyper::body::Body for Fed {
        type Data = Bytes;
        type Error = std::io::Error;
        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            cx: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, std::io::Error>>> {
            self.0.poll_recv(cx).map(|frame| frame.map(|data| data.map(hyper::body::Frame::data)))
        }
    }
    let (frames, receiver) = mpsc::unbounded_channel();
    (frames, Body::new(Fed(receiver)))
}

/// A body that breaks after these bytes.
fn broken_after(bytes: &[u8]) -> Body {
    let (frames, body) = fed();
    for piece in bytes.chunks(1_000) {
        frames.send(Ok(Bytes::copy_from_slice(piece))).unwrap();
    }
    frames.send(Err(std::io::ErrorKind::ConnectionReset.into())).unwrap();
    body
}

#[tokio::test]
async fn a_photo_cut_again_and_again_arrives_without_one_byte_sent_twice() {
    let place = Place::new();
    let photo = jpeg(320, 240);
    let mut at = 0;
    for cut in [1, 16_383, 2, 16_384, 1, 5_000] {
        let to = (at + cut).min(photo.len());
        assert_eq!(place.send(&photo, at, broken_after(&photo[at..to])).await, Stopped::Cut(to as u64));
        at = to;
    }
    let rest = Body::from(photo[at..].to_vec());
    assert_eq!(place.send(&photo, at, rest).await, Stopped::Finished(photo.len() as u64));
    assert_eq!(place.blobs.photo(&hash_of(&photo)).await.unwrap().unwrap(), photo);
    assert_eq!(std::fs::read_dir(place.folder.path().join("part")).unwrap().count(), 0);
}

#[tokio::test]
async fn what_arrived_is_still_there_after_a_restart_of_the_server() {
    let place = Place::new();
    let photo = jpeg(320, 240);
    place.send(&photo, 0, broken_after(&photo[..20_000])).await;
    let place = place.reopened();
    assert_eq!(place.blobs.held(&hash_of(&photo)).await.unwrap(), Held::Part(20_000));
    assert_eq!(place.send(&photo, 20_000, Body::from(photo[20_000..].to_vec())).await, Stopped::Finished(photo.len() as u64));
}

#[tokio::test]
async fn a_photo_whose_last_byte_came_before_a_crash_is_finished_by_an_empty_piece() {
    let place = Place::new();
    let photo = jpeg(64, 64);
    std::fs::write(place.folder.path().join("part").join(hex(&hash_of(&photo))), &photo).unwrap();
    assert_eq!(place.send(&photo, photo.len(), Body::empty()).await, Stopped::Finished(photo.len() as u64));
}

#[tokio::test]
async fn a_piece_that_begins_too_early_is_skipped_over_and_one_too_late_is_refused() {
    let place = Place::new();
    let photo = jpeg(320, 240);
    place.send(&photo, 0, broken_after(&photo[..20_000])).await;
    assert_eq!(place.send(&photo, 20_001, Body::from(photo[20_001..].to_vec())).await, Stopped::WrongOffset(20_000));
    assert_eq!(place.send(&photo, 7, Body::from(photo[7..].to_vec())).await, Stopped::Finished(photo.len() as u64));
}

#[tokio::test]
async fn a_second_upload_of_the_same_photo_does_not_even_read_the_body() {
    let place = Place::new();
    let photo = jpeg(64, 64);
    place.send(&photo, 0, Body::from(photo.clone())).await;
    let (_never_fed, body) = fed();
    assert_eq!(place.send(&photo, 0, body).await, Stopped::Finished(photo.len() as u64));
}

#[tokio::test]
async fn bytes_of_another_hash_are_forgotten_and_the_right_ones_may_still_come() {
    let place = Place::new();
    let photo = jpeg(64, 64);
    let mut other = photo.clone();
    *other.last_mut().unwrap() ^= 1;
    assert_eq!(place.send_as(hash_of(&photo), other.len(), 0, Body::from(other)).await, Stopped::OtherBytes);
    assert_eq!(place.blobs.held(&hash_of(&photo)).await.unwrap(), Held::Nothing);
    assert_eq!(place.send(&photo, 0, Body::from(photo.clone())).await, Stopped::Finished(photo.len() as u64));
}

/// A power cut may leave a file as long as it was, with other bytes at its end. The sender did nothing wrong.
#[tokio::test]
async fn a_photo_that_was_spoilt_while_it_lay_here_is_wanted_again_from_its_beginning() {
    let (place, photo) = (Place::new(), jpeg(320, 240));
    let half = photo.len() / 2;
    assert_eq!(place.send(&photo, 0, broken_after(&photo[..half])).await, Stopped::Cut(half as u64));
    let part = place.folder.path().join("part").join(hex(&hash_of(&photo)));
    let mut bytes = std::fs::read(&part).unwrap();
    bytes[half - 512..].fill(0);
    std::fs::write(&part, bytes).unwrap();
    let place = place.reopened();

    assert_eq!(place.send(&photo, half, Body::from(photo[half..].to_vec())).await, Stopped::Spoilt);

    assert_eq!(place.blobs.held(&hash_of(&photo)).await.unwrap(), Held::Nothing);
    assert_eq!(place.send(&photo, 0, Body::from(photo.clone())).await, Stopped::Finished(photo.len() as u64));
}

#[tokio::test]
async fn more_bytes_than_the_photo_has_are_not_kept() {
    let place = Place::new();
    let photo = jpeg(64, 64);
    let hash = hash_of(&photo);
    assert_eq!(place.send_as(hash, photo.len() - 1, 0, Body::from(photo.clone())).await, Stopped::TooLong);
    assert!(!matches!(place.blobs.held(&hash).await.unwrap(), Held::Whole(_)));
}

#[tokio::test]
async fn pictures_that_are_traps_are_refused_for_good() {
    let place = Place::new();
    let clean = jpeg(64, 64);
    let polyglot = [clean.clone(), b"PK\x03\x04 a zip behind the picture".to_vec()].concat();
    let mut bomb = clean.clone();
    let frame = bomb.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
    let gps = [&clean[..2], &[0xFF, 0xE1, 0, 8], b"Exif\0\0", &clean[2..]].concat();
    let truncated = clean[..clean.len() / 2].to_vec();
    let text = b"<html>not a picture</html>".to_vec();
    for trap in [polyglot, bomb, gps, truncated, text] {
        let refused = place.send(&trap, 0, Body::from(trap.clone())).await;
        assert!(matches!(refused, Stopped::Refused(_)), "{refused:?}");
        assert_eq!(place.blobs.held(&hash_of(&trap)).await.unwrap(), Held::Refused);
        assert!(place.blobs.photo(&hash_of(&trap)).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn a_newer_request_takes_over_from_one_whose_connection_hangs() {
    let place = Place::new();
    let photo = jpeg(320, 240);
    let (frames, hanging) = fed();
    frames.send(Ok(Bytes::copy_from_slice(&photo[..10_000]))).unwrap();
    let older = tokio::spawn({
        let (blobs, hash, length) = (place.blobs.clone(), hash_of(&photo), photo.len() as u64);
        async move {
            let piece = Piece { hash, length, offset: 0, strict: false, body: hanging, stall: Duration::from_secs(3600) };
            blobs.receive(piece).await.unwrap().stopped
        }
    });
    while !frames.is_closed() && place.blobs.held(&hash_of(&photo)).await.unwrap() == Held::Nothing {
        tokio::task::yield_now().await;
    }
    let newer = place.send(&photo, 0, Body::from(photo.clone())).await;
    assert_eq!(newer, Stopped::Finished(photo.len() as u64));
    assert!(matches!(older.await.unwrap(), Stopped::Overtaken(_)));
}

/// Else the older one could be noted last, and the photo would never be whole in the database.
#[tokio::test]
async fn a_newer_request_waits_until_what_came_of_the_older_one_is_noted() {
    let (place, photo) = (Place::new(), jpeg(320, 240));
    let (hash, length) = (hash_of(&photo), photo.len() as u64);
    let piece = |body| Piece { hash, length, offset: 0, strict: false, body, stall: Duration::from_secs(3600) };
    let older = place.blobs.receive(piece(broken_after(&photo[..10_000]))).await.unwrap();
    let newer = tokio::spawn({
        let (blobs, piece) = (place.blobs.clone(), piece(Body::from(photo.clone())));
        async move { blobs.receive(piece).await }
    });
    for other in 65..75 {
        let other = jpeg(other, other);
        place.send(&other, 0, Body::from(other.clone())).await;
    }
    assert!(!newer.is_finished(), "ten others were received meanwhile");
    drop(older);
    assert_eq!(newer.await.unwrap().unwrap().stopped, Stopped::Finished(length));
}

#[tokio::test]
async fn a_body_that_stops_moving_is_given_up_and_what_came_is_kept() {
    let place = Place::new();
    let photo = jpeg(320, 240);
    let (frames, body) = fed();
    frames.send(Ok(Bytes::copy_from_slice(&photo[..10_000]))).unwrap();
    let (hash, length, stall) = (hash_of(&photo), photo.len() as u64, Duration::from_millis(20));
    let stopped = place.blobs.receive(Piece { hash, length, offset: 0, strict: false, body, stall }).await.unwrap().stopped;
    assert_eq!(stopped, Stopped::Stalled(10_000));
    assert_eq!(place.blobs.held(&hash).await.unwrap(), Held::Part(10_000));
    drop(frames);
}

#[tokio::test]
async fn previews_are_small_clean_pictures_and_the_first_one_stays() {
    let place = Place::new();
    let hash = hash_of(b"a photo");
    let (small, other) = (Bytes::from(jpeg(48, 32)), Bytes::from(jpeg(32, 48)));
    assert!(place.blobs.keep_preview(&hash, Bytes::from(jpeg(640, 480))).await.unwrap().is_err());
    assert!(place.blobs.keep_preview(&hash, small.clone()).await.unwrap().is_ok());
    assert!(place.blobs.keep_preview(&hash, other).await.unwrap().is_ok());
    assert_eq!(place.blobs.preview(&hash).await.unwrap().unwrap(), small);
}

#[tokio::test]
async fn an_erased_photo_is_gone_with_its_preview_and_parts() {
    let place = Place::new();
    let photo = jpeg(64, 64);
    let hash = hash_of(&photo);
    place.send(&photo, 0, Body::from(photo.clone())).await;
    place.blobs.keep_preview(&hash, Bytes::from(jpeg(16, 16))).await.unwrap().unwrap();
    place.blobs.remove(&hash).await.unwrap();
    place.blobs.remove(&hash).await.unwrap();
    assert_eq!(place.blobs.held(&hash).await.unwrap(), Held::Nothing);
    assert!(place.blobs.preview(&hash).await.unwrap().is_none());
}

#[test]
fn names_of_photos_are_64_lower_case_digits_and_nothing_else() {
    let hash = hash_of(b"x");
    assert_eq!(from_hex(&hex(&hash)), Some(hash));
    for bad in ["", "00", &"g".repeat(64), &"A".repeat(64), &"0".repeat(63), &"0".repeat(65), "../../../../etc/passwd"] {
        assert_eq!(from_hex(bad), None, "{bad}");
    }
}
