//! Drafts: what was typed so far, kept at each step and restored after a kill.

use fieldbook_model::body::{AnswerWay, Event, Handling, Level, Met, PetitionKind, ReportKind, TopicMark, Urgency};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::place::{Fix, PlaceEvidence};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

use super::WorkError;
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

/// A visit in the making.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct VisitDraft {
    /// The hamlet.
    #[n(0)]
    pub unit: Option<FactId>,
    /// The day it counts for; the day it is saved when absent.
    #[n(1)]
    pub day: Option<Day>,
    /// When the form was opened in the hamlet, Unix seconds.
    #[n(2)]
    pub started: Option<i64>,
    /// Length, in minutes.
    #[n(3)]
    pub minutes: Option<u32>,
    /// Evidence of the place; none counts as `none`.
    #[n(4)]
    pub evidence: Option<PlaceEvidence>,
    /// The one position fix.
    #[n(5)]
    pub fix: Option<Fix>,
    /// Why there is no better evidence.
    #[n(6)]
    #[cbor(default)]
    pub place_reason: String,
    /// Whom the liaison worked with.
    #[n(7)]
    #[cbor(default)]
    pub met: Vec<Met>,
    /// Who else was there.
    #[n(8)]
    #[cbor(default)]
    pub with: String,
    /// The topics in the order shown.
    #[n(9)]
    #[cbor(default)]
    pub topics: Vec<TopicDraft>,
    /// Promises looked at.
    #[n(10)]
    #[cbor(default)]
    pub ticks: Vec<TickDraft>,
    /// Problems noted; each becomes a case of its own.
    #[n(11)]
    #[cbor(default)]
    pub problems: Vec<ProblemDraft>,
    /// Promises made.
    #[n(12)]
    #[cbor(default)]
    pub promises: Vec<PromiseDraft>,
    /// General remark.
    #[n(13)]
    #[cbor(default)]
    pub remark: String,
    /// Photos.
    #[n(14)]
    #[cbor(default)]
    pub photos: Vec<PhotoDraft>,
    /// The post it is made in, when it was chosen.
    #[n(15)]
    pub post: Option<FactId>,
    /// Time since the phone was started, seconds, when the form was opened.
    #[n(16)]
    pub since_boot: Option<i64>,
    /// The receipt it already has.
    #[n(17)]
    pub receipt: Option<String>,
    /// The refused visit it repairs.
    #[n(18)]
    pub repairs: Option<FactId>,
}

/// A topic of a visit.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TopicDraft {
    /// The topic.
    #[n(0)]
    pub topic: FactId,
    /// The box; `not known` when none was chosen.
    #[n(1)]
    pub mark: Option<TopicMark>,
    /// The remark.
    #[n(2)]
    #[cbor(default)]
    pub remark: String,
}

/// A promise looked at again.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct TickDraft {
    /// The promise.
    #[n(0)]
    pub follow_up: FactId,
    /// Done, or not yet.
    #[n(1)]
    pub done: bool,
}

/// A promise made.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PromiseDraft {
    /// What is promised.
    #[n(0)]
    #[cbor(default)]
    pub text: String,
    /// The month it is due, `year * 12 + month - 1`; the month after the visit when absent.
    #[n(1)]
    pub month: Option<i32>,
    /// Who does it, when not the author.
    #[n(2)]
    pub owner: Option<FactId>,
}

/// A photo of a draft, shrunk and kept already.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct PhotoDraft {
    /// SHA-256 of the file.
    #[n(0)]
    pub hash: ByteArray<32>,
    /// Length of the file, bytes.
    #[n(1)]
    pub bytes: u32,
    /// Pixels across.
    #[n(2)]
    pub width: u32,
    /// Pixels down.
    #[n(3)]
    pub height: u32,
    /// Where it lies.
    #[n(4)]
    pub path: String,
    /// The topic it shows, as index into the visit's topics.
    #[n(5)]
    pub topic: Option<u32>,
}

/// A problem in the making.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct ProblemDraft {
    /// The hamlet; on a visit, the visit's when absent.
    #[n(0)]
    pub unit: Option<FactId>,
    /// How soon; normal when absent.
    #[n(1)]
    pub urgency: Option<Urgency>,
    /// Settled or proposed; proposed when absent.
    #[n(2)]
    pub handling: Option<Handling>,
    /// The level that can settle it.
    #[n(3)]
    pub to_level: Option<Level>,
    /// What is wrong.
    #[n(4)]
    #[cbor(default)]
    pub text: String,
    /// Where in the hamlet.
    #[n(5)]
    #[cbor(default)]
    pub place: String,
    /// Photos.
    #[n(6)]
    #[cbor(default)]
    pub photos: Vec<PhotoDraft>,
    /// The post it is made in, when it was chosen.
    #[n(7)]
    pub post: Option<FactId>,
    /// The receipt it already has.
    #[n(8)]
    pub receipt: Option<String>,
    /// The refused problem it repairs.
    #[n(9)]
    pub repairs: Option<FactId>,
    /// The visit on which it was noted.
    #[n(10)]
    pub visit: Option<FactId>,
}

