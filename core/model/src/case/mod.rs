//! A case: everything known about one visit, problem, petition or report, folded from its facts.

mod actor;
mod authority;
mod corrections;
mod fold;
mod judge;
mod roster;
#[cfg(test)]
pub(crate) mod sample;
mod states;

use std::collections::BTreeMap;

pub use actor::{Actor, HeldAssignment, HeldPost, Refusal, Standing};
pub use authority::{Action, CaseStanding, actions_for, may_write};
pub use judge::judge;
pub use roster::Roster;
pub use states::{NotAllowed, next};

use crate::body::{CaseEvent, CaseState, Identity, Kind, Petition, PetitionKind, Photo, Problem, Report, Slot, Visit};
use crate::day::Day;
use crate::fact::Fact;
use crate::id::{FactId, Order, WriterId};

/// A fact and its place in the order of the organisation; without one it is not confirmed yet.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'a> {
    /// The fact.
    pub fact: &'a Fact,
    /// Where the server put it; none until then.
    pub order: Option<Order>,
}

/// The kinds of case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseKind {
    /// One check-in at a hamlet.
    Visit,
    /// Something wrong in a hamlet.
    Problem,
    /// What a resident asks for.
    Petition,
    /// A daily, weekly, monthly or quarterly report.
    Report,
}

impl CaseKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: &'static [Self] = &[Self::Visit, Self::Problem, Self::Petition, Self::Report];

    /// The kind of case that a fact of this kind begins, if it begins one.
    pub const fn of(kind: Kind) -> Option<Self> {
        if !kind.begins_case() {
            return None;
        }
        match kind.code() {
            20 => Some(Self::Visit),
            21 => Some(Self::Problem),
            22 => Some(Self::Petition),
            23 => Some(Self::Report),
            _ => None,
        }
    }

    /// The kind of the fact that begins such a case; its number and key serve in the database and in scripts.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Visit => Kind::Visit,
            Self::Problem => Kind::Problem,
            Self::Petition => Kind::Petition,
            Self::Report => Kind::Report,
        }
    }
}

/// What the first fact of a case says, corrections applied.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseBody {
    /// Of a visit.
    Visit(Visit),
    /// Of a problem.
    Problem(Problem),
    /// Of a petition.
    Petition(Petition),
    /// Of a report.
    Report(Report),
}

/// Everything known under one root. A pure function of the facts: the same facts give an equal case, in whatever order
/// the confirmed ones are handed over.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// The fact that began it, and its identity.
    pub root: FactId,
    /// Visit, problem, petition or report.
    pub kind: CaseKind,
    /// Its unit now: what the body says, or where the desk re-homed it. A merge does not change it; see
    /// [`crate::unit::UnitTree::current_home`].
    pub unit: FactId,
    /// The unit it was written for.
    pub first_unit: FactId,
    /// The units it was forwarded to, in order, each once.
    pub forwarded_to: Vec<FactId>,
    /// Who began it.
    pub author: WriterId,
    /// The post the author acted in.
    pub post: Option<FactId>,
    /// The phone's clock when it was begun, Unix seconds.
    pub time: i64,
    /// Where it stands: the state carried by its latest event.
    pub state: CaseState,
    /// Whether somebody still has to do something about it.
    pub open: bool,
    /// The code the person can read out.
    pub receipt: Option<String>,
    /// What it says, corrections applied.
    pub body: CaseBody,
    /// Its texts by the fact they belong to, corrections applied.
    pub words: BTreeMap<FactId, BTreeMap<Slot, String>>,
    /// Who the petitioner is, where the holder of these facts may know it.
    pub identity: Option<Identity>,
    /// The petitioner's name as others may see it.
    pub mask: Option<String>,
    /// Its pictures, with the fact that attached each.
    pub photos: Vec<(FactId, Photo)>,
    /// Promises made in it.
    pub follow_ups: Vec<FollowUpLine>,
    /// What happened, oldest first.
    pub history: Vec<HistoryLine>,
    /// The day it is due, from the latest event that stamped one.
    pub due: Option<Day>,
    /// Law and article behind `due`.
    pub basis: Option<String>,
    /// Corrections made without knowledge of each other ("có hai bản"), not settled yet.
    pub forks: Vec<Fork>,
    /// By corrected fact: the corrections no other one has replaced. The next correction names them all.
    pub heads: BTreeMap<FactId, Vec<FactId>>,
    /// The author took it back.
    pub withdrawn: bool,
    /// Facts of it that were erased.
    pub erased: Vec<FactId>,
    /// Whether some of it has not reached the server yet.
    pub unconfirmed: bool,
    parts: BTreeMap<FactId, Part>,
}

