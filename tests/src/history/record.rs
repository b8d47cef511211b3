//! The history: each call before it is made, and what came of it after, a line each, in the order in which they happened.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// Who made a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// The phone with this number.
    Phone(usize),
    /// The desk at the office.
    Desk,
}

/// What a call is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Does {
    /// Writes these texts, none of which is ever written again; `on` is the case they belong to, when there is one already.
    Writes {
        /// The texts.
        texts: Vec<String>,
        /// The case.
        on: Option<String>,
    },
    /// Adds to a case what has no text: a picture, a step.
    Adds {
        /// The case.
        on: String,
    },
    /// Turns back the save that began with this fact.
    Undoes {
        /// The fact.
        first: String,
    },
    /// Reads the list of records.
    Looks,
    /// Sends and receives, or anything else that says nothing about a record.
    Else,
}

/// What came of a call.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Came {
    /// It was done, and this was said.
    Told(Value),
    /// It was not done.
    Refused(String),
    /// It was killed before it said anything: done or not.
    Died,
}

/// A line of the history.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// A call is made.
    Asks(Does, Vec<String>),
    /// It ended.
    Ends(Came),
}

/// A line of the history, and whose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// Who.
    pub who: Who,
    /// The number of the call among all calls.
    pub call: usize,
    /// What.
    pub what: What,
}

/// The history as it grows, in a file and in memory.
pub struct History(Mutex<Kept>);

struct Kept {
    file: File,
    lines: Vec<Line>,
    calls: usize,
    failed: Option<io::Error>,
}

impl History {
    /// An empty one in this file.
    pub fn begin(file: &Path) -> io::Result<Self> {
        Ok(Self(Mutex::new(Kept { file: File::create(file)?, lines: Vec::new(), calls: 0, failed: None })))
    }

    /// A call is about to be made; gives its number.
    pub fn asks(&self, who: Who, does: Does, words: &[&str]) -> usize {
        let mut kept = self.kept();
        kept.calls += 1;
        let call = kept.calls;
        kept.add(Line { who, call, what: What::Asks(does, words.iter().map(|word| (*word).to_owned()).collect()) });
        call
    }

    /// The call ended.
    pub fn ends(&self, who: Who, call: usize, came: Came) {
        self.kept().add(Line { who, call, what: What::Ends(came) });
    }

    /// All of it.
    ///
    /// # Errors
    /// When a line could not be written to the file.
    pub fn finish(self) -> io::Result<Vec<Line>> {
        let kept = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        kept.failed.map_or(Ok(kept.lines), Err)
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, line: Line) {
        let written = serde_json::to_string(&line).map_err(io::Error::other).and_then(|text| writeln!(self.file, "{text}"));
        self.failed = self.failed.take().or(written.err());
        self.lines.push(line);
    }
}
