//! What a person can be told when a verb does not go through.

use fieldbook_model::body::Slot;
use fieldbook_model::case::Refusal;
use fieldbook_model::fact::BadFact;
use fieldbook_model::id::FactId;
use thiserror::Error;

use crate::store::StoreError;

/// Why something was not done. Nothing was changed then.
#[derive(Debug, Error)]
pub enum WorkError {
    /// Something on the form is missing or cannot be.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The office would refuse it, for this reason.
    #[error("the office would not take this: {0}")]
    Refused(Refusal),
    /// Several posts fit: ask the person in which one this is done.
    #[error("choose the post in which this is done, {} fit", .0.len())]
    ChoosePost(Vec<FactId>),
    /// There is no such draft, case or fact here.
    #[error("this is not on the phone any more: go back to the list")]
    NotFound,
    /// The ten seconds are over, or it has gone already: withdraw it instead.
    #[error("this can no longer be undone: withdraw it instead")]
    TooLate,
    /// Only something refused can be repaired or discarded.
    #[error("this was not refused: correct it or withdraw it instead")]
    NotRefused,
    /// The database could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for WorkError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<BadFact> for WorkError {
    fn from(error: BadFact) -> Self {
        match error {
            BadFact::TooLong(_) => Self::Invalid(Invalid { field: Field::Text(Slot::Text), why: Why::TooLong }),
            BadFact::Malformed(_) | BadFact::TooDeep => Self::Store(StoreError::BadFact(error)),
        }
    }
}

/// A field of a form and what is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{field:?}: {why}")]
pub struct Invalid {
    /// Which field.
    pub field: Field,
    /// What is wrong.
    pub why: Why,
}

/// The fields a form can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Which hamlet.
    Unit,
    /// Which day.
    Day,
    /// Why there is no better place evidence.
    PlaceReason,
    /// The topic with this index.
    Topic(u32),
    /// The problem with this index.
    Problem(u32),
    /// The promise with this index.
    Promise(u32),
    /// The kind of petition.
    Kind,
    /// The level that should settle it.
    Level,
    /// Who the resident is.
    Name,
    /// One of the texts.
    Text(Slot),
    /// The period of a report.
    Period,
    /// The unit it is sent to.
    To,
}

/// What can be wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Error)]
pub enum Why {
    /// Nothing was chosen or typed.
    #[error("choose or type something")]
    Missing,
    /// The day lies in the future.
    #[error("this day has not come yet: choose today or an earlier day")]
    InFuture,
    /// The day lies more than seven days back.
    #[error("this day is more than seven days ago: choose a later day")]
    TooOld,
    /// The text is too long.
    #[error("this text is too long: shorten it")]
    TooLong,
    /// The end lies before the beginning.
    #[error("the last day is before the first: choose again")]
    EndsBeforeStart,
    /// A denunciation is not taken here: only "advised" is kept.
    #[error("a denunciation is not written down here: show the resident where to hand it over")]
    NotTakenHere,
}

pub(super) fn invalid(field: Field, why: Why) -> Invalid {
    Invalid { field, why }
}
