//! Hôm nay: everything the first screen shows, for a liaison and for a head; who holds both posts sees both.

use fieldbook_device::store::query::{CaseFilter, HamletLine};
use fieldbook_device::work::DraftLine;
use fieldbook_model::body::{CaseState, Event};
use fieldbook_model::case::{CaseKind, actions_for};
use serde::Serialize;

use crate::calendar_day::CalendarDay;
use crate::drafts::DraftRow;
use crate::error::Result;
use crate::fieldbook::Fieldbook;
use crate::hamlet::HamletState;
use crate::outbox::Traffic;
use crate::records::{CaseRow, FollowUpLine};
use crate::rows::{self, Look};
use crate::words::{PostRole, ReportKind};
use crate::{convert, form, settings};

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
    /// Last day of the period; late after it.
    pub to: CalendarDay,
}

/// Reports of these kinds are reminded of, for the units of one's own posts.
const REMINDED: [ReportKind; 2] = [ReportKind::Weekly, ReportKind::Monthly];
/// From this many days before the end of its period a report is shown as due.
const REPORT_DAYS: i32 = 2;

#[uniffi::export]
impl Fieldbook {
    /// Everything Hôm nay shows.
    pub async fn today(&self) -> Result<Today> {
        let today = self.work(|core, phone| {
            let traffic = settings::traffic(core, phone)?;
            let drafts = phone.store.drafts()?;
            rows::look(phone, core.clock.now(), |look| show(look, traffic, drafts, phone.practice))
        });
        today.await
    }
}

fn show(look: &Look<'_, '_>, traffic: Traffic, drafts: Vec<DraftLine>, practice: bool) -> Result<Today> {
    let found = look.tx.today(look.now)?;
    let posts = look.posts();
    let mut waiting: Vec<CaseRow> = Vec::new();
    for line in found.attention {
        let row = look.row(line.case)?;
        if waiting.iter().all(|known| known.id != row.id) {
            waiting.push(row);
        }
    }
    let may = |roles: &[PostRole]| posts.iter().any(|post| roles.contains(&post.role));
    Ok(Today {
        day: look.today().into(),
        person: look.person(),
        hamlets: found.hamlets.into_iter().map(|line| card(look, line)).collect::<Result<_>>()?,
        coverage: CoverageLine {
            visited: found.coverage.visited.cast_signed(),
            assigned: found.coverage.assigned.cast_signed(),
            percent: found.coverage.percent(),
        },
        follow_ups: found.follow_ups.into_iter().map(|row| look.follow_up(row)).collect::<Result<_>>()?,
        due_soon: look.rows(found.due_soon)?,
        waiting_for_me: waiting,
        answers_back: answers_back(look)?,
        reports_due: reports_due(look, &posts)?,
        drafts: form::list(look, drafts),
        may_visit: may(&[PostRole::Liaison]),
        may_take_petitions: may(&[PostRole::Head, PostRole::Secretary, PostRole::Liaison, PostRole::Desk]),
        practice,
        office_phone: look.office_phone()?,
        traffic,
        posts,
    })
}

fn card(look: &Look<'_, '_>, line: HamletLine) -> Result<HamletCard> {
    let open = CaseFilter { unit: Some(line.unit), open_only: true, ..CaseFilter::default() };
    let matters = look
        .tx
        .cases(&open, None)?
        .lines
        .into_iter()
        .filter(|case| matches!(case.kind, CaseKind::Problem | CaseKind::Petition));
    Ok(HamletCard {
        id: line.unit.to_string(),
        name: line.name,
        state: line.state.into(),
        last_visit: line.last_visit.map(Into::into),
        open_follow_ups: count(look.tx.open_follow_ups(&[line.unit], i32::MAX)?.len()),
        open_matters: count(matters.count()),
    })
}

/// Results that this person may bring back to the resident.
fn answers_back(look: &Look<'_, '_>) -> Result<Vec<CaseRow>> {
    let Some(actor) = look.actor() else {
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for state in [CaseState::Resolved, CaseState::Declined] {
        let page = look.tx.cases(&CaseFilter { state: Some(state), ..CaseFilter::default() }, None)?;
        for line in page.lines {
            let case = look.tx.fold(line.root)?.map(|folded| folded.case);
            let mine = case
                .is_some_and(|case| actions_for(&case, &actor, &look.organisation.tree, look.today()).contains(&Event::Answer));
            if mine {
                rows.push(look.row(line)?);
            }
        }
    }
    Ok(rows)
}

fn reports_due(look: &Look<'_, '_>, posts: &[MyPost]) -> Result<Vec<ReportDue>> {
    let mut due = Vec::new();
    for post in posts.iter().filter(|post| matches!(post.role, PostRole::Head | PostRole::Secretary)) {
        let unit = convert::id(&post.unit_id)?;
        let filter = CaseFilter { kind: Some(CaseKind::Report), unit: Some(unit), ..CaseFilter::default() };
        let made = look.tx.cases(&filter, None)?.lines;
        for kind in REMINDED {
            let Some((from, to)) = form::period(kind, look.today()) else {
                continue;
            };
            let is_made = made.iter().any(|report| {
                report.day == to
                    && report.sub_kind == kind.to_model().map(|kind| kind.code())
                    && !report.withdrawn
                    && !report.discarded
            });
            let is_known = due.iter().any(|known: &ReportDue| known.unit_id == post.unit_id && known.kind == kind);
            if !is_made && !is_known && to.0 - look.today().0 <= REPORT_DAYS {
                due.push(ReportDue {
                    unit_id: post.unit_id.clone(),
                    unit: post.unit.clone(),
                    kind,
                    from: from.into(),
                    to: to.into(),
                });
            }
        }
    }
    Ok(due)
}

fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
