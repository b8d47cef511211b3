//! The store's half of sync: what goes to the office next, and what its answer changes, in one transaction each.

mod apply;
mod blobs;
mod check;
mod outbox;
mod refile;
mod restored;
mod state;
mod tokens;
mod troubles;

use fieldbook_model::fact::FactHash;
use fieldbook_model::id::{FactId, WriterId};

pub use blobs::Upload;
pub use outbox::{Outbox, Waiting};
pub use state::{Enrolment, Failing, Stopped, SyncState, Why};
pub use troubles::{Trouble, TroubleLine};

use crate::store::SealedToken;

/// What a request carried, to be compared with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The writer who sent it.
    pub writer: WriterId,
    /// Sequence numbers of own facts.
    pub facts: Vec<u64>,
    /// Facts of others.
    pub offered: Vec<FactId>,
    /// Facts asked for by name.
    pub want: Vec<FactId>,
    /// Photos asked about.
    pub blobs: Vec<FactHash>,
    /// The token announced as the next one.
    pub next_token: Option<SealedToken>,
    /// It carried a digest.
    pub checked: bool,
    /// It carried the digests of the parts.
    pub parts: bool,
}

/// What an answer changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Something the request asked for is settled, so that asking again at once is of use.
    pub progress: bool,
    /// The office holds other content under an id this phone has used: it was cloned from a backup.
    pub cloned: bool,
    /// The facts in the answer could not be read, and why; everything else of it was applied.
    pub unreadable: Option<String>,
}
