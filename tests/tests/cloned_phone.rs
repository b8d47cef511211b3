//! A phone restored from a copy of itself: both go on writing, the office tells them apart, and the person misses nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, Village, listed_receipts, petition, receipt, send};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            std::fs::copy(entry.path(), &target).map(|_| ()).unwrap()
        }
    }
}

#[test]
fn a_phone_restored_from_a_backup_becomes_a_new_writer() {
    let village = Village::found().unwrap();
    let original = village.phone(HEAD, "original").unwrap();
    let sent = petition(&original, "Đã gửi trước khi sao chép").unwrap();
    send(&original).unwrap();
    let waiting = petition(&original, "Chưa gửi khi sao chép").unwrap();
    let copied = Phone::new(&village.path("copied"));
    copy(&original.dir, &copied.dir);

    // Both go on, each without knowing of the other, under the same sequence numbers.
    let (a, b) = (village.picture(1, 320, 240).unwrap(), village.picture(2, 320, 240).unwrap());
    let write = |phone: &Phone, clock: &str, words: &str, picture: &str| {
        let saved = phone.at(clock).json(&["petition", words, "--answers", "n,n,n,n", "--unit", "An Định", "--photo", picture]);
        let saved = saved.unwrap();
        (saved["id"].as_str().unwrap().to_owned(), receipt(&saved).unwrap())
    };
    let on_original = write(&original, "-90", "Viết trên máy gốc", &a);
    let on_copy = write(&copied, "-60", "Viết trên máy phục hồi", &b);
    assert_eq!(on_original.0, on_copy.0, "the numbers collide, or this test tests nothing");
    let second = petition(&copied, "Thêm trên máy phục hồi").unwrap();
    let receipts_on_copy = listed_receipts(&copied).unwrap();

    send(&original).unwrap();
    send(&copied).unwrap();
    send(&original).unwrap();

    let words = |text: &str| {
        village.office.lines(&["office", "list"]).unwrap().iter().filter(|case| case.to_string().contains(text)).count()
    };
    for text in [
        "Đã gửi trước khi sao chép",
        "Chưa gửi khi sao chép",
        "Viết trên máy gốc",
        "Viết trên máy phục hồi",
        "Thêm trên máy phục hồi",
    ] {
        assert_eq!(words(text), 1, "\"{text}\" stands at the office once: {:#?}", village.office.lines(&["office", "list"]));
    }
    assert_eq!(village.receipts().unwrap().len(), 5, "and nothing else");
    let writers: std::collections::BTreeSet<String> =
        village.office.lines(&["devices"]).unwrap().iter().map(|device| device["writer"].to_string()).collect();
    assert_eq!(writers.len(), 2, "the copy became a writer of its own");
    // What was read out to residents still finds the same record, and the person sees every record as received.
    for receipt in &receipts_on_copy {
        assert_eq!(copied.json(&["show", receipt]).unwrap()["row"]["sending"]["sending"], "received", "{receipt}");
    }
    assert!(copied.json(&["show", &second]).unwrap()["text"].to_string().contains("Thêm trên máy phục hồi"));
    for (phone, more) in [(&original, 5), (&copied, 5)] {
        let listed = listed_receipts(phone).unwrap();
        assert_eq!(listed.len(), more, "{:?}: {listed:?}", phone.dir);
        for receipt in [&sent, &waiting] {
            assert_eq!(listed.iter().filter(|seen| *seen == receipt).count(), 1, "{receipt} once");
        }
        assert_eq!(phone.json(&["outbox"]).unwrap()["attention"].as_array().unwrap().len(), 0);
        phone.say(&["check"]).unwrap();
    }
    let checked = village.office.json(&["check"]).unwrap();
    assert_eq!((&checked["photos"], &checked["photos_under_way"]), (&2.into(), &0.into()), "both pictures: {checked}");
}
