//! Two to twenty phones and the real office in one thread: real stores, real engine, the server's own routes; simulated clocks,
//! disks and a network that fails.
//!
//! Everything that happens follows from one number, the seed. A seed gives a [`story`]: which scenarios are mixed and, step by
//! step, what people do and what goes wrong. Where to start: [`scenarios`] is the table of what can happen, [`world`] carries a
//! story out, [`invariants`] says what must hold at its end, [`memory`] what was promised to whom.

mod acting;
mod aloud;
mod coverage;
pub mod crash_points;
mod desk;
mod disk;
mod invariants;
mod memory;
mod network;
mod observe;
mod office;
mod person;
mod phone;
mod pictures;
mod scenarios;
mod scope;
mod settle;
mod shrink;
mod story;
mod upheaval;
mod village;
mod world;

use std::fmt;

pub use aloud::tell_aloud;
pub use coverage::{Counts, FAULTS, PATHS};
pub use shrink::shortest;
pub use story::{Options, Step, Story};
pub use world::Report;

/// What a story found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which promise was broken.
    pub invariant: &'static str,
    /// What does not hold.
    pub what: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.invariant, self.what)
    }
}

impl std::error::Error for Found {}

/// Runs the story of a seed to its end.
///
/// # Errors
/// [`Found`] when something does not hold.
pub fn run(seed: u64) -> Result<Report, Found> {
    tell(&Story::of(seed))
}

/// Runs a story to its end. The same story gives the same report.
///
/// # Errors
/// [`Found`] when something does not hold.
pub fn tell(story: &Story) -> Result<Report, Found> {
    let ended = std::panic::catch_unwind(|| world::World::new(story)?.tell(story));
    ended.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(Found { invariant: "nothing panics", what: text.unwrap_or_default() })
    })
}

/// What went wrong while simulating.
pub(crate) type Outcome<T> = Result<T, Found>;

/// Nothing but a broken disk may make a call fail.
pub(crate) fn said(error: impl fmt::Display) -> Found {
    Found { invariant: "nothing fails by itself", what: error.to_string() }
}

/// A promise that was broken.
pub(crate) fn broken<T>(invariant: &'static str, what: impl Into<String>) -> Outcome<T> {
    Err(Found { invariant, what: what.into() })
}
