//! Drafts: what was typed so far, kept at each step and restored after a kill.

mod forms;

use fieldbook_model::body::PetitionKind;
use fieldbook_model::id::FactId;
use minicbor::{Decode, Encode};

pub use forms::{
    EventDraft, PetitionDraft, PhotoDraft, ProblemDraft, PromiseDraft, ReportDraft, TickDraft, TopicDraft, VisitDraft,
};

use super::{Field, UNDO_SECONDS, Why, WorkError, error};
use crate::store::{DraftRow, Reading, Store, StoreError, Writing};

/// Something a person is writing down.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub enum Draft {
    /// A visit with everything noted on it.
    #[n(0)]
    Visit(#[n(0)] VisitDraft),
    /// A problem by itself.
    #[n(1)]
    Problem(#[n(0)] ProblemDraft),
    /// What a resident asks for.
    #[n(2)]
    Petition(#[n(0)] PetitionDraft),
    /// A report.
    #[n(3)]
    Report(#[n(0)] ReportDraft),
    /// A remark, an answer or another event of a case.
    #[n(4)]
    Event(#[n(0)] EventDraft),
}

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// Its number on this phone.
    pub id: i64,
    /// What is in it.
    pub draft: Draft,
    /// The page on which it was left.
    pub step: String,
    /// When it was begun, Unix seconds.
    pub started: i64,
    /// When it was last kept, Unix seconds.
    pub updated: i64,
}

impl Draft {
    /// The number of its kind in the database.
    pub const fn kind(&self) -> u32 {
        match self {
            Self::Visit(_) => 1,
            Self::Problem(_) => 2,
            Self::Petition(_) => 3,
            Self::Report(_) => 4,
            Self::Event(_) => 5,
        }
    }

    /// The unit it is about, as far as it is known.
    pub fn unit(&self) -> Option<FactId> {
        match self {
            Self::Visit(visit) => visit.unit,
            Self::Problem(problem) => problem.unit,
            Self::Petition(petition) => petition.unit,
            Self::Report(report) => report.unit,
            Self::Event(_) => None,
        }
    }

    /// Every photo in it, those of a visit's problems included.
    pub fn photos(&self) -> Vec<&PhotoDraft> {
        match self {
            Self::Visit(visit) => {
                visit.photos.iter().chain(visit.problems.iter().flat_map(|problem| &problem.photos)).collect()
            }
            Self::Problem(problem) => problem.photos.iter().collect(),
            Self::Petition(petition) => petition.photos.iter().collect(),
            Self::Report(_) => Vec::new(),
            Self::Event(event) => event.photos.iter().collect(),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        fieldbook_model::map::encoded(self)
    }
}

impl Store {
    /// Keeps a draft as it is now; `id` none begins one. `step` is the page it is on. Gives its number.
    pub fn keep_draft(&self, id: Option<i64>, draft: &Draft, step: &str, now: i64) -> Result<i64, WorkError> {
        self.write(|tx| keep(tx, id, draft, step, now))
    }

    /// Every draft not saved yet, the latest first.
    pub fn drafts(&self) -> Result<Vec<DraftLine>, WorkError> {
        self.read(drafts)
    }

    /// One draft, as it was last kept.
    pub fn draft(&self, id: i64) -> Result<DraftLine, WorkError> {
        self.read(|tx| line(tx.draft_row(id)?.ok_or(WorkError::NotFound)?))
    }

    /// Throws a draft away, with photos that nothing else names.
    pub fn delete_draft(&self, id: i64) -> Result<(), WorkError> {
        self.write(|tx| if tx.delete_draft(id)? { Ok(()) } else { Err(WorkError::NotFound) })
    }

    /// The draft proved to be a denunciation: erases it wholly. When this returns, no byte of it is in the database, its log
    /// or its photos. One that is gone already is as good.
    pub fn erase_draft(&self, id: i64) -> Result<(), WorkError> {
        self.write(|tx| Ok(tx.erase_draft_row(id)?))
    }
}

pub(crate) fn drafts(tx: &Reading<'_>) -> Result<Vec<DraftLine>, WorkError> {
    tx.draft_rows()?.into_iter().map(line).collect()
}

pub(super) fn keep(tx: &mut Writing<'_>, id: Option<i64>, draft: &Draft, step: &str, now: i64) -> Result<i64, WorkError> {
    if matches!(draft, Draft::Petition(petition) if petition.kind == Some(PetitionKind::Denunciation)) {
        return Err(error::invalid(Field::Kind, Why::NotTakenHere).into());
    }
    // One that was saved or erased meanwhile must not come back.
    if let Some(id) = id {
        tx.draft_row(id)?.ok_or(WorkError::NotFound)?;
    }
    tx.forget_saved_drafts(now - UNDO_SECONDS, now)?;
    let row = DraftRow {
        id: id.unwrap_or(0),
        kind: draft.kind(),
        step: step.into(),
        body: draft.to_bytes(),
        started: now,
        updated: now,
    };
    let photos: Vec<(&[u8; 32], &str)> = draft.photos().into_iter().map(|photo| (&*photo.hash, photo.path.as_str())).collect();
    Ok(tx.put_draft(&row, &photos)?)
}

pub(super) fn line(row: DraftRow) -> Result<DraftLine, WorkError> {
    let draft = minicbor::decode(&row.body)
        .map_err(|error| StoreError::Corrupt { reason: format!("draft {} cannot be read: {error}", row.id) })?;
    Ok(DraftLine { id: row.id, draft, step: row.step, started: row.started, updated: row.updated })
}
