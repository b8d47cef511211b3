//! What the office's own facts add up to: tree, people, rules. Folded once and kept until a further such fact comes.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use fieldbook_model::body::{
    Assignment, Holiday, Kind, OfficeContact, Person, Post, Rule, UnitSplit, UnitsMerged, WriterEnrolled,
};
use fieldbook_model::calendar::WorkingCalendar;
use fieldbook_model::case::{Actor, Roster};
use fieldbook_model::clock::{ClockRule, ClockSubject, ClockUnit, RuleBook};
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::unit::UnitTree;

use super::scope::Scope;
use crate::storage::{StorageError, Tx};

/// How many facts are read at a time while folding.
const PAGE: usize = 4_096;

/// Everything the office's facts about the organisation say, up to one of them.
pub struct Reference {
    /// Order of the last fact taken in.
    through: i64,
    /// The tree of units.
    pub tree: UnitTree,
    /// People, posts, assignments, writers.
    pub roster: Roster,
    /// Order of each unit and post.
    pub(crate) orders: HashMap<FactId, Order>,
    /// Posts by unit, ended ones too.
    pub(crate) posts_in: BTreeMap<FactId, Vec<FactId>>,
    /// The units a person has anything to do with, ended duties too.
    pub(crate) units_of: HashMap<FactId, BTreeSet<FactId>>,
    /// The facts that enrolled a person's phones.
    pub(crate) enrolments_of: HashMap<FactId, Vec<FactId>>,
    /// Merges and splits: when, and the units that ended.
    pub(crate) fates: Vec<(Day, Vec<FactId>)>,
    contacts: HashMap<FactId, String>,
    /// Clock rules: the built-in ones and those the office wrote.
    pub rules: RuleBook,
    /// Days off and swapped working days: the built-in ones and those the office wrote.
    pub calendar: WorkingCalendar,
    actors: Mutex<HashMap<FactId, Arc<Actor>>>,
    scopes: Mutex<HashMap<FactId, (Day, Arc<Scope>)>>,
}

impl Clone for Reference {
    fn clone(&self) -> Self {
        Self {
            through: self.through,
            tree: self.tree.clone(),
            roster: self.roster.clone(),
            orders: self.orders.clone(),
            posts_in: self.posts_in.clone(),
            units_of: self.units_of.clone(),
            enrolments_of: self.enrolments_of.clone(),
            fates: self.fates.clone(),
            contacts: self.contacts.clone(),
            rules: self.rules.clone(),
            calendar: self.calendar.clone(),
            actors: Mutex::default(),
            scopes: Mutex::default(),
        }
    }
}

