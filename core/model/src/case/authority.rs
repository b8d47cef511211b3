//! Who may do what, in which post. Whether the state of the case allows it is asked of [`super::next`].

use super::actor::{Actor, HeldPost, Refusal, Standing};
use super::{Case, CaseKind, next};
use crate::body::{CaseState, Event, Kind, PetitionKind, Role};
use crate::day::Day;
use crate::id::{FactId, WriterId};
use crate::unit::UnitTree;

/// What somebody wants to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action<'a> {
    /// Begin a case in a unit.
    BeginCase {
        /// The kind of case.
        kind: CaseKind,
        /// The unit it is about.
        unit: FactId,
    },
    /// Make something happen to a case.
    Act {
        /// What happens.
        event: Event,
        /// The case.
        case: &'a CaseStanding,
    },
    /// Change fields of a fact, give it words, or say who the petitioner is: its author's to do.
    Correct {
        /// The case.
        case: &'a CaseStanding,
        /// The fact.
        target: FactId,
        /// The post in which that fact was written.
        target_post: Option<FactId>,
    },
    /// Take one's case back after it was sent.
    Withdraw {
        /// The case.
        case: &'a CaseStanding,
    },
    /// Add to a case: a picture, a promise, something a newer version knows.
    Add {
        /// The case.
        case: &'a CaseStanding,
    },
    /// Look at a promise again.
    Tick {
        /// The case in which it was made.
        case: &'a CaseStanding,
    },
    /// Describe the organisation.
    Reference(Kind),
    /// Erase facts of a case.
    Erase,
    /// Give a case to another unit after a merge or split.
    Rehome {
        /// Its unit from then on.
        unit: FactId,
    },
}

/// What deciding about a case needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseStanding {
    /// The kind of case.
    pub kind: CaseKind,
    /// The kind of petition, when it is one.
    pub petition_kind: Option<PetitionKind>,
    /// Its unit now.
    pub unit: FactId,
    /// The units it was forwarded to.
    pub forwarded_to: Vec<FactId>,
    /// Who began it.
    pub author: WriterId,
    /// The post in which it was begun.
    pub post: Option<FactId>,
    /// Where it stands.
    pub state: CaseState,
    /// Its author took it back.
    pub withdrawn: bool,
}

impl CaseStanding {
    fn is_denunciation(&self) -> bool {
        self.petition_kind == Some(PetitionKind::Denunciation)
    }
}

/// Whether `actor`, acting in `post`, may write this on the day the fact claims, judged on `today`. Says nothing about
/// states, except that a case taken back takes nothing more and a denunciation nothing at all.
pub fn may_write(
    tree: &UnitTree,
    actor: &Actor,
    post: Option<FactId>,
    what: &Action<'_>,
    fact_day: Day,
    today: Day,
) -> Result<Standing, Refusal> {
    check_case(what)?;
    if actor.office {
        return Ok(Standing::InTime);
    }
    if matches!(what, Action::Reference(_) | Action::Erase | Action::Rehome { .. }) {
        return Err(Refusal::OfficeOnly);
    }
    let post = post.and_then(|id| actor.post(id)).ok_or(Refusal::NotYourPost)?;
    let in_post = post.vouches(fact_day, today)?;
    let acting = Acting { tree, actor, post, fact_day, today };
    Ok(in_post.max(acting.reach(what)?))
}

/// What this person may make happen to the case now, in any of the posts held today.
pub fn actions_for(case: &Case, actor: &Actor, tree: &UnitTree, today: Day) -> Vec<Event> {
    let standing = case.standing();
    let may = |event: Event, post: Option<FactId>| {
        may_write(tree, actor, post, &Action::Act { event, case: &standing }, today, today) == Ok(Standing::InTime)
    };
    let possible = |event: &Event| {
        next(case.kind, standing.petition_kind, case.state, *event).is_ok()
            && if actor.office { may(*event, None) } else { actor.posts.iter().any(|post| may(*event, Some(post.id))) }
    };
    Event::ALL.iter().copied().filter(possible).collect()
}

/// What holds for everybody, the office too.
fn check_case(what: &Action<'_>) -> Result<(), Refusal> {
    match what {
        Action::Act { case, .. } | Action::Correct { case, .. } | Action::Add { case } | Action::Tick { case }
            if case.is_denunciation() =>
        {
            Err(Refusal::DenunciationKeepsNothing)
        }
        Action::Act { case, .. }
        | Action::Correct { case, .. }
        | Action::Add { case }
        | Action::Tick { case }
        | Action::Withdraw { case }
            if case.withdrawn =>
        {
            Err(Refusal::NotAllowedNow)
        }
        Action::Withdraw { case } if !can_be_taken_back(case) => Err(Refusal::NotAllowedNow),
        Action::Act { .. }
        | Action::Correct { .. }
        | Action::Add { .. }
        | Action::Tick { .. }
        | Action::Withdraw { .. }
        | Action::BeginCase { .. }
        | Action::Reference(_)
        | Action::Erase
        | Action::Rehome { .. } => Ok(()),
    }
}

/// A person acting in one post on one day.
struct Acting<'a> {
    tree: &'a UnitTree,
    actor: &'a Actor,
    post: &'a HeldPost,
    fact_day: Day,
    today: Day,
}

