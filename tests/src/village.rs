//! A small organisation for whole-system tests: one commune with four hamlets, a liaison who looks after three of them, a head.

use std::path::{Path, PathBuf};

use fieldbook_model::day::Day;
use serde_json::Value;

use crate::headless::Phone;
use crate::jpeg;
use crate::office::{Office, Transport, Trouble};

/// Full name of the liaison of ấp An Định, An Thạnh and An Hòa. All persons are invented.
pub const LIAISON: &str = "Trần Thị Mai";
/// Full name of the head of ấp An Định.
pub const HEAD: &str = "Lê Văn Bảy";

const COMMUNE: &str = "29224";
const FROM: &str = "2025-07-01";

/// What is saved with this clock, a minute slow, may go at once: the time for "Hoàn tác" is over.
pub const A_MINUTE_AGO: &str = "-60";

/// How often a person presses "Gửi ngay" before giving up.
const PRESSES: usize = 12;

/// The organisation, its office running, in a folder that goes away with it.
pub struct Village {
    folder: tempfile::TempDir,
    /// The office.
    pub office: Office,
}

impl Village {
    /// Founds it and opens the office. No phone is enrolled yet.
    pub fn found() -> Result<Self, Trouble> {
        let folder = tempfile::tempdir().map_err(trouble)?;
        let mut office = Office::create(&folder.path().join("office"), "Xã An Qui", Transport::Plain)?;
        fill(&office)?;
        office.start()?;
        Ok(Self { folder, office })
    }

    /// A path in the village's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A new phone of a person, enrolled straight at the office, with the first data.
    pub fn phone(&self, person: &str, name: &str) -> Result<Phone, Trouble> {
        self.phone_through(person, name, self.office.url())
    }

    /// A new phone of a person that reaches the office through this address.
    pub fn phone_through(&self, person: &str, name: &str, address: &str) -> Result<Phone, Trouble> {
        let phone = Phone::new(&self.path(name));
        let code = self.office.invite(&["--person", person], address)?;
        phone.say(&["--network", "unmetered", "enrol", &code, "--device", name])?;
        send(&phone)?;
        Ok(phone)
    }

    /// A JPEG as a camera makes it.
    pub fn picture(&self, seed: u64, width: u32, height: u32) -> Result<String, Trouble> {
        let path = self.path(&format!("camera-{seed}.jpg"));
        std::fs::write(&path, jpeg::sample_photo(seed, width, height)).map_err(trouble)?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// The receipts of all cases at the office, in the order of its log; one that stands there twice is there twice.
    pub fn receipts(&self) -> Result<Vec<String>, Trouble> {
        let cases = self.office.lines(&["office", "list"])?;
        Ok(cases.iter().filter_map(|case| case["receipt"].as_str()).map(str::to_owned).collect())
    }

    /// What the office shows of a case, by id or receipt.
    pub fn shown(&self, case: &str) -> Result<Value, Trouble> {
        self.office.json(&["office", "show", case])
    }

    /// Adds a colleague with a post. Gives the id of the post.
    pub fn post(&self, person: &str, role: &str, unit: &str) -> Result<String, Trouble> {
        self.office.run(&["person", "add", person])?;
        self.office.run(&["post", "add", "--person", person, "--role", role, "--unit", unit, "--from", FROM])
    }

    /// Gives a colleague a hamlet to look after. Gives the id of the assignment.
    pub fn assign(&self, person: &str, unit: &str) -> Result<String, Trouble> {
        self.office.run(&["office", "assign", "--person", person, "--unit", unit, "--from", FROM])
    }

    /// The id of a unit by its code.
    pub fn unit(&self, code: &str) -> Result<String, Trouble> {
        let units = self.office.lines(&["units"])?;
        let unit = units.iter().find(|unit| unit["code"] == code).and_then(|unit| unit["id"].as_str());
        unit.map(str::to_owned).ok_or_else(|| Trouble(format!("no unit {code}")))
    }
}

impl Phone {
    /// The same phone with a clock that is so many seconds fast, or slow when negative.
    pub fn off(&self, seconds: i64) -> Self {
        self.at(&format!("{seconds:+}"))
    }
}

/// A text of a record; says what the record was when there is none.
pub fn text<'v>(record: &'v Value, key: &str) -> Result<&'v str, Trouble> {
    record[key].as_str().ok_or_else(|| Trouble(format!("no {key} in {record}")))
}

