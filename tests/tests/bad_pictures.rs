//! Pictures that are none, or that are traps: refused on the phone with nothing lost, and by the server whoever sends them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod hand;

use fieldbook_model::body::{Handling, Kind, Problem, Urgency};
use fieldbook_model::id::FactId;
use fieldbook_protocol::fault::{Fault, FaultCode};
use fieldbook_protocol::frame;
use fieldbook_tests::jpeg;
use fieldbook_tests::office::told;
use fieldbook_tests::village::{LIAISON, Village, receipt, save};
use hand::{HandPhone, name_of, request};

/// What the examination of traps may cost the server, in KiB.
const MEMORY_KIB: u64 = 64 * 1024;

#[test]
fn the_phone_refuses_what_is_no_picture_and_loses_nothing() {
    let village = Village::found().unwrap();
    let phone = village.phone(LIAISON, "liaison").unwrap();
    let saved = save(&phone, &["problem", "Cầu yếu", "--unit", "An Định"]).unwrap();
    let case = receipt(&saved).unwrap();
    phone.say(&["visit", "start", "--unit", "An Định"]).unwrap();
    let state = || (phone.json(&["show", &case]).unwrap(), phone.json(&["draft", "resume"]).unwrap());
    let before = state();

    let traps = [
        ("bomb.jpg", jpeg::bomb()),
        ("bomb.png", jpeg::bomb_png()),
        ("cut.jpg", jpeg::truncated()),
        ("note.jpg", jpeg::text_named_jpg()),
        ("empty.jpg", Vec::new()),
    ];
    for (name, bytes) in traps {
        let file = village.path(name);
        std::fs::write(&file, bytes).unwrap();
        let file = file.to_string_lossy();
        for arguments in [vec!["photo", &file, "--case", &case], vec!["visit", "photo", &file]] {
            let output = phone.output(&arguments).unwrap();
            assert_eq!(output.status.code(), Some(1), "{name}: {}", told(&output));
            assert!(!output.stderr.is_empty(), "{name}: it is said why");
        }
        assert_eq!(state(), before, "{name}");
    }

    assert_eq!(std::fs::read_dir(phone.dir.join("photos")).unwrap().count(), 0, "no half picture is left");
}

#[test]
fn the_server_refuses_traps_in_little_memory_and_stays_well() {
    let village = Village::found().unwrap();
    let office = &village.office;
    let who = ["--name", "Kẻ Phá", "--role", "head", "--unit", "AQ-AD"];
    let mut hostile = HandPhone::enrol(office, 66, &who);
    let unit = unit_of(&village, "AQ-AD");
    let body =
        Problem { unit, urgency: Urgency::Normal, handling: Handling::Proposed, to_level: None, visit: None, receipt: None };
    let root = hostile.write(Kind::Problem, None, &body);
    let case = root.id;
    hostile.must_send(office, &[root]);
    let clean = clean_picture();
    let traps = [jpeg::bomb(), jpeg::bomb_png(), jpeg::polyglot(), jpeg::truncated(), jpeg::text_named_jpg()];
    let before = resident_kib(office.pid().unwrap());

    for trap in &traps {
        let fact = hostile.show(case, trap);
        hostile.must_send(office, &[fact]);
        must_be_refused(&hostile.send_photo(office, &name_of(trap), trap));
        assert_eq!(hostile.fetch_photo(office, &name_of(trap)).status, 404);
    }
    let fact = hostile.show(case, &clean);
    hostile.must_send(office, &[fact]);
    let mut other = clean.clone();
    *other.last_mut().unwrap() ^= 1;
    must_be_refused(&hostile.send_photo(office, &name_of(&clean), &other));

    assert_eq!(hostile.send_photo(office, &name_of(&clean), &clean).status, 204, "the true bytes are still taken");
    assert_eq!(hostile.fetch_photo(office, &name_of(&clean)).body, clean);
    assert_eq!(request(office, "GET", "/healthz", None, &[], &[]).status, 200);
    let after = resident_kib(office.pid().unwrap());
    assert!(after < before + MEMORY_KIB, "{before} → {after} KiB");
    office.run(&["check"]).unwrap();
}

fn must_be_refused(reply: &hand::Reply) {
    assert_eq!(reply.status, 422, "{}", reply.head);
    assert_eq!(frame::unpack::<Fault>(&reply.body).unwrap().code, FaultCode::BadPicture);
}

fn clean_picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80).encode_image(&jpeg::scene(1, 64, 64)).unwrap();
    bytes
}

fn unit_of(village: &Village, code: &str) -> FactId {
    let units = village.office.lines(&["units"]).unwrap();
    units.iter().find(|unit| unit["code"] == code).unwrap()["id"].as_str().unwrap().parse().unwrap()
}

/// The most memory the process ever held.
fn resident_kib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches("kB").trim().parse().unwrap()
}
