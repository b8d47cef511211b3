//! What a form holds while it is filled in: the content of a draft. What was not typed is an empty text.

use std::time::SystemTime;

use serde::Serialize;

use crate::calendar_day::{CalendarDay, CalendarMonth};
use crate::words::{Handling, Met, PetitionKind, PlaceEvidence, ReportKind, TopicMark, UnitLevel, Urgency};

/// The content of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum Entry {
    /// Lượt xuống địa bàn.
    Visit {
        /// The form.
        entry: VisitEntry,
    },
    /// Khó khăn, vướng mắc.
    Problem {
        /// The form.
        entry: ProblemEntry,
    },
    /// Ý kiến, kiến nghị.
    Petition {
        /// The form.
        entry: PetitionEntry,
    },
    /// Báo cáo.
    Report {
        /// The form.
        entry: ReportEntry,
    },
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct VisitEntry {
    /// The hamlet; empty until chosen.
    pub hamlet_id: String,
    /// The day it counts for; none for the day it is saved.
    pub day: Option<CalendarDay>,
    /// When the form was opened in the hamlet; none for a visit written down later.
    pub started: Option<SystemTime>,
    /// Seconds since the phone was switched on, when the form was opened.
    pub since_boot: Option<i64>,
    /// How long it took, when known.
    pub minutes: Option<i32>,
    /// The one position, if allowed.
    pub fix: Option<PositionFix>,
    /// The code at the culture house was scanned.
    pub place_code_scanned: bool,
    /// Why there is no better evidence of the place.
    pub place_reason: String,
    /// Whom one worked with.
    pub met: Vec<Met>,
    /// Who else was there.
    pub with: String,
    /// The checklist, in the order shown.
    pub topics: Vec<TopicEntry>,
    /// Last month's promises that were looked at.
    pub follow_ups: Vec<FollowUpEntry>,
    /// Problems found.
    pub problems: Vec<ProblemEntry>,
    /// Promises for the next month ("đề xuất tháng tới").
    pub promises: Vec<PromiseEntry>,
    /// Pictures of the visit, those of a topic with its number.
    pub photos: Vec<PhotoEntry>,
    /// General remark.
    pub remark: String,
}

/// One position, taken on the person's tap.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, uniffi::Record)]
pub struct PositionFix {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
    /// Radius of the error, in metres.
    pub accuracy_m: i32,
    /// Only an approximate position was allowed.
    pub approximate: bool,
    /// The system says that another app supplied it.
    pub mock: bool,
    /// Put on the map by hand.
    pub pinned: bool,
}

/// A topic and its box.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct TopicEntry {
    /// The topic.
    pub topic_id: String,
    /// Its box; none until chosen.
    pub mark: Option<TopicMark>,
    /// The remark.
    pub remark: String,
}

/// A picture of a form, shrunk and safe on this phone already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PhotoEntry {
    /// SHA-256 of the file, in hex: its identity.
    pub hash: String,
    /// Where it lies.
    pub path: String,
    /// Size of the file, bytes.
    pub bytes: i64,
    /// Pixels across.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
    /// The topic it shows, by its place in the form, from 0.
    pub topic: Option<i32>,
}

/// A promise that was looked at again.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct FollowUpEntry {
    /// The promise.
    pub follow_up_id: String,
    /// Đã xong, or chưa xong.
    pub done: bool,
}

/// A new promise.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct PromiseEntry {
    /// What.
    pub text: String,
    /// The month it is due; none for the month after.
    pub month: Option<CalendarMonth>,
}

/// A problem, by itself or found on a visit.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct ProblemEntry {
    /// The hamlet; on a visit, empty for the visit's own.
    pub hamlet_id: String,
    /// What is wrong.
    pub text: String,
    /// Where in the hamlet.
    pub place: String,
    /// How soon.
    pub urgency: Urgency,
    /// Settled, or proposed upward; none until chosen.
    pub handling: Option<Handling>,
    /// The level proposed to.
    pub to_level: Option<UnitLevel>,
    /// Pictures of it.
    pub photos: Vec<PhotoEntry>,
}

/// A petition, after the questions.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct PetitionEntry {
    /// The hamlet.
    pub hamlet_id: String,
    /// The kind the questions led to; never a denunciation.
    pub kind: Option<PetitionKind>,
    /// How soon.
    pub urgency: Urgency,
    /// What the resident says.
    pub text: String,
    /// Where in the hamlet.
    pub place: String,
    /// The resident does not want to be named; the three fields below are then not kept.
    pub anonymous: bool,
    /// Full name.
    pub name: String,
    /// Phone number.
    pub phone: String,
    /// Address.
    pub address: String,
    /// A remote area, where the law gives longer periods.
    pub remote: bool,
    /// Pictures.
    pub photos: Vec<PhotoEntry>,
}

/// A report.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct ReportEntry {
    /// The unit reported on.
    pub unit_id: String,
    /// How often; none until chosen.
    pub kind: Option<ReportKind>,
    /// First day of the period.
    pub from: Option<CalendarDay>,
    /// Last day of the period.
    pub to: Option<CalendarDay>,
    /// "Không phát sinh".
    pub nothing: bool,
    /// Box "làm được".
    pub done: String,
    /// Box "chưa được".
    pub not_done: String,
    /// Box "đề xuất".
    pub proposed: String,
}

/// How a place is graded as it stands in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PlaceGrade {
    /// The grade.
    pub evidence: PlaceEvidence,
    /// Whether a reason is asked.
    pub asks_reason: bool,
}