impl Acting<'_> {
    fn reach(&self, what: &Action<'_>) -> Result<Standing, Refusal> {
        match what {
            Action::BeginCase { kind, unit } => self.begins(*kind, *unit),
            Action::Act { event, case } => self.acts(*event, case),
            Action::Correct { case, target, target_post } => self.owns(*target, *target_post, case),
            Action::Withdraw { case } => self.owns(FactId::new(case.author, 0), case.post, case),
            Action::Add { case } | Action::Tick { case } => self.takes_part(case),
            Action::Reference(_) | Action::Erase | Action::Rehome { .. } => Err(Refusal::OfficeOnly),
        }
    }

    fn begins(&self, kind: CaseKind, unit: FactId) -> Result<Standing, Refusal> {
        if self.tree.unit(unit).is_none() {
            return Err(Refusal::UnknownUnit);
        }
        let ended = self.tree.last_day(unit).is_some_and(|last| last < self.fact_day);
        if ended && self.tree.successors(unit).is_empty() {
            return Err(Refusal::UnitEnded);
        }
        match self.post.role {
            Role::Liaison => self.looks_after(unit),
            Role::Head | Role::Secretary if kind == CaseKind::Visit => Err(Refusal::NotYourDuty),
            Role::Head | Role::Secretary => self.is_in_post_unit(unit),
            Role::Desk | Role::Leader => self.is_in_post_unit(unit).or_else(|_| self.looks_after(unit)),
            Role::Other(_) => Err(Refusal::NotYourDuty),
        }
    }

    fn acts(&self, event: Event, case: &CaseStanding) -> Result<Standing, Refusal> {
        let decides = self.decides(case);
        match event {
            Event::Resubmit => self.stands_by(case),
            Event::Note | Event::Withdraw | Event::Answer | Event::Other(_) => {
                if decides {
                    Ok(Standing::InTime)
                } else {
                    self.stands_by(case)
                }
            }
            Event::Receive
            | Event::Sort
            | Event::Forward
            | Event::Advise
            | Event::Accept
            | Event::Decline
            | Event::Start
            | Event::Extend
            | Event::Suspend
            | Event::Resume
            | Event::Resolve
            | Event::Close
            | Event::Reopen
            | Event::Return => {
                if decides {
                    return Ok(Standing::InTime);
                }
                Err(match self.post.role {
                    Role::Desk | Role::Leader => Refusal::NotYourUnit,
                    Role::Liaison | Role::Head | Role::Secretary | Role::Other(_) => Refusal::NotYourDuty,
                })
            }
        }
    }

    /// The desk or a leader over the case's unit, or over a unit it was forwarded to.
    fn decides(&self, case: &CaseStanding) -> bool {
        matches!(self.post.role, Role::Desk | Role::Leader)
            && std::iter::once(case.unit)
                .chain(case.forwarded_to.iter().copied())
                .any(|unit| self.tree.is_within(unit, self.post.unit))
    }

    /// The resident's side: the author, the successor in the author's post, and who is in charge in the hamlet itself.
    fn stands_by(&self, case: &CaseStanding) -> Result<Standing, Refusal> {
        if self.is_author(FactId::new(case.author, 0), case.post) {
            return Ok(Standing::InTime);
        }
        match self.post.role {
            Role::Head | Role::Secretary => self.is_in_post_unit(case.unit),
            Role::Liaison | Role::Desk | Role::Leader => self.looks_after(case.unit),
            Role::Other(_) => Err(Refusal::NotYourDuty),
        }
    }

    fn takes_part(&self, case: &CaseStanding) -> Result<Standing, Refusal> {
        if self.decides(case) { Ok(Standing::InTime) } else { self.stands_by(case) }
    }

    fn owns(&self, target: FactId, target_post: Option<FactId>, case: &CaseStanding) -> Result<Standing, Refusal> {
        if self.is_author(target, target_post) || (self.post.role == Role::Desk && self.decides(case)) {
            return Ok(Standing::InTime);
        }
        Err(Refusal::NotYours)
    }

    fn is_author(&self, target: FactId, target_post: Option<FactId>) -> bool {
        self.actor.wrote(target) || target_post.is_some_and(|post| self.post.id == post || self.post.continues.contains(&post))
    }

    fn is_in_post_unit(&self, unit: FactId) -> Result<Standing, Refusal> {
        if self.tree.is_within(unit, self.post.unit) { Ok(Standing::InTime) } else { Err(Refusal::NotYourUnit) }
    }

    /// By the best of the assignments over this unit; when none vouches, the reason of the one that came nearest.
    fn looks_after(&self, unit: FactId) -> Result<Standing, Refusal> {
        let over_unit = self.actor.assignments.iter().filter(|assignment| self.tree.is_within(unit, assignment.unit));
        let verdicts = over_unit.map(|assignment| assignment.vouches(self.fact_day, self.today));
        verdicts.min_by_key(|verdict| verdict_rank(*verdict)).unwrap_or(Err(Refusal::NotYourUnit))
    }
}

/// Before somebody began to work on it; afterwards a resident withdraws by an event, which stays in the history.
fn can_be_taken_back(case: &CaseStanding) -> bool {
    match case.state {
        CaseState::Recorded | CaseState::Received | CaseState::Returned | CaseState::Settled => true,
        CaseState::Advised => case.is_denunciation(),
        CaseState::Sorted
        | CaseState::Forwarded
        | CaseState::Accepted
        | CaseState::Declined
        | CaseState::InProgress
        | CaseState::Extended
        | CaseState::Suspended
        | CaseState::Withdrawn
        | CaseState::Resolved
        | CaseState::Answered
        | CaseState::Closed
        | CaseState::Other(_) => false,
    }
}

fn verdict_rank(verdict: Result<Standing, Refusal>) -> u8 {
    match verdict {
        Ok(Standing::InTime) => 0,
        Ok(Standing::Late) => 1,
        Err(Refusal::TooLate) => 2,
        Err(Refusal::PostEnded) => 3,
        Err(_) => 4,
    }
}

#[cfg(test)]
mod tests;
