//! Two corrections of one record that knew nothing of each other: both stay, both phones say so, and a third settles it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, Village, petition, send};
use serde_json::Value;

fn shown(phone: &Phone, receipt: &str) -> Value {
    phone.json(&["show", receipt]).unwrap()
}

/// The head's two phones, both with the petition, and its receipt.
fn two_phones() -> (Village, Phone, Phone, String) {
    let village = Village::found().unwrap();
    let (one, two) = (village.phone(HEAD, "one").unwrap(), village.phone(HEAD, "two").unwrap());
    let receipt = petition(&one, "Đèn đường tổ 2 hỏng").unwrap();
    for phone in [&one, &two] {
        send(phone).unwrap();
    }
    (village, one, two, receipt)
}

#[test]
fn two_corrections_that_did_not_see_each_other_are_both_kept_and_flagged() {
    let (village, one, two, receipt) = two_phones();

    one.off(-60).say(&["correct", &receipt, "--text", "Đèn đường tổ 3 hỏng"]).unwrap();
    two.off(-50).say(&["correct", &receipt, "--text", "Đèn đường tổ 4 hỏng"]).unwrap();
    for phone in [&one, &two, &one] {
        send(phone).unwrap();
    }

    for phone in [&one, &two] {
        let shown = shown(phone, &receipt);
        assert_eq!(shown["forks"].as_array().unwrap().len(), 1, "{shown}");
        assert_eq!(shown["text"], "Đèn đường tổ 4 hỏng", "the one that reached the office later shows: {shown}");
        assert_eq!((&shown["forks"][0]["shown_by"], &shown["forks"][0]["kept_by"]), (&HEAD.into(), &HEAD.into()));
        let corrected = shown["history"].as_array().unwrap().iter().filter(|line| line["what"]["what"] == "corrected").count();
        assert_eq!(corrected, 2, "{shown}");
        assert!(phone.say(&["show", &receipt]).unwrap().contains("Có hai bản"));
    }
    let office = village.shown(&receipt).unwrap();
    assert_eq!((&office["forks"], &office["texts"]["text"]), (&1.into(), &"Đèn đường tổ 4 hỏng".into()));
    assert_eq!(one.json(&["dump"]).unwrap(), two.json(&["dump"]).unwrap(), "both phones hold the same");
}

#[test]
fn a_later_correction_that_saw_both_settles_it_on_both_phones() {
    let (village, one, two, receipt) = two_phones();
    one.off(-60).say(&["correct", &receipt, "--text", "Đèn đường tổ 3 hỏng"]).unwrap();
    two.off(-50).say(&["correct", &receipt, "--text", "Đèn đường tổ 4 hỏng"]).unwrap();
    for phone in [&one, &two, &one] {
        send(phone).unwrap();
    }

    one.off(-40).say(&["correct", &receipt, "--text", "Đèn đường tổ 3 và tổ 4 hỏng"]).unwrap();
    for phone in [&one, &two] {
        send(phone).unwrap();
    }

    for phone in [&one, &two] {
        let shown = shown(phone, &receipt);
        assert_eq!((&shown["forks"], &shown["text"]), (&Value::Array(vec![]), &"Đèn đường tổ 3 và tổ 4 hỏng".into()));
        let corrected = shown["history"].as_array().unwrap().iter().filter(|line| line["what"]["what"] == "corrected").count();
        assert_eq!(corrected, 3, "the earlier versions stay readable: {shown}");
    }
    assert_eq!(village.shown(&receipt).unwrap()["forks"], 0);
}
