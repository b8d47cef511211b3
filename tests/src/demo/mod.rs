//! A month on two phones and one office, with a bad network between them, told step by step and checked at the end.

mod cast;
mod month;
mod next_month;
mod proof;
mod serve;

use std::path::{Path, PathBuf};

use serde_json::Value;

pub use serve::serve;

use crate::headless::Phone;
use crate::jpeg;
use crate::office::{Office, Transport, Trouble};
use crate::proxy::http::HttpProxy;
use crate::proxy::tcp;

type Done<T = ()> = Result<T, Trouble>;

/// Everybody in the story, and the wires between them.
struct Stage {
    folder: PathBuf,
    office: Office,
    /// Loses, repeats and breaks requests.
    bad: HttpProxy,
    /// Counts every byte of the phones.
    counted: tcp::Proxy,
    liaison: Phone,
    head: Phone,
    days: Days,
    /// What the story must find again at its end.
    receipts: Vec<String>,
}

/// The two moments of the story, as dates on a phone in Vietnam.
struct Days {
    /// The twelfth of last month.
    last_month: String,
    /// Today.
    today: String,
}

impl Days {
    /// A time of day last month, as RFC 3339.
    fn then(&self, time: &str) -> String {
        format!("{}T{time}+07:00", self.last_month)
    }

    /// A time of day today.
    fn now(&self, time: &str) -> String {
        format!("{}T{time}+07:00", self.today)
    }
}

/// Plays the whole story in `folder`, which is emptied first.
///
/// # Errors
/// The first thing that did not go as told.
pub async fn run(folder: &Path) -> Done {
    let mut stage = Stage::set(folder).await?;
    month::offline(&mut stage)?;
    month::first_sync(&mut stage)?;
    month::the_office_answers(&mut stage)?;
    next_month::merged_meanwhile(&mut stage)?;
    next_month::promises_come_back(&mut stage)?;
    proof::everything_is_there(&mut stage)?;
    stage.office.stop()
}

impl Stage {
    async fn set(folder: &Path) -> Done<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(trouble)?;
        }
        std::fs::create_dir_all(folder).map_err(trouble)?;
        title("The office opens");
        let mut office = Office::create(&folder.join("office"), "Sổ Địa Bàn – bản thử", Transport::Plain)?;
        cast::fill(&office)?;
        office.start()?;
        let bad = HttpProxy::start(office.url()).await.map_err(trouble)?;
        let upstream =
            bad.url.trim_start_matches("http://").parse().map_err(|_| Trouble(format!("no address: {}", bad.url)))?;
        let counted = tcp::Proxy::start(upstream).await.map_err(trouble)?;
        let address = format!("http://{}", counted.address);
        let (liaison, head) = (Phone::new(&folder.join("liaison")), Phone::new(&folder.join("head")));
        let mut stage =
            Self { folder: folder.to_owned(), office, bad, counted, liaison, head, days: days(), receipts: Vec::new() };
        cast::enrol(&mut stage, &address)?;
        Ok(stage)
    }

    /// What one of the phones did on the wire since the last time this was asked.
    fn bytes(&self, what: &str) {
        let counted = self.counted.reset();
        say(&format!("{what}: {} B sent, {} B received", counted.up, counted.down));
    }

    /// A JPEG as a phone camera makes it, with EXIF and a position in it.
    fn camera(&self, name: &str, seed: u64) -> Done<String> {
        let path = self.folder.join(format!("{name}.jpg"));
        std::fs::write(&path, jpeg::sample_photo(seed, 2_592, 1_944)).map_err(trouble)?;
        Ok(path.to_string_lossy().into_owned())
    }

    /// Keeps a receipt so that the end of the story can look for it.
    fn keep(&mut self, saved: &Value) -> Done<String> {
        let receipt = text(saved, "receipt")?;
        self.receipts.push(receipt.clone());
        for more in saved["more_receipts"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            self.receipts.push(more.to_owned());
        }
        Ok(receipt)
    }
}

/// The twelfth of the month before this one, and today, on a calendar in Vietnam.
fn days() -> Days {
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64);
    let today = fieldbook_model::day::Day::of(seconds).date();
    let first = chrono::Datelike::with_day(&today, 1).unwrap_or(today);
    let last_month = first.pred_opt().and_then(|day| chrono::Datelike::with_day(&day, 12)).unwrap_or(first);
    Days { last_month: last_month.to_string(), today: today.to_string() }
}

fn text(value: &Value, key: &str) -> Done<String> {
    value[key].as_str().map(str::to_owned).ok_or_else(|| Trouble(format!("no {key} in {value}")))
}

fn must(holds: bool, what: &str, seen: &dyn std::fmt::Display) -> Done {
    if holds { Ok(()) } else { Err(Trouble(format!("{what} – but: {seen}"))) }
}

#[allow(clippy::print_stdout, reason = "the story is this program's output")]
fn title(what: &str) {
    println!("\n── {what}");
}

#[allow(clippy::print_stdout, reason = "the story is this program's output")]
fn say(what: &str) {
    println!("   {what}");
}

fn trouble(error: std::io::Error) -> Trouble {
    Trouble(error.to_string())
}
