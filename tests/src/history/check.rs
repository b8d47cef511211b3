//! The checker: from what was asked and said, and from what is there in the end, it finds what cannot be.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::record::{Came, Does, Line, What, Who};

#[cfg(test)]
mod tests;

/// What is there when everything has come to rest.
#[derive(Debug, Clone, Default)]
pub struct End {
    /// The office's log since the history began, in its order.
    pub log: Vec<Entry>,
    /// Writers that are the office itself.
    pub office: BTreeSet<String>,
    /// Photos the office has whole.
    pub photos: BTreeSet<String>,
    /// The phones, by number.
    pub phones: Vec<PhoneEnd>,
}

/// A fact in the office's log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub fact: Fact,
    /// The texts in it.
    pub texts: Vec<String>,
}

/// A fact's id: who wrote it, and the writer's own number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// The writer.
    pub writer: String,
    /// The number.
    pub seq: u64,
}

/// A phone in the end.
#[derive(Debug, Clone, Default)]
pub struct PhoneEnd {
    /// The writer it is.
    pub writer: String,
    /// Its own facts.
    pub own: BTreeSet<Fact>,
    /// Records and pictures that still wait.
    pub waiting: i64,
    /// What it shows of each scope it is in; equal on all phones of that scope.
    pub shown: BTreeMap<String, String>,
}

/// Something that cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Violation {
    /// It was called saved, and the office does not have it.
    Lost(Who, String),
    /// It was called received, and the office does not have it.
    ReceivedInVain(Who, String),
    /// It is at the office more than once.
    Doubled(String),
    /// It is at the office, and nobody wrote it.
    NobodyWrote(String),
    /// It was turned back, or never saved, and is at the office.
    Unwanted(Who, String),
    /// A writer's facts are not in the order in which they were made.
    OutOfOrder(String, u64, u64),
    /// Two phones of a scope show different things.
    Differ(String, usize, usize),
    /// A record had another receipt before.
    ReceiptChanged(String, String, String),
    /// Two records have one receipt.
    ReceiptShared(String),
    /// A record was called sent, and waits again although nothing was added.
    WentBack(usize, String),
    /// A phone still has something to send.
    Waits(usize),
    /// A picture was attached, and the office does not have it.
    PhotoLost(usize, String),
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost(who, what) => write!(f, "{who:?} called \"{what}\" saved; the office does not have it"),
            Self::ReceivedInVain(who, case) => write!(f, "{who:?} called {case} received; the office does not have it"),
            Self::Doubled(what) => write!(f, "\"{what}\" is at the office more than once"),
            Self::NobodyWrote(what) => write!(f, "\"{what}\" is at the office, and nobody wrote it"),
            Self::Unwanted(who, what) => write!(f, "\"{what}\" of {who:?} was turned back or not saved, and is at the office"),
            Self::OutOfOrder(writer, one, two) => write!(f, "{writer} made {one} before {two}; it is not so at the office"),
            Self::Differ(scope, one, two) => write!(f, "phones {one} and {two} show different things of {scope}"),
            Self::ReceiptChanged(case, one, two) => write!(f, "the receipt of {case} was {one} and became {two}"),
            Self::ReceiptShared(receipt) => write!(f, "two records have the receipt {receipt}"),
            Self::WentBack(phone, case) => write!(f, "phone {phone} called {case} sent, then waiting"),
            Self::Waits(phone) => write!(f, "phone {phone} still has something to send"),
            Self::PhotoLost(phone, hash) => write!(f, "phone {phone} attached the picture {hash}; the office does not have it"),
        }
    }
}

/// Everything that cannot be, by what was said and what is there.
pub fn check(lines: &[Line], end: &End) -> Vec<Violation> {
    let calls = calls(lines);
    let mut found = Vec::new();
    written(&calls, end, &mut found);
    ordered(&calls, end, &mut found);
    traced(&calls, end, &mut found);
    receipts(&calls, &mut found);
    acknowledged(&calls, end, &mut found);
    at_rest(&calls, end, &mut found);
    found
}

/// A call and what came of it; one that has no end died.
struct Call<'a> {
    who: Who,
    does: &'a Does,
    came: &'a Came,
}

impl Call<'_> {
    fn told(&self, key: &str) -> Option<&str> {
        match self.came {
            Came::Told(said) => said[key].as_str(),
            Came::Refused(_) | Came::Died => None,
        }
    }

    /// The first fact of a save.
    fn first(&self) -> Option<&str> {
        matches!(self.does, Does::Writes { .. }).then(|| self.told("undo_id")).flatten()
    }
}

