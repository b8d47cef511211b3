//! Photos over raw TCP: cut anywhere, wrong, dangerous, of other people, and in other protocols' words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod common;

use std::time::Duration;

use axum::body::Body;
use common::{NOW, Office, Phone, Reply, head, jpeg, name_of, read_reply, sha256};
use fieldbook_model::id::FactId;
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::ticket::{self, Ticket};
use fieldbook_server::blob::{Held, Piece, Stopped};
use fieldbook_server::office::erase;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

fn at(offset: usize) -> [(&'static str, String); 1] {
    [("upload-offset", offset.to_string())]
}

async fn patch(office: &Office, phone: &Phone, name: &str, offset: usize, bytes: &[u8]) -> Reply {
    office.request("PATCH", &format!("/v1/blob/{name}"), Some(&phone.token), &at(offset), bytes).await
}

async fn stands_at(office: &Office, phone: &Phone, name: &str) -> usize {
    let reply = office.request("HEAD", &format!("/v1/blob/{name}"), Some(&phone.token), &[], &[]).await;
    assert_eq!(reply.status, 200, "{}", reply.head);
    reply.header("upload-offset").unwrap().parse().unwrap()
}

/// Sends a head and only some of the body, then closes.
async fn cut_after(office: &Office, phone: &Phone, name: &str, offset: usize, rest: &[u8], sent: usize) {
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(&head("PATCH", &format!("/v1/blob/{name}"), Some(&phone.token), &at(offset), rest.len())).await.unwrap();
    stream.write_all(&rest[..sent]).await.unwrap();
    stream.shutdown().await.unwrap();
    // The server closes once it has stored what came.
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
}

/// An office, a phone that has sent a record with a photo of this side in pixels, the photo and its name.
async fn attached(side: u32) -> (Office, Phone, Vec<u8>, String) {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let photo = jpeg(side);
    let name = office.attach(&phone, 1, &photo).await;
    (office, phone, photo, name)
}

#[tokio::test]
async fn a_photo_cut_at_random_offsets_loses_at_most_what_was_in_the_air() {
    let (office, phone, photo, name) = attached(600).await;
    let mut random = StdRng::seed_from_u64(8);
    let mut offset = 0;
    for _ in 0..25 {
        let rest = &photo[offset..];
        let sent = random.random_range(0..rest.len().min(30_000));
        cut_after(&office, &phone, &name, offset, rest, sent).await;
        // The connection may end before the server's task has the last bytes on disk.
        let mut now = stands_at(&office, &phone, &name).await;
        while now < offset + sent {
            tokio::task::yield_now().await;
            now = stands_at(&office, &phone, &name).await;
        }
        assert_eq!(now, offset + sent);
        offset = now;
        if photo.len() - offset < 1_000 {
            break;
        }
    }
    let last = patch(&office, &phone, &name, offset, &photo[offset..]).await;
    assert_eq!((last.status, last.header("upload-offset")), (204, Some(photo.len().to_string().as_str())));
    assert!(last.head.len() < 100, "{}", last.head);
    let whole = office.request("GET", &format!("/v1/blob/{name}"), Some(&phone.token), &[], &[]).await;
    assert_eq!((whole.status, whole.body), (200, photo));
}

fn with(ticket: &Ticket, offset: usize) -> [(&'static str, String); 2] {
    [("authorization", format!("Ticket {}", ticket.to_text())), ("upload-offset", offset.to_string())]
}

#[tokio::test]
async fn a_ticket_sends_its_photo_and_does_nothing_else() {
    let (office, phone, photo, name) = attached(600).await;
    let other = office.attach(&phone, 10, &jpeg(500)).await;
    let ticket = Ticket::new(&phone.token, phone.writer, NOW + ticket::LASTS, &sha256(&photo));
    let ask = async |method: &str, path: &str, ticket: &Ticket, body: &[u8]| {
        let reply = office.request(method, path, None, &with(ticket, 0), body).await;
        (reply.status, if reply.status == 204 { None } else { Some(reply.fault()) })
    };
    let not_known = (401, Some(FaultCode::UnknownToken));
    let blob = format!("/v1/blob/{name}");

    let elsewhere = format!("/v1/blob/{other}");
    assert_eq!(ask("PATCH", &elsewhere, &ticket, &photo).await, not_known, "another photo");
    for method in ["GET", "POST"] {
        assert_eq!(ask(method, &blob, &ticket, &[]).await, not_known, "{method}");
    }
    assert_eq!(ask("POST", "/v1/sync", &ticket, &[]).await, not_known);
    for (until, why) in [(NOW - 1, "it is over"), (NOW + ticket::LONGEST + 1, "longer than any is good")] {
        let ticket = Ticket::new(&phone.token, phone.writer, until, &sha256(&photo));
        assert_eq!(ask("PATCH", &blob, &ticket, &photo).await, not_known, "{why}");
    }
    let foreign = Ticket::new(&office.enrol(2).await.token, phone.writer, ticket.until, &sha256(&photo));
    assert_eq!(ask("PATCH", &blob, &foreign, &photo).await, not_known, "sealed by another phone");

    assert_eq!(patch(&office, &phone, &name, 0, &photo[..20_000]).await.status, 204);
    let reply = office.request("PATCH", &blob, None, &with(&ticket, 10_000), &photo[10_000..]).await;
    assert_eq!(reply.status, 204, "{}", reply.head);
    assert_eq!(reply.header("upload-offset"), Some(photo.len().to_string().as_str()), "what was there already is passed over");
    assert_eq!(ask("PATCH", &blob, &ticket, &[]).await, (204, None), "asking again is harmless");
}

#[tokio::test]
async fn a_wrong_offset_is_a_conflict_that_says_where_the_server_stands() {
    let (office, phone, photo, name) = attached(200).await;
    let reply = patch(&office, &phone, &name, 5, &photo[5..]).await;
    assert_eq!((reply.status, reply.fault(), reply.header("upload-offset")), (409, FaultCode::WrongOffset, Some("0")));
    assert_eq!(office.request("PATCH", &format!("/v1/blob/{name}"), Some(&phone.token), &[], &photo).await.status, 400);
}

#[tokio::test]
async fn what_is_not_the_photo_or_no_decent_picture_is_refused() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let clean = jpeg(64);
    let mut bomb = clean.clone();
    let frame = bomb.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bomb[frame + 5..frame + 9].copy_from_slice(&[0x4E, 0x20, 0x4E, 0x20]);
    let polyglot = [clean.clone(), b"PK\x03\x04".to_vec()].concat();
    for (n, trap) in [bomb, polyglot].into_iter().enumerate() {
        let name = office.attach(&phone, 1 + 10 * n as u64, &trap).await;
        let reply = patch(&office, &phone, &name, 0, &trap).await;
        assert_eq!((reply.status, reply.fault()), (422, FaultCode::BadPicture));
        assert_eq!(office.request("GET", &format!("/v1/blob/{name}"), Some(&phone.token), &[], &[]).await.status, 404);
    }
    let name = office.attach(&phone, 100, &clean).await;
    let mut other = clean.clone();
    other[700] ^= 1;
    let reply = patch(&office, &phone, &name, 0, &other).await;
    assert_eq!((reply.status, reply.fault()), (422, FaultCode::BadPicture));
    assert_eq!(patch(&office, &phone, &name, 0, &clean).await.status, 204);
}

#[tokio::test]
async fn a_photo_nobody_attached_or_somebody_else_attached_does_not_exist() {
    let office = Office::start().await;
    let (own, other) = (office.enrol(1).await, office.enrol(2).await);
    let photo = jpeg(64);
    let name = office.attach(&own, 1, &photo).await;
    assert_eq!(patch(&office, &other, &name, 0, &photo).await.status, 404);
    assert_eq!(patch(&office, &own, &name_of(b"nobody's"), 0, &photo).await.status, 404);
    let nameless = office.request("PATCH", &format!("/v1/blob/{name}"), None, &at(0), &photo).await;
    assert_eq!(nameless.status, 401);
}

#[tokio::test]
async fn a_preview_is_kept_and_seen_by_the_colleague_of_the_same_hamlet() {
    let office = Office::start().await;
    let (own, colleague) = (office.enrol(1).await, office.enrol(2).await);
    let photo = jpeg(64);
    let name = office.attach(&own, 1, &photo).await;
    let path = format!("/v1/preview/{name}");
    let small = jpeg(32);
    assert_eq!(office.request("PUT", &path, Some(&own.token), &[], &jpeg(400)).await.status, 413);
    assert_eq!(office.request("PUT", &path, Some(&own.token), &[], &small[..300]).await.status, 422);
    assert_eq!(office.request("PUT", &path, Some(&own.token), &[], &small).await.status, 204);
    let seen = office.request("GET", &path, Some(&colleague.token), &[], &[]).await;
    assert_eq!((seen.status, seen.body), (200, small));
}

#[tokio::test]
async fn a_body_that_stops_moving_is_let_go_and_what_came_is_kept() {
    let office = Office::start_with(Duration::from_millis(200), None).await;
    let phone = office.enrol(1).await;
    let photo = jpeg(200);
    let name = office.attach(&phone, 1, &photo).await;
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(&head("PATCH", &format!("/v1/blob/{name}"), Some(&phone.token), &at(0), photo.len())).await.unwrap();
    stream.write_all(&photo[..5_000]).await.unwrap();
    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
    let mut now = stands_at(&office, &phone, &name).await;
    while now < 5_000 {
        tokio::task::yield_now().await;
        now = stands_at(&office, &phone, &name).await;
    }
    assert_eq!(now, 5_000);
}

#[tokio::test]
async fn a_photo_erased_while_it_arrives_is_not_kept() {
    let (office, phone, photo, name) = attached(200).await;
    let mut stream = TcpStream::connect(office.address).await.unwrap();
    stream.write_all(&head("PATCH", &format!("/v1/blob/{name}"), Some(&phone.token), &at(0), photo.len())).await.unwrap();
    stream.write_all(&photo[..5_000]).await.unwrap();
    while office.app.blobs.held(&sha256(&photo)).await.unwrap() == Held::Nothing {
        tokio::task::yield_now().await;
    }
    // By a command beside the server: what has arrived so far it deletes, what is on the way it does not see.
    let (root, shown) = (FactId::new(phone.writer, 1), FactId::new(phone.writer, 3));
    let erased = office.app.store.write(move |tx| erase::erase(tx, root, &[shown], "consent", &mut |_| Ok(()), NOW)).await;
    assert_eq!(erased.unwrap().photos, [sha256(&photo)]);

    stream.write_all(&photo[5_000..]).await.unwrap();

    assert_eq!(read_reply(&mut stream).await.status, 404);
    assert_eq!(office.app.blobs.held(&sha256(&photo)).await.unwrap(), Held::Nothing);
    assert_eq!(office.app.store.read(move |tx| tx.blob(&sha256(&photo))).await.unwrap(), None);
}

/// The server may go down between the two.
#[tokio::test]
async fn a_photo_that_is_whole_and_not_noted_so_is_noted_when_it_is_asked_about() {
    let (office, phone, photo, name) = attached(200).await;
    let (hash, length) = (sha256(&photo), photo.len() as u64);
    let body = Body::from(photo);
    let piece = Piece { hash, length, offset: 0, strict: false, body, stall: Duration::from_secs(30) };
    assert_eq!(office.app.blobs.receive(piece).await.unwrap().stopped, Stopped::Finished(length));
    assert_eq!(stands_at(&office, &phone, &name).await as u64, length);
    let noted = office.app.store.read(move |tx| tx.blob(&hash)).await.unwrap().unwrap();
    assert!(noted.complete);
}

#[tokio::test]
async fn a_tus_client_creates_asks_and_sends() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let photo = jpeg(200);
    let path = format!("/v1/blob/{}", office.attach(&phone, 1, &photo).await);
    let tus = ("tus-resumable", "1.0.0".to_owned());
    let options = office.request("OPTIONS", &path, None, &[], &[]).await;
    assert_eq!((options.status, options.header("tus-version")), (204, Some("1.0.0")));
    let length = ("upload-length", photo.len().to_string());
    let created = office.request("POST", &path, Some(&phone.token), &[tus.clone(), length], &[]).await;
    assert_eq!((created.status, created.header("location")), (201, Some(path.as_str())));
    let half = photo.len() / 2;
    let send = |offset: usize| [tus.clone(), ("upload-offset", offset.to_string())];
    assert_eq!(office.request("PATCH", &path, Some(&phone.token), &send(0), &photo[..half]).await.status, 204);
    assert_eq!(office.request("PATCH", &path, Some(&phone.token), &send(1), &photo[1..]).await.status, 409);
    let asked = office.request("HEAD", &path, Some(&phone.token), std::slice::from_ref(&tus), &[]).await;
    assert_eq!(asked.header("upload-offset"), Some(half.to_string().as_str()));
    assert_eq!(asked.header("upload-length"), Some(photo.len().to_string().as_str()));
    let last = office.request("PATCH", &path, Some(&phone.token), &send(half), &photo[half..]).await;
    assert_eq!((last.status, last.header("tus-resumable")), (204, Some("1.0.0")));
    let other = office.request("HEAD", &path, Some(&phone.token), &[("tus-resumable", "0.2.1".into())], &[]).await;
    assert_eq!(other.status, 412);
}

#[tokio::test]
async fn a_client_of_the_ietf_draft_is_told_when_it_is_complete() {
    let office = Office::start().await;
    let phone = office.enrol(1).await;
    let photo = jpeg(200);
    let path = format!("/v1/blob/{}", office.attach(&phone, 1, &photo).await);
    let complete = |yes: bool| ("upload-complete", if yes { "?1" } else { "?0" }.to_owned());
    let created = office.request("POST", &path, Some(&phone.token), &[complete(false)], &photo[..1_000]).await;
    assert_eq!((created.status, created.header("upload-complete")), (201, Some("?0")));
    let rest = [complete(true), ("upload-offset", "1000".to_owned())];
    let last = office.request("PATCH", &path, Some(&phone.token), &rest, &photo[1_000..]).await;
    assert_eq!((last.status, last.header("upload-complete")), (204, Some("?1")));
}
