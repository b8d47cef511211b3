//! An office on 127.0.0.1 with one hamlet, and phones that speak raw HTTP/1.1 to it.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use fieldbook_model::body::{Handling, Kind, Level, Person, Photo, Post, Problem, Role, Slot, Unit, Urgency, Words};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_server::blob::Blobs;
use fieldbook_server::http::{App, open_door};
use fieldbook_server::limits::RateLimits;
use fieldbook_server::observe::Meters;
use fieldbook_server::office::certificate::OfficeKey;
use fieldbook_server::office::invite::CodeKind;
use fieldbook_server::office::{OfficeFault, desk, epoch, invite};
use fieldbook_server::storage::sqlite::Sqlite;
use fieldbook_server::storage::{StorageError, Store};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// 22 November 2026 in the morning.
pub const NOW: i64 = 1_795_312_800;

pub struct Office {
    pub address: SocketAddr,
    pub app: Arc<App>,
    pub hamlet: FactId,
    pub folder: tempfile::TempDir,
}

pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.head.lines().find_map(|line| line.split_once(": ").filter(|(key, _)| key.eq_ignore_ascii_case(name)));
        found.map(|(_, value)| value)
    }

    pub fn fault(&self) -> FaultCode {
        frame::unpack::<Fault>(&self.body).unwrap().code
    }
}

impl Office {
    pub async fn start() -> Self {
        Self::start_with(Duration::from_secs(30), None).await
    }

    pub async fn start_with(stall: Duration, tls: Option<Arc<rustls::ServerConfig>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::new(Sqlite::open(&folder.path().join("office.db")).unwrap());
        let hamlet = store
            .write(|tx| {
                epoch::start(tx, "xã An Nhơn", WriterId(0x0ff1ce), NOW)?;
                let commune = desk::write(tx, Kind::Unit, None, &unit(Level::Commune, "xã", "An Nhơn", None), NOW)?;
                desk::write(tx, Kind::Unit, None, &unit(Level::Hamlet, "ấp", "An Định", Some(commune)), NOW)
            })
            .await
            .unwrap();
        let app = Arc::new(App {
            store,
            blobs: Arc::new(Blobs::open(&folder.path().join("blobs")).unwrap()),
            key: Arc::new(OfficeKey::from_seed(&[7; 32]).unwrap()),
            limits: RateLimits::default(),
            meters: Meters::default(),
            clock: Arc::new(|| NOW),
            stall,
            started: Instant::now(),
            aside: None,
        });
        let door = open_door("127.0.0.1:0".parse().unwrap(), tls).await.unwrap();
        let address = door.address().unwrap();
        tokio::spawn(door.serve(app.clone(), std::future::pending()));
        Self { address, app, hamlet, folder }
    }

    /// A head of the hamlet with a phone of writer number `writer`.
    pub async fn enrol(&self, writer: u64) -> Phone {
        let hamlet = self.hamlet;
        let (code, post) = self
            .app
            .store
            .write(move |tx| {
                let person = Person { name: "Phạm Văn Thử".into(), phone: None };
                let person = desk::write(tx, Kind::Person, None, &person, NOW)?;
                let from = Day::of(NOW).plus(-30);
                let post = Post { person, unit: hamlet, title: "trưởng ấp".into(), role: Role::Head, from, to: None };
                let post = desk::write(tx, Kind::Post, None, &post, NOW)?;
                let mut random = StdRng::seed_from_u64(writer);
                Ok::<_, OfficeFault>((invite::create(tx, person, CodeKind::Qr, NOW, &mut random)?, post))
            })
            .await
            .unwrap();
        let token = Token(Sha256::digest(writer.to_be_bytes()).into());
        let request = EnrolRequest {
            protocol: 1,
            code: Some(code),
            writer,
            token: token.to_field(),
            device: "test phone".into(),
            look: false,
            certificate: None,
            former: None,
        };
        let reply = self.post("/v1/enrol", None, &frame::pack(&request).unwrap()).await;
        assert_eq!(reply.status, 200, "{}", reply.head);
        frame::unpack::<EnrolAnswer>(&reply.body).unwrap();
        Phone { writer: WriterId(writer), token, post }
    }

    pub async fn post(&self, path: &str, token: Option<&Token>, body: &[u8]) -> Reply {
        self.request("POST", path, token, &[], body).await
    }

    pub async fn request(
        &self,
        method: &str,
        path: &str,
        token: Option<&Token>,
        headers: &[(&str, String)],
        body: &[u8],
    ) -> Reply {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let mut sent = head(method, path, token, headers, body.len());
        sent.extend_from_slice(body);
        // The server may answer and close before it has read everything.
        let _ = stream.write_all(&sent).await;
        read_reply(&mut stream).await
    }

