//! Unfinished forms: kept at each step, back after a kill, turned into records at "Lưu".

use std::time::SystemTime;

use serde::Serialize;

use crate::calendar_day::{CalendarDay, CalendarMonth};
use crate::cases::{FollowUpLine, PhotoLine, Sending};
use crate::entry::Entry;
use crate::today::MyPost;
use crate::words::CaseKind;

/// A draft in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct DraftRow {
    /// Its id.
    pub id: String,
    /// What it will be.
    pub kind: CaseKind,
    /// "ấp An Định"; none until chosen.
    pub unit: Option<String>,
    /// The first words typed.
    pub text: String,
    /// The page one was on.
    pub step: String,
    /// When it was begun.
    pub started: SystemTime,
    /// When it was last kept.
    pub updated: SystemTime,
    /// It puts right a record the office refused.
    pub repairs: bool,
}

/// A draft with everything its form shows.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// The page one was on; the shell's own word.
    pub step: String,
    /// What was entered.
    pub entry: Entry,
    /// The post one acts in; none until chosen, when more than one fits.
    pub post_id: Option<String>,
    /// The posts that fit; the review page shows the choice when there is more than one.
    pub posts: Vec<MyPost>,
    /// When it was begun.
    pub started: SystemTime,
    /// When it was last kept.
    pub updated: SystemTime,
    /// The record the office refused and this puts right.
    pub repairs: Option<String>,
    /// Its pictures.
    pub photos: Vec<PhotoLine>,
}

/// A new draft.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct NewDraft {
    /// What it will be.
    pub kind: CaseKind,
    /// The hamlet; none to choose it in the form.
    pub hamlet_id: Option<String>,
    /// Seconds since the phone was switched on, if known: tells a turned clock.
    pub since_boot: Option<i64>,
    /// Written down later ("ghi lượt đã đi"): no start and no position.
    pub later: bool,
}

/// What the form of a draft lets one choose from.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct FormChoices {
    /// Hamlets: own first, then most urgent.
    pub hamlets: Vec<HamletChoice>,
    /// The checklist of the month for the draft's hamlet.
    pub topics: Vec<TopicChoice>,
    /// Promises that stand open there.
    pub follow_ups: Vec<FollowUpLine>,
    /// The earliest day a visit may carry today.
    pub earliest_day: CalendarDay,
    /// Today.
    pub today: CalendarDay,
    /// The month promises made now are due.
    pub next_month: CalendarMonth,
}

/// A hamlet to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HamletChoice {
    /// Its id.
    pub id: String,
    /// "ấp An Định".
    pub name: String,
    /// "xã An Nhơn".
    pub commune: String,
    /// Assigned to this person, or of the person's own post.
    pub own: bool,
}

/// A topic of the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct TopicChoice {
    /// Its id.
    pub id: String,
    /// The question.
    pub text: String,
    /// Who asks.
    pub asked_by: String,
}

/// What "Lưu" gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct Saved {
    /// The record.
    pub id: String,
    /// What it is.
    pub kind: CaseKind,
    /// The code to show or read out; none for a denunciation.
    pub receipt: Option<String>,
    /// The codes of the problems saved along with a visit.
    pub more_receipts: Vec<String>,
    /// Until when "Hoàn tác" works; nothing is sent before.
    pub undo_until: SystemTime,
    /// On its way.
    pub sending: Sending,
}
