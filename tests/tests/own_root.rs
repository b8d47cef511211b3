//! Encrypted connections: a phone trusts the root of its invitation and nothing else, and never speaks in the clear.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use fieldbook_protocol::invitation::Invitation;
use fieldbook_tests::headless::Phone;
use fieldbook_tests::office::{Office, Transport, program, told};

fn office(folder: &Path, name: &str) -> Office {
    let mut office = Office::create(&folder.join(name), "Xã Thử", Transport::OwnRoot).unwrap();
    office.start().unwrap();
    office
}

fn refused(phone: &Phone, code: &str) -> String {
    let output = phone.output(&["--network", "unmetered", "enrol", code]).unwrap();
    assert!(!output.status.success(), "enrolled: {}", told(&output));
    told(&output)
}

#[test]
fn a_phone_enrols_with_the_servers_own_root_and_with_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (own, other) = (office(folder.path(), "own"), office(folder.path(), "other"));
    assert!(own.url().starts_with("https://"), "{}", own.url());
    let code = own.invite(&["--name", "Trần Thị Mai"], own.url()).unwrap();
    let strange = other.invite(&["--name", "Lê Văn Bảy"], other.url()).unwrap();
    let invitation = Invitation::from_text(&code).unwrap();
    let root = Invitation::from_text(&strange).unwrap().root;
    assert!(root.is_some() && root != invitation.root, "each server has a root of its own");

    refused(&Phone::new(&folder.path().join("deceived")), &Invitation { root, ..invitation.clone() }.to_text());
    refused(&Phone::new(&folder.path().join("public")), &Invitation { root: None, ..invitation }.to_text());

    let phone = Phone::new(&folder.path().join("phone"));
    phone.say(&["--network", "unmetered", "enrol", &code]).unwrap();
    assert_eq!(phone.json(&["sync"]).unwrap()["complete"], true);
}

#[test]
fn a_phone_never_speaks_in_the_clear_to_another_machine() {
    let folder = tempfile::tempdir().unwrap();
    let invitation = Invitation { server: "http://192.0.2.1:8443".into(), code: "x".repeat(26), root: None };
    let said = refused(&Phone::new(&folder.path().join("phone")), &invitation.to_text());
    assert!(!said.contains("offline"), "it was not even tried: {said}");
}

#[test]
fn a_certificate_that_the_operator_brings_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["127.0.0.1".into()]).unwrap();
    let (certificate, key) = (folder.path().join("cert.pem"), folder.path().join("key.pem"));
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let office = Office::create(&folder.path().join("office"), "Xã Thử", Transport::OwnRoot).unwrap();
    let mut server = Command::new(program("fieldbook-server"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(office.data())
        .arg("--tls-cert")
        .arg(&certificate)
        .arg("--tls-key")
        .arg(&key)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let url = line.trim().strip_prefix("listening on ").unwrap();

    let code = office.invite(&["--name", "Trần Thị Mai"], url).unwrap();
    let invitation = Invitation { root: Some(made.cert.der().to_vec().into()), ..Invitation::from_text(&code).unwrap() };
    let enrolled = Phone::new(&folder.path().join("phone")).say(&["--network", "unmetered", "enrol", &invitation.to_text()]);
    server.kill().unwrap();
    server.wait().unwrap();
    enrolled.unwrap();
}
