//! A photo over a connection that keeps breaking: the real sender, the real server process, and a wire that is cut in the middle.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use fieldbook_device::engine::{Config, Effect, Engine, Event, Failure, Lane};
use fieldbook_device::http::Line;
use fieldbook_device::store::Store;
use fieldbook_model::jpeg::{self, HeaderLimits};
use fieldbook_tests::headless::Phone;
use fieldbook_tests::jpeg::MARKER_TEXT;
use fieldbook_tests::proxy::tcp::{Fault, Proxy};
use fieldbook_tests::village::{LIAISON, Village, save};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SEED: u64 = 20_261_122;
const CUTS: usize = 200;

/// Where in a request the wire is cut, in bytes: one frame of HTTP/2 carries 16 KiB, so two cuts of three lose all of it.
const CUT_BELOW: u64 = 24 * 1024;

/// The most of a photo that one cut may lose: the frame that was on the way.
const LOST_AT_MOST: u64 = 16 * 1024;

/// What a connection says besides the photo, at most: the greeting, the head of the request, nine bytes a frame.
const FRAMING: u64 = 512;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_cut_at_two_hundred_offsets_arrives_whole_and_nothing_stored_is_sent_again() {
    let village = Village::found().unwrap();
    let phone = village.phone(LIAISON, "liaison").unwrap();
    let mut link = Link::between(&phone, &village).await;
    let mut random = StdRng::seed_from_u64(SEED);
    let mut cuts = Vec::new();
    let mut photos = 0;

    while cuts.len() < CUTS {
        photos += 1;
        let picture = village.picture(SEED + photos, 1_600, 1_200).unwrap();
        save(&phone, &["problem", "Cầu yếu", "--unit", "An Định", "--photo", &picture]).unwrap();
        let photo = link.send_one_photo(&mut random, &mut cuts).await;
        assert_eq!(Sha256::digest(&photo.bytes).to_vec(), photo.hash, "the stored file is the one the phone named");
        must_be_clean(&photo.bytes);
    }

    let lost: u64 = cuts.iter().sum();
    let most = cuts.iter().max().unwrap();
    println!(
        "{} cuts over {photos} photos: {} B sent in vain per cut on average, {most} B at most",
        cuts.len(),
        lost / cuts.len() as u64
    );
    assert!(*most <= LOST_AT_MOST + FRAMING, "one cut lost {most} bytes");
}

/// Its last byte came, and the server went down before it looked at the whole.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_that_lies_whole_at_the_office_and_was_never_looked_at_is_finished() {
    let village = Village::found().unwrap();
    let phone = village.phone(LIAISON, "liaison").unwrap();
    let picture = village.picture(SEED, 640, 480).unwrap();
    save(&phone, &["problem", "Cầu yếu", "--unit", "An Định", "--photo", &picture]).unwrap();
    let mut link = Link::between(&phone, &village).await;
    let mut random = StdRng::seed_from_u64(SEED);
    let mut parts = Vec::new();

    for _ in 0..20 {
        let effect = link.engine.next(&link.store, now(), &mut random).unwrap();
        let event = match &effect {
            Effect::Wait { .. } | Effect::Idle => Event::Nudge,
            Effect::Patch { hash, file, total, .. } if parts.is_empty() => {
                std::fs::copy(file, link.part_file(hash)).unwrap();
                let office = rusqlite::Connection::open(village.office.data().join("office.db")).unwrap();
                let row = "INSERT INTO blobs(hash, offset, complete, rejected, changed_at) VALUES(?1, ?2, 0, 0, 0)";
                office.execute(row, (hash, total.cast_signed())).unwrap();
                parts.push((*hash, *total));
                Event::Failed(Failure::Cut("the server went down".into()))
            }
            Effect::Patch { hash, len, .. } => {
                parts.push((*hash, *len));
                link.line().exchange(&effect).await
            }
            Effect::Post { .. } | Effect::PutPreview { .. } => link.line().exchange(&effect).await,
        };
        link.engine.handle(&link.store, now(), event, &mut random).unwrap();
    }

    let [(hash, _), asked] = parts[..] else { panic!("{parts:?}") };
    assert_eq!(asked, (hash, 0), "nothing of it is sent again");
    assert_eq!(link.held(&hash), Held::Whole);
    assert_eq!(link.engine.status(&link.store, now()).unwrap().waiting_photos, 0);
    assert_eq!(village.office.json(&["check"]).unwrap()["photos_under_way"], 0);
}

/// Nothing of what the camera wrote about itself and the place is left.
fn must_be_clean(photo: &[u8]) {
    jpeg::check(photo, &HeaderLimits::RECEIVED).unwrap();
    for trace in [MARKER_TEXT.as_bytes(), b"Exif", b"GPS", b"http://ns.adobe.com"] {
        assert!(!photo.windows(trace.len()).any(|part| part == trace), "{} is still in it", String::from_utf8_lossy(trace));
    }
}

/// A photo as the server keeps it.
struct Stored {
    hash: Vec<u8>,
    bytes: Vec<u8>,
}

/// The sender of a phone, a wire that can be cut, and a look at what the server holds.
struct Link {
    engine: Engine,
    store: Store,
    proxy: Proxy,
    server: String,
    blobs: PathBuf,
}

