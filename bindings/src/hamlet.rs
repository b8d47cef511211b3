//! A hamlet: whom to call, how it stands this month, what happened there.

use fieldbook_device::store::query::UnitLine;
use fieldbook_model::body::Level;
use fieldbook_model::case::CaseKind;
use fieldbook_model::id::FactId;
use serde::Serialize;

use crate::calendar_day::CalendarDay;
use crate::convert;
use crate::drafts::HamletChoice;
use crate::error::Result;
use crate::fieldbook::Fieldbook;
use crate::records::{CaseRow, FollowUpLine};
use crate::rows::{self, Look};
use crate::words::PostRole;

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
    /// This month, when this person looks after it.
    pub state: Option<HamletState>,
    /// Days on which it was visited lately, latest first.
    pub visits: Vec<CalendarDay>,
    /// Promises that still stand open.
    pub follow_ups: Vec<FollowUpLine>,
    /// Its latest records.
    pub records: Vec<CaseRow>,
    /// This person may write down a visit there.
    pub may_visit: bool,
    /// Number of the office.
    pub office_phone: Option<String>,
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

#[uniffi::export]
impl Fieldbook {
    /// A hamlet's page.
    pub async fn hamlet(&self, id: String) -> Result<HamletPage> {
        self.work(move |core, phone| rows::look(phone, core.clock.now(), |look| page(look, convert::id(&id)?))).await
    }

    /// Every place one may choose: own hamlets first, lately written about first among them.
    pub async fn hamlets(&self) -> Result<Vec<HamletChoice>> {
        self.work(|core, phone| rows::look(phone, core.clock.now(), choices)).await
    }

    /// Places by their present or former names, also those of units that were merged into them; marks do not matter.
    pub async fn find_hamlets(&self, typed: String) -> Result<Vec<HamletChoice>> {
        let found = self.work(move |core, phone| {
            rows::look(phone, core.clock.now(), |look| {
                Ok(look.tx.find_units(&typed, look.now)?.into_iter().map(choice).collect())
            })
        });
        found.await
    }
}

/// Hamlets, and other units of one's own.
pub(crate) fn choices(look: &Look<'_, '_>) -> Result<Vec<HamletChoice>> {
    let units = look.tx.units_to_pick(look.now)?.into_iter();
    let fits = |line: &UnitLine| line.own || look.organisation.tree.level(line.unit) == Some(Level::Hamlet);
    Ok(units.filter(fits).map(choice).collect())
}

fn choice(line: UnitLine) -> HamletChoice {
    HamletChoice { id: line.unit.to_string(), name: line.name, commune: line.parent.unwrap_or_default(), own: line.own }
}

fn page(look: &Look<'_, '_>, unit: FactId) -> Result<HamletPage> {
    let card = look.tx.hamlet(unit, look.now)?.ok_or(rows::not_here())?;
    let tree = &look.organisation.tree;
    let mut visits: Vec<CalendarDay> = card
        .latest
        .iter()
        .filter(|line| line.kind == CaseKind::Visit && !line.withdrawn && !line.discarded)
        .map(|line| line.day.into())
        .collect();
    visits.sort_unstable_by(|a, b| b.cmp(a));
    Ok(HamletPage {
        id: unit.to_string(),
        above: tree.ancestors(unit).into_iter().map(|above| look.name(above)).collect(),
        earlier: tree.predecessors(unit).iter().map(|earlier| look.name(*earlier)).collect(),
        people: card
            .officers
            .into_iter()
            .map(|officer| PersonLine {
                name: officer.name,
                title: officer.title,
                role: officer.role.into(),
                phone: officer.phone,
            })
            .collect(),
        state: card.state.map(HamletState::from),
        visits,
        follow_ups: card.follow_ups.into_iter().map(|row| look.follow_up(row)).collect::<Result<_>>()?,
        records: look.rows(card.latest)?,
        may_visit: look.may_begin(CaseKind::Visit, unit),
        office_phone: card.office_phone,
        name: card.name,
    })
}
