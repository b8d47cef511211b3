//! Units, people, duties, topics and rules: few enough to be folded as a whole and kept in memory until one changes.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook_model::body::{
    Assignment, Correction, Ended, Holiday, Kind, OfficeContact, Person, Post, Rule, Topic, WriterEnrolled,
};
use fieldbook_model::case::{Actor, HeldAssignment, HeldPost};
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_model::map;
use fieldbook_model::unit::UnitTree;

use super::{Reading, StoreError};

/// The organisation as far as this phone may know it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Organisation {
    /// Units and their history.
    pub tree: UnitTree,
    /// Colleagues.
    pub people: BTreeMap<FactId, Person>,
    /// Titles held, with their last day when they ended.
    pub posts: BTreeMap<FactId, Post>,
    /// Who looks after what, with the last day when it ended.
    pub assignments: BTreeMap<FactId, Assignment>,
    /// Whose phone each writer is.
    pub writers: BTreeMap<WriterId, FactId>,
    /// Whom to ring, by unit.
    pub contacts: BTreeMap<FactId, String>,
    /// Clock rules that replace the built-in ones.
    pub rules: Vec<Rule>,
    /// Exceptions to the working week.
    pub holidays: Vec<Holiday>,
    topics: BTreeMap<FactId, (Topic, Option<Day>)>,
    pub(super) version: i64,
}

/// A colleague as shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Who.
    pub id: FactId,
    /// Full name.
    pub name: String,
    /// Work phone number.
    pub phone: Option<String>,
}

/// An item of the visit checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicLine {
    /// The topic.
    pub id: FactId,
    /// The question.
    pub text: String,
    /// The unit that asks.
    pub unit: FactId,
}

impl Organisation {
    pub(super) fn load(tx: &Reading<'_>, version: i64) -> Result<Self, StoreError> {
        Ok(Self { version, ..Self::fold(&reference_facts(tx, false)?) })
    }

    /// Of confirmed facts only: equal on any two phones that hold the same ones.
    pub(super) fn confirmed(tx: &Reading<'_>) -> Result<Self, StoreError> {
        Ok(Self::fold(&reference_facts(tx, true)?))
    }

    /// `facts` in canonical order.
    fn fold(facts: &[Fact]) -> Self {
        let mut organisation = Self { tree: UnitTree::fold(facts.iter()), ..Self::default() };
        let bodies = corrected_bodies(facts);
        for fact in facts.iter().filter(|fact| fact.is_root()) {
            if let Some(body) = bodies.get(&fact.id) {
                organisation.take(fact, body);
            }
        }
        for fact in facts.iter().filter(|fact| fact.kind == Kind::Ended) {
            organisation.end(fact);
        }
        organisation
    }

    /// What this person may act as.
    pub fn actor(&self, person: FactId) -> Actor {
        let posts = self.posts.iter().filter(|(_, post)| post.person == person);
        let assignments = self.assignments.values().filter(|assignment| assignment.person == person);
        Actor {
            person,
            writers: self.writers.iter().filter(|(_, of)| **of == person).map(|(writer, _)| *writer).collect(),
            posts: posts.map(|(id, post)| self.held_post(*id, post)).collect(),
            assignments: assignments
                .filter_map(|a| a.unit.map(|unit| HeldAssignment { unit, from: a.from, to: a.to }))
                .collect(),
            office: false,
        }
    }

    /// The name of the person behind a writer; none for the office or a phone not known here.
    pub fn author_name(&self, writer: WriterId) -> Option<&str> {
        Some(&self.people.get(self.writers.get(&writer)?)?.name)
    }

    /// What is asked on a visit to `unit` in `month` (`year * 12 + month - 1`): topics of the unit and everything above it.
    pub fn topics(&self, unit: FactId, month: i32) -> Vec<TopicLine> {
        let asking: BTreeSet<FactId> = self.tree.ancestors(unit).into_iter().chain([unit]).collect();
        let is_asked = |topic: &Topic, last: Option<Day>| {
            asking.contains(&topic.unit)
                && topic.from_month <= month
                && topic.to_month.is_none_or(|to| month <= to)
                && last.is_none_or(|last| month <= last.month())
        };
        let asked = self.topics.iter().filter(|(_, (topic, last))| is_asked(topic, *last));
        asked.map(|(id, (topic, _))| TopicLine { id: *id, text: topic.text.clone(), unit: topic.unit }).collect()
    }

