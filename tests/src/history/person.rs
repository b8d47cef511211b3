//! What somebody does with a phone, drawn from a seed: writes, changes their mind, adds, looks, sends over a bad line, and has the
//! phone killed under their hands.

use std::path::Path;
use std::process::Child;
use std::time::SystemTime;

use rand::Rng as _;
use rand::rngs::StdRng;
use serde_json::Value;

use super::record::{Came, Does, History, Who};
use crate::headless::Phone;
use crate::office::{Trouble, told};
use crate::proxy::{http, tcp};
use crate::village::A_MINUTE_AGO;

/// A phone in somebody's hand, and its line to the office.
pub struct Person<'a> {
    /// Its number.
    pub n: usize,
    /// The phone.
    pub phone: Phone,
    /// Where everything is written down.
    pub history: &'a History,
    /// Loses, repeats and reorders requests.
    pub requests: http::HttpProxy,
    /// Cuts connections.
    pub wire: tcp::Proxy,
    /// What decides.
    pub rng: StdRng,
    /// What it writes: petitions or problems.
    pub verb: &'static str,
    /// Pictures as the camera made them.
    pub pictures: &'a [String],
    /// Records it has seen: id, and whether it is its own.
    pub known: Vec<(String, bool)>,
    /// Texts written so far.
    pub written: usize,
}

/// How often somebody presses "Gửi ngay" before giving up.
const PRESSES: usize = 12;

/// When to kill a call.
enum Kill {
    /// Never.
    Never,
    /// When the notebook's files have changed so many times.
    AtChange(u32),
    /// When so many requests were seen.
    AtRequest(usize),
}

impl<'a> Person<'a> {
    /// A few things, then a try to send, then a look at what came of it.
    pub fn round(&mut self) -> Result<(), Trouble> {
        for _ in 0..self.rng.random_range(1..=3) {
            match self.rng.random_range(0..10) {
                0..=3 => self.writes(Kill::Never).map(|_| ())?,
                4 => self.changes_mind()?,
                5 => self.notes()?,
                6 => self.corrects()?,
                7 => self.adds_picture()?,
                _ => {
                    let change = self.rng.random_range(1..4);
                    self.writes(Kill::AtChange(change)).map(|_| ())?;
                }
            }
        }
        self.sends()?;
        self.looks()
    }

    /// Sends over a good line until nothing waits, also what was saved a moment ago.
    pub fn comes_to_rest(&mut self) -> Result<(), Trouble> {
        for _ in 0..PRESSES {
            let words = ["--network", "unmetered", "sync"];
            if let Came::Told(outcome) = self.call(Some("+60"), Does::Else, &words, &Kill::Never)?
                && outcome["complete"] == true
                && outcome["traffic"]["records_waiting"] == 0
                && outcome["traffic"]["photos_waiting"] == 0
            {
                break;
            }
        }
        self.looks()
    }

    /// Reads the whole list.
    pub fn looks(&mut self) -> Result<(), Trouble> {
        let came = self.call(None, Does::Looks, &["list", "--all"], &Kill::Never)?;
        if let Came::Told(Value::Array(rows)) = came {
            self.known.retain(|(_, own)| *own);
            let ids = rows.iter().filter_map(|row| row["id"].as_str());
            let others: Vec<_> = ids.filter(|id| !self.known.iter().any(|(known, _)| known == id)).collect();
            self.known.extend(others.into_iter().map(|id| (id.to_owned(), false)));
        }
        Ok(())
    }

    fn writes(&mut self, kill: Kill) -> Result<Option<Value>, Trouble> {
        self.writes_at(Some(A_MINUTE_AGO), kill)
    }

    fn writes_at(&mut self, clock: Option<&str>, kill: Kill) -> Result<Option<Value>, Trouble> {
        let text = self.text();
        let mut words = vec![self.verb, &text, "--unit", "An Định"];
        if self.verb == "petition" {
            words.extend(["--answers", "n,n,n,n"]);
        }
        if self.rng.random_ratio(1, 4) {
            words.extend(["--photo", self.picture()]);
        }
        let does = Does::Writes { texts: vec![text.clone()], on: None };
        let Came::Told(saved) = self.call(clock, does, &words, &kill)? else {
            return Ok(None);
        };
        self.known.extend(saved["id"].as_str().map(|id| (id.to_owned(), true)));
        Ok(Some(saved))
    }

    /// Saves now, perhaps sends at once, and turns it back.
    fn changes_mind(&mut self) -> Result<(), Trouble> {
        let Some(saved) = self.writes_at(None, Kill::Never)? else {
            return Ok(());
        };
        let first = saved["undo_id"].as_str().unwrap_or_default().to_owned();
        if self.rng.random() {
            self.sends()?;
        }
        let kill = if self.rng.random_ratio(1, 4) { Kill::AtChange(1) } else { Kill::Never };
        let came = self.call(None, Does::Undoes { first: first.clone() }, &["undo", &first], &kill)?;
        if let Came::Told(draft) = came {
            self.known.retain(|(id, _)| *id != first);
            let draft = draft["id"].as_str().unwrap_or_default();
            self.call(None, Does::Else, &["draft", "delete", draft], &Kill::Never)?;
        }
        Ok(())
    }

    fn notes(&mut self) -> Result<(), Trouble> {
        let Some(case) = self.some_case(false) else {
            return Ok(());
        };
        let text = self.text();
        let does = Does::Writes { texts: vec![text.clone()], on: Some(case.clone()) };
        self.call(Some(A_MINUTE_AGO), does, &["note", &case, &text], &Kill::Never).map(|_| ())
    }