/// A petition in the making. Its kind is known before anything is kept; a denunciation is never one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct PetitionDraft {
    /// The hamlet.
    #[n(0)]
    pub unit: Option<FactId>,
    /// The kind, from the first questions.
    #[n(1)]
    pub kind: Option<PetitionKind>,
    /// How soon; normal when absent.
    #[n(2)]
    pub urgency: Option<Urgency>,
    /// What the resident says.
    #[n(3)]
    #[cbor(default)]
    pub text: String,
    /// Where.
    #[n(4)]
    #[cbor(default)]
    pub place: String,
    /// The resident asked not to be named.
    #[n(5)]
    #[cbor(default)]
    pub anonymous: bool,
    /// Full name.
    #[n(6)]
    #[cbor(default)]
    pub name: String,
    /// Phone number.
    #[n(7)]
    #[cbor(default)]
    pub phone: String,
    /// Address.
    #[n(8)]
    #[cbor(default)]
    pub address: String,
    /// Photos.
    #[n(9)]
    #[cbor(default)]
    pub photos: Vec<PhotoDraft>,
    /// The post it is made in, when it was chosen.
    #[n(10)]
    pub post: Option<FactId>,
    /// The receipt it already has.
    #[n(11)]
    pub receipt: Option<String>,
    /// The refused petition it repairs.
    #[n(12)]
    pub repairs: Option<FactId>,
    /// A remote area, where the law gives longer periods.
    #[n(13)]
    pub remote: Option<bool>,
}

/// A report in the making; its numbers are counted when it is saved.
#[derive(Debug, Clone, PartialEq, Eq, Default, Encode, Decode)]
#[cbor(map)]
pub struct ReportDraft {
    /// How often.
    #[n(0)]
    pub kind: Option<ReportKind>,
    /// The unit reported on.
    #[n(1)]
    pub unit: Option<FactId>,
    /// First day of the period.
    #[n(2)]
    pub from: Option<Day>,
    /// Last day of the period.
    #[n(3)]
    pub to: Option<Day>,
    /// "Không phát sinh".
    #[n(4)]
    #[cbor(default)]
    pub nothing: bool,
    /// Box "làm được".
    #[n(5)]
    #[cbor(default)]
    pub done: String,
    /// Box "chưa được".
    #[n(6)]
    #[cbor(default)]
    pub not_done: String,
    /// Box "đề xuất".
    #[n(7)]
    #[cbor(default)]
    pub proposed: String,
    /// The post it is made in, when it was chosen.
    #[n(8)]
    pub post: Option<FactId>,
    /// The receipt it already has.
    #[n(9)]
    pub receipt: Option<String>,
    /// The refused report it repairs.
    #[n(10)]
    pub repairs: Option<FactId>,
}

/// An event of a case in the making.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct EventDraft {
    /// The case.
    #[n(0)]
    pub root: FactId,
    /// What happened.
    #[n(1)]
    pub event: Event,
    /// What is said with it.
    #[n(2)]
    #[cbor(default)]
    pub text: String,
    /// The reason, where one is asked.
    #[n(3)]
    #[cbor(default)]
    pub reason: String,
    /// The unit it is sent to.
    #[n(4)]
    pub to: Option<FactId>,
    /// How the resident was answered.
    #[n(5)]
    pub way: Option<AnswerWay>,
    /// The day it happened, when not today.
    #[n(6)]
    pub day: Option<Day>,
    /// Photos.
    #[n(7)]
    #[cbor(default)]
    pub photos: Vec<PhotoDraft>,
    /// The post it is made in, when it was chosen.
    #[n(8)]
    pub post: Option<FactId>,
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
        return Err(super::error::invalid(super::Field::Kind, super::Why::NotTakenHere).into());
    }
    // One that was saved or erased meanwhile must not come back.
    if let Some(id) = id {
        tx.draft_row(id)?.ok_or(WorkError::NotFound)?;
    }
    tx.forget_saved_drafts(now - super::UNDO_SECONDS, now)?;
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
