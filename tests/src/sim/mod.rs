//! Several phones and the real office in one thread: real stores, real engine, simulated clocks and a network that fails.
//!
//! Everything that happens follows from one number, the seed: the same seed gives the same trace, so a failure found once
//! can be looked at again.

mod invariants;
mod network;
mod office;
mod phone;
mod world;

use std::fmt;

pub use invariants::Tally;
pub use world::{Report, run};

/// What a seed found.
#[derive(Debug)]
pub struct Found {
    /// The seed.
    pub seed: u64,
    /// What does not hold.
    pub what: String,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seed = self.seed;
        write!(f, "seed {seed}: {}\nreplay: FIELDBOOK_SEED={seed} cargo test -p fieldbook-tests --test simulation", self.what)
    }
}

impl std::error::Error for Found {}

/// What went wrong while simulating, in words.
pub(crate) type Outcome<T> = Result<T, String>;

pub(crate) fn said(error: impl fmt::Display) -> String {
    error.to_string()
}