/// The calls in the order in which they were made.
fn calls(lines: &[Line]) -> Vec<Call<'_>> {
    let mut ends: BTreeMap<usize, &Came> = BTreeMap::new();
    for line in lines {
        if let What::Ends(came) = &line.what {
            ends.insert(line.call, came);
        }
    }
    let asked = |line| match line {
        &Line { who, call, what: What::Asks(ref does, _) } => {
            Some(Call { who, does, came: ends.get(&call).copied().unwrap_or(&Came::Died) })
        }
        _ => None,
    };
    lines.iter().filter_map(asked).collect()
}

/// How often a text must be at the office.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Once,
    AtMostOnce,
    Never,
}

/// Each text that was called saved is there once; nothing that was turned back is, and nothing else.
fn written(calls: &[Call<'_>], end: &End, found: &mut Vec<Violation>) {
    let mut due: BTreeMap<&str, (Who, Times)> = BTreeMap::new();
    for call in calls {
        let Does::Writes { texts, .. } = call.does else {
            continue;
        };
        let times = match (call.came, turned_back(calls, call)) {
            (Came::Told(_), None) => Times::Once,
            (Came::Told(_), Some(Came::Died)) | (Came::Died, _) => Times::AtMostOnce,
            (Came::Told(_), Some(_)) | (Came::Refused(_), _) => Times::Never,
        };
        due.extend(texts.iter().map(|text| (text.as_str(), (call.who, times))));
    }
    let mut there: BTreeMap<&str, u32> = BTreeMap::new();
    for text in end.log.iter().flat_map(|entry| &entry.texts) {
        *there.entry(text).or_default() += 1;
    }
    for (text, (who, times)) in &due {
        match (there.get(text).copied().unwrap_or_default(), times) {
            (0, Times::Once) => found.push(Violation::Lost(*who, (*text).to_owned())),
            (1.., Times::Never) => found.push(Violation::Unwanted(*who, (*text).to_owned())),
            (2.., _) => found.push(Violation::Doubled((*text).to_owned())),
            (0 | 1, _) => {}
        }
    }
    let strange = there.keys().filter(|text| !due.contains_key(*text));
    found.extend(strange.map(|text| Violation::NobodyWrote((*text).to_owned())));
}

/// What came of turning a save back; none when nobody tried, or it was too late.
fn turned_back<'a>(calls: &[Call<'a>], save: &Call<'_>) -> Option<&'a Came> {
    let saved = save.first()?;
    let undo = |call: &&Call<'_>| call.who == save.who && matches!(call.does, Does::Undoes { first } if first == saved);
    calls.iter().filter(undo).map(|call| call.came).find(|came| !matches!(came, Came::Refused(_)))
}

/// A phone's facts are numbered as they were made, and stand at the office in that order, each once.
fn ordered(calls: &[Call<'_>], end: &End, found: &mut Vec<Violation>) {
    let mut last: BTreeMap<&str, u64> = BTreeMap::new();
    let mut follows = |fact: &'_ Fact, last_of: Option<u64>| {
        if let Some(before) = last_of.filter(|before| *before >= fact.seq) {
            found.push(Violation::OutOfOrder(fact.writer.clone(), before, fact.seq));
        }
    };
    for entry in &end.log {
        follows(&entry.fact, last.insert(&entry.fact.writer, entry.fact.seq));
    }
    let mut made: BTreeMap<String, u64> = BTreeMap::new();
    for fact in calls.iter().filter_map(|call| Fact::read(call.first()?)) {
        follows(&fact, made.insert(fact.writer.clone(), fact.seq));
    }
}

