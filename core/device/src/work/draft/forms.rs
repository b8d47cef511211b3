//! What each form holds while it is being filled in: everything may be missing. Fields are only ever added.

use fieldbook_model::body::{AnswerWay, Event, Handling, Level, Met, PetitionKind, ReportKind, TopicMark, Urgency};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::place::{Fix, PlaceEvidence};
use minicbor::bytes::ByteArray;
use minicbor::{Decode, Encode};

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
