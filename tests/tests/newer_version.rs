//! A newer phone writes what an older office and older phones do not know: they keep it, pass it on byte for byte, correct around
//! it, and still show where a case stands.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;

use fieldbook_model::body::{CaseEvent, CaseState, Event, Handling, Kind, Problem, Slot, Urgency, Words};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::FactId;
use fieldbook_model::map;
use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, LIAISON, Village, send};

/// Keys and numbers that this version does not have.
const NEW_FIELD: u32 = 60;
const NEW_REFERENCE: u32 = 61;
const NEW_EVENT: u32 = 77;
const NEW_KIND: u32 = 90;

/// The head's phone, of a newer version; another of the head's phones and the liaison's, both of this version.
struct Versions {
    village: Village,
    newer: Phone,
    own_older: Phone,
    older: Phone,
    post: FactId,
}

fn versions() -> Versions {
    let village = Village::found().unwrap();
    let newer = village.phone(HEAD, "newer").unwrap();
    let own_older = village.phone(HEAD, "own-older").unwrap();
    let older = village.phone(LIAISON, "older").unwrap();
    let post = newer.json(&["status"]).unwrap()["posts"][0]["id"].as_str().unwrap().parse().unwrap();
    Versions { village, newer, own_older, older, post }
}

/// The body with a text and a reference more than this version knows.
fn with_more(body: &[u8], reference: FactId) -> Vec<u8> {
    let mut entries = map::entries(body).unwrap();
    entries.insert(NEW_FIELD, map::encoded("điều phiên bản này chưa biết"));
    entries.insert(NEW_REFERENCE, map::encoded(vec![reference]));
    map::from_entries(&entries)
}

impl Versions {
    /// Writes a fact on the newer phone, a minute ago.
    fn write(&self, kind: Kind, root: Option<FactId>, body: Vec<u8>) -> Fact {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().cast_signed() - 60;
        let statement = Statement { kind, time: now, post: Some(self.post), root, repairs: None, body };
        self.newer.store().unwrap().write(|tx| tx.record(statement, now)).unwrap()
    }

    /// A problem and its text, both with more in them than this version knows.
    fn problem(&self) -> (Fact, Fact) {
        let unit = self.village.unit("AQ-AD").unwrap().parse().unwrap();
        let body = Problem {
            unit,
            urgency: Urgency::Normal,
            handling: Handling::OnTheSpot,
            to_level: None,
            visit: None,
            receipt: Some("KHO-KHAN-1".into()),
        };
        let root = self.write(Kind::Problem, None, with_more(&to_body(&body), unit));
        let words = Words { of: None, texts: [(Slot::Text, "Cống nghẹt".to_owned())].into() };
        let words = self.write(Kind::Words, Some(root.id), with_more(&to_body(&words), unit));
        (root, words)
    }

    fn send_all(&self) {
        for phone in [&self.newer, &self.own_older, &self.older] {
            send(phone).unwrap();
        }
    }
}

fn content(phone: &Phone, id: FactId) -> Vec<u8> {
    let kept = phone.store().unwrap().read(|tx| tx.fact(id)).unwrap().unwrap_or_else(|| panic!("{id} did not arrive"));
    kept.fact.unwrap().content().to_vec()
}

/// The body of a fact as it counts now on a phone, corrections applied.
fn effective(phone: &Phone, root: FactId, fact: FactId) -> BTreeMap<u32, Vec<u8>> {
    let folded = phone.store().unwrap().read(|tx| tx.fold(root)).unwrap().unwrap();
    map::entries(folded.case.effective_body(fact).unwrap()).unwrap()
}

#[test]
fn unknown_fields_reach_other_phones_through_an_older_office_byte_for_byte() {
    let versions = versions();
    let (root, words) = versions.problem();

    versions.send_all();

    for phone in [&versions.own_older, &versions.older] {
        for fact in [&root, &words] {
            assert_eq!(content(phone, fact.id), fact.content());
        }
        let shown = phone.json(&["show", &root.id.to_string()]).unwrap();
        assert_eq!(
            (&shown["text"], &shown["row"]["state"]),
            (&"Cống nghẹt".into(), &"settled".into()),
            "what is known is shown"
        );
    }
    assert_eq!(versions.village.shown(&root.id.to_string()).unwrap()["texts"]["text"], "Cống nghẹt");
    versions.village.office.run(&["check"]).unwrap();
}

#[test]
fn a_correction_made_by_an_older_phone_keeps_what_it_does_not_know() {
    let versions = versions();
    let (root, words) = versions.problem();
    versions.send_all();

    versions.own_older.off(-60).say(&["correct", &root.id.to_string(), "--text", "Cống nghẹt, đã thông"]).unwrap();
    send(&versions.own_older).unwrap();
    versions.send_all();

    for phone in [&versions.newer, &versions.own_older, &versions.older] {
        assert_eq!(phone.json(&["show", &root.id.to_string()]).unwrap()["text"], "Cống nghẹt, đã thông");
        let (now, then) = (effective(phone, root.id, words.id), map::entries(words.body()).unwrap());
        for key in [NEW_FIELD, NEW_REFERENCE] {
            assert_eq!(now[&key], then[&key], "key {key}");
        }
        assert_eq!(content(phone, words.id), words.content(), "the corrected fact itself is as it was");
    }
}

#[test]
fn an_older_phone_shows_where_a_case_stands_after_an_event_it_does_not_know() {
    let versions = versions();
    let (root, _) = versions.problem();
    let event = CaseEvent {
        event: Event::from_code(NEW_EVENT),
        state: CaseState::InProgress,
        to: None,
        due: None,
        basis: None,
        way: None,
        day: None,
    };

    let happened = versions.write(Kind::CaseEvent, Some(root.id), with_more(&to_body(&event), root.id));
    versions.send_all();

    for phone in [&versions.own_older, &versions.older] {
        let shown = phone.json(&["show", &root.id.to_string()]).unwrap();
        assert_eq!(shown["row"]["state"], "in_progress", "{shown}");
        let line = shown["history"].as_array().unwrap().iter().find(|line| line["id"] == happened.id.to_string()).unwrap();
        assert_eq!((&line["what"]["action"], &line["what"]["state"]), (&"unknown".into(), &"in_progress".into()));
        assert_eq!(content(phone, happened.id), happened.content());
    }
    assert_eq!(versions.village.shown(&root.id.to_string()).unwrap()["state"], "in_progress");
}

#[test]
fn a_kind_of_fact_that_an_older_phone_does_not_know_is_kept_and_passed_on() {
    let versions = versions();
    let (root, _) = versions.problem();
    let body = map::from_entries(&[(0, map::encoded("một loại mới"))].into());

    let unknown = versions.write(Kind::from_code(NEW_KIND), Some(root.id), with_more(&body, root.id));
    versions.send_all();

    for phone in [&versions.own_older, &versions.older] {
        assert_eq!(content(phone, unknown.id), unknown.content());
        let shown = phone.json(&["show", &root.id.to_string()]).unwrap();
        assert_eq!(shown["text"], "Cống nghẹt");
        assert!(shown["history"].as_array().unwrap().iter().any(|line| line["what"]["what"] == "unknown"), "{shown}");
        phone.say(&["rebuild"]).unwrap();
        assert_eq!(content(phone, unknown.id), unknown.content());
        assert_eq!(phone.say(&["check"]).unwrap(), "Sổ nguyên vẹn.");
    }
}
