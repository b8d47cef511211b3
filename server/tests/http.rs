//! The real HTTP stack on 127.0.0.1: limits, signing in, faults, TLS, and what it says about itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use common::{Office, head, read_reply, sync_request};
use fieldbook_protocol::enrol::{EnrolAnswer, EnrolRequest, Former};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::frame;
use fieldbook_protocol::sync::SyncAnswer;
use fieldbook_protocol::token::Token;
use fieldbook_server::office::devices;
use fieldbook_server::{observe, tls};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

#[tokio::test]
async fn a_fact_is_acknowledged_once_however_often_it_is_sent() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let facts = office.problem(&phone, 1, "Mất điện", None);
    let first: SyncAnswer = frame::unpack(&office.sync(&phone, &facts).await.body).unwrap();
    let again: SyncAnswer = frame::unpack(&office.sync(&phone, &facts).await.body).unwrap();
    assert_eq!(first.acknowledged, again.acknowledged);
    assert_eq!(first.acknowledged.unwrap()[0].count, 2);
    assert_eq!(office.app.meters.syncs.get(), 2);
}

#[tokio::test]
async fn answers_carry_no_header_that_says_nothing() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let reply = office.sync(&phone, &[]).await;
    for silent in ["date", "server", "content-type", "vary", "x-powered-by"] {
        assert_eq!(reply.header(silent), None, "{}", reply.head);
    }
}

#[tokio::test]
async fn without_a_token_with_a_wrong_one_and_with_a_revoked_one_nothing_is_done() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let body = frame::pack(&sync_request(&phone, &office.problem(&phone, 1, "Mất điện", None))).unwrap();
    for token in [None, Some(Token([9; 32]))] {
        let reply = office.post("/v1/sync", token.as_ref(), &body).await;
        assert_eq!((reply.status, reply.fault()), (401, FaultCode::UnknownToken));
    }
    let writer = phone.writer;
    office.app.store.write(move |tx| devices::revoke(tx, writer)).await.unwrap();
    let reply = office.post("/v1/sync", Some(&phone.token), &body).await;
    assert_eq!((reply.status, reply.fault()), (403, FaultCode::Revoked));
    assert!(common::stored_nothing(&office).await);
}

#[tokio::test]
async fn bodies_that_are_no_message_are_malformed() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let whole = frame::pack(&sync_request(&phone, &[])).unwrap();
    let bad = [vec![], vec![0], vec![1, 2, 3], whole[..whole.len() - 1].to_vec(), [whole, vec![0]].concat()];
    for body in bad {
        let reply = office.post("/v1/sync", Some(&phone.token), &body).await;
        assert_eq!((reply.status, reply.fault()), (400, FaultCode::Malformed), "{body:?}");
    }
}

#[tokio::test]
async fn a_frame_with_a_dictionary_of_a_later_version_is_not_called_malformed() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let reply = office.post("/v1/sync", Some(&phone.token), &[0xff, 1, 2]).await;
    assert_eq!((reply.status, reply.fault()), (503, FaultCode::Unavailable));
}

#[tokio::test]
async fn a_body_above_the_limit_is_refused_before_it_is_read() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(&head("POST", "/v1/sync", Some(&phone.token), &[], 1 << 30)).await.unwrap();
    assert_eq!(read_reply(&mut stream).await.status, 413);
    let chunked = "POST /v1/sync HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\nauthorization: Bearer ";
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(format!("{chunked}{}\r\n\r\n40000\r\n", phone.token.to_text()).as_bytes()).await.unwrap();
    let _ = stream.write_all(&vec![0; 0x40000]).await;
    assert_eq!(read_reply(&mut stream).await.status, 413);
}

#[tokio::test]
async fn a_client_that_stops_in_the_middle_is_let_go() {
    let office = Office::start_with(Duration::from_millis(100), None).await;
    let mut silent = TcpStream::connect(office.address).await.unwrap();
    assert_eq!(silent.read(&mut [0; 16]).await.unwrap_or(0), 0);
    let mut half_a_head = TcpStream::connect(office.address).await.unwrap();
    half_a_head.write_all(b"POST /v1/sync HTTP/1.1\r\nhost:").await.unwrap();
    half_a_head.read_to_end(&mut Vec::new()).await.unwrap();
    let mut half_a_body = TcpStream::connect(office.address).await.unwrap();
    half_a_body.write_all(&head("POST", "/v1/sync", Some(&Token([1; 32])), &[], 100)).await.unwrap();
    half_a_body.write_all(&[0; 10]).await.unwrap();
    let _ = half_a_body.read_to_end(&mut Vec::new()).await;
}

#[tokio::test]
async fn a_phone_with_a_full_outbox_can_become_another_writer() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let facts = (1..=3_000).map(|seq: u64| (seq, <[u8; 32]>::from(Sha256::digest(seq.to_be_bytes())).into())).collect();
    let request = EnrolRequest {
        protocol: 1,
        code: None,
        writer: 2,
        token: Token([2; 32]).to_field(),
        device: "test phone".into(),
        look: false,
        certificate: None,
        former: Some(Former { writer: phone.writer.0, facts }),
    };

    let reply = office.post("/v1/enrol", Some(&phone.token), &frame::pack(&request).unwrap()).await;

    assert_eq!(reply.status, 200);
    let answer: EnrolAnswer = frame::unpack(&reply.body).unwrap();
    assert_eq!(answer.known.unwrap().acknowledged, None, "none of them had arrived");
}

