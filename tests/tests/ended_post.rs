//! Work done before a duty ended arrives after its end: taken in and marked late for sixty days, sent back after that.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{LIAISON, Village, date, send};
use serde_json::Value;

const DAY: i64 = 86_400;

/// Writes a visit down so many days ago on a phone that has not heard from the office since.
fn visited(phone: &Phone, days_ago: i64) -> Value {
    let seen = ["--met", "head", "--place-reason", "Máy mất định vị", "--remark", "Đã họp dân"];
    phone.off(-days_ago * DAY).json(&[&["--network", "none", "visit", "--unit", "An Định"], &seen[..]].concat()).unwrap()
}

/// A liaison who looks after ấp An Định only.
struct Duty {
    village: Village,
    post: String,
    assignment: String,
    phone: Phone,
}

impl Duty {
    fn begin() -> Self {
        let village = Village::found().unwrap();
        let post = village.post("Phan Thị Sáu", "liaison", "29224").unwrap();
        let assignment = village.assign("Phan Thị Sáu", "AQ-AD").unwrap();
        let phone = village.phone("Phan Thị Sáu", "sau").unwrap();
        Self { village, post, assignment, phone }
    }

    /// Post or assignment ended, so many days ago.
    fn end(&self, what: &str, days_ago: i32) {
        self.village.office.run(&["office", "end", what, "--last", &date(days_ago)]).unwrap();
    }
}

#[test]
fn a_visit_made_under_a_post_that_ended_is_taken_in_late() {
    let duty = Duty::begin();
    let visit = visited(&duty.phone, 40);
    duty.end(&duty.post, 30);
    let Duty { village, phone, .. } = duty;

    send(&phone).unwrap();

    let shown = village.shown(visit["receipt"].as_str().unwrap()).unwrap();
    assert!(shown["facts"].as_array().unwrap().iter().all(|fact| fact["late"] == true), "{shown}");
    assert_eq!(shown["texts"]["remark"], "Đã họp dân");
    let outbox = phone.json(&["outbox"]).unwrap();
    assert_eq!(outbox["attention"], Value::Array(vec![]));
    assert!(outbox["records"].as_array().unwrap().iter().all(|row| row["sending"]["sending"] == "received"), "{outbox}");
    let head = village.phone(fieldbook_tests::village::HEAD, "head").unwrap();
    assert_eq!(head.json(&["show", visit["receipt"].as_str().unwrap()]).unwrap()["visit"]["met"], Value::from(vec!["head"]));
}

#[test]
fn a_visit_that_arrives_sixty_days_after_the_end_is_sent_back() {
    let duty = Duty::begin();
    let visit = visited(&duty.phone, 75);
    duty.end(&duty.assignment, 61);
    let Duty { village, phone, .. } = duty;

    send(&phone).unwrap();

    assert!(village.receipts().unwrap().is_empty());
    let outbox = phone.json(&["outbox"]).unwrap();
    let [line] = outbox["attention"].as_array().unwrap().as_slice() else { panic!("{outbox}") };
    assert_eq!((&line["row"]["id"], &line["what"]["code"]), (&visit["id"], &"too_late".into()));
    let shown = phone.json(&["show", visit["id"].as_str().unwrap()]).unwrap();
    assert_eq!(shown["text"], "Đã họp dân", "nothing written is lost: {shown}");
}

#[test]
fn a_visit_written_after_the_end_is_sent_back_whenever_it_arrives() {
    let duty = Duty::begin();
    let visit = visited(&duty.phone, 1);
    duty.end(&duty.assignment, 2);
    let Duty { village, phone, .. } = duty;

    send(&phone).unwrap();

    assert!(village.receipts().unwrap().is_empty());
    let outbox = phone.json(&["outbox"]).unwrap();
    let [line] = outbox["attention"].as_array().unwrap().as_slice() else { panic!("{outbox}") };
    assert_eq!((&line["row"]["id"], &line["what"]["code"]), (&visit["id"], &"post_ended".into()));
    let other = village.phone(LIAISON, "liaison").unwrap();
    assert_eq!(other.json(&["list"]).unwrap()["rows"], Value::Array(vec![]));
}
