//! Judges one fact before it is taken in: what it says, whether its author may say it, and whether it can happen now.

use super::actor::{Actor, Refusal, Standing};
use super::authority::{Action, CaseStanding, may_write};
use super::corrections::is_readable;
use super::{Case, CaseKind, next};
use crate::body::{
    CaseEvent, Correction, Erasure, Event, FollowUp, FollowUpTick, Kind, Petition, PetitionKind, Photo, Problem,
};
use crate::body::{Rehomed, Report, Visit, Words};
use crate::day::Day;
use crate::fact::Fact;
use crate::id::FactId;
use crate::map;
use crate::unit::UnitTree;

/// How many days back a visit may be written down.
const VISIT_BACK_DAYS: i32 = 7;

/// The fields of a petition that say nothing about a resident; a denunciation carries no others.
const DENUNCIATION_KEYS: [u32; 5] = [0, 1, 2, 3, 5];

/// Judges a fact against the case it belongs to as it stands (`existing`; none for a first fact), on `today`. The server
/// asks inside the writer's transaction, the phone before it saves, so what would be refused is told at once.
pub fn judge(tree: &UnitTree, actor: &Actor, fact: &Fact, existing: Option<&Case>, today: Day) -> Result<Standing, Refusal> {
    if fact.kind.office_only() && !actor.office {
        return Err(Refusal::OfficeOnly);
    }
    if !is_readable(fact.kind, fact.body()) {
        return Err(Refusal::Malformed);
    }
    let judging = Judging { tree, actor, fact, today };
    if fact.is_root() {
        return judging.first();
    }
    match existing.filter(|case| case.root == fact.root) {
        Some(case) => judging.later(case, &case.standing()),
        None if actor.office && (fact.kind.is_reference() || fact.kind == Kind::Correction) => Ok(Standing::InTime),
        None => Err(Refusal::UnknownRoot),
    }
}

struct Judging<'a> {
    tree: &'a UnitTree,
    actor: &'a Actor,
    fact: &'a Fact,
    today: Day,
}

