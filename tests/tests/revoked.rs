//! A phone the office shut out: it sends nothing, keeps everything, and says whom to ring.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use fieldbook_tests::village::{HEAD, Village, listed_receipts, petition, press, receipt, send};

#[test]
fn a_revoked_phone_keeps_everything_and_says_ring_the_office() {
    let village = Village::found().unwrap();
    let phone = village.phone(HEAD, "head").unwrap();
    let sent = petition(&phone, "Đã gửi trước đó").unwrap();
    send(&phone).unwrap();
    let waiting = petition(&phone, "Chưa kịp gửi").unwrap();
    let draft = phone.json(&["petition", "Đang viết dở", "--answers", "n,n,n,n", "--unit", "An Định", "--draft"]).unwrap();
    let devices = village.office.lines(&["devices"]).unwrap();
    village.office.run(&["revoke", devices[0]["writer"].as_str().unwrap()]).unwrap();

    let outcome = press(&phone).unwrap();

    assert_eq!(outcome["trouble"], "revoked", "{outcome}");
    let told = phone.say(&["outbox"]).unwrap();
    assert!(told.contains("cơ quan đã ngừng điện thoại này; gọi cơ quan"), "{told}");
    assert_eq!(village.receipts().unwrap(), std::slice::from_ref(&sent), "nothing was taken from it");
    let outbox = phone.json(&["outbox"]).unwrap();
    assert_eq!((&outbox["traffic"]["records_waiting"], &outbox["traffic"]["trouble"]), (&1.into(), &"revoked".into()));
    assert_eq!(listed_receipts(&phone).unwrap(), [sent.clone(), waiting.clone()], "everything is there to read");
    let drafts = phone.json(&["draft", "list"]).unwrap();
    assert_eq!(drafts[0]["id"], draft["id"], "the unfinished form too: {drafts}");
    // It may still be written on, and what is written waits.
    let later = receipt(&phone.json(&["petition", "Viết thêm", "--answers", "n,n,n,n", "--unit", "An Định"]).unwrap()).unwrap();
    assert_eq!(phone.json(&["show", &later]).unwrap()["text"], "Viết thêm");
    // A new code from the office brings all of it in, once.
    let code = village.office.invite(&["--person", HEAD], village.office.url()).unwrap();
    phone.say(&["enrol", &code]).unwrap();
    send(&phone.at("+30")).unwrap();
    assert_eq!(village.receipts().unwrap(), [sent, waiting, later], "nothing lost, nothing double");
    phone.say(&["check"]).unwrap();
    village.office.run(&["check"]).unwrap();
}