/// What was called saved is there under its id, and what is there has somebody who wrote it.
fn traced(calls: &[Call<'_>], end: &End, found: &mut Vec<Violation>) {
    let there: BTreeSet<&Fact> = end.log.iter().map(|entry| &entry.fact).collect();
    let mut said_at_desk = BTreeSet::new();
    for call in calls {
        if let (Who::Desk, Came::Told(Value::String(id))) = (call.who, call.came) {
            said_at_desk.extend(Fact::read(id));
        }
        let Some(first) = call.first() else {
            continue;
        };
        let is_there = Fact::read(first).is_some_and(|fact| there.contains(&fact));
        match turned_back(calls, call) {
            None if !is_there => found.push(Violation::Lost(call.who, first.to_owned())),
            Some(Came::Told(_)) if is_there => found.push(Violation::Unwanted(call.who, first.to_owned())),
            None | Some(_) => {}
        }
    }
    for Entry { fact, texts } in &end.log {
        let by_desk = end.office.contains(&fact.writer) && (!texts.is_empty() || said_at_desk.contains(fact));
        let by_phone = end.phones.iter().any(|phone| phone.writer == fact.writer && phone.own.contains(fact));
        if !by_desk && !by_phone {
            found.push(Violation::NobodyWrote(format!("{}-{}", fact.writer, fact.seq)));
        }
    }
}

/// A record has one receipt for good, on every phone, and no two records have the same.
fn receipts(calls: &[Call<'_>], found: &mut Vec<Violation>) {
    let mut of: BTreeMap<String, String> = BTreeMap::new();
    let mut note = |case: &str, receipt: &str| {
        let known = of.entry(case.to_owned()).or_insert_with(|| receipt.to_owned());
        if known != receipt {
            found.push(Violation::ReceiptChanged(case.to_owned(), known.clone(), receipt.to_owned()));
        }
    };
    let mut gone = BTreeSet::new();
    for call in calls {
        if let (Does::Writes { .. }, Some(case), Some(receipt)) = (call.does, call.told("id"), call.told("receipt")) {
            note(case, receipt);
            gone.extend(turned_back(calls, call).map(|_| case.to_owned()));
        }
        for row in rows(call) {
            if let (Some(case), Some(receipt)) = (row["id"].as_str(), row["receipt"].as_str()) {
                note(case, receipt);
            }
        }
    }
    let mut seen = BTreeSet::new();
    for (_, receipt) in of.iter().filter(|(case, _)| !gone.contains(*case)) {
        if !seen.insert(receipt) {
            found.push(Violation::ReceiptShared(receipt.clone()));
        }
    }
}

/// What a phone called sent is at the office, and never waits again unless something was added.
fn acknowledged(calls: &[Call<'_>], end: &End, found: &mut Vec<Violation>) {
    let there: BTreeSet<&Fact> = end.log.iter().map(|entry| &entry.fact).collect();
    let mut sent: BTreeSet<(usize, String)> = BTreeSet::new();
    for call in calls {
        let Who::Phone(phone) = call.who else {
            continue;
        };
        if let Does::Writes { on: Some(case), .. } | Does::Adds { on: case } = call.does {
            sent.remove(&(phone, case.clone()));
        }
        for row in rows(call) {
            let case = row["id"].as_str().unwrap_or_default();
            let is_sent = matches!(row["sending"]["sending"].as_str(), Some("text_sent" | "received"));
            let was_sent = sent.contains(&(phone, case.to_owned()));
            if is_sent && !was_sent {
                sent.insert((phone, case.to_owned()));
                if !Fact::read(case).is_some_and(|fact| there.contains(&fact)) {
                    found.push(Violation::ReceivedInVain(call.who, case.to_owned()));
                }
            }
            if was_sent && !is_sent {
                found.push(Violation::WentBack(phone, case.to_owned()));
            }
        }
    }
}

/// Nothing waits, every picture is there, and all phones of a scope show the same.
fn at_rest(calls: &[Call<'_>], end: &End, found: &mut Vec<Violation>) {
    let mut shown: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (n, phone) in end.phones.iter().enumerate() {
        if phone.waiting != 0 {
            found.push(Violation::Waits(n));
        }
        for (scope, text) in &phone.shown {
            let (first, same) = *shown.entry(scope).or_insert((n, text));
            if same != text {
                found.push(Violation::Differ(scope.clone(), first, n));
            }
        }
    }
    for call in calls {
        if let (Who::Phone(phone), Does::Adds { .. }, Some(hash)) = (call.who, call.does, call.told("hash"))
            && !end.photos.contains(hash)
        {
            found.push(Violation::PhotoLost(phone, hash.to_owned()));
        }
    }
}

/// The records a call listed.
fn rows<'a>(call: &Call<'a>) -> &'a [Value] {
    match (call.does, call.came) {
        (Does::Looks, Came::Told(Value::Array(rows))) => rows,
        _ => &[],
    }
}

impl Fact {
    /// From text, as ids are printed.
    pub fn read(id: &str) -> Option<Self> {
        let (writer, seq) = id.split_once('-')?;
        Some(Self { writer: writer.to_owned(), seq: seq.parse().ok()? })
    }
}
