//! Who holds which post, looks after which unit and writes with which phone: from the office's facts to an [`Actor`].

use std::collections::BTreeMap;

use super::actor::{Actor, HeldAssignment, HeldPost};
use crate::body::{Assignment, Ended, Kind, Person, Post, Role, WriterEnrolled};
use crate::day::Day;
use crate::fact::{BadFact, Fact};
use crate::id::{FactId, WriterId};
use crate::unit::UnitTree;

/// People, posts, assignments and phones. Facts may arrive in any order; of two ends of one post the later applied counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Roster {
    people: BTreeMap<FactId, Person>,
    posts: BTreeMap<FactId, Post>,
    assignments: BTreeMap<FactId, Assignment>,
    writers: BTreeMap<WriterId, FactId>,
    ends: BTreeMap<FactId, Day>,
}

impl Roster {
    /// The roster these facts add up to. Facts of other kinds, and ones this version cannot read, are passed over.
    pub fn fold<'a>(facts: impl Iterator<Item = &'a Fact>) -> Self {
        let mut roster = Self::default();
        for fact in facts {
            roster.apply(fact);
        }
        roster
    }

    /// Takes in one more fact. False when it says nothing about people, or cannot be read.
    pub fn apply(&mut self, fact: &Fact) -> bool {
        self.try_apply(fact).unwrap_or(false)
    }

    /// Every colleague, by id.
    pub fn people(&self) -> impl Iterator<Item = (FactId, &Person)> {
        self.people.iter().map(|(id, person)| (*id, person))
    }

    /// A colleague.
    pub fn person(&self, id: FactId) -> Option<&Person> {
        self.people.get(&id)
    }

    /// A post, as it was given.
    pub fn post(&self, id: FactId) -> Option<&Post> {
        self.posts.get(&id)
    }

    /// Whose words the facts of this writer are.
    pub fn person_of(&self, writer: WriterId) -> Option<FactId> {
        self.writers.get(&writer).copied()
    }

    /// This person with everything that gives a right to write; a person nobody enrolled has no writers.
    pub fn actor(&self, person: FactId, tree: &UnitTree) -> Actor {
        let posts = self.posts.iter().filter(|(_, post)| post.person == person);
        let assignments = self.assignments.iter().filter(|(_, assignment)| assignment.person == person);
        Actor {
            person,
            writers: self.writers.iter().filter(|(_, owner)| **owner == person).map(|(writer, _)| *writer).collect(),
            posts: posts.map(|(id, post)| self.held(*id, post, tree)).collect(),
            assignments: assignments
                .filter_map(|(id, a)| Some(HeldAssignment { unit: a.unit?, from: a.from, to: self.last_day(*id, a.to) }))
                .collect(),
            office: false,
        }
    }

    fn try_apply(&mut self, fact: &Fact) -> Result<bool, BadFact> {
        if fact.kind == Kind::Person {
            self.people.insert(fact.id, fact.read()?);
        } else if fact.kind == Kind::Post {
            self.posts.insert(fact.id, fact.read()?);
        } else if fact.kind == Kind::Assignment {
            self.assignments.insert(fact.id, fact.read()?);
        } else if fact.kind == Kind::WriterEnrolled {
            let enrolled: WriterEnrolled = fact.read()?;
            self.writers.insert(WriterId(enrolled.writer), enrolled.person);
        } else if fact.kind == Kind::Ended {
            self.ends.insert(fact.root, fact.read::<Ended>()?.last);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn held(&self, id: FactId, post: &Post, tree: &UnitTree) -> HeldPost {
        let continues =
            self.posts.iter().filter(|(other_id, other)| **other_id != id && self.continues(post, **other_id, other, tree));
        HeldPost {
            id,
            unit: post.unit,
            role: post.role,
            from: post.from,
            to: self.last_day(id, post.to),
            continues: continues.map(|(id, _)| *id).collect(),
        }
    }

    /// Heads and secretaries follow one another in one seat, also across a merge. Several liaisons or clerks serve one
    /// office side by side, so there nobody continues a named other.
    fn continues(&self, post: &Post, other_id: FactId, other: &Post, tree: &UnitTree) -> bool {
        matches!(post.role, Role::Head | Role::Secretary)
            && other.role == post.role
            && other.from < post.from
            && self.last_day(other_id, other.to).is_some()
            && tree.level(other.unit) == tree.level(post.unit)
            && tree.is_within(other.unit, post.unit)
    }

    fn last_day(&self, id: FactId, fixed: Option<Day>) -> Option<Day> {
        match (self.ends.get(&id).copied(), fixed) {
            (Some(ended), Some(fixed)) => Some(ended.min(fixed)),
            (ended, fixed) => ended.or(fixed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::body::UnitsMerged;
    use crate::case::sample::*;

    fn ended(seq: u64, root: FactId) -> Fact {
        fact(office(seq), Kind::Ended, Some(root), None, &Ended { last: TODAY.plus(-90) })
    }

    #[test]
    fn an_actor_has_every_post_phone_and_assignment_with_the_earlier_of_two_ends() {
        let person = office(110);
        let phone = |seq, writer: WriterId| {
            fact(
                office(seq),
                Kind::WriterEnrolled,
                None,
                None,
                &WriterEnrolled { writer: writer.0, person, label: "A1".into() },
            )
        };
        let care = |unit, field: Option<&str>| Assignment {
            person,
            unit,
            field: field.map(Into::into),
            from: TODAY.plus(-100),
            to: Some(TODAY),
            decision: None,
        };
        let facts = [
            ended(400, office(30)),
            post(10, COMMUNE, Role::Liaison),
            phone(20, HEAD),
            phone(21, LIAISON),
            fact(office(30), Kind::Assignment, None, None, &care(Some(AN_DINH), None)),
            fact(office(31), Kind::Assignment, None, None, &care(None, Some("dân vận"))),
        ];

        let roster = Roster::fold(facts.iter());
        let actor = roster.actor(person, &tree());

        assert_eq!(actor.writers, [HEAD, LIAISON]);
        assert_eq!(roster.person_of(HEAD), Some(person));
        assert_eq!(actor.posts.len(), 1);
        let until = Some(TODAY.plus(-90));
        assert_eq!(actor.assignments, [HeldAssignment { unit: AN_DINH, from: TODAY.plus(-100), to: until }]);
        assert_eq!(Roster::fold(facts.iter().rev()), roster);
    }

    #[test]
    fn a_head_continues_the_head_before_also_of_a_merged_hamlet_and_a_clerk_continues_nobody() {
        let given = |seq, unit, role, from| {
            let body = Post { person: office(seq + 100), unit, title: "x".into(), role, from, to: None };
            fact(office(seq), Kind::Post, None, None, &body)
        };
        let facts = [
            post(10, AN_BINH, Role::Head),
            post(11, AN_DINH, Role::Head),
            post(12, AN_DINH, Role::Secretary),
            post(13, COMMUNE, Role::Desk),
            ended(401, office(10)),
            ended(402, office(11)),
            ended(403, office(12)),
            ended(404, office(13)),
            given(20, AN_DINH, Role::Head, TODAY),
            given(21, COMMUNE, Role::Desk, TODAY),
        ];
        let mut tree = tree();
        let merge = UnitsMerged { from: vec![AN_BINH], into: AN_DINH, on: TODAY };
        tree.apply(&fact(office(40), Kind::UnitsMerged, None, None, &merge));

        let roster = Roster::fold(facts.iter());

        assert_eq!(roster.actor(office(120), &tree).posts[0].continues, [office(10), office(11)]);
        assert!(roster.actor(office(121), &tree).posts[0].continues.is_empty());
    }
}