/// A promise with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpLine {
    /// The fact that made the promise.
    pub id: FactId,
    /// The hamlet it was made to.
    pub unit: FactId,
    /// The month it is due, `year * 12 + month - 1`.
    pub month: i32,
    /// Who promised to do it, when not the author.
    pub owner: Option<FactId>,
    /// What was promised.
    pub text: Option<String>,
    /// What the latest tick says; none when nobody looked at it yet.
    pub done: Option<bool>,
    /// Every look at it, oldest first.
    pub ticks: Vec<TickLine>,
}

/// One look at a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TickLine {
    /// The fact.
    pub id: FactId,
    /// The phone's clock, Unix seconds.
    pub time: i64,
    /// The visit on which it was looked at.
    pub visit: Option<FactId>,
    /// Whether it was done.
    pub done: bool,
}

/// One line of what happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryLine {
    /// The fact.
    pub id: FactId,
    /// The phone's clock, Unix seconds.
    pub time: i64,
    /// Its place in the order; none while unconfirmed.
    pub order: Option<Order>,
    /// Who wrote it.
    pub author: WriterId,
    /// In which post.
    pub post: Option<FactId>,
    /// What happened.
    pub what: HistoryWhat,
    /// The text that belongs to it: its main text, else its reason, else its remark.
    pub text: Option<String>,
}

/// What a line of history tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryWhat {
    /// The case was written down.
    Recorded,
    /// Something happened to it.
    Event(CaseEvent),
    /// Fields of a fact were corrected.
    Corrected {
        /// The corrected fact.
        target: FactId,
    },
    /// A picture was attached.
    PhotoAdded,
    /// Facts of it were erased.
    Erased,
    /// It went to another unit after a merge or split.
    Rehomed {
        /// Its unit from then on.
        unit: FactId,
    },
    /// The author took it back.
    Withdrawn,
    /// Something this version cannot read.
    Unknown(Kind),
}

/// Two corrections of one fact, neither of which saw the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fork {
    /// The corrected fact.
    pub target: FactId,
    /// The correction that shows: the later one.
    pub shown: FactId,
    /// The correction that is kept beside it until a person settles it by one that names both.
    pub kept: FactId,
}

/// One fact of the case as it counts now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Part {
    kind: Kind,
    post: Option<FactId>,
    body: Vec<u8>,
}

impl Case {
    /// The body of one of its facts with corrections applied, unknown keys included; none when erased or not part of it.
    pub fn effective_body(&self, target: FactId) -> Option<&[u8]> {
        Some(&self.parts.get(&target)?.body)
    }

    /// The kind of one of its facts; none when erased or not part of it.
    pub fn kind_of(&self, part: FactId) -> Option<Kind> {
        Some(self.parts.get(&part)?.kind)
    }

    /// The post in which one of its facts was written.
    pub fn post_of(&self, part: FactId) -> Option<FactId> {
        self.parts.get(&part)?.post
    }

    /// The text in this slot of the case itself.
    pub fn text(&self, slot: Slot) -> Option<&str> {
        self.text_of(self.root, slot)
    }

    /// The text in this slot of one of its facts.
    pub fn text_of(&self, of: FactId, slot: Slot) -> Option<&str> {
        Some(self.words.get(&of)?.get(&slot)?)
    }

    /// The kind of petition, when it is one.
    pub fn petition_kind(&self) -> Option<PetitionKind> {
        match &self.body {
            CaseBody::Petition(petition) => Some(petition.kind),
            CaseBody::Visit(_) | CaseBody::Problem(_) | CaseBody::Report(_) => None,
        }
    }

    /// Whether a promise made in it still stands open.
    pub fn has_open_follow_up(&self) -> bool {
        !self.withdrawn && self.follow_ups.iter().any(|promise| promise.done != Some(true))
    }

    /// What deciding about it needs to know.
    pub fn standing(&self) -> CaseStanding {
        CaseStanding {
            kind: self.kind,
            petition_kind: self.petition_kind(),
            unit: self.unit,
            forwarded_to: self.forwarded_to.clone(),
            author: self.author,
            post: self.post,
            state: self.state,
            withdrawn: self.withdrawn,
        }
    }
}