    pub async fn sync(&self, phone: &Phone, facts: &[Fact]) -> Reply {
        self.post("/v1/sync", Some(&phone.token), &frame::pack(&sync_request(phone, facts)).unwrap()).await
    }

    /// Sends a problem with this photo and returns the photo's name.
    pub async fn attach(&self, phone: &Phone, first_seq: u64, photo: &[u8]) -> String {
        let facts = self.problem(phone, first_seq, "Mất điện", Some(photo));
        let reply = self.sync(phone, &facts).await;
        let answer: SyncAnswer = frame::unpack(&reply.body).unwrap();
        assert!(answer.refused.is_none() && answer.acknowledged.is_some(), "{answer:?}");
        name_of(photo)
    }

    pub fn problem(&self, phone: &Phone, seq: u64, text: &str, photo: Option<&[u8]>) -> Vec<Fact> {
        let root = FactId::new(phone.writer, seq);
        let problem = Problem {
            unit: self.hamlet,
            urgency: Urgency::Normal,
            handling: Handling::OnTheSpot,
            to_level: None,
            visit: None,
            receipt: None,
        };
        let words = Words { of: None, texts: [(Slot::Text, text.to_owned())].into() };
        let mut facts = vec![
            phone.fact(seq, Kind::Problem, None, to_body(&problem)),
            phone.fact(seq + 1, Kind::Words, Some(root), to_body(&words)),
        ];
        if let Some(bytes) = photo {
            let hash: [u8; 32] = Sha256::digest(bytes).into();
            let photo = Photo { hash: hash.into(), bytes: bytes.len() as u32, width: 64, height: 64, of: None, topic: None };
            facts.push(phone.fact(seq + 2, Kind::Photo, Some(root), to_body(&photo)));
        }
        facts
    }
}

pub struct Phone {
    pub writer: WriterId,
    pub token: Token,
    pub post: FactId,
}

impl Phone {
    fn fact(&self, seq: u64, kind: Kind, root: Option<FactId>, body: Vec<u8>) -> Fact {
        let statement = Statement { kind, time: NOW, post: Some(self.post), root, repairs: None, body };
        Fact::seal(FactId::new(self.writer, seq), statement).unwrap()
    }
}

pub fn sync_request(phone: &Phone, facts: &[Fact]) -> SyncRequest {
    let items: Vec<Item> =
        facts.iter().map(|fact| Item { id: fact.id, order: None, content: Content::Whole(fact.clone()) }).collect();
    SyncRequest {
        protocol: 1,
        schema: 1,
        epoch: 1,
        cursor: None,
        now: NOW,
        facts: (!items.is_empty()).then(|| Pack::of(phone.writer, &items)),
        offered: None,
        next_token: None,
        check: None,
        want: None,
        room: None,
        blobs: None,
    }
}

pub fn head(method: &str, path: &str, token: Option<&Token>, headers: &[(&str, String)], length: usize) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n");
    if let Some(token) = token {
        text += &format!("authorization: Bearer {}\r\n", token.to_text());
    }
    for (name, value) in headers {
        text += &format!("{name}: {value}\r\n");
    }
    text += "\r\n";
    text.into_bytes()
}

pub async fn read_reply(stream: &mut (impl tokio::io::AsyncRead + Unpin)) -> Reply {
    let mut bytes = Vec::new();
    // What came before the server closed counts.
    let _ = stream.read_to_end(&mut bytes).await;
    let split =
        bytes.windows(4).position(|end| end == b"\r\n\r\n").unwrap_or_else(|| panic!("no head in {} bytes", bytes.len()));
    let head = String::from_utf8(bytes[..split].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head, body: bytes[split + 4..].to_vec() }
}

pub fn sha256(photo: &[u8]) -> [u8; 32] {
    Sha256::digest(photo).into()
}

pub fn name_of(photo: &[u8]) -> String {
    sha256(photo).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A picture of about `side * side / 3` bytes.
pub fn jpeg(side: u32) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(side, side, |x, y| {
        let noise = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 13;
        image::Rgb([noise as u8, (noise >> 3) as u8, (x ^ y) as u8])
    });
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture).unwrap();
    bytes
}

pub async fn stored_nothing(office: &Office) -> bool {
    let problems = office
        .app
        .store
        .read(|tx| -> Result<_, StorageError> { tx.facts_after(fieldbook_model::id::Order(0), 1_000) })
        .await
        .unwrap();
    problems.iter().all(|fact| fact.kind != Kind::Problem)
}

fn unit(level: Level, label: &str, name: &str, parent: Option<FactId>) -> Unit {
    Unit { level, label: label.into(), name: name.into(), parent, from: None, code: None, point: None }
}
