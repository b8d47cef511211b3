//! What the office refuses stays with its author, who puts it right or gives it up, with all that hangs on it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{LIAISON, Village, date, files, send, text};
use serde_json::Value;

/// A petition with two photos, a petitioner and a note, written for a hamlet that had ended; a problem elsewhere after it.
struct Refused {
    village: Village,
    phone: Phone,
    petition: Value,
    problem: Value,
}

fn refused() -> Refused {
    let village = Village::found().unwrap();
    let phone = village.phone(LIAISON, "liaison").unwrap();
    let (one, two) = (village.picture(1, 800, 600).unwrap(), village.picture(2, 800, 600).unwrap());
    let arguments = ["--network", "none", "petition", "Đèn đường hỏng đã lâu", "--answers", "n,n,y,n", "--unit", "An Định"];
    let resident = ["--name", "Nguyễn Văn Ân", "--photo", &one, "--photo", &two];
    let petition = phone.off(-300).json(&[&arguments[..], &resident[..]].concat()).unwrap();
    phone.off(-290).say(&["note", text(&petition, "id").unwrap(), "Đã ra xem tận nơi"]).unwrap();
    let problem = phone.off(-280).json(&["problem", "Cống nghẹt", "--unit", "An Thạnh"]).unwrap();
    village.office.run(&["office", "end", &village.unit("AQ-AD").unwrap(), "--last", &date(5)]).unwrap();
    send(&phone).unwrap();
    Refused { village, phone, petition, problem }
}

/// The office's line about the case with this receipt; none when it has no such case.
fn listed(village: &Village, receipt: &Value) -> Option<Value> {
    let lines = village.office.lines(&["office", "list"]).unwrap();
    let found: Vec<Value> = lines.into_iter().filter(|line| line["receipt"] == *receipt).collect();
    assert!(found.len() < 2, "the office has one receipt twice: {found:?}");
    found.into_iter().next()
}

/// Photos the office holds whole, without previews.
fn photos_at(village: &Village) -> usize {
    files(&village.office.data().join("blobs").join("photo")).unwrap().len()
}

#[test]
fn a_refused_record_blocks_nothing_else_and_says_what_is_wrong() {
    let Refused { village, phone, petition, problem } = refused();

    let outbox = phone.off(1).json(&["outbox"]).unwrap();
    let [line] = outbox["attention"].as_array().unwrap().as_slice() else { panic!("{outbox}") };
    assert_eq!(line["row"]["id"], petition["id"]);
    assert_eq!((&line["what"]["what"], &line["what"]["code"]), (&"refused".into(), &"unit_ended".into()));
    assert!(line["held"].as_i64().unwrap() >= 5, "words, petitioner, mask, two photos and a note wait: {line}");
    assert_eq!(line["can_repair"], true);
    assert_eq!(phone.off(1).json(&["today"]).unwrap()["traffic"]["needs_attention"], 1);
    let shown = phone.off(1).json(&["show", text(&petition, "id").unwrap()]).unwrap();
    assert_eq!((&shown["row"]["sending"]["sending"], &shown["text"]), (&"refused".into(), &"Đèn đường hỏng đã lâu".into()));

    assert!(listed(&village, &petition["receipt"]).is_none());
    assert_eq!(listed(&village, &problem["receipt"]).unwrap()["texts"]["text"], "Cống nghẹt");
    let later = phone.off(5).json(&["problem", "Cầu yếu", "--unit", "An Thạnh"]).unwrap();
    send(&phone.off(30)).unwrap();
    assert!(listed(&village, &later["receipt"]).is_some());
}

#[test]
fn a_refused_petition_with_photos_and_events_is_repaired_with_all_that_hangs_on_it() {
    let Refused { village, phone, petition, .. } = refused();

    let repaired = phone.off(5).json(&["repair", text(&petition, "id").unwrap(), "--unit", "An Thạnh", "--save"]).unwrap();
    assert_eq!(repaired["receipt"], petition["receipt"], "the code the resident was given stays");
    assert_ne!(repaired["id"], petition["id"]);
    send(&phone.off(30)).unwrap();

    let listed = listed(&village, &petition["receipt"]).expect("at the office");
    assert_eq!((&listed["id"], &listed["unit_name"]), (&repaired["id"], &"Ấp An Thạnh".into()));
    let shown = village.office.json(&["office", "show", text(&petition, "receipt").unwrap()]).unwrap();
    assert_eq!((&shown["texts"]["text"], &shown["mask"]), (&"Đèn đường hỏng đã lâu".into(), &"Nguyễn V. Â.".into()));
    assert_eq!(shown["photos"].as_array().unwrap().len(), 2, "each photo once: {shown}");
    let notes = shown["history"].as_array().unwrap().iter().filter(|line| line["text"] == "Đã ra xem tận nơi").count();
    assert_eq!(notes, 1, "{shown}");
    assert_eq!(photos_at(&village), 2);
    let check = village.office.json(&["check"]).unwrap();
    assert_eq!((&check["photos"], &check["photos_under_way"]), (&2.into(), &0.into()));

    let outbox = phone.off(31).json(&["outbox"]).unwrap();
    assert_eq!((&outbox["attention"], &outbox["photos"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    assert!(outbox["records"].as_array().unwrap().iter().all(|row| row["sending"]["sending"] == "received"), "{outbox}");
    let rows = phone.off(31).json(&["list", "petition"]).unwrap()["rows"].as_array().unwrap().clone();
    assert_eq!(rows.len(), 1, "the refused one is not listed beside its repair: {rows:?}");
    assert_eq!(
        (&rows[0]["id"], &rows[0]["sending"]["sending"], &rows[0]["photos"]),
        (&repaired["id"], &"received".into(), &2.into())
    );
    let on_phone = phone.off(31).json(&["show", text(&petition, "receipt").unwrap()]).unwrap();
    assert_eq!(on_phone["resident"]["name"], "Nguyễn Văn Ân");
    assert!(on_phone["history"].as_array().unwrap().iter().all(|line| line["received"] == true), "{on_phone}");
}

#[test]
fn a_refused_petition_is_discarded_with_all_that_hangs_on_it() {
    let Refused { village, phone, petition, .. } = refused();
    let facts = village.office.json(&["check"]).unwrap()["facts"].clone();

    phone.off(5).say(&["discard", text(&petition, "id").unwrap()]).unwrap();
    send(&phone.off(30)).unwrap();

    assert_eq!(village.office.json(&["check"]).unwrap()["facts"], facts, "nothing of it was sent");
    assert_eq!(photos_at(&village), 0);
    let outbox = phone.off(31).json(&["outbox"]).unwrap();
    assert_eq!((&outbox["attention"], &outbox["traffic"]["needs_attention"]), (&Value::Array(vec![]), &0.into()));
    assert_eq!((&outbox["traffic"]["records_waiting"], &outbox["traffic"]["photos_waiting"]), (&0.into(), &0.into()));
    let shown = phone.off(31).json(&["show", text(&petition, "id").unwrap()]).unwrap();
    assert_eq!(shown["row"]["sending"]["sending"], "discarded", "it stays readable: {shown}");
    assert_eq!(shown["text"], "Đèn đường hỏng đã lâu");
    assert!(phone.off(31).say(&["repair", text(&petition, "id").unwrap()]).is_err(), "what was given up is not repaired");
}
