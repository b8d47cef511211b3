//! The tree of places with its history: names change, units merge and split, and old records stay readable.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::body::{Correction, Ended, Kind, Level, Unit, UnitRenamed, UnitSplit, UnitsMerged};
use crate::day::Day;
use crate::fact::{BadFact, Fact, to_body};
use crate::id::FactId;
use crate::map;
use crate::text::fold;

/// Every unit the holder knows of, living and ended. Facts may arrive in any order; of two that state the same thing
/// (an end, a correction of one unit) the one applied later counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UnitTree {
    units: BTreeMap<FactId, Unit>,
    /// What happened to a unit, which may be known before the unit is.
    pasts: BTreeMap<FactId, Past>,
    /// From a unit to those right below it: children, and units merged into it.
    below: BTreeMap<FactId, BTreeSet<FactId>>,
}

/// A unit that never merged is looked up straight so many steps, more than there are levels.
const STEPS_UP: usize = 8;

/// What happened to one unit.
#[derive(Debug, Clone, PartialEq, Default)]
struct Past {
    last: Option<Day>,
    later_names: Vec<Name>,
    predecessors: Vec<FactId>,
    fate: Option<Fate>,
}

#[derive(Debug, Clone, PartialEq)]
struct Name {
    on: Day,
    label: String,
    name: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Fate {
    Merged { into: FactId, on: Day },
    Split { into: Vec<FactId>, on: Day },
}

impl UnitTree {
    /// The tree that these facts add up to. Facts of other kinds, and ones this version cannot read, are passed over.
    pub fn fold<'a>(facts: impl Iterator<Item = &'a Fact>) -> Self {
        let mut tree = Self::default();
        for fact in facts {
            tree.apply(fact);
        }
        tree
    }

    /// Takes in one more fact. False when it says nothing about units, or cannot be read.
    pub fn apply(&mut self, fact: &Fact) -> bool {
        self.try_apply(fact).unwrap_or(false)
    }

    /// The unit as it was founded, corrections applied. Its name now is [`Self::name`].
    pub fn unit(&self, id: FactId) -> Option<&Unit> {
        self.units.get(&id)
    }

    /// Every unit, by id.
    pub fn units(&self) -> impl Iterator<Item = (FactId, &Unit)> {
        self.units.iter().map(|(id, unit)| (*id, unit))
    }

    /// Label and name now.
    pub fn name(&self, id: FactId) -> Option<(&str, &str)> {
        self.name_on(id, Day(i32::MAX))
    }

    /// Label and name on a day; before the first renaming, those it was founded with.
    pub fn name_on(&self, id: FactId, day: Day) -> Option<(&str, &str)> {
        let unit = self.units.get(&id)?;
        let renamed = self.pasts.get(&id).and_then(|past| past.later_names.iter().rfind(|name| name.on <= day));
        Some(renamed.map_or((&unit.label, &unit.name), |name| (&name.label, &name.name)))
    }

    /// As written today, "ấp An Định", "khu phố 6"; the id when the unit is not known.
    pub fn display(&self, id: FactId) -> String {
        self.name(id).map_or_else(|| id.to_string(), |(label, name)| written(label, name))
    }

    /// Its last day, when it ended by itself, by a merge or by a split.
    pub fn last_day(&self, id: FactId) -> Option<Day> {
        let past = self.pasts.get(&id)?;
        let by_fate = past.fate.as_ref().map(|fate| match fate {
            Fate::Merged { on, .. } | Fate::Split { on, .. } => on.plus(-1),
        });
        by_fate.or(past.last)
    }

    /// Whether it exists on this day.
    pub fn exists_on(&self, id: FactId, day: Day) -> bool {
        let begun = self.units.get(&id).is_some_and(|unit| unit.from.is_none_or(|from| from <= day));
        begun && self.last_day(id).is_none_or(|last| day <= last)
    }

    /// The units that went on from it.
    pub fn successors(&self, id: FactId) -> &[FactId] {
        match self.pasts.get(&id).and_then(|past| past.fate.as_ref()) {
            Some(Fate::Merged { into, .. }) => std::slice::from_ref(into),
            Some(Fate::Split { into, .. }) => into,
            None => &[],
        }
    }

    /// The units it came from.
    pub fn predecessors(&self, id: FactId) -> &[FactId] {
        self.pasts.get(&id).map_or(&[], |past| &past.predecessors)
    }

