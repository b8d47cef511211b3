//! A person's hamlets change: what is confirmed goes and comes with them, what is unsent is still taken in.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::village::{HEAD, Village, date, listed_receipts, petition, receipt, save, send};
use serde_json::Value;

const SAU: &str = "Phan Thị Sáu";

#[test]
fn losing_and_gaining_a_hamlet_with_unsent_work() {
    let village = Village::found().unwrap();
    village.post(SAU, "liaison", "29224").unwrap();
    let lost = village.assign(SAU, "AQ-AD").unwrap();
    village.assign(SAU, "AQ-AT").unwrap();
    let (sau, head) = (village.phone(SAU, "sau").unwrap(), village.phone(HEAD, "head").unwrap());
    let of_head = petition(&head, "Đèn đường hỏng").unwrap();
    send(&head).unwrap();
    let kept = receipt(&save(&sau, &["problem", "Cống nghẹt", "--unit", "An Thạnh"]).unwrap()).unwrap();
    let sent = receipt(&save(&sau, &["problem", "Cầu yếu", "--unit", "An Định"]).unwrap()).unwrap();
    send(&sau).unwrap();
    assert_eq!(listed_receipts(&sau).unwrap().len(), 3);

    let unsent =
        receipt(&sau.off(-2 * 86_400).json(&["--network", "none", "problem", "Đường lầy", "--unit", "An Định"]).unwrap())
            .unwrap();
    village.office.run(&["office", "end", &lost, "--last", &date(1)]).unwrap();
    send(&sau).unwrap();

    assert_eq!(village.shown(&unsent).unwrap()["texts"]["text"], "Đường lầy", "unsent work is taken in");
    let outbox = sau.json(&["outbox"]).unwrap();
    assert_eq!(outbox["attention"], Value::Array(vec![]));
    assert!(outbox["records"].as_array().unwrap().iter().all(|row| row["sending"]["sending"] == "received"), "{outbox}");
    send(&sau).unwrap();
    let left = listed_receipts(&sau).unwrap();
    assert!(left.contains(&kept), "{left:?}");
    assert!(!left.contains(&of_head) && !left.contains(&sent), "confirmed cases of the lost hamlet are gone: {left:?}");
    assert!(sau.json(&["search", "đèn", "đường"]).unwrap()["rows"].as_array().unwrap().is_empty());
    send(&head).unwrap();
    assert!(listed_receipts(&head).unwrap().contains(&unsent), "the head of the hamlet has it");
    assert_eq!(sau.say(&["check"]).unwrap(), "Sổ nguyên vẹn.");

    village.assign(SAU, "AQ-AD").unwrap();
    send(&sau).unwrap();
    let back = listed_receipts(&sau).unwrap();
    for receipt in [&of_head, &sent, &unsent, &kept] {
        assert!(back.contains(receipt), "gaining the hamlet back fills it: {back:?}");
    }
    assert_eq!(sau.json(&["show", &of_head]).unwrap()["text"], "Đèn đường hỏng");
}
