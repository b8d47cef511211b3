//! A small organisation and a pen, for the tests of this folder.
#![allow(clippy::unwrap_used)]

use minicbor::Encode;

use super::{Actor, Case, Placed, Roster};
use crate::body::*;
use crate::day::Day;
use crate::fact::{Fact, Statement, to_body};
use crate::id::{FactId, Order, WriterId};
use crate::map;
use crate::place::PlaceEvidence;
use crate::unit::UnitTree;

pub const OFFICE: WriterId = WriterId(0x0ff1ce);
pub const HEAD: WriterId = WriterId(0xa1);
pub const LIAISON: WriterId = WriterId(0xa2);
pub const DESK: WriterId = WriterId(0xa3);
pub const TODAY: Day = Day(20_700);

pub const fn office(seq: u64) -> FactId {
    FactId::new(OFFICE, seq)
}

/// Province, two communes, three hamlets: An Định and An Bình in the first commune, Tân Hòa in the second.
pub const PROVINCE: FactId = office(1);
pub const COMMUNE: FactId = office(2);
pub const OTHER_COMMUNE: FactId = office(3);
pub const AN_DINH: FactId = office(4);
pub const AN_BINH: FactId = office(5);
pub const TAN_HOA: FactId = office(6);

/// A fact with this id about `root` (none: its own), stated in `post` on `TODAY`.
pub fn fact<T: Encode<()>>(id: FactId, kind: Kind, root: Option<FactId>, post: Option<FactId>, body: &T) -> Fact {
    raw(id, kind, root, post, to_body(body))
}

pub fn raw(id: FactId, kind: Kind, root: Option<FactId>, post: Option<FactId>, body: Vec<u8>) -> Fact {
    let time = TODAY.starts() + 36_000 + id.seq as i64;
    Fact::seal(id, Statement { kind, time, post, root, repairs: None, body }).unwrap()
}

pub fn unit(id: FactId, level: Level, label: &str, name: &str, parent: Option<FactId>) -> Fact {
    let body = Unit { level, label: label.into(), name: name.into(), parent, from: None, code: None, point: None };
    fact(id, Kind::Unit, None, None, &body)
}

pub fn units() -> Vec<Fact> {
    vec![
        unit(PROVINCE, Level::Province, "tỉnh", "Đồng Tháp", None),
        unit(COMMUNE, Level::Commune, "xã", "An Nhơn", Some(PROVINCE)),
        unit(OTHER_COMMUNE, Level::Commune, "xã", "Bình Phong", Some(PROVINCE)),
        unit(AN_DINH, Level::Hamlet, "ấp", "An Định", Some(COMMUNE)),
        unit(AN_BINH, Level::Hamlet, "ấp", "An Bình", Some(COMMUNE)),
        unit(TAN_HOA, Level::Hamlet, "ấp", "Tân Hòa", Some(OTHER_COMMUNE)),
    ]
}

pub fn tree() -> UnitTree {
    UnitTree::fold(units().iter())
}

/// A post given 100 days ago; its id is `office(seq)`, its holder `office(seq + 100)`.
pub fn post(seq: u64, unit: FactId, role: Role) -> Fact {
    let body = Post { person: office(seq + 100), unit, title: "cán bộ".into(), role, from: TODAY.plus(-100), to: None };
    fact(office(seq), Kind::Post, None, None, &body)
}

/// The holder of the post `office(seq)` of this role, with `writer` as phone; a liaison looks after `unit`.
pub fn actor(seq: u64, unit: FactId, role: Role, writer: WriterId) -> Actor {
    let person = office(seq + 100);
    let phone = WriterEnrolled { writer: writer.0, person, label: "A1".into() };
    let care = Assignment { person, unit: Some(unit), field: None, from: TODAY.plus(-100), to: None, decision: None };
    let mut facts = vec![post(seq, unit, role), fact(office(seq + 200), Kind::WriterEnrolled, None, None, &phone)];
    if role == Role::Liaison {
        facts.push(fact(office(seq + 300), Kind::Assignment, None, None, &care));
    }
    Roster::fold(facts.iter()).actor(person, &tree())
}

pub fn petition(kind: PetitionKind) -> Petition {
    Petition { unit: AN_DINH, kind, urgency: Urgency::Normal, anonymous: false, receipt: None, remote: None }
}

pub fn visit(day: Day) -> Visit {
    Visit {
        unit: AN_DINH,
        day,
        started: None,
        minutes: None,
        place: Place { evidence: PlaceEvidence::None, fix: None },
        met: None,
        topics: None,
        receipt: None,
        since_boot: None,
    }
}

pub fn problem(handling: Handling) -> Problem {
    Problem { unit: AN_DINH, urgency: Urgency::Normal, handling, to_level: None, visit: None, receipt: None }
}

pub fn event(event: Event, state: CaseState) -> CaseEvent {
    CaseEvent { event, state, to: None, due: None, basis: None, way: None, day: None }
}

pub fn words(of: Option<FactId>, text: &str) -> Words {
    Words { of, texts: [(Slot::Text, text.to_owned())].into() }
}

/// A correction of one text slot.
pub fn reworded(target: FactId, heads: &[FactId], slot: Slot, text: &str) -> Correction {
    let patch = Patch(map::from_entries(&[(slot.code(), map::encoded(text))].into()));
    Correction { target, heads: heads.to_vec(), patch }
}

/// Folds facts that were all confirmed in the order given.
pub fn folded(facts: &[Fact]) -> Option<Case> {
    Case::fold(facts.first()?.id, &confirmed(facts), &[])
}

pub fn confirmed(facts: &[Fact]) -> Vec<Placed<'_>> {
    facts.iter().zip(1..).map(|(fact, seq)| Placed { fact, order: Some(Order::new(0, seq)) }).collect()
}
