//! Phones whose clock is years off: records arrive once, the order is the office's, and the person is told what to do.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, LIAISON, Village, date, listed_receipts, petition, receipt, save, send};
use serde_json::Value;

const TEN_YEARS: i64 = 3_652 * 86_400;

/// The phone with its clock `by` seconds off, and again a minute later.
fn wrong(phone: &Phone, by: i64) -> (Phone, Phone) {
    (phone.at(&format!("{by:+}")), phone.at(&format!("{:+}", by + 60)))
}

fn visit(phone: &Phone) -> String {
    let place = "Nhà văn hóa khóa cửa";
    let saved = phone.json(&[
        "visit",
        "--unit",
        "An Thạnh",
        "--met",
        "head",
        "--place-reason",
        place,
        "--topic",
        "1=done",
        "--topic",
        "2=done",
    ]);
    receipt(&saved.unwrap()).unwrap()
}

fn ask(phone: &Phone, words: &str) -> String {
    receipt(&phone.json(&["petition", words, "--answers", "n,n,n,n", "--unit", "An Định"]).unwrap()).unwrap()
}

fn sending(phone: &Phone, receipt: &str) -> Value {
    phone.json(&["show", receipt]).unwrap()["row"]["sending"].clone()
}

/// The line under "Cần xử lý" about the record with this receipt.
fn attention(phone: &Phone, receipt: &str) -> Value {
    let outbox = phone.json(&["outbox"]).unwrap();
    outbox["attention"].as_array().unwrap().iter().find(|line| line["row"]["receipt"] == receipt).cloned().unwrap_or_default()
}

#[test]
fn a_clock_ten_years_slow_loses_nothing_and_the_office_sets_the_order() {
    let village = Village::found().unwrap();
    let head = village.phone(HEAD, "head").unwrap();
    let before = petition(&head, "Trước khi đồng hồ sai").unwrap();
    send(&head).unwrap();
    let (slow, slow_later) = wrong(&head, -TEN_YEARS);

    let during = ask(&slow, "Khi đồng hồ chậm mười năm");
    send(&slow_later).unwrap();
    let after = petition(&head, "Sau khi chỉnh lại đồng hồ").unwrap();
    send(&head).unwrap();

    let all = [before, during, after];
    assert_eq!(village.receipts().unwrap(), all, "once each, in the order in which they arrived");
    let mut sorted = all.to_vec();
    sorted.sort();
    assert_eq!(listed_receipts(&head).unwrap(), sorted);
    for receipt in &all {
        assert_eq!(sending(&head, receipt)["sending"], "received", "{receipt}");
    }
    head.say(&["check"]).unwrap();
    village.office.run(&["check"]).unwrap();
}

#[test]
fn a_clock_ten_years_fast_is_told_to_the_person_who_repairs_it() {
    let village = Village::found().unwrap();
    let liaison = village.phone(LIAISON, "liaison").unwrap();
    let (fast, fast_later) = wrong(&liaison, TEN_YEARS);

    let future = visit(&fast);
    let asked = ask(&fast, "Khi đồng hồ nhanh mười năm");
    send(&fast_later).unwrap();

    assert_eq!(village.receipts().unwrap(), [asked.as_str()], "a day that has not been is no visit; the petition is one");
    let line = attention(&liaison, &future);
    assert_eq!((&line["what"]["what"], &line["what"]["code"]), (&"refused".into(), &"visit_in_future".into()), "{line}");
    assert_eq!(line["can_repair"], true, "{line}");
    // The clock is right again: the same visit, its day corrected, under the receipt that was read out.
    let draft = save(&liaison, &["repair", &future]).unwrap();
    let today = date(0).split('-').rev().collect::<Vec<_>>().join("/");
    let id = draft["id"].as_str().unwrap();
    save(&liaison, &["visit", "set", "--draft", id, "--day", &today]).unwrap();
    let saved = save(&liaison, &["visit", "save", "--draft", id]).unwrap();
    send(&liaison).unwrap();

    assert_eq!(receipt(&saved).unwrap(), future, "the receipt that was read out stays");
    assert_eq!(village.receipts().unwrap(), [asked.clone(), future.clone()]);
    assert_eq!(attention(&liaison, &future), Value::Null, "nothing is left to do");
    assert_eq!(sending(&liaison, &future)["sending"], "received");
    assert_eq!(listed_receipts(&liaison).unwrap().iter().filter(|seen| **seen == future).count(), 1, "seen once");
    liaison.say(&["check"]).unwrap();
    village.office.run(&["check"]).unwrap();
}
