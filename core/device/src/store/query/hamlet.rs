//! The card of a hamlet.

use fieldbook_model::body::Role;
use fieldbook_model::coverage::{HamletState, hamlet_state};
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;

use super::super::{Reading, StoreError};
use super::cases::{COLUMNS, CaseLine};
use super::today::FollowUpRow;

/// Latest cases shown on the card.
const LATEST: usize = 20;

/// A hamlet as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HamletCard {
    /// The hamlet.
    pub unit: FactId,
    /// As written today.
    pub name: String,
    /// The unit above, as written today.
    pub parent: Option<String>,
    /// Where it stands this month, when I look after it.
    pub state: Option<HamletState>,
    /// Head and secretary, whom to call.
    pub officers: Vec<OfficerLine>,
    /// Open promises, due or not.
    pub follow_ups: Vec<FollowUpRow>,
    /// The latest cases.
    pub latest: Vec<CaseLine>,
    /// The office's phone number.
    pub office_phone: Option<String>,
}

/// Somebody with a post in the hamlet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficerLine {
    /// Who.
    pub person: FactId,
    /// Full name.
    pub name: String,
    /// The title.
    pub title: String,
    /// What the post lets them do.
    pub role: Role,
    /// Work phone number.
    pub phone: Option<String>,
}

impl Reading<'_> {
    /// The card of a unit; none when it is not known here.
    pub fn hamlet(&self, unit: FactId, now: i64) -> Result<Option<HamletCard>, StoreError> {
        let today = Day::of(now);
        let organisation = self.organisation()?;
        let Some(founded) = organisation.tree.unit(unit) else {
            return Ok(None);
        };
        let in_force = |from: Day, to: Option<Day>| from <= today && to.is_none_or(|last| today <= last);
        let posts = organisation.posts.values();
        let mut officers: Vec<OfficerLine> = posts
            .filter(|post| post.unit == unit && in_force(post.from, post.to))
            .filter_map(|post| {
                let person = organisation.people.get(&post.person)?;
                Some(OfficerLine {
                    person: post.person,
                    name: person.name.clone(),
                    title: post.title.clone(),
                    role: post.role,
                    phone: person.phone.clone(),
                })
            })
            .collect();
        officers.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        let state = match self.my_hamlets(&organisation, today)?.get(&unit) {
            Some(from) => {
                let visits = self.visit_days(&organisation, &[unit])?;
                Some(hamlet_state(from.date(), visits.get(&unit).map_or(&[], Vec::as_slice), today.date()))
            }
            None => None,
        };
        let units = self.numbers(organisation.tree.descendants(unit).into_iter().chain([unit]))?;
        let latest = self.lines(
            &format!(
                "SELECT {COLUMNS} FROM cases c WHERE c.unit IN (SELECT value FROM json_each(?1)) ORDER BY c.sort DESC LIMIT {LATEST}"
            ),
            [units],
        )?;
        Ok(Some(HamletCard {
            unit,
            name: organisation.tree.display(unit),
            parent: founded.parent.map(|parent| organisation.tree.display(parent)),
            state,
            officers,
            follow_ups: self.open_follow_ups(&[unit], i32::MAX)?,
            latest,
            office_phone: organisation.office_phone(unit).map(str::to_owned),
        }))
    }
}
