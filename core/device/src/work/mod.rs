//! The verbs of the work: what a screen can do. Each is one transaction of the [`Store`](crate::store::Store).

mod act;
mod draft;
mod error;
mod moved;
mod posts;
mod record;
mod reopen;
mod report;
mod save;
#[cfg(test)]
mod tests;
mod undo;
mod valid;

pub use act::{Answer, Changes, NewPhoto};
pub use draft::{
    Draft, DraftLine, EventDraft, PetitionDraft, PhotoDraft, ProblemDraft, PromiseDraft, ReportDraft, TickDraft, TopicDraft,
    VisitDraft,
};
pub use error::{Field, Invalid, Why, WorkError};
pub use report::count;
pub use save::Saved;

/// For how many seconds a save can be turned back; until then nothing of it is sent.
pub const UNDO_SECONDS: i64 = 10;
