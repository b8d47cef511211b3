//! Versions that left the house, as they were: their databases, and what their phones and office said to each other.
//! Later code has to read all of it. [`make`] keeps the present version, [`Kept`] opens one that was kept.

pub mod first;
pub mod make;

use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::office::Trouble;
use crate::proxy::http::Exchange;

/// Names of the phones whose databases are kept: a head's with work that was not sent yet, a liaison's with a refused record.
pub const PHONES: [&str; 2] = ["head", "liaison"];

/// The head's second phone, which only received. Its answers and what it showed are kept, not its database.
pub const READER: &str = "reader";

/// A version that was kept.
pub struct Kept {
    folder: PathBuf,
    /// When, by which the clocks of its phones and its office go.
    pub moment: i64,
}

/// One request and its answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Spoken {
    /// The phone.
    pub phone: String,
    /// `POST`, `PATCH`, `PUT`.
    pub method: String,
    /// The path.
    pub path: String,
    /// Heads of the request that mean something.
    pub heads: Vec<(String, String)>,
    /// The body, in hex.
    request: String,
    /// Status of the answer.
    pub status: u16,
    /// Heads of the answer that mean something.
    pub answer_heads: Vec<(String, String)>,
    /// Its body, in hex.
    answer: String,
}

/// What a phone showed: a record's line in the list, and its page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shown {
    /// The phone.
    pub phone: String,
    /// The line.
    pub row: Value,
    /// The page.
    pub page: Value,
}

impl Kept {
    /// The version kept in `tests/data/version-{n}`.
    pub fn open(n: u32) -> Result<Self, Trouble> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(format!("version-{n}"));
        let moment = std::fs::read_to_string(folder.join("moment")).map_err(said)?;
        Ok(Self { moment: moment.trim().parse().map_err(said)?, folder })
    }

    /// Puts a phone's files into this folder, which is made.
    pub fn phone(&self, name: &str, to: &Path) -> Result<(), Trouble> {
        self.unpack(&format!("{name}.db"), &to.join("fieldbook.db"))?;
        std::fs::copy(self.folder.join(format!("{name}.key")), to.join("notebook.key")).map_err(said)?;
        copy_all(&self.folder.join(format!("{name}-photos")), &to.join("photos")).map_err(said)
    }

    /// Puts the office's files into this folder, which is made.
    pub fn office(&self, to: &Path) -> Result<(), Trouble> {
        self.unpack("office.db", &to.join("office.db"))?;
        copy_all(&self.folder.join("office"), to).map_err(said)
    }

    /// What was said, in order.
    pub fn spoken(&self) -> Result<Vec<Spoken>, Trouble> {
        self.lines("spoken.jsonl")
    }

    /// What the phones showed.
    pub fn shown(&self, phone: &str) -> Result<Vec<Shown>, Trouble> {
        let all: Vec<Shown> = self.lines("shown.jsonl")?;
        Ok(all.into_iter().filter(|shown| shown.phone == phone).collect())
    }

    fn lines<T: for<'d> Deserialize<'d>>(&self, file: &str) -> Result<Vec<T>, Trouble> {
        let text = std::fs::read_to_string(self.folder.join(file)).map_err(said)?;
        text.lines().map(|line| serde_json::from_str(line).map_err(said)).collect()
    }

    fn unpack(&self, name: &str, to: &Path) -> Result<(), Trouble> {
        std::fs::create_dir_all(to.parent().unwrap_or(to)).map_err(said)?;
        let packed = std::fs::read(self.folder.join(format!("{name}.zst"))).map_err(said)?;
        std::fs::write(to, zstd::decode_all(&packed[..]).map_err(said)?).map_err(said)
    }
}

impl Spoken {
    fn of(phone: &str, exchange: &Exchange) -> Self {
        Self {
            phone: phone.to_owned(),
            method: exchange.method.clone(),
            path: exchange.path.clone(),
            heads: telling(&exchange.heads),
            request: hex(&exchange.request),
            status: exchange.status,
            answer_heads: telling(&exchange.answer_heads),
            answer: hex(&exchange.answer),
        }
    }

    /// The body of the request.
    pub fn request(&self) -> Result<Vec<u8>, Trouble> {
        bytes(&self.request)
    }

    /// The body of the answer.
    pub fn answer(&self) -> Result<Vec<u8>, Trouble> {
        bytes(&self.answer)
    }
}

/// The heads by which phone and office understand each other.
fn telling(heads: &[(String, Vec<u8>)]) -> Vec<(String, String)> {
    let tells = |name: &str| name == "authorization" || name == "retry-after" || name.starts_with("upload-");
    let kept = heads.iter().filter(|(name, _)| tells(name));
    kept.map(|(name, value)| (name.clone(), String::from_utf8_lossy(value).into_owned())).collect()
}

/// Copies a folder with everything in it; nothing when there is none.
fn copy_all(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    if !from.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(from)? {
        let path = entry?.path();
        let there = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy_all(&path, &there)?;
        } else {
            std::fs::copy(&path, &there)?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hex: &str) -> Result<Vec<u8>, Trouble> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let read = (0..hex.len()).step_by(2).map(digit).collect::<Option<Vec<u8>>>();
    read.ok_or_else(|| Trouble("a body is not in hex".into()))
}

fn said(error: impl std::fmt::Display) -> Trouble {
    Trouble(error.to_string())
}
