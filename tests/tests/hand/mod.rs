//! Requests made by hand: phones that say exactly what a test wants, over raw TCP to the real server process.

#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "each test uses some of it")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use fieldbook_model::body::{Kind, Photo};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest};
use fieldbook_protocol::frame;
use fieldbook_protocol::pack::{Content, Item, Pack};
use fieldbook_protocol::sync::{SyncAnswer, SyncRequest};
use fieldbook_protocol::token::Token;
use fieldbook_tests::office::Office;
use minicbor::Encode;
use minicbor::bytes::ByteVec;
use sha2::{Digest as _, Sha256};

/// What the server answered.
pub struct Reply {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

/// One request over a connection of its own.
pub fn request(
    office: &Office,
    method: &str,
    path: &str,
    token: Option<&Token>,
    headers: &[(&str, String)],
    body: &[u8],
) -> Reply {
    let mut stream = TcpStream::connect(office.url().trim_start_matches("http://")).unwrap();
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    if let Some(token) = token {
        head += &format!("authorization: Bearer {}\r\n", token.to_text());
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += "\r\n";
    // The server may answer and close before it has read everything.
    let _ = stream.write_all(&[head.as_bytes(), body].concat());
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let split = bytes.windows(4).position(|end| end == b"\r\n\r\n").expect("an answer with a head");
    let head = String::from_utf8(bytes[..split].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head, body: bytes[split + 4..].to_vec() }
}

/// A phone without an app.
pub struct HandPhone {
    pub writer: WriterId,
    pub token: Token,
    /// The first post of its person; none when the person holds none.
    pub post: Option<FactId>,
    next: u64,
}

impl HandPhone {
    /// Invites somebody with these arguments of `invite` and enrols this phone.
    pub fn enrol(office: &Office, writer: u64, who: &[&str]) -> Self {
        let arguments: Vec<&str> = ["invite", "--server", office.url()].into_iter().chain(who.iter().copied()).collect();
        let code = office.json(&arguments).unwrap()["code"].as_str().unwrap().to_owned();
        let token = Token(Sha256::digest(writer.to_be_bytes()).into());
        let asked = EnrolRequest {
            protocol: 1,
            code: Some(code),
            writer,
            token: token.to_field(),
            device: "by hand".into(),
            look: false,
            certificate: None,
            former: None,
        };
        let reply = request(office, "POST", "/v1/enrol", None, &[], &frame::pack(&asked).unwrap());
        assert_eq!(reply.status, 200, "{}", reply.head);
        let answer: EnrolAnswer = frame::unpack(&reply.body).unwrap();
        Self { writer: WriterId(writer), token, post: answer.posts.first().map(|post| post.id), next: 1 }
    }

    /// Writes a fact with the next number.
    pub fn write<T: Encode<()>>(&mut self, kind: Kind, root: Option<FactId>, body: &T) -> Fact {
        let id = FactId::new(self.writer, self.next);
        self.next += 1;
        let statement = Statement { kind, time: now(), post: self.post, root, repairs: None, body: to_body(body) };
        Fact::seal(id, statement).unwrap()
    }

    /// A fact that says which photo belongs to a case.
    pub fn show(&mut self, case: FactId, photo: &[u8]) -> Fact {
        let hash: [u8; 32] = Sha256::digest(photo).into();
        let bytes = u32::try_from(photo.len()).unwrap();
        self.write(Kind::Photo, Some(case), &Photo { hash: hash.into(), bytes, width: 64, height: 64, of: None, topic: None })
    }

    /// Sends facts and asks for what is new after `cursor`.
    pub fn sync(&self, office: &Office, facts: &[Fact], cursor: Option<ByteVec>) -> SyncAnswer {
        let reply = request(office, "POST", "/v1/sync", Some(&self.token), &[], &self.body(facts, cursor));
        assert_eq!(reply.status, 200, "{}", reply.head);
        frame::unpack(&reply.body).unwrap()
    }

    /// The packed request.
    pub fn body(&self, facts: &[Fact], cursor: Option<ByteVec>) -> Vec<u8> {
        let item = |fact: &Fact| Item { id: fact.id, order: None, content: Content::Whole(fact.clone()) };
        let items: Vec<Item> = facts.iter().map(item).collect();
        let request = SyncRequest {
            protocol: 1,
            schema: 1,
            epoch: 1,
            cursor,
            now: now(),
            facts: (!items.is_empty()).then(|| Pack::of(self.writer, &items)),
            offered: None,
            next_token: None,
            check: None,
            want: None,
            room: None,
            blobs: None,
        };
        frame::pack(&request).unwrap()
    }

    /// Sends facts that must be taken.
    pub fn must_send(&self, office: &Office, facts: &[Fact]) {
        let answer = self.sync(office, facts, None);
        assert_eq!((answer.refused, answer.held), (None, None));
    }

    /// Sends a whole photo.
    pub fn send_photo(&self, office: &Office, name: &str, photo: &[u8]) -> Reply {
        request(office, "PATCH", &format!("/v1/blob/{name}"), Some(&self.token), &[("upload-offset", "0".into())], photo)
    }

    /// Asks for a whole photo.
    pub fn fetch_photo(&self, office: &Office, name: &str) -> Reply {
        request(office, "GET", &format!("/v1/blob/{name}"), Some(&self.token), &[], &[])
    }
}

/// The name of a photo in addresses.
pub fn name_of(photo: &[u8]) -> String {
    Sha256::digest(photo).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Unix seconds.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}
