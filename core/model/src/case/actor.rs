//! Who acts, in which posts, and the answers such a person may get.

use std::fmt;

use crate::body::Role;
use crate::day::Day;
use crate::id::{FactId, WriterId};

/// For how many days after its end a post or assignment still vouches for facts written before its end.
pub const LATE_DAYS: i32 = 60;

/// A person with everything that gives a right to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub person: FactId,
    /// Every phone this person was ever enrolled with, so that own work stays own work after a change of phone.
    pub writers: Vec<WriterId>,
    /// Posts held now or ended.
    pub posts: Vec<HeldPost>,
    /// Units looked after now or until an end.
    pub assignments: Vec<HeldAssignment>,
    /// The office itself writes: everything is its to do.
    pub office: bool,
}

/// A post as its holder has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// The fact of the post.
    pub id: FactId,
    /// Where.
    pub unit: FactId,
    /// What it lets the holder do.
    pub role: Role,
    /// First day.
    pub from: Day,
    /// Last day, when it ended or will end.
    pub to: Option<Day>,
    /// Earlier posts of the same role and place, held by others, whose work this one continues.
    pub continues: Vec<FactId>,
}

/// An assignment as the person has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldAssignment {
    /// The unit looked after, with everything below it.
    pub unit: FactId,
    /// First day.
    pub from: Day,
    /// Last day, when it ended or will end.
    pub to: Option<Day>,
}

/// How a fact that may be written stands. The greater value is the weaker one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// The right is in force.
    InTime,
    /// The right had ended when the fact arrived, but not when it was written: accepted and flagged.
    Late,
}

crate::coded! {
    /// Why a fact was refused; the author sees it under "Cần xử lý" with what to do. Numbers and keys never change.
    Refusal {
        /// Cannot be read; update the app and write it again.
        Malformed = 1: "malformed",
        /// The case it belongs to is not known to the office.
        UnknownRoot = 2: "unknown_root",
        /// The fact of the case it speaks about is not known or was erased.
        UnknownTarget = 3: "unknown_target",
        /// The unit is not in the tree.
        UnknownUnit = 4: "unknown_unit",
        /// A kind of case this office does not know yet.
        UnknownKind = 5: "unknown_kind",
        /// Nobody gave this person that unit.
        NotYourUnit = 6: "not_your_unit",
        /// The named post is not this person's.
        NotYourPost = 7: "not_your_post",
        /// The post is this person's, and its duties do not include this.
        NotYourDuty = 8: "not_your_duty",
        /// Only its author, the successor in the author's post, or the desk may do it.
        NotYours = 9: "not_yours",
        /// The post or assignment had ended when this was written.
        PostEnded = 10: "post_ended",
        /// Written in time, but it came more than 60 days after the post or assignment ended.
        TooLate = 11: "too_late",
        /// The case is not in a state in which this can happen.
        NotAllowedNow = 12: "not_allowed_now",
        /// The unit ended and no other went on from it.
        UnitEnded = 13: "unit_ended",
        /// Only the office may do it.
        OfficeOnly = 14: "office_only",
        /// Nothing but "advised" is kept about a denunciation.
        DenunciationKeepsNothing = 15: "denunciation_keeps_nothing",
        /// A visit may be written down up to seven days after it.
        VisitTooOld = 16: "visit_too_old",
        /// The visit lies in the future: the phone's date is wrong.
        VisitInFuture = 17: "visit_in_future",
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "refused: {} ({})", self.key(), self.code())
    }
}

impl std::error::Error for Refusal {}

impl Actor {
    /// The office as a writer.
    pub fn office(person: FactId) -> Self {
        Self { person, writers: Vec::new(), posts: Vec::new(), assignments: Vec::new(), office: true }
    }

    /// Whether this person wrote that fact, with this phone or an earlier one.
    pub fn wrote(&self, fact: FactId) -> bool {
        self.writers.contains(&fact.writer)
    }

    /// The post of this name among this person's.
    pub fn post(&self, id: FactId) -> Option<&HeldPost> {
        self.posts.iter().find(|post| post.id == id)
    }
}

impl HeldPost {
    /// Whether it vouches for a fact that claims to be written on `fact_day` and is judged on `today`.
    pub fn vouches(&self, fact_day: Day, today: Day) -> Result<Standing, Refusal> {
        vouches(self.from, self.to, fact_day, today).unwrap_or(Err(Refusal::NotYourPost))
    }
}

impl HeldAssignment {
    /// Whether it vouches for a fact that claims to be written on `fact_day` and is judged on `today`.
    pub fn vouches(&self, fact_day: Day, today: Day) -> Result<Standing, Refusal> {
        vouches(self.from, self.to, fact_day, today).unwrap_or(Err(Refusal::NotYourUnit))
    }
}

/// None when it has not begun. While a right is in force the claimed day is not looked at: a phone with a wrong date may
/// still write; the claim only counts once the right has ended.
fn vouches(from: Day, to: Option<Day>, fact_day: Day, today: Day) -> Option<Result<Standing, Refusal>> {
    if today < from {
        return None;
    }
    let Some(last) = to.filter(|last| *last < today) else {
        return Some(Ok(Standing::InTime));
    };
    Some(if fact_day > last {
        Err(Refusal::PostEnded)
    } else if today > last.plus(LATE_DAYS) {
        Err(Refusal::TooLate)
    } else {
        Ok(Standing::Late)
    })
}
