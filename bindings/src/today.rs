//! Hôm nay: everything the first screen shows, for a liaison and for a head; who holds both posts sees both.

use std::time::SystemTime;

use serde::Serialize;

use crate::calendar_day::CalendarDay;
use crate::cases::{CaseRow, FollowUpLine, HamletState};
use crate::drafts::DraftRow;
use crate::outbox::Traffic;
use crate::words::{PostRole, ReportKind};

/// The first screen.
#[derive(Debug, Clone, PartialEq, Serialize, uniffi::Record)]
pub struct Today {
    /// The day in Vietnam.
    pub day: CalendarDay,
    /// Whose phone it is.
    pub person: String,
    /// The posts held today.
    pub posts: Vec<MyPost>,
    /// The strip on top.
    pub traffic: Traffic,
    /// Hamlets to visit, most urgent first; empty for who has none.
    pub hamlets: Vec<HamletCard>,
    /// Hamlets visited of hamlets assigned this month.
    pub coverage: CoverageLine,
    /// Promises of last month and before that still stand open.
    pub follow_ups: Vec<FollowUpLine>,
    /// Open problems and petitions that are due within seven days, or late; soonest first.
    pub due_soon: Vec<CaseRow>,
    /// What waits for this person: returned records, cases on which only this person's next step is missing.
    pub waiting_for_me: Vec<CaseRow>,
    /// Results to bring back to the resident.
    pub answers_back: Vec<CaseRow>,
    /// Reports whose period ends soon or has ended.
    pub reports_due: Vec<ReportDue>,
    /// Unfinished forms.
    pub drafts: Vec<DraftRow>,
    /// This person visits hamlets ("Bắt đầu nắm tình hình").
    pub may_visit: bool,
    /// This person takes petitions ("Ghi ý kiến người dân", "Báo tình hình").
    pub may_take_petitions: bool,
    /// Practice mode: nothing leaves the phone.
    pub practice: bool,
    /// Number of the office.
    pub office_phone: Option<String>,
}

/// A post of this person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct MyPost {
    /// Its id.
    pub id: String,
    /// Title, as on the decision.
    pub title: String,
    /// "ấp An Định".
    pub unit: String,
    /// The unit.
    pub unit_id: String,
    /// What it lets one do.
    pub role: PostRole,
}

/// A hamlet to visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct HamletCard {
    /// Its id.
    pub id: String,
    /// "ấp An Định".
    pub name: String,
    /// This month.
    pub state: HamletState,
    /// The day of the last visit.
    pub last_visit: Option<CalendarDay>,
    /// Promises open there.
    pub open_follow_ups: i32,
    /// Problems and petitions open there.
    pub open_matters: i32,
}

/// Coverage of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct CoverageLine {
    /// Hamlets visited.
    pub visited: i32,
    /// Hamlets assigned.
    pub assigned: i32,
    /// As printed, "96,15 %"; none when nothing is assigned.
    pub percent: Option<String>,
}

/// A report to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, uniffi::Record)]
pub struct ReportDue {
    /// The unit reported on.
    pub unit_id: String,
    /// "ấp An Định".
    pub unit: String,
    /// How often.
    pub kind: ReportKind,
    /// First day of the period.
    pub from: CalendarDay,
    /// Last day of the period.
    pub to: CalendarDay,
    /// When it is late from.
    pub late_from: Option<SystemTime>,
}