    /// Who has its open work on this day: after a merge the unit that goes on, after a split the parent (the desk then
    /// re-homes case by case), and so on through later changes; otherwise the unit itself.
    pub fn current_home(&self, id: FactId, day: Day) -> FactId {
        let mut seen = BTreeSet::new();
        let mut home = id;
        while seen.insert(home) {
            let next = match self.pasts.get(&home).and_then(|past| past.fate.as_ref()) {
                Some(Fate::Merged { into, on }) if *on <= day => Some(*into),
                Some(Fate::Split { on, .. }) if *on <= day => self.units.get(&home).and_then(|unit| unit.parent),
                Some(Fate::Merged { .. } | Fate::Split { .. }) | None => None,
            };
            let Some(next) = next else {
                break;
            };
            home = next;
        }
        home
    }

    /// Whether it is `ancestor` or belongs below it, directly or because a unit on the way up was merged.
    pub fn is_within(&self, id: FactId, ancestor: FactId) -> bool {
        let mut unit = id;
        for _ in 0..STEPS_UP {
            if unit == ancestor {
                return true;
            }
            if self.merged(unit).is_some() {
                break;
            }
            let Some(parent) = self.parent(unit) else {
                return false;
            };
            unit = parent;
        }
        unit == ancestor || walk(unit, |unit| self.above(unit)).contains(&ancestor)
    }

    /// The units it belongs to, nearest first, without itself; a merged unit belongs to the one that goes on.
    pub fn ancestors(&self, id: FactId) -> Vec<FactId> {
        walk(id, |unit| self.above(unit))
    }

    /// The units right below it, those of units merged into it included.
    pub fn children(&self, id: FactId) -> Vec<FactId> {
        let mut homes = walk(id, |unit| self.merged_into(unit).collect());
        homes.push(id);
        let below = homes.iter().filter_map(|home| self.below.get(home)).flatten();
        let children = below.filter(|child| self.parent(**child).is_some_and(|parent| homes.contains(&parent)));
        children.copied().collect::<BTreeSet<_>>().into_iter().filter(|child| !homes.contains(child)).collect()
    }

    /// Every unit below it, nearest first, units merged into those included.
    pub fn descendants(&self, id: FactId) -> Vec<FactId> {
        walk(id, |unit| self.below.get(&unit).into_iter().flatten().copied().collect())
    }

    /// The level of a unit.
    pub fn level(&self, id: FactId) -> Option<Level> {
        Some(self.units.get(&id)?.level)
    }

    /// Living units whose name, present or former, or the name of a unit they came from, holds every word of the text
    /// (each typed at least by its beginning). The text is folded first, so marks do not matter. Best matches first:
    /// the whole name, then whole words, then beginnings.
    pub fn find(&self, text: &str) -> Vec<FactId> {
        let query = fold(text);
        let words: Vec<&str> = query.split_whitespace().collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut best: BTreeMap<FactId, u8> = BTreeMap::new();
        for id in self.units.keys() {
            let Some(rank) = self.names(*id).filter_map(|(label, name)| rank(label, name, &words)).min() else {
                continue;
            };
            for living in self.living(*id) {
                let known = best.entry(living).or_insert(rank);
                *known = rank.min(*known);
            }
        }
        let mut found: Vec<(u8, String, FactId)> =
            best.into_iter().map(|(id, rank)| (rank, fold(&self.display(id)), id)).collect();
        found.sort();
        found.into_iter().map(|(_, _, id)| id).collect()
    }