#[tokio::test]
async fn guessing_codes_soon_has_to_wait_and_retry_after_says_how_long() {
    let office = Office::start().await;
    let mut codes = Vec::new();
    for guess in 0..6_u64 {
        let request = EnrolRequest {
            protocol: 1,
            code: Some(format!("{guess:010}")),
            writer: guess + 1,
            token: Token([1; 32]).to_field(),
            device: "x".into(),
            look: true,
            certificate: None,
            former: None,
        };
        let reply = office.post("/v1/enrol", None, &frame::pack(&request).unwrap()).await;
        codes.push((reply.status, reply.header("retry-after").is_some()));
    }
    assert_eq!(codes[..5], [(403, false); 5]);
    assert_eq!(codes[5], (429, true));
}

#[tokio::test]
async fn a_phone_that_asks_without_end_is_slowed_and_another_is_not() {
    let office = Office::start().await;
    let (busy, other) = (office.enrol(1).await, office.enrol(2).await);
    let mut last = 200;
    for _ in 0..2_000 {
        last = office.sync(&busy, &[]).await.status;
        if last != 200 {
            break;
        }
    }
    assert_eq!(last, 429);
    assert_eq!(office.sync(&other, &[]).await.status, 200);
}

#[tokio::test]
async fn other_addresses_do_not_exist() {
    let office = Office::start().await;
    for path in ["/", "/v1", "/v1/blob/", "/v1/blob/..%2f..%2fkeys", "/admin"] {
        assert_eq!(
            office.request("GET", path, None, &[], &[]).await.status,
            if path.contains("blob/.") { 401 } else { 404 },
            "{path}"
        );
    }
    assert_eq!(office.request("GET", "/healthz", None, &[], &[]).await.status, 200);
    let metrics = office.request("GET", "/metrics", None, &[], &[]).await;
    assert!(String::from_utf8(metrics.body).unwrap().contains("fieldbook_client_faults_total 5\n"));
}

#[tokio::test]
async fn a_client_that_trusts_only_the_servers_own_root_gets_through_and_no_other_does() {
    let keys = tempfile::tempdir().unwrap();
    let root = tls::Root::open_or_make(keys.path(), common_now()).unwrap();
    let config = tls::from_own_root(&root, &["localhost".into()], common_now()).unwrap();
    let office = Office::start_with(Duration::from_secs(30), Some(config)).await;

    let mut stream = connect_tls(&office, root.der()).await.unwrap();
    stream.write_all(&head("GET", "/healthz", None, &[], 0)).await.unwrap();
    assert_eq!(read_reply(&mut stream).await.status, 200);

    let stranger = tempfile::tempdir().unwrap();
    let other = tls::Root::open_or_make(stranger.path(), common_now()).unwrap();
    assert!(connect_tls(&office, other.der()).await.is_err());
}

#[test]
fn logs_never_hold_names_texts_codes_or_tokens() {
    const CANARY: &str = "chim-hoàng-yến";
    let lines = Lines::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let token = tracing::subscriber::with_default(observe::json_lines(Some("trace"), lines.clone()), || {
        runtime.block_on(async {
            let office = Office::start().await;
            let phone = office.enrol(1).await;
            office.sync(&phone, &office.problem(&phone, 1, CANARY, None)).await;
            let refused = office.problem(&phone, 9, CANARY, None).split_off(1);
            office.sync(&phone, &refused).await;
            office.post("/v1/sync", Some(&phone.token), CANARY.as_bytes()).await;
            office.post(&format!("/v1/{CANARY}"), Some(&phone.token), &[]).await;
            let enrol = EnrolRequest {
                protocol: 1,
                code: Some(CANARY.into()),
                writer: 5,
                token: Token([1; 32]).to_field(),
                device: CANARY.into(),
                look: false,
                certificate: None,
                former: None,
            };
            office.post("/v1/enrol", None, &frame::pack(&enrol).unwrap()).await;
            phone.token.to_text()
        })
    });
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("\"enrolled\""), "nothing was logged at all");
    for secret in [CANARY, &token, "Phạm Văn Thử"] {
        let found = log.lines().find(|line| line.contains(secret));
        assert_eq!(found, None, "{secret}");
    }
}

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, buf: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(buf);
        Ok(buf.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> tracing_subscriber::fmt::MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// The certificates' dates are checked against the real clock.
fn common_now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64
}

async fn connect_tls(office: &Office, root: &[u8]) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let mut roots = rustls::RootCertStore::empty();
    roots.add(root.to_vec().into()).unwrap();
    let config = rustls::ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = TcpStream::connect(office.address).await?;
    tokio_rustls::TlsConnector::from(Arc::new(config)).connect("localhost".try_into().unwrap(), stream).await
}
