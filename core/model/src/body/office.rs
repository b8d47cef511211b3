//! Facts about the organisation itself, written by the office: places, people, duties, topics and rules.

use minicbor::{Decode, Encode};

use crate::day::Day;
use crate::id::FactId;
use crate::place::ReferencePoint;

crate::coded! {
    /// The level of a unit in its tree. The tree is data: since 1 July 2025 it is province, commune, hamlet.
    Level {
        /// Tỉnh, thành phố.
        Province = 1: "province",
        /// Huyện, quận, thị xã (until 30 June 2025; old records stay readable).
        District = 2: "district",
        /// Xã, phường, đặc khu.
        Commune = 3: "commune",
        /// Thôn, ấp, khu phố, tổ dân phố.
        Hamlet = 4: "hamlet",
    }
}

crate::coded! {
    /// What a post lets its holder do; the title itself is free text.
    Role {
        /// Cán bộ được phân công theo dõi địa bàn.
        Liaison = 1: "liaison",
        /// Trưởng thôn, trưởng ấp, trưởng khu phố, tổ trưởng tổ dân phố.
        Head = 2: "head",
        /// Bí thư chi bộ.
        Secretary = 3: "secretary",
        /// Bộ phận tiếp nhận, văn phòng.
        Desk = 4: "desk",
        /// Lãnh đạo.
        Leader = 5: "leader",
    }
}

/// A place with a stable identity.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Unit {
    /// Where it stands in the tree.
    #[n(0)]
    pub level: Level,
    /// The word for its kind, as written before the name: "ấp", "khu phố", "Phường".
    #[n(1)]
    pub label: String,
    /// Its name without the label: "An Định", "6".
    #[n(2)]
    pub name: String,
    /// The unit above it; none for the top of the tree.
    #[n(3)]
    pub parent: Option<FactId>,
    /// First day it exists; none when it always did.
    #[n(4)]
    pub from: Option<Day>,
    /// Statistics-office code, kept as text (leading zeros); never an identity.
    #[n(5)]
    pub code: Option<String>,
    /// A point and a radius in it, for place evidence.
    #[n(6)]
    pub point: Option<ReferencePoint>,
}

/// Units became part of another one, which takes over their open work.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct UnitsMerged {
    /// The units that end.
    #[n(0)]
    pub from: Vec<FactId>,
    /// The unit that goes on; it exists already.
    #[n(1)]
    pub into: FactId,
    /// First day of the new state.
    #[n(2)]
    pub on: Day,
}

/// A unit was divided. Nothing moves until the desk chooses case by case ([`super::Rehomed`]); meanwhile its parent owns its work.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct UnitSplit {
    /// The unit that ends.
    #[n(0)]
    pub from: FactId,
    /// The units that go on; they exist already.
    #[n(1)]
    pub into: Vec<FactId>,
    /// First day of the new state.
    #[n(2)]
    pub on: Day,
}

/// A unit has a new name or label from a day on. Root: the unit.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct UnitRenamed {
    /// New label.
    #[n(0)]
    pub label: String,
    /// New name.
    #[n(1)]
    pub name: String,
    /// First day of the new name.
    #[n(2)]
    pub on: Day,
}

/// A colleague.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Person {
    /// Full name, family name first.
    #[n(0)]
    pub name: String,
    /// Work phone number, as dialled.
    #[n(1)]
    pub phone: Option<String>,
}

/// A title held in a unit from–to. One person may hold several.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Post {
    /// Who holds it.
    #[n(0)]
    pub person: FactId,
    /// Where.
    #[n(1)]
    pub unit: FactId,
    /// As written on the decision: "trưởng ấp", "Phó Chủ tịch UBND".
    #[n(2)]
    pub title: String,
    /// What it lets the holder do.
    #[n(3)]
    pub role: Role,
    /// First day.
    #[n(4)]
    pub from: Day,
    /// Last day, when it was fixed from the start.
    #[n(5)]
    pub to: Option<Day>,
}

/// A person looks after a unit, or a field of work, from–to.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Assignment {
    /// Who.
    #[n(0)]
    pub person: FactId,
    /// Which unit; none for a field of work.
    #[n(1)]
    pub unit: Option<FactId>,
    /// Which field of work; none for a unit.
    #[n(2)]
    pub field: Option<String>,
    /// First day.
    #[n(3)]
    pub from: Day,
    /// Last day, when it was fixed from the start.
    #[n(4)]
    pub to: Option<Day>,
    /// Number of the decision.
    #[n(5)]
    pub decision: Option<String>,
}

/// A post, assignment, topic or unit ended. Root: that fact.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Ended {
    /// Last day on which it was in force.
    #[n(0)]
    pub last: Day,
}

/// An item of the visit checklist, pushed by a unit to all hamlets below it.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Topic {
    /// The question, as shown.
    #[n(0)]
    pub text: String,
    /// The unit that asks.
    #[n(1)]
    pub unit: FactId,
    /// First month, `year * 12 + month - 1`.
    #[n(2)]
    pub from_month: i32,
    /// Last month, if it ends.
    #[n(3)]
    pub to_month: Option<i32>,
}

/// A clock rule as data; meaning of the numbers in [`crate::clock`].
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Rule {
    /// Number of the subject.
    #[n(0)]
    pub subject: u32,
    /// Length of the period.
    #[n(1)]
    pub days: u32,
    /// Whether working days are counted.
    #[n(2)]
    pub working: bool,
    /// Law and article.
    #[n(3)]
    pub basis: String,
    /// First day on which it applies.
    #[n(4)]
    pub from: Day,
}

/// An exception to the Monday-to-Friday week.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct Holiday {
    /// Which day.
    #[n(0)]
    pub day: Day,
    /// True for a swapped day on which people do work.
    #[n(1)]
    pub works: bool,
    /// Its name.
    #[n(2)]
    pub name: String,
}

/// A phone was enrolled: facts of `writer` are the words of `person`.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct WriterEnrolled {
    /// The writer number.
    #[n(0)]
    pub writer: u64,
    /// Whose phone it is.
    #[n(1)]
    pub person: FactId,
    /// The label at the front of its receipts, unique in the organisation.
    #[n(2)]
    pub label: String,
}

/// Whom to ring when something does not work.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cbor(map)]
pub struct OfficeContact {
    /// The unit whose office it is.
    #[n(0)]
    pub unit: FactId,
    /// Phone number, as dialled.
    #[n(1)]
    pub phone: String,
}