impl Judging<'_> {
    fn first(&self) -> Result<Standing, Refusal> {
        if let Some(kind) = CaseKind::of(self.fact.kind) {
            let unit = self.check_root(kind, self.fact.body())?;
            return self.may(&Action::BeginCase { kind, unit });
        }
        if self.fact.kind.is_reference() {
            return self.may(&Action::Reference(self.fact.kind));
        }
        if !matches!(self.fact.kind, Kind::Other(_)) {
            return Err(Refusal::Malformed);
        }
        if self.actor.office { Ok(Standing::InTime) } else { Err(Refusal::UnknownKind) }
    }

    fn later(&self, case: &Case, standing: &CaseStanding) -> Result<Standing, Refusal> {
        let fact = self.fact;
        match fact.kind {
            Kind::CaseEvent => self.event(&read(fact)?, standing),
            Kind::Correction => self.correction(&read(fact)?, case, standing),
            Kind::Words => {
                let words: Words = read(fact)?;
                self.own(words.of.unwrap_or(case.root), case, standing)
            }
            Kind::Identity | Kind::Mask => self.own(case.root, case, standing),
            Kind::Photo => {
                let photo: Photo = read(fact)?;
                self.known(photo.of, case)?;
                self.may(&Action::Add { case: standing })
            }
            Kind::FollowUp => {
                let promise: FollowUp = read(fact)?;
                self.known_unit(promise.unit)?;
                self.may(&Action::Add { case: standing })
            }
            Kind::FollowUpTick => {
                let tick: FollowUpTick = read(fact)?;
                if case.kind_of(tick.follow_up) != Some(Kind::FollowUp) {
                    return Err(Refusal::UnknownTarget);
                }
                self.may(&Action::Tick { case: standing })
            }
            Kind::Withdrawal => self.may(&Action::Withdraw { case: standing }),
            Kind::Rehomed => {
                let Rehomed { unit } = read(fact)?;
                self.known_unit(unit)?;
                self.may(&Action::Rehome { unit })
            }
            Kind::Erasure => {
                read::<Erasure>(fact)?;
                self.may(&Action::Erase)
            }
            Kind::Other(_) => self.may(&Action::Add { case: standing }),
            Kind::Unit
            | Kind::UnitsMerged
            | Kind::UnitSplit
            | Kind::Person
            | Kind::Post
            | Kind::Assignment
            | Kind::Ended
            | Kind::Topic
            | Kind::Rule
            | Kind::Holiday
            | Kind::WriterEnrolled
            | Kind::OfficeContact
            | Kind::UnitRenamed
            | Kind::Visit
            | Kind::Problem
            | Kind::Petition
            | Kind::Report => Err(Refusal::Malformed),
        }
    }

    /// The state an event carries must be the one it leads to here and now; a note's is not looked at, and an event of a
    /// newer version is believed.
    fn event(&self, event: &CaseEvent, standing: &CaseStanding) -> Result<Standing, Refusal> {
        let verdict = self.may(&Action::Act { event: event.event, case: standing })?;
        if !matches!(event.event, Event::Other(_)) {
            let leads_to = next(standing.kind, standing.petition_kind, standing.state, event.event);
            let leads_to = leads_to.map_err(|_| Refusal::NotAllowedNow)?;
            if event.event != Event::Note && leads_to != event.state {
                return Err(Refusal::NotAllowedNow);
            }
        }
        if event.event == Event::Forward {
            self.known_unit(event.to.ok_or(Refusal::Malformed)?)?;
        }
        if event.due.is_some() && !self.may_stamp(standing) {
            return Err(Refusal::OfficeOnly);
        }
        Ok(verdict)
    }

    /// Only who may receive a case may also say when it is due.
    fn may_stamp(&self, standing: &CaseStanding) -> bool {
        self.may(&Action::Act { event: Event::Receive, case: standing }).is_ok()
    }

    fn correction(&self, correction: &Correction, case: &Case, standing: &CaseStanding) -> Result<Standing, Refusal> {
        let verdict = self.own(correction.target, case, standing)?;
        let kind = case.kind_of(correction.target).ok_or(Refusal::UnknownTarget)?;
        let body = case.effective_body(correction.target).ok_or(Refusal::UnknownTarget)?;
        let corrected = map::patched(body, &correction.patch.0).map_err(|_| Refusal::Malformed)?;
        if kind == Kind::Correction || !is_readable(kind, &corrected) {
            return Err(Refusal::Malformed);
        }
        if correction.target != case.root {
            return Ok(verdict);
        }
        let unit = self.check_root(case.kind, &corrected)?;
        if unit == case.first_unit {
            return Ok(verdict);
        }
        Ok(verdict.max(self.may(&Action::BeginCase { kind: case.kind, unit })?))
    }

    /// What the first fact of a case must satisfy whoever writes it; gives its unit. A complaint cannot be corrected
    /// into a denunciation: what was written is erased instead.
    fn check_root(&self, kind: CaseKind, body: &[u8]) -> Result<FactId, Refusal> {
        let unit = match kind {
            CaseKind::Visit => {
                let visit: Visit = decode(body)?;
                self.check_visit_day(visit.day)?;
                visit.unit
            }
            CaseKind::Problem => decode::<Problem>(body)?.unit,
            CaseKind::Report => decode::<Report>(body)?.unit,
            CaseKind::Petition => {
                let petition: Petition = decode(body)?;
                if petition.kind == PetitionKind::Denunciation {
                    self.check_denunciation(body)?;
                }
                petition.unit
            }
        };
        self.known_unit(unit)?;
        Ok(unit)
    }

    fn check_denunciation(&self, body: &[u8]) -> Result<(), Refusal> {
        let keys = map::entries(body).map_err(|_| Refusal::Malformed)?;
        if !self.fact.is_root() || keys.keys().any(|key| !DENUNCIATION_KEYS.contains(key)) {
            return Err(Refusal::DenunciationKeepsNothing);
        }
        Ok(())
    }

    /// The phone's clock may be a little ahead; a month ahead it would spoil the coverage.
    fn check_visit_day(&self, day: Day) -> Result<(), Refusal> {
        if day > self.today.plus(1) {
            return Err(Refusal::VisitInFuture);
        }
        if self.fact.is_root() && day < Day::of(self.fact.time).plus(-VISIT_BACK_DAYS) {
            return Err(Refusal::VisitTooOld);
        }
        Ok(())
    }

    fn own(&self, target: FactId, case: &Case, standing: &CaseStanding) -> Result<Standing, Refusal> {
        let known = self.known(Some(target), case);
        let verdict = self.may(&Action::Correct { case: standing, target, target_post: case.post_of(target) });
        if verdict == Err(Refusal::DenunciationKeepsNothing) {
            return verdict;
        }
        known.and(verdict)
    }

    fn known(&self, part: Option<FactId>, case: &Case) -> Result<(), Refusal> {
        if part.is_none_or(|part| case.kind_of(part).is_some()) { Ok(()) } else { Err(Refusal::UnknownTarget) }
    }

    fn known_unit(&self, unit: FactId) -> Result<(), Refusal> {
        self.tree.unit(unit).map(|_| ()).ok_or(Refusal::UnknownUnit)
    }

    fn may(&self, what: &Action<'_>) -> Result<Standing, Refusal> {
        may_write(self.tree, self.actor, self.fact.post, what, Day::of(self.fact.time), self.today)
    }
}

fn read<'b, T: minicbor::Decode<'b, ()>>(fact: &'b Fact) -> Result<T, Refusal> {
    decode(fact.body())
}

fn decode<'b, T: minicbor::Decode<'b, ()>>(body: &'b [u8]) -> Result<T, Refusal> {
    minicbor::decode(body).map_err(|_| Refusal::Malformed)
}

#[cfg(test)]
mod tests;
