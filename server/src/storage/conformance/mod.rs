//! The suite every storage must pass. An implementation calls [`run`] from a test of its own.

macro_rules! must {
    ($condition:expr) => {
        if !$condition {
            return Err(format!("line {}: not so: {}", line!(), stringify!($condition)).into());
        }
    };
}

mod facts;
mod feeds;
mod jobs;
mod parts;
mod rows;

use fieldbook_model::body::{Identity, Kind};
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order, WriterId};

use super::{ChannelNo, Epoch, NewFact, StorageError, Store, Tx};

/// Opens the same place again, as after a restart of the program. The first call finds it empty.
pub type Open<'a> = &'a dyn Fn() -> Store;

/// What a storage does otherwise than it must.
pub type Finding = Result<(), String>;

/// A named part of the suite.
pub type Part = (&'static str, fn(Open<'_>) -> Finding);

/// Every part; each wants an empty place of its own.
pub const PARTS: &[Part] = &[
    ("a fact comes back as it was", facts::fact_comes_back),
    ("orders have no gaps and go on across epochs and restarts", facts::orders),
    ("a fact is kept once", facts::kept_once),
    ("a failed job leaves the others alone", jobs::failed_job),
    ("a job of many parts lets others go first", parts::let_others_go_first),
    ("what a part changed stays when a later one fails", parts::one_fails),
    ("a reader never misses what commits late", feeds::late_commit),
    ("a reader changes nothing", jobs::reader_changes_nothing),
    ("an answer means durable", jobs::durable),
    ("verdicts are durable", rows::verdicts),
    ("channels and feeds", feeds::channels),
    ("what is new is found whoever wrote it and whatever was undone", feeds::news),
    ("erased facts leave a stub", facts::erased),
    ("phones and codes", rows::phones),
    ("photos and values", rows::photos),
];

/// Runs the whole suite; `place` makes an empty place and gives the way to open it. Gives the findings by part.
pub fn run(place: &dyn Fn() -> Box<dyn Fn() -> Store>) -> Vec<(&'static str, String)> {
    let findings = PARTS.iter().map(|(name, part)| (*name, part(&*place())));
    findings.filter_map(|(name, finding)| Some((name, finding.err()?))).collect()
}

const OFFICE: WriterId = WriterId(0xffff_0000_0000_0001);
const PHONE: WriterId = WriterId(0xa1);
const A: ChannelNo = ChannelNo(5);
const B: ChannelNo = ChannelNo(9);

fn say(error: impl ToString) -> String {
    error.to_string()
}

fn fact(writer: WriterId, seq: u64, root: Option<FactId>) -> Result<Fact, String> {
    let body = to_body(&Identity { name: Some(format!("{writer} {seq}")), phone: None, address: None });
    let statement = Statement { kind: Kind::Identity, time: 1, post: None, root, repairs: None, body };
    Fact::seal(FactId::new(writer, seq), statement).map_err(say)
}

fn plain(fact: &Fact, root: Option<Order>) -> NewFact<'_> {
    NewFact { fact, root, private: None, organisation: false, received_at: 7, late: false }
}

fn begun(store: &Store) -> Finding {
    store.write_now(|tx| epoch(tx, 1, OFFICE)).map_err(say)
}

fn epoch(tx: &mut dyn Tx, n: u32, writer: WriterId) -> Result<(), StorageError> {
    let (base_order, base_pos) = (tx.head()?, tx.feed_head()?);
    tx.add_epoch(&Epoch { n, writer, base_order, base_pos, began_at: 1 })
}

fn add(store: &Store, writer: WriterId, seq: u64) -> Result<Order, String> {
    let fact = fact(writer, seq, None)?;
    store.write_now::<_, StorageError>(move |tx| tx.insert_fact(&plain(&fact, None))).map_err(say)
}

/// A finding as an error of a job.
struct Text(String);

impl From<StorageError> for Text {
    fn from(error: StorageError) -> Self {
        Self(error.to_string())
    }
}

impl<T: Into<String>> From<T> for Text
where
    T: AsRef<str>,
{
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
