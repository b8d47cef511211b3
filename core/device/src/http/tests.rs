//! The line against small servers on loopback.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode, Uri, Version};
use axum::routing::any;
use fieldbook_protocol::path;
use fieldbook_protocol::token::Token;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::service::TowerToHyperService;
use rustls_pki_types::PrivatePkcs8KeyDer;
use tokio::net::TcpListener;

use super::*;
use crate::engine::{Answer, Effect, Event, Failure};

/// What a server was asked.
#[derive(Debug, Clone)]
struct Asked {
    method: Method,
    path: String,
    version: Version,
    headers: HeaderMap,
    body: Vec<u8>,
}

type Seen = Arc<Mutex<Vec<Asked>>>;

fn router(seen: Seen) -> Router {
    Router::new().fallback(any(move |method: Method, uri: Uri, version: Version, headers: HeaderMap, body: Bytes| {
        let seen = seen.clone();
        async move {
            let asked = Asked { method, path: uri.path().to_owned(), version, headers, body: body.to_vec() };
            seen.lock().unwrap().push(asked);
            (StatusCode::OK, [("upload-offset", "49152"), ("retry-after", "7")], "answer")
        }
    }))
}

async fn plain(router: Router) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

/// A server with a root of its own; gives its address and that root.
async fn with_own_root(router: Router) -> (String, Vec<u8>) {
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let root = made.cert.der().to_vec();
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key.into())
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://localhost:{}", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((tcp, _)) = listener.accept().await {
            let (acceptor, router) = (acceptor.clone(), router.clone());
            tokio::spawn(async move {
                let Ok(tls) = acceptor.accept(tcp).await else { return };
                let server = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
                let _ = server.serve_connection(TokioIo::new(tls), TowerToHyperService::new(router)).await;
            });
        }
    });
    (address, root)
}

fn post() -> Effect {
    Effect::Post { path: path::SYNC, body: b"question".to_vec(), token: Some(Token([3; 32])) }
}

fn answered(event: Event) -> Answer {
    let Event::Answered(answer) = event else { panic!("{event:?}") };
    answer
}

#[tokio::test]
async fn a_message_goes_over_http2_with_no_more_than_it_needs() {
    let seen = Seen::default();
    let line = Line::new(&plain(router(seen.clone())).await, None).unwrap();
    let answer = answered(line.exchange(&post()).await);
    assert_eq!((answer.status, answer.retry_after, answer.upload_offset), (200, Some(7), Some(49_152)));
    assert_eq!(answer.body, b"answer");
    let asked = seen.lock().unwrap().remove(0);
    assert_eq!((asked.method, asked.path.as_str(), asked.version), (Method::POST, path::SYNC, Version::HTTP_2));
    assert_eq!(asked.body, b"question");
    let mut names: Vec<&str> = asked.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["accept", "authorization", "content-length"]);
    let (sent, received) = line.traffic().take();
    assert!(sent > 8 + 43 && received > 6, "{sent} {received}");
    assert_eq!(line.traffic().take(), (0, 0));
}

#[tokio::test]
async fn part_of_a_photo_is_sent_from_its_offset() {
    let seen = Seen::default();
    let line = Line::new(&plain(router(seen.clone())).await, None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo.jpg");
    let bytes: Vec<u8> = (0..100_000_u32).map(|n| n as u8).collect();
    std::fs::write(&file, &bytes).unwrap();
    let effect = Effect::Patch { hash: [0xab; 32], file, offset: 32_768, len: 40_000, total: 100_000, token: Token([3; 32]) };
    answered(line.exchange(&effect).await);
    let asked = seen.lock().unwrap().remove(0);
    assert_eq!(asked.path, format!("{}{}", path::BLOB, "ab".repeat(32)));
    assert_eq!(
        (&asked.headers["upload-offset"], &asked.headers["content-length"]),
        (&"32768".parse().unwrap(), &"40000".parse().unwrap())
    );
    assert!(asked.body == bytes[32_768..72_768]);
}

#[tokio::test]
async fn a_photo_that_is_gone_is_told_apart_from_a_bad_network() {
    let line = Line::new(&plain(router(Seen::default())).await, None).unwrap();
    let file = std::path::PathBuf::from("/nowhere/photo.jpg");
    let effect = Effect::Patch { hash: [1; 32], file: file.clone(), offset: 0, len: 10, total: 10, token: Token([3; 32]) };
    assert!(matches!(line.exchange(&effect).await, Event::Failed(Failure::File(_))));
    let effect = Effect::PutPreview { hash: [1; 32], file, token: Token([3; 32]) };
    assert!(matches!(line.exchange(&effect).await, Event::Failed(Failure::File(_))));
}

#[tokio::test]
async fn only_the_root_of_the_invitation_is_trusted() {
    let (address, root) = with_own_root(router(Seen::default())).await;
    let line = Line::new(&address, Some(&root)).unwrap();
    assert_eq!(answered(line.exchange(&post()).await).body, b"answer");
    let public = Line::new(&address, None).unwrap();
    assert!(matches!(public.exchange(&post()).await, Event::Failed(Failure::Untrusted(_))));
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let wrong = Line::new(&address, Some(other.cert.der())).unwrap();
    assert!(matches!(wrong.exchange(&post()).await, Event::Failed(Failure::Untrusted(_))));
}

#[test]
fn an_address_that_is_not_safe_is_refused_before_anything_is_sent() {
    assert!(matches!(Line::new("http://xa-thu.example", None), Err(BadOffice::NotSecure)));
    assert!(matches!(Line::new("http://127.0.0.1.example", None), Err(BadOffice::NotSecure)));
    assert!(matches!(Line::new("ftp://localhost", None), Err(BadOffice::Address(_))));
    assert!(matches!(Line::new("xa thu", None), Err(BadOffice::Address(_))));
    assert!(matches!(
        Line::new("https://localhost", Some(b"not a certificate")),
        Err(BadOffice::Root(_) | BadOffice::Client(_))
    ));
    assert!(Line::new("http://localhost:8080", None).is_ok());
}

#[tokio::test]
async fn a_connection_on_which_nothing_moves_is_given_up() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let _silent = tokio::spawn(async move {
        let mut kept = Vec::new();
        while let Ok((tcp, _)) = listener.accept().await {
            kept.push(tcp);
        }
    });
    let line = Line::new(&address, None).unwrap().with_stall(Duration::from_millis(100));
    assert_eq!(line.exchange(&post()).await, Event::Failed(Failure::Stalled));
}

#[tokio::test]
async fn nobody_there_means_offline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let line = Line::new(&address, None).unwrap();
    assert_eq!(line.exchange(&post()).await, Event::Failed(Failure::Offline));
}
