//! Who must hold which cases, worked out from the organisation alone, without asking the code that decides it.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook_model::body::{Kind, Role};
use fieldbook_model::case::Case;
use fieldbook_model::id::FactId;
use fieldbook_server::office::desk;

use super::invariants::{AtOffice, HeldFact};
use super::village::{Colleague, Hamlet, Seat, Village};
use super::world::World;
use super::{Outcome, broken};

impl World {
    /// Every phone holds each case of its person's units, and no other.
    pub(crate) fn check_scope(&self, office: &AtOffice, held: &[Vec<HeldFact>]) -> Outcome<()> {
        let village = self.village.known(|fact| Ok(office.facts.contains_key(&fact)))?;
        let mut cases: BTreeMap<FactId, Case> = BTreeMap::new();
        for root in office.roots() {
            if let Some(case) = self.office.read(|tx| desk::case(tx, root, self.now / 1000))? {
                cases.insert(root, case);
            }
        }
        for (phone, held) in self.phones.iter().zip(held) {
            let units = village.units_of(phone.person);
            let on_phone: BTreeSet<FactId> = held.iter().filter(|fact| fact.is_root).map(|fact| fact.id).collect();
            for (root, case) in &cases {
                let is_here = on_phone.contains(root);
                if is_here != concerns(&village, case, &units) {
                    let (n, unit) = (phone.n, case.unit);
                    let what = if is_here { "holds" } else { "lacks" };
                    return broken("a phone holds what its person may see", format!("phone {n} {what} {root} of {unit}"));
                }
            }
            self.check_identities(&village, office, phone.person, held)?;
        }
        Ok(())
    }

    /// Petitioners are known to who holds the post they came to, who follows in it, and the desk of its commune.
    fn check_identities(&self, village: &Village, office: &AtOffice, person: usize, held: &[HeldFact]) -> Outcome<()> {
        let me = &village.people[person];
        for fact in held.iter().filter(|fact| fact.kind == Kind::Identity.code()) {
            let Some(known) = office.facts.get(&fact.id) else { continue };
            let Some(post) = known.post else { continue };
            let held = |colleague: &Colleague| colleague.seats.iter().find(|seat| seat.post == post).cloned();
            let author = village.people.iter().find_map(|colleague| held(colleague).map(|seat| (colleague.role, seat)));
            let Some((role, seat)) = author else { continue };
            let may_know = |mine: &Seat| {
                mine.post == post
                    || (me.role == Role::Desk && is_of_commune(village, seat.unit, mine.unit))
                    || (me.leads_hamlet() && me.role == role && follows(village, mine, &seat))
            };
            if !me.living().any(may_know) {
                return broken("petitioners stay private", format!("{} knows who {} is about", me.person, fact.id));
            }
        }
        Ok(())
    }
}

fn is_of_commune(village: &Village, unit: FactId, commune: FactId) -> bool {
    let of_commune = |hamlet: &Hamlet| hamlet.unit == unit && village.communes[hamlet.commune] == commune;
    unit == commune || village.hamlets.iter().any(of_commune)
}

/// Heads and secretaries follow one another in one place, also across a merge.
fn follows(village: &Village, mine: &Seat, before: &Seat) -> bool {
    before.ended.is_some()
        && before.from < mine.from
        && (before.unit == mine.unit || village.goes_through(before.unit, mine.unit))
}

/// Whether a case is in one of these units: where it began or was re-homed to, where it was forwarded to, or where the work of
/// those places went on.
fn concerns(village: &Village, case: &Case, units: &BTreeSet<FactId>) -> bool {
    let places = std::iter::once(case.unit).chain(case.forwarded_to.iter().copied());
    places.flat_map(|unit| [unit, village.home(unit)]).any(|unit| units.contains(&unit))
}
