//! The operating system lost the notebook's key, or gives another one: the person scans a new code, and nothing is lost.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::PathBuf;

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, Village, listed_receipts, petition, press, receipt, send};

#[test]
fn a_lost_key_leads_to_a_new_code_and_to_no_loss() {
    loses_nothing(|key| fs::remove_file(key).unwrap());
}

#[test]
fn a_wrong_key_leads_to_a_new_code_and_to_no_loss() {
    loses_nothing(|key| fs::write(key, [9; 32]).unwrap());
}

#[test]
fn a_damaged_key_leads_to_a_new_code_and_to_no_loss() {
    loses_nothing(|key| fs::write(key, b"short").unwrap());
}

fn loses_nothing(harm: impl Fn(PathBuf)) {
    let village = Village::found().unwrap();
    let phone = village.phone(HEAD, "head").unwrap();
    let sent = petition(&phone, "Đã gửi trước đó").unwrap();
    send(&phone).unwrap();
    let waiting = petition(&phone, "Chưa kịp gửi").unwrap();
    let draft = phone.json(&["petition", "Đang viết dở", "--answers", "n,n,n,n", "--unit", "An Định", "--draft"]).unwrap();

    harm(phone.dir.join("notebook.key"));

    assert_eq!(standing(&phone), "sign_in_again");
    assert_eq!(standing(&phone), "sign_in_again", "also the second time it opens");
    assert_eq!(press(&phone).unwrap()["trouble"], "sign_in_again");
    assert_eq!(village.receipts().unwrap(), std::slice::from_ref(&sent));
    assert_eq!(listed_receipts(&phone).unwrap(), [sent.clone(), waiting.clone()], "everything is there to read");
    assert_eq!(phone.json(&["draft", "list"]).unwrap()[0]["id"], draft["id"], "the unfinished form too");
    let later = receipt(&phone.json(&["petition", "Viết thêm", "--answers", "n,n,n,n", "--unit", "An Định"]).unwrap()).unwrap();

    let code = village.office.invite(&["--person", HEAD], village.office.url()).unwrap();
    phone.say(&["enrol", &code]).unwrap();
    send(&phone.at("+30")).unwrap();
    assert_eq!(village.receipts().unwrap(), [sent, waiting, later], "nothing lost, nothing double");
    assert_eq!(standing(&phone), "ready");
    phone.say(&["check"]).unwrap();
}

fn standing(phone: &Phone) -> String {
    phone.json(&["status"]).unwrap()["standing"].as_str().unwrap().to_owned()
}
