//! Pick, don't type: units with one's own and recent ones first.

use std::collections::BTreeMap;

use fieldbook_model::body::Role;
use fieldbook_model::day::Day;
use fieldbook_model::id::FactId;
use fieldbook_model::text::collation_key;

use super::super::{Organisation, Reading, StoreError};

/// A unit to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// The unit.
    pub unit: FactId,
    /// As written today.
    pub name: String,
    /// The unit above, as written today.
    pub parent: Option<String>,
    /// Whether this person holds a post in it or looks after it.
    pub own: bool,
}

impl Reading<'_> {
    /// Units that exist today: own ones first, recently written about first among them, then by name.
    pub fn units_to_pick(&self, now: i64) -> Result<Vec<UnitLine>, StoreError> {
        let today = Day::of(now);
        let organisation = self.organisation()?;
        let own = self.own_units(&organisation, today)?;
        let recent = self.recent_units()?;
        let living = organisation.tree.units().map(|(id, _)| id).filter(|id| organisation.tree.exists_on(*id, today));
        let mut lines: Vec<UnitLine> = living.map(|unit| unit_line(&organisation, unit, own.contains(&unit))).collect();
        lines.sort_by_cached_key(|line| {
            let latest = recent.get(&line.unit).copied().unwrap_or(i64::MIN);
            (!line.own, std::cmp::Reverse(latest), collation_key(&line.name), line.unit)
        });
        Ok(lines)
    }

    /// Units whose name, present or former, or whose predecessor's name begins with every typed word. Marks do not matter.
    pub fn find_units(&self, typed: &str, now: i64) -> Result<Vec<UnitLine>, StoreError> {
        let organisation = self.organisation()?;
        let own = self.own_units(&organisation, Day::of(now))?;
        let found = organisation.tree.find(typed).into_iter();
        Ok(found.map(|unit| unit_line(&organisation, unit, own.contains(&unit))).collect())
    }

    fn own_units(&self, organisation: &Organisation, today: Day) -> Result<Vec<FactId>, StoreError> {
        let mut own: Vec<FactId> = self.my_hamlets(organisation, today)?.into_keys().collect();
        let Some(account) = self.find_account()? else {
            return Ok(own);
        };
        let actor = organisation.actor(account.person);
        let in_force = actor.posts.iter().filter(|post| post.from <= today && post.to.is_none_or(|last| today <= last));
        own.extend(in_force.filter(|post| post.role != Role::Liaison).map(|post| post.unit));
        Ok(own)
    }

    /// The place in the list of the latest own case by unit.
    fn recent_units(&self) -> Result<BTreeMap<FactId, i64>, StoreError> {
        let mut statement = self.sql().prepare_cached(
            "SELECT unit, max(sort) FROM (
               SELECT unit, sort FROM cases WHERE root >> 40 = (SELECT writer FROM account) ORDER BY root DESC LIMIT 200)
             GROUP BY unit",
        )?;
        let rows = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(|(unit, sort)| Ok((self.id(unit)?, sort))).collect()
    }
}

fn unit_line(organisation: &Organisation, unit: FactId, own: bool) -> UnitLine {
    let parent = organisation.tree.unit(unit).and_then(|unit| unit.parent);
    UnitLine {
        unit,
        name: organisation.tree.display(unit),
        parent: parent.map(|parent| organisation.tree.display(parent)),
        own,
    }
}