    fn try_apply(&mut self, fact: &Fact) -> Result<bool, BadFact> {
        if fact.kind == Kind::Unit {
            self.put(fact.id, fact.read()?);
        } else if fact.kind == Kind::UnitsMerged {
            let UnitsMerged { from, into, on } = fact.read()?;
            for unit in from.into_iter().filter(|unit| *unit != into) {
                self.meets(unit, Fate::Merged { into, on });
            }
        } else if fact.kind == Kind::UnitSplit {
            let UnitSplit { from, into, on } = fact.read()?;
            self.meets(from, Fate::Split { into: into.into_iter().filter(|unit| *unit != from).collect(), on });
        } else if fact.kind == Kind::UnitRenamed {
            let UnitRenamed { label, name, on } = fact.read()?;
            let names = &mut self.pasts.entry(fact.root).or_default().later_names;
            names.retain(|known| known.on != on);
            names.push(Name { on, label, name });
            names.sort_by_key(|name| name.on);
        } else if fact.kind == Kind::Ended {
            self.pasts.entry(fact.root).or_default().last = Some(fact.read::<Ended>()?.last);
        } else if fact.kind == Kind::Correction {
            let Correction { target, patch, .. } = fact.read()?;
            let Some(unit) = self.units.get(&target) else {
                return Ok(false);
            };
            let corrected = map::patched(&to_body(unit), &patch.0)?;
            self.put(target, minicbor::decode(&corrected)?);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn put(&mut self, id: FactId, unit: Unit) {
        if let Some(parent) = unit.parent {
            self.below.entry(parent).or_default().insert(id);
        }
        let before = self.units.insert(id, unit).and_then(|unit| unit.parent);
        if let Some(parent) = before.filter(|parent| !self.above(id).contains(parent)) {
            self.below.entry(parent).or_default().remove(&id);
        }
    }

    fn meets(&mut self, unit: FactId, fate: Fate) {
        for old in self.successors(unit).to_vec() {
            self.pasts.entry(old).or_default().predecessors.retain(|id| *id != unit);
            if self.parent(unit) != Some(old) {
                self.below.entry(old).or_default().remove(&unit);
            }
        }
        if let Fate::Merged { into, .. } = fate {
            self.below.entry(into).or_default().insert(unit);
        }
        self.pasts.entry(unit).or_default().fate = Some(fate);
        for next in self.successors(unit).to_vec() {
            self.pasts.entry(next).or_default().predecessors.push(unit);
        }
    }

    /// Right above it: the unit it was merged into, and its parent.
    fn above(&self, id: FactId) -> Vec<FactId> {
        self.merged(id).into_iter().chain(self.parent(id)).collect()
    }

    /// The unit it was merged into.
    fn merged(&self, id: FactId) -> Option<FactId> {
        match self.pasts.get(&id)?.fate.as_ref()? {
            Fate::Merged { into, .. } => Some(*into),
            Fate::Split { .. } => None,
        }
    }

    fn parent(&self, id: FactId) -> Option<FactId> {
        self.units.get(&id)?.parent
    }

    /// The units that were merged into this one.
    fn merged_into(&self, id: FactId) -> impl Iterator<Item = FactId> {
        let merged = move |from: &&FactId| matches!(self.pasts.get(*from).and_then(|past| past.fate.as_ref()), Some(Fate::Merged { into, .. }) if *into == id);
        self.predecessors(id).iter().filter(merged).copied()
    }

    /// Every name it had, the one it was founded with first.
    fn names(&self, id: FactId) -> impl Iterator<Item = (&str, &str)> {
        let founded = self.units.get(&id).map(|unit| (unit.label.as_str(), unit.name.as_str()));
        let later = self.pasts.get(&id).into_iter().flat_map(|past| &past.later_names);
        founded.into_iter().chain(later.map(|name| (name.label.as_str(), name.name.as_str())))
    }

    /// The unit itself, or the last ones that went on from it.
    fn living(&self, id: FactId) -> Vec<FactId> {
        if self.successors(id).is_empty() {
            return vec![id];
        }
        let all = walk(id, |unit| self.successors(unit).to_vec());
        all.into_iter().filter(|unit| self.successors(*unit).is_empty() && self.units.contains_key(unit)).collect()
    }
}

/// Everything reached from `start` step by step, nearest first, each once, without `start`.
fn walk(start: FactId, step: impl Fn(FactId) -> Vec<FactId>) -> Vec<FactId> {
    let mut seen = BTreeSet::from([start]);
    let mut reached = Vec::new();
    let mut queue = VecDeque::from([start]);
    while let Some(unit) = queue.pop_front() {
        for next in step(unit) {
            if seen.insert(next) {
                reached.push(next);
                queue.push_back(next);
            }
        }
    }
    reached
}

fn written(label: &str, name: &str) -> String {
    format!("{label} {name}").trim().to_owned()
}

fn rank(label: &str, name: &str, query: &[&str]) -> Option<u8> {
    let (whole, name) = (fold(&written(label, name)), fold(name));
    let words: Vec<&str> = whole.split_whitespace().collect();
    if words == query || name.split_whitespace().eq(query.iter().copied()) {
        return Some(0);
    }
    if query.iter().all(|asked| words.contains(asked)) {
        return Some(1);
    }
    query.iter().all(|asked| words.iter().any(|word| word.starts_with(asked))).then_some(2)
}

#[cfg(test)]
mod tests;