impl Link {
    async fn between(phone: &Phone, village: &Village) -> Self {
        let server = village.office.url().trim_start_matches("http://").to_owned();
        let proxy = Proxy::start(server.parse().unwrap()).await.unwrap();
        Self {
            engine: Engine::new(Config::default()),
            store: phone.store().unwrap(),
            proxy,
            server,
            blobs: village.office.data().join("blobs"),
        }
    }

    /// Sends everything that waits; parts of photos over a wire that is cut, until there were enough cuts.
    async fn send_one_photo(&mut self, random: &mut StdRng, cuts: &mut Vec<u64>) -> Stored {
        let mut begun = None;
        let mut pressed = 0;
        self.engine.handle(&self.store, now(), Event::Nudge, random).unwrap();
        loop {
            let effect = self.engine.next(&self.store, now(), random).unwrap();
            let event = match &effect {
                Effect::Wait { .. } | Effect::Idle => match begun {
                    Some(hash) if self.held(&hash) == Held::Whole => return self.stored_photo(&hash),
                    _ => {
                        pressed += 1;
                        assert!(pressed < 2_000, "nothing moves: {:?}", self.engine.status(&self.store, now()));
                        Event::Nudge
                    }
                },
                Effect::Post { .. } | Effect::PutPreview { .. } => self.line().exchange(&effect).await,
                Effect::Patch { hash, offset, total, .. } => {
                    begun = Some(*hash);
                    let had = self.held(hash).bytes(*total);
                    assert_eq!(*offset, had, "the phone goes on exactly where the server stands");
                    let cut = (cuts.len() < CUTS).then(|| random.random_range(0..CUT_BELOW));
                    let (event, sent) = self.part(&effect, cut).await;
                    if matches!(event, Event::Failed(_)) {
                        self.arrived(hash, had + whole_frames(sent)).await;
                    }
                    self.proxy.release();
                    self.settle().await;
                    if matches!(event, Event::Failed(_)) {
                        cuts.push(sent - (self.held(hash).bytes(*total) - had));
                    }
                    event
                }
            };
            self.engine.handle(&self.store, now(), event, random).unwrap();
            assert_eq!(self.engine.status(&self.store, now()).unwrap().lane, Lane::None, "no request is left on the way");
        }
    }

    /// One part over a connection of its own, and how many bytes the phone sent for it.
    async fn part(&self, effect: &Effect, cut: Option<u64>) -> (Event, u64) {
        self.proxy.reset();
        self.proxy.plan([Fault { cut_up_after: cut, server_learns_late: true, ..Fault::default() }]);
        let event = self.line().exchange(effect).await;
        (event, self.proxy.counted().up)
    }

    fn line(&self) -> Line {
        Line::new(&format!("http://{}", self.proxy.address), None).unwrap()
    }

    /// Waits until the whole frames that went through before the cut are in the server's file: on a lost radio link the server
    /// has all the time it needs for them.
    async fn arrived(&self, hash: &[u8; 32], at_least: u64) {
        while matches!(self.held(hash), Held::Part(bytes) if bytes < at_least) {
            tokio::task::yield_now().await;
        }
    }

    /// Waits until the server has noticed the end of the connection and put away what came: asked twice in a row, so that a
    /// task which had not begun at the first question has at the second.
    async fn settle(&self) {
        let mut quiet = 0;
        while quiet < 2 {
            let meters = self.meters().await;
            let meter = |name: &str| -> u64 {
                let line = meters.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' ')).unwrap();
                line.trim().parse().unwrap()
            };
            // The one connection is that of this question.
            let is_quiet = meter("fieldbook_connections") <= 1 && meter("fieldbook_blobs_examining") == 0;
            quiet = if is_quiet { quiet + 1 } else { 0 };
        }
    }

    async fn meters(&self) -> String {
        let mut stream = TcpStream::connect(&self.server).await.unwrap();
        stream.write_all(b"GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }

    fn held(&self, hash: &[u8; 32]) -> Held {
        if self.photo_file(hash).exists() {
            return Held::Whole;
        }
        let part = std::fs::metadata(self.part_file(hash));
        Held::Part(part.map_or(0, |part| part.len()))
    }

    fn stored_photo(&self, hash: &[u8; 32]) -> Stored {
        Stored { hash: hash.to_vec(), bytes: std::fs::read(self.photo_file(hash)).unwrap() }
    }

    fn part_file(&self, hash: &[u8; 32]) -> PathBuf {
        self.blobs.join("part").join(name(hash))
    }

    fn photo_file(&self, hash: &[u8; 32]) -> PathBuf {
        self.blobs.join("photo").join(format!("{:02x}", hash[0])).join(name(hash))
    }
}

/// The bytes of a photo in the frames that are certainly whole among `sent` bytes of a connection.
fn whole_frames(sent: u64) -> u64 {
    sent.saturating_sub(FRAMING) / (LOST_AT_MOST + 9) * LOST_AT_MOST
}

/// What lies in the server's folder.
#[derive(Debug, PartialEq)]
enum Held {
    Part(u64),
    Whole,
}

impl Held {
    fn bytes(&self, total: u64) -> u64 {
        match self {
            Self::Part(bytes) => *bytes,
            Self::Whole => total,
        }
    }
}

fn name(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