    /// A topic's question, also of one that ended.
    pub fn topic_text(&self, id: FactId) -> Option<&str> {
        Some(&self.topics.get(&id)?.0.text)
    }

    /// The phone number of the office responsible for `unit`: its own, or that of the nearest unit above.
    pub fn office_phone(&self, unit: FactId) -> Option<&str> {
        let nearest_first = std::iter::once(unit).chain(self.tree.ancestors(unit));
        nearest_first.into_iter().find_map(|unit| self.contacts.get(&unit)).map(String::as_str)
    }

    fn held_post(&self, id: FactId, post: &Post) -> HeldPost {
        let is_earlier = |other: &Post| {
            other.person != post.person && other.unit == post.unit && other.role == post.role && other.from <= post.from
        };
        let continues =
            self.posts.iter().filter(|(other, earlier)| **other != id && is_earlier(earlier)).map(|(other, _)| *other);
        HeldPost { id, unit: post.unit, role: post.role, from: post.from, to: post.to, continues: continues.collect() }
    }

    /// A body that this version cannot read says nothing.
    fn take(&mut self, fact: &Fact, body: &[u8]) {
        fn put<T: for<'b> minicbor::Decode<'b, ()>>(body: &[u8], put: impl FnOnce(T)) {
            if let Ok(value) = minicbor::decode(body) {
                put(value);
            }
        }
        let id = fact.id;
        if fact.kind == Kind::Person {
            put(body, |person| {
                self.people.insert(id, person);
            });
        } else if fact.kind == Kind::Post {
            put(body, |post| {
                self.posts.insert(id, post);
            });
        } else if fact.kind == Kind::Assignment {
            put(body, |assignment| {
                self.assignments.insert(id, assignment);
            });
        } else if fact.kind == Kind::Topic {
            put(body, |topic| {
                self.topics.insert(id, (topic, None));
            });
        } else if fact.kind == Kind::Rule {
            put(body, |rule| self.rules.push(rule));
        } else if fact.kind == Kind::Holiday {
            put(body, |holiday| self.holidays.push(holiday));
        } else if fact.kind == Kind::WriterEnrolled {
            put(body, |w: WriterEnrolled| {
                self.writers.insert(WriterId(w.writer), w.person);
            });
        } else if fact.kind == Kind::OfficeContact {
            put(body, |contact: OfficeContact| {
                self.contacts.insert(contact.unit, contact.phone);
            });
        }
    }

    fn end(&mut self, fact: &Fact) {
        let Ok(Ended { last }) = fact.read::<Ended>() else {
            return;
        };
        if let Some(post) = self.posts.get_mut(&fact.root) {
            post.to = Some(last);
        }
        if let Some(assignment) = self.assignments.get_mut(&fact.root) {
            assignment.to = Some(last);
        }
        if let Some((_, end)) = self.topics.get_mut(&fact.root) {
            *end = Some(last);
        }
    }
}

fn corrected_bodies(facts: &[Fact]) -> BTreeMap<FactId, Vec<u8>> {
    let mut bodies: BTreeMap<FactId, Vec<u8>> = facts.iter().map(|fact| (fact.id, fact.body().to_vec())).collect();
    for fact in facts.iter().filter(|fact| fact.kind == Kind::Correction) {
        let Ok(correction) = fact.read::<Correction>() else {
            continue;
        };
        if let Some(body) = bodies.get_mut(&correction.target)
            && let Ok(patched) = map::patched(body, &correction.patch.0)
        {
            *body = patched;
        }
    }
    bodies
}

/// Facts about the organisation in the office's order, unconfirmed ones last.
fn reference_facts(tx: &Reading<'_>, confirmed_only: bool) -> Result<Vec<Fact>, StoreError> {
    let mut statement = tx.sql().prepare_cached(
        "SELECT id, content, ord FROM facts
         WHERE root IN (SELECT root FROM facts WHERE kind < 20 AND kind NOT IN (12, 13)) AND content IS NOT NULL
         ORDER BY ord IS NULL, ord, id",
    )?;
    let rows = statement.query_map([], |row| {
        Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, Option<i64>>(2)?.map(Order)))
    })?;
    let mut facts = Vec::new();
    for row in rows {
        let (no, content, order) = row?;
        if order.is_some() || !confirmed_only {
            facts.push(Fact::open(tx.id(no)?, content)?);
        }
    }
    Ok(facts)
}
