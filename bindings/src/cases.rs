//! Sổ: lists, search, one case, one hamlet.

use std::time::SystemTime;

use serde::Serialize;

use crate::calendar_day::{CalendarDay, CalendarMonth};
use crate::words::{
    AnswerWay, CaseAction, CaseKind, CaseState, ClockSubject, Handling, Met, PetitionKind, PlaceEvidence, PostRole, Refusal, ReportKind,
    ReportNumber, TopicMark, UnitLevel, Urgency,
};

/// Where a record is on its way to the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "sending")]
pub enum Sending {
    /// Saved a moment ago: "Hoàn tác" works until then, and nothing is sent before.
    CanUndo {
        /// Until when.
        until: SystemTime,
    },
    /// Chờ gửi.
    Waiting,
    /// Đã gửi chữ, ảnh 1/3.
    TextSent {
        /// Pictures the office has.
        photos_sent: i32,
        /// Pictures in all.
        photos: i32,
    },
    /// Đã nhận: the office has everything.
    Received,
    /// Trả lại: the office refused it.
    Refused {
        /// Why.
        code: Refusal,
    },
    /// Waits because it hangs on a refused record.
    Held,
    /// Its author gave it up after a refusal; shown, never sent.
    Discarded,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CaseRow {
    /// Its id.
    pub id: String,
    /// What it is.
    pub kind: CaseKind,
    /// The kind of petition, when it is one.
    pub petition_kind: Option<PetitionKind>,
    /// The first words of its text; empty when it has none, or they were erased.
    pub text: String,
    /// "ấp An Định".
    pub unit: String,
    /// When it was written down.
    pub time: SystemTime,
    /// Where it stands.
    pub state: CaseState,
    /// Somebody still has to do something about it.
    pub open: bool,
    /// The day it is due.
    pub due: Option<CalendarDay>,
    /// Days until then; negative when past.
    pub days_left: Option<i32>,
    /// The due day was computed here and not stamped by the office ("dự kiến").
    pub due_is_expected: bool,
    /// How soon.
    pub urgency: Urgency,
    /// The code the person can read out.
    pub receipt: Option<String>,
    /// On its way.
    pub sending: Sending,
    /// Pictures.
    pub photos: i32,
}

/// Which records to list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CaseFilter {
    /// Of one kind only.
    pub kind: Option<CaseKind>,
    /// Of one unit and everything below it.
    pub unit_id: Option<String>,
    /// Only those on which somebody still has to do something.
    pub open_only: bool,
    /// Only those written by this person.
    pub mine_only: bool,
    /// Words to find; with marks they are exact, without they find all spellings. Empty lists everything.
    pub words: String,
}

/// Fifty records, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CasePage {
    /// The records.
    pub rows: Vec<CaseRow>,
    /// Asks for the next page; none at the end.
    pub next: Option<String>,
}

/// A case with everything its page shows.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct CasePageView {
    /// What the list shows of it.
    pub row: CaseRow,
    /// Its unit.
    pub unit_id: String,
    /// Who wrote it down.
    pub author: String,
    /// This person did.
    pub mine: bool,
    /// Its whole text.
    pub text: String,
    /// Where in the hamlet.
    pub place: String,
    /// Law and article behind the due day.
    pub basis: Option<String>,
    /// Who the resident is, as far as this person may know: the whole name, or the masked one.
    pub resident: Option<Resident>,
    /// Of a visit.
    pub visit: Option<VisitPart>,
    /// Of a problem.
    pub problem: Option<ProblemPart>,
    /// Of a report.
    pub report: Option<ReportPart>,
    /// What this person may do now.
    pub actions: Vec<CaseAction>,
    /// This person may correct it.
    pub can_correct: bool,
    /// This person may take it back.
    pub can_take_back: bool,
    /// What happened, oldest first.
    pub history: Vec<HistoryLine>,
    /// Its pictures.
    pub photos: Vec<PhotoLine>,
    /// Texts of which there are two versions ("có hai bản").
    pub forks: Vec<ForkLine>,
    /// Parts of it were erased.
    pub erased: bool,
}

/// A resident, as far as this person may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Resident {
    /// The name, or its mask "Nguyễn V. A.".
    pub name: String,
    /// Only the mask is known here.
    pub masked: bool,
    /// Phone number.
    pub phone: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// The resident did not want to be named.
    pub anonymous: bool,
}

/// What a visit says.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct VisitPart {
    /// The day it counts for.
    pub day: CalendarDay,
    /// How well the place is known.
    pub evidence: PlaceEvidence,
    /// Why not better.
    pub place_reason: String,
    /// Whom one worked with.
    pub met: Vec<Met>,
    /// Who else was there.
    pub with: String,
    /// The checklist.
    pub topics: Vec<TopicLine>,
    /// Promises made.
    pub promises: Vec<FollowUpLine>,
}

