//! What the office erases is gone from every phone and every file, stays gone after a restore, and leaves a stub.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::PathBuf;

use fieldbook_tests::headless::Phone;
use fieldbook_tests::village::{HEAD, LIAISON, Village, files, files_with, receipt, save, send};

/// Stands in the text, in a note and in the petitioner's name. Without marks and capitals, so that search indexes hold it as it is.
const MARKER: &str = "zqxoavinhvien";

/// What phones and office hold of a case, on disk.
struct Held {
    village: Village,
    phones: [Phone; 2],
    receipt: String,
    photo: String,
}

fn held() -> Held {
    let village = Village::found().unwrap();
    let phones = [village.phone(HEAD, "head").unwrap(), village.phone(LIAISON, "liaison").unwrap()];
    let picture = village.picture(5, 800, 600).unwrap();
    let text = format!("Đất nhà {MARKER} bị lấn");
    let saved = save(&phones[0], &["petition", &text, "--answers", "n,n,y,n", "--name", MARKER, "--photo", &picture]).unwrap();
    let receipt = receipt(&saved).unwrap();
    send(&phones[0]).unwrap();
    send(&phones[1]).unwrap();
    phones[1].off(-60).say(&["note", &receipt, &format!("Đã gặp {MARKER}")]).unwrap();
    for phone in [&phones[1], &phones[0]] {
        send(phone).unwrap();
    }
    let photo = village.shown(&receipt).unwrap()["photos"][0]["hash"].as_str().unwrap().to_owned();
    Held { village, phones, receipt, photo }
}

impl Held {
    /// Files of the office and of the phones that still hold the marker, or that are the photo or its preview.
    fn left(&self) -> Vec<PathBuf> {
        let folders = [self.village.office.data().to_owned(), self.phones[0].dir.clone(), self.phones[1].dir.clone()];
        let with_text = folders.iter().flat_map(|folder| files_with(folder, MARKER.as_bytes()).unwrap());
        let photos = folders.iter().flat_map(|folder| files(folder).unwrap());
        let is_photo = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().contains(&self.photo);
        with_text.chain(photos.filter(is_photo)).collect()
    }

    /// Erases everything of the case but its first fact, which says only what kind of petition it is and where.
    fn erase(&self) {
        let shown = self.village.shown(&self.receipt).unwrap();
        let facts =
            shown["facts"].as_array().unwrap().iter().filter(|fact| fact["kind"] != "petition" && fact["kind"] != "case_event");
        let ids: Vec<&str> = facts.map(|fact| fact["id"].as_str().unwrap()).collect();
        let arguments = ["office", "erase", &self.receipt, "--ground", "Theo yêu cầu của người dân"];
        self.village.office.run(&[&arguments[..], &ids].concat()).unwrap();
    }
}

/// The case stands there without a word of it, and says that something was erased.
fn assert_stub_on(phone: &Phone, receipt: &str) {
    let shown = phone.json(&["show", receipt]).unwrap();
    assert_eq!((&shown["text"], &shown["photos"]), (&"".into(), &serde_json::json!([])), "{shown}");
    assert!(!shown.to_string().contains(MARKER), "{shown}");
    assert!(shown["history"].as_array().unwrap().iter().any(|line| line["what"]["what"] == "erased"), "{shown}");
    assert!(phone.json(&["search", MARKER]).unwrap()["rows"].as_array().unwrap().is_empty());
    assert_eq!(phone.say(&["check"]).unwrap(), "Sổ nguyên vẹn.");
}

#[test]
fn an_erasure_reaches_every_phone_and_survives_restore() {
    let mut held = held();
    assert!(held.left().len() >= 5, "text and photo are in the files before: {:?}", held.left());
    let backup = held.village.path("backup");
    held.village.office.run(&["backup", &backup.to_string_lossy()]).unwrap();

    held.erase();
    for phone in &held.phones {
        send(phone).unwrap();
    }

    assert_eq!(held.left(), Vec::<PathBuf>::new(), "not a byte is left, while the server runs on");
    let shown = held.village.shown(&held.receipt).unwrap();
    let stubs = shown["facts"].as_array().unwrap().iter().filter(|fact| fact["erased"] == true).count();
    assert!(stubs >= 4, "text, petitioner, photo and note left stubs: {shown}");
    for phone in &held.phones {
        assert_stub_on(phone, &held.receipt);
    }

    assert!(!files_with(&backup, MARKER.as_bytes()).unwrap().is_empty(), "the backup was made before");
    held.village.office.stop().unwrap();
    held.village.office.run(&["restore", &backup.to_string_lossy()]).unwrap();
    held.village.office.start().unwrap();
    for phone in &held.phones {
        send(phone).unwrap();
    }

    assert_eq!(held.left(), Vec::<PathBuf>::new(), "the ledger was carried out again");
    held.village.office.run(&["check"]).unwrap();
    for phone in &held.phones {
        assert_stub_on(phone, &held.receipt);
    }
    let later = held.village.phone(HEAD, "later").unwrap();
    assert_stub_on(&later, &held.receipt);
    assert_eq!(files_with(&later.dir, MARKER.as_bytes()).unwrap(), Vec::<PathBuf>::new());
}