/// The date so many days before today in Vietnam, as the office's commands take it.
pub fn date(days_ago: i32) -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Day::of(now.map_or(0, |since| since.as_secs().cast_signed())).plus(-days_ago).date().to_string()
}

/// Every file below a folder; none when there is no such folder.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let (mut found, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = waiting.pop() {
        if !next.exists() {
            continue;
        }
        for entry in std::fs::read_dir(&next).map_err(trouble)? {
            let path = entry.map_err(trouble)?.path();
            if path.is_dir() { waiting.push(path) } else { found.push(path) }
        }
    }
    Ok(found)
}

/// The files below a folder that hold these bytes.
pub fn files_with(folder: &Path, needle: &[u8]) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = files(folder)?;
    let mut failed = None;
    found.retain(|path| match std::fs::read(path) {
        Ok(bytes) => bytes.windows(needle.len()).any(|window| window == needle),
        Err(error) => {
            failed = Some(error);
            false
        }
    });
    failed.map_or(Ok(found), |error| Err(trouble(error)))
}

/// Saves a record a minute ago, so that it may go at once; returns what the phone said.
pub fn save(phone: &Phone, arguments: &[&str]) -> Result<Value, Trouble> {
    phone.at(A_MINUTE_AGO).json(arguments)
}

/// Saves a petition of an anonymous resident a minute ago and returns its receipt.
pub fn petition(phone: &Phone, words: &str) -> Result<String, Trouble> {
    receipt(&save(phone, &["petition", words, "--answers", "n,n,n,n", "--unit", "An Định"])?)
}

/// The receipt the phone showed.
pub fn receipt(saved: &Value) -> Result<String, Trouble> {
    saved["receipt"].as_str().map(str::to_owned).ok_or_else(|| Trouble(format!("no receipt in {saved}")))
}

/// Presses "Gửi ngay" until nothing waits.
pub fn send(phone: &Phone) -> Result<Value, Trouble> {
    let mut last = Value::Null;
    for _ in 0..PRESSES {
        last = press(phone)?;
        let traffic = &last["traffic"];
        if last["complete"] == true && traffic["records_waiting"] == 0 && traffic["photos_waiting"] == 0 {
            return Ok(last);
        }
    }
    Err(Trouble(format!("still waiting after {PRESSES} tries: {last}")))
}

/// Presses "Gửi ngay" once.
pub fn press(phone: &Phone) -> Result<Value, Trouble> {
    phone.json(&["--network", "unmetered", "sync"])
}

/// All records the phone lists, newest first.
pub fn listed(phone: &Phone) -> Result<Vec<Value>, Trouble> {
    let mut rows = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = match &after {
            None => phone.json(&["list"])?,
            Some(after) => phone.json(&["list", "--after", after])?,
        };
        rows.extend(page["rows"].as_array().cloned().unwrap_or_default());
        after = page["next"].as_str().map(str::to_owned);
        if after.is_none() {
            return Ok(rows);
        }
    }
}

/// The receipts of all records the phone lists, sorted; one that it lists twice is there twice.
pub fn listed_receipts(phone: &Phone) -> Result<Vec<String>, Trouble> {
    let mut receipts: Vec<String> =
        listed(phone)?.iter().filter_map(|row| row["receipt"].as_str()).map(str::to_owned).collect();
    receipts.sort();
    Ok(receipts)
}

fn fill(office: &Office) -> Result<(), Trouble> {
    for file in ["units-village.csv", "hamlets.csv"] {
        office.run(&["import-units", &data(file).to_string_lossy()])?;
    }
    for name in [LIAISON, HEAD] {
        office.run(&["person", "add", name])?;
    }
    for (person, role, unit) in [(LIAISON, "liaison", COMMUNE), (HEAD, "head", "AQ-AD")] {
        office.run(&["post", "add", "--person", person, "--role", role, "--unit", unit, "--from", FROM])?;
    }
    for hamlet in ["AQ-AD", "AQ-AT", "AQ-AH"] {
        office.run(&["office", "assign", "--person", LIAISON, "--unit", hamlet, "--from", FROM, "--decision", "12-QĐ/ĐU"])?;
    }
    for topic in ["Sinh hoạt chi bộ", "Trữ nước mưa, nước ngọt"] {
        office.run(&["office", "topic", topic, "--unit", COMMUNE])?;
    }
    Ok(())
}

fn data(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(file)
}

fn trouble(error: std::io::Error) -> Trouble {
    Trouble(error.to_string())
}
