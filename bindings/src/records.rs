//! What several screens show of a record: a line of a list, a picture, a promise, and how far each is on its way.

use std::time::SystemTime;

use serde::Serialize;

use crate::calendar_day::{CalendarDay, CalendarMonth};
use crate::words::{CaseKind, CaseState, PetitionKind, Refusal, Urgency};

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