/// A topic with its box and remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TopicLine {
    /// The question.
    pub text: String,
    /// Its box.
    pub mark: TopicMark,
    /// The remark.
    pub remark: String,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct FollowUpLine {
    /// The promise.
    pub id: String,
    /// The visit on which it was made.
    pub visit_id: String,
    /// What was promised.
    pub text: String,
    /// To which hamlet.
    pub unit: String,
    /// When it is due: year and month.
    pub month: CalendarMonth,
    /// What became of it: đã xong, chưa xong, or not looked at yet.
    pub done: Option<bool>,
    /// Pictures of the visit on which it was made.
    pub photos: Vec<PhotoLine>,
}

/// What a problem says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ProblemPart {
    /// Settled, or proposed upward.
    pub handling: Handling,
    /// The level proposed to.
    pub to_level: Option<UnitLevel>,
    /// The visit on which it was found.
    pub visit_id: Option<String>,
}

/// What a report says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ReportPart {
    /// How often.
    pub kind: ReportKind,
    /// First day.
    pub from: CalendarDay,
    /// Last day.
    pub to: CalendarDay,
    /// "Không phát sinh".
    pub nothing: bool,
    /// The numbers, from the records.
    pub numbers: Vec<NumberLine>,
    /// Box "làm được".
    pub done: String,
    /// Box "chưa được".
    pub not_done: String,
    /// Box "đề xuất".
    pub proposed: String,
}

/// A number of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct NumberLine {
    /// What it counts.
    pub what: ReportNumber,
    /// How many.
    pub count: i32,
}

/// A line of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HistoryLine {
    /// Its id; a note's or an answer's text can be corrected by it.
    pub id: String,
    /// When, by the phone that wrote it.
    pub time: SystemTime,
    /// Who.
    pub author: String,
    /// What.
    pub what: HistoryWhat,
    /// Its text.
    pub text: String,
    /// The office has it.
    pub received: bool,
}

/// What a line of history tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "what")]
pub enum HistoryWhat {
    /// It was written down.
    Recorded,
    /// Something happened.
    Happened {
        /// What.
        action: CaseAction,
        /// Where it stood then.
        state: CaseState,
        /// Where it was forwarded to.
        to: Option<String>,
        /// How the resident was answered.
        way: Option<AnswerWay>,
    },
    /// Something was corrected.
    Corrected,
    /// A picture was attached.
    PhotoAdded,
    /// Parts of it were erased.
    Erased,
    /// It went to another unit after a merge or split.
    Rehomed {
        /// Its unit from then on.
        unit: String,
    },
    /// Its author took it back.
    TakenBack,
    /// Something of a newer version.
    Unknown,
}

/// A picture of a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PhotoLine {
    /// SHA-256 of the file, in hex: its identity.
    pub hash: String,
    /// Where it lies on this phone; none when it is not here.
    pub path: Option<String>,
    /// Size of the file, bytes.
    pub bytes: i64,
    /// Pixels across.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
    /// The topic of the visit it shows.
    pub topic: Option<i32>,
    /// On its way.
    pub sending: PhotoSending,
}

/// Where a picture is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum PhotoSending {
    /// In a draft, or waiting.
    Waiting,
    /// On the way.
    Sending {
        /// Bytes the office has.
        sent: i64,
    },
    /// The office has it.
    Received,
    /// The office looked at it and refused it: take it again.
    Rejected,
    /// Written by somebody else.
    NotOurs,
}

/// Two versions of one fact, neither of whose authors saw the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ForkLine {
    /// The fact.
    pub target_id: String,
    /// Who wrote the version that shows.
    pub shown_by: String,
    /// Who wrote the version kept beside it.
    pub kept_by: String,
}

/// One of this month's states of a hamlet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, uniffi::Enum)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum HamletState {
    /// Đã xuống.
    Visited,
    /// Quá hạn.
    Overdue {
        /// Whole months without a visit.
        months_missed: i32,
    },
    /// Còn N ngày.
    DaysLeft {
        /// N, 1–10.
        days: i32,
    },
    /// Chưa đến hạn.
    NotYetDue,
}

/// A hamlet's page.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct HamletPage {
    /// Its id.
    pub id: String,
    /// "ấp An Định".
    pub name: String,
    /// The units above it, nearest first: "xã An Nhơn", "tỉnh …".
    pub above: Vec<String>,
    /// Names of earlier units that are part of it now.
    pub earlier: Vec<String>,
    /// Head, secretary, liaison: whom to call.
    pub people: Vec<PersonLine>,
    /// This month.
    pub state: HamletState,
    /// Days on which it was visited, latest first, at most twelve.
    pub visits: Vec<CalendarDay>,
    /// Promises that still stand open.
    pub follow_ups: Vec<FollowUpLine>,
    /// The first page of its records.
    pub records: CasePage,
    /// This person may write down a visit there.
    pub may_visit: bool,
}

/// A colleague with a post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct PersonLine {
    /// Full name.
    pub name: String,
    /// Title, as on the decision.
    pub title: String,
    /// What the post lets its holder do.
    pub role: PostRole,
    /// Number to call.
    pub phone: Option<String>,
}