    fn corrects(&mut self) -> Result<(), Trouble> {
        let Some(case) = self.some_case(true) else {
            return Ok(());
        };
        let text = self.text();
        let does = Does::Writes { texts: vec![text.clone()], on: Some(case.clone()) };
        self.call(Some(A_MINUTE_AGO), does, &["correct", &case, "--text", &text], &Kill::Never).map(|_| ())
    }

    fn adds_picture(&mut self) -> Result<(), Trouble> {
        let Some(case) = self.some_case(true) else {
            return Ok(());
        };
        let picture = self.picture();
        let kill = if self.rng.random_ratio(1, 4) { Kill::AtChange(1) } else { Kill::Never };
        self.call(Some(A_MINUTE_AGO), Does::Adds { on: case.clone() }, &["photo", picture, "--case", &case], &kill).map(|_| ())
    }

    /// Presses "Gửi ngay" once, over a line that is bad as a rule.
    fn sends(&mut self) -> Result<(), Trouble> {
        use http::Fault::{CutAnswer, KeepForLater, LoseAnswer, LoseRequest, Pass, Twice};
        const FAULTS: [http::Fault; 9] =
            [Pass, Pass, Pass, LoseRequest, LoseAnswer, LoseAnswer, Twice, KeepForLater, CutAnswer];
        self.requests.plan_anew((0..4).map(|_| FAULTS[self.rng.random_range(0..FAULTS.len())]));
        let cut = |rng: &mut StdRng| rng.random_ratio(1, 3).then(|| rng.random_range(0..4_000));
        self.wire.usual(tcp::Fault {
            cut_up_after: cut(&mut self.rng),
            cut_down_after: cut(&mut self.rng),
            ..tcp::Fault::default()
        });
        let seen = self.requests.seen().len();
        let kill = if self.rng.random_ratio(1, 3) { Kill::AtRequest(seen + 1) } else { Kill::Never };
        self.call(None, Does::Else, &["--network", "unmetered", "sync"], &kill)?;
        self.requests.plan_anew([]);
        self.wire.usual(tcp::Fault::default());
        Ok(())
    }

    /// One call, written down before and after.
    fn call(&self, clock: Option<&str>, does: Does, words: &[&str], kill: &Kill) -> Result<Came, Trouble> {
        let phone = Phone { clock: clock.map(str::to_owned), ..self.phone.clone() };
        let is_list = does == Does::Looks;
        let call = self.history.asks(Who::Phone(self.n), does, words);
        let with_json: Vec<&str> = ["--json"].into_iter().chain(words.iter().copied()).collect();
        let child = phone.begin(&with_json)?;
        let came = self.ended(child, kill, is_list)?;
        self.history.ends(Who::Phone(self.n), call, came.clone());
        Ok(came)
    }

    fn ended(&self, mut child: Child, kill: &Kill, is_list: bool) -> Result<Came, Trouble> {
        let mut now = Watched::of(&self.phone.dir);
        let mut changes = 0;
        loop {
            let is_time = match kill {
                Kill::Never => break,
                Kill::AtChange(wanted) => {
                    let before = std::mem::replace(&mut now, Watched::of(&self.phone.dir));
                    changes += u32::from(before != now);
                    changes >= *wanted
                }
                Kill::AtRequest(wanted) => self.requests.seen().len() >= *wanted,
            };
            if is_time {
                child.kill().map_err(trouble)?;
                break;
            }
            if child.try_wait().map_err(trouble)?.is_some() {
                break;
            }
            std::thread::yield_now();
        }
        let output = child.wait_with_output().map_err(trouble)?;
        let said = read(&String::from_utf8_lossy(&output.stdout), is_list);
        match (output.status.code(), said) {
            (Some(0), Ok(said)) => Ok(Came::Told(said)),
            // It was quicker than the kill: the person has read it.
            (None, Ok(said)) if !is_list => Ok(Came::Told(said)),
            (None, _) => Ok(Came::Died),
            (Some(1), _) => Ok(Came::Refused(String::from_utf8_lossy(&output.stderr).trim().to_owned())),
            (Some(_), _) => Err(Trouble(format!("phone {}: {}", self.n, told(&output)))),
        }
    }

    /// A text that is written once in all of the history.
    fn text(&mut self) -> String {
        self.written += 1;
        format!("Ý kiến {}-{}", self.n, self.written)
    }

    fn some_case(&mut self, own: bool) -> Option<String> {
        let cases: Vec<&String> = self.known.iter().filter(|(_, is_own)| *is_own || !own).map(|(id, _)| id).collect();
        let n = self.rng.random_range(0..cases.len().max(1));
        cases.get(n).map(|id| (*id).clone())
    }

    fn picture(&mut self) -> &'a str {
        let pictures = self.pictures;
        &pictures[self.rng.random_range(0..pictures.len())]
    }
}

/// The notebook's files as they are at one moment.
#[derive(PartialEq)]
struct Watched([Option<(u64, SystemTime)>; 2]);

impl Watched {
    fn of(folder: &Path) -> Self {
        let file = |name| {
            let about = std::fs::metadata(folder.join(name)).ok()?;
            Some((about.len(), about.modified().ok()?))
        };
        Self(["fieldbook.db", "fieldbook.db-wal"].map(file))
    }
}

/// What the phone printed: a record, or pages of a list.
fn read(printed: &str, is_list: bool) -> Result<Value, serde_json::Error> {
    if !is_list {
        return serde_json::from_str(printed);
    }
    let pages = printed.lines().map(serde_json::from_str::<Value>).collect::<Result<Vec<_>, _>>()?;
    Ok(pages.iter().filter_map(|page| page["rows"].as_array()).flatten().cloned().collect())
}

fn trouble(error: std::io::Error) -> Trouble {
    Trouble(error.to_string())
}