impl Reference {
    /// The state at this transaction: from memory when nothing was added since, else brought up to date.
    pub fn load(tx: &mut dyn Tx) -> Result<Arc<Self>, StorageError> {
        let head = tx.reference_head()?;
        let kept = tx.memo().get::<Self>();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.through == head.0) {
            return Ok(Arc::clone(kept));
        }
        // A reader may see less than the writer folded last; it then folds for itself and leaves the other's alone.
        let newer_is_kept = kept.as_ref().is_some_and(|kept| kept.through > head.0);
        drop(kept);
        let mut reference = if newer_is_kept {
            Arc::new(Self::empty())
        } else {
            tx.memo().take::<Self>().unwrap_or_else(|| Arc::new(Self::empty()))
        };
        let changing = Arc::make_mut(&mut reference);
        loop {
            let page = tx.reference_after(Order(changing.through), PAGE)?;
            let Some(last) = page.last().map(|fact| fact.order) else {
                break;
            };
            for stored in &page {
                if let Some(fact) = stored.open().map_err(|error| StorageError::Damaged(error.to_string()))? {
                    changing.absorb(&fact, stored.order);
                }
            }
            changing.through = last.0;
        }
        if !fieldbook_model::planted!(ScopeRemembered) {
            changing.actors = Mutex::default();
            changing.scopes = Mutex::default();
        }
        if !newer_is_kept {
            tx.memo().put(Arc::clone(&reference));
        }
        Ok(reference)
    }

    /// Brings what a job holds up to date. What it held is let go first, so that the fold goes on in place; a copy for every unit
    /// of an import would make it quadratic.
    pub fn reload(held: &mut Arc<Self>, tx: &mut dyn Tx) -> Result<(), StorageError> {
        *held = Arc::new(Self::empty());
        *held = Self::load(tx)?;
        Ok(())
    }

    /// A person with everything that gives a right to write.
    pub fn actor(&self, person: FactId) -> Arc<Actor> {
        let mut actors = self.actors.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(actors.entry(person).or_insert_with(|| Arc::new(self.roster.actor(person, &self.tree))))
    }

    /// What a person sees on this day.
    pub fn scope(&self, person: FactId, today: Day) -> Arc<Scope> {
        let mut scopes = self.scopes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, scope)) = scopes.get(&person).filter(|(day, _)| *day == today) {
            return Arc::clone(scope);
        }
        let scope = Arc::new(Scope::of(self, &self.actor(person), today));
        scopes.insert(person, (today, Arc::clone(&scope)));
        scope
    }

    /// The telephone of the office nearest to this unit, upward.
    pub fn office_phone(&self, unit: FactId) -> Option<&str> {
        let upward = std::iter::once(unit).chain(self.tree.ancestors(unit));
        upward.filter_map(|unit| self.contacts.get(&unit)).map(String::as_str).next()
    }

    fn empty() -> Self {
        Self {
            through: 0,
            tree: UnitTree::default(),
            roster: Roster::default(),
            orders: HashMap::new(),
            posts_in: BTreeMap::new(),
            units_of: HashMap::new(),
            enrolments_of: HashMap::new(),
            fates: Vec::new(),
            contacts: HashMap::new(),
            rules: RuleBook::built_in(),
            calendar: WorkingCalendar::built_in(),
            actors: Mutex::default(),
            scopes: Mutex::default(),
        }
    }

    fn absorb(&mut self, fact: &Fact, order: Order) {
        self.tree.apply(fact);
        self.roster.apply(fact);
        if matches!(fact.kind, Kind::Unit | Kind::Post) {
            self.orders.insert(fact.id, order);
        }
        // What this version cannot read says nothing to it.
        let _ = self.index(fact);
    }

    fn index(&mut self, fact: &Fact) -> Option<()> {
        if fact.kind == Kind::Post {
            let post: Post = fact.read().ok()?;
            self.posts_in.entry(post.unit).or_default().push(fact.id);
            self.units_of.entry(post.person).or_default().insert(post.unit);
        } else if fact.kind == Kind::Assignment {
            let Assignment { person, unit, .. } = fact.read().ok()?;
            self.units_of.entry(person).or_default().insert(unit?);
        } else if fact.kind == Kind::WriterEnrolled {
            let WriterEnrolled { person, .. } = fact.read().ok()?;
            self.enrolments_of.entry(person).or_default().push(fact.id);
        } else if fact.kind == Kind::UnitsMerged {
            let UnitsMerged { from, on, .. } = fact.read().ok()?;
            self.fates.push((on, from));
        } else if fact.kind == Kind::UnitSplit {
            let UnitSplit { from, on, .. } = fact.read().ok()?;
            self.fates.push((on, vec![from]));
        } else if fact.kind == Kind::OfficeContact {
            let OfficeContact { unit, phone } = fact.read().ok()?;
            self.contacts.insert(unit, phone);
        } else if fact.kind == Kind::Rule {
            let Rule { subject, days, working, basis, from } = fact.read().ok()?;
            let unit = if working { ClockUnit::WorkingDays } else { ClockUnit::CalendarDays };
            self.rules.add(ClockRule::new(ClockSubject::from_code(subject), days, unit, &basis, from.date()));
        } else if fact.kind == Kind::Holiday {
            let holiday: Holiday = fact.read().ok()?;
            if holiday.works {
                self.calendar.set_working_day(holiday.day.date(), &holiday.name);
            } else {
                self.calendar.set_day_off(holiday.day.date(), &holiday.name);
            }
        }
        Some(())
    }
}

/// Names of people for answers to phones.
impl Reference {
    /// A colleague.
    pub fn person(&self, id: FactId) -> Option<&Person> {
        self.roster.person(id)
    }

    /// Whose words the facts of this writer are.
    pub fn person_of(&self, writer: WriterId) -> Option<FactId> {
        self.roster.person_of(writer)
    }
}
