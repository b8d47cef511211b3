//! What the office writes itself, as a writer like any other: the organisation, and what happens to cases.

use fieldbook_model::body::{
    AnswerWay, Assignment, CaseEvent, CaseState, Ended, Event, Kind, PetitionKind, Rehomed, Slot, UnitRenamed, UnitSplit,
    UnitsMerged, Urgency, Words,
};
use fieldbook_model::case::{Actor, Case, CaseBody, HistoryWhat, Refusal, next};
use fieldbook_model::clock::{self, ClockRule, ClockSubject};
use fieldbook_model::day::Day;
use fieldbook_model::fact::{Fact, Statement, to_body};
use fieldbook_model::id::{FactId, Order};
use minicbor::Encode;

use super::accept::Work;
use super::reference::Reference;
use super::{OfficeFault, cases, epoch};
use crate::storage::{FeedOp, Tx};

/// Writes one fact as the office. `root` is the case, unit, post … it belongs to; none when it begins something. `now` is
/// server time, Unix seconds. Gives its id.
///
/// The other functions here are for what needs more than that; units, people, posts, topics, rules and days off are written
/// with this one.
pub fn write<T: Encode<()>>(
    tx: &mut dyn Tx,
    kind: Kind,
    root: Option<FactId>,
    body: &T,
    now: i64,
) -> Result<FactId, OfficeFault> {
    let mut work = Work::begin(tx, now)?;
    write_in(tx, &mut work, kind, root, to_body(body))
}

/// Takes a post, assignment, topic or unit out of force after this day.
pub fn end(tx: &mut dyn Tx, root: FactId, last: Day, now: i64) -> Result<FactId, OfficeFault> {
    write(tx, Kind::Ended, Some(root), &Ended { last }, now)
}

/// Gives a unit a new name.
pub fn rename(tx: &mut dyn Tx, unit: FactId, renamed: &UnitRenamed, now: i64) -> Result<FactId, OfficeFault> {
    write(tx, Kind::UnitRenamed, Some(unit), renamed, now)
}

/// Says that somebody looks after a unit or a field of work.
pub fn assign(tx: &mut dyn Tx, assignment: &Assignment, now: i64) -> Result<FactId, OfficeFault> {
    write(tx, Kind::Assignment, None, assignment, now)
}

/// Merges units; their cases are seen by the unit that goes on from the first day of the new state.
pub fn merge(tx: &mut dyn Tx, merged: &UnitsMerged, now: i64) -> Result<FactId, OfficeFault> {
    known_units(tx, merged.from.iter().chain([&merged.into]))?;
    let id = write(tx, Kind::UnitsMerged, None, merged, now)?;
    let mut work = Work::begin(tx, now)?;
    cases::settle(tx, &mut work)?;
    Ok(id)
}

/// Divides a unit; its parent owns its cases until they are re-homed one by one.
pub fn split(tx: &mut dyn Tx, split: &UnitSplit, now: i64) -> Result<FactId, OfficeFault> {
    known_units(tx, split.into.iter().chain([&split.from]))?;
    let id = write(tx, Kind::UnitSplit, None, split, now)?;
    let mut work = Work::begin(tx, now)?;
    cases::settle(tx, &mut work)?;
    Ok(id)
}

/// Gives a case to another unit.
pub fn rehome(tx: &mut dyn Tx, case: FactId, unit: FactId, now: i64) -> Result<FactId, OfficeFault> {
    write(tx, Kind::Rehomed, Some(case), &Rehomed { unit }, now)
}

/// What the office makes happen to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub event: Event,
    /// Where it is forwarded to.
    pub to: Option<FactId>,
    /// How the resident was answered.
    pub way: Option<AnswerWay>,
    /// Its text: a reason, an answer, a remark.
    pub text: Option<String>,
}

impl Happening {
    /// An event with nothing to say about it.
    pub fn plain(event: Event) -> Self {
        Self { event, to: None, way: None, text: None }
    }

    /// An event with a text.
    pub fn saying(event: Event, text: &str) -> Self {
        Self { text: Some(text.to_owned()), ..Self::plain(event) }
    }

    /// Sends a case to another unit.
    pub fn forward(to: FactId) -> Self {
        Self { to: Some(to), ..Self::plain(Event::Forward) }
    }
}

/// Makes something happen to a case. The state it leads to follows from where the case stands; a petition that is received,
/// accepted or given more time gets its due day by the rule in force. Gives the event's id.
pub fn happen(tx: &mut dyn Tx, case: FactId, what: &Happening, now: i64) -> Result<FactId, OfficeFault> {
    let mut work = Work::begin(tx, now)?;
    let root = tx.fact(case)?.ok_or_else(|| OfficeFault::unknown(case))?.order;
    let Some(standing) = work.case(tx, root)? else {
        return Err(OfficeFault::unknown(case));
    };
    let state = state_after(&standing, what.event)?;
    let (due, basis) = stamp(&work.reference, &standing, what.event, work.today);
    let event = CaseEvent { event: what.event, state, to: what.to, due, basis, way: what.way, day: None };
    let id = write_in(tx, &mut work, Kind::CaseEvent, Some(case), to_body(&event))?;
    if let Some(text) = &what.text {
        let slot = if what.event == Event::Answer || what.event == Event::Resolve { Slot::Text } else { Slot::Reason };
        let words = Words { of: Some(id), texts: [(slot, text.clone())].into() };
        write_in(tx, &mut work, Kind::Words, Some(case), to_body(&words))?;
    }
    Ok(id)
}

/// A case as it stands at the office; none when it is not known or was erased.
pub fn case(tx: &mut dyn Tx, id: FactId, now: i64) -> Result<Option<Case>, OfficeFault> {
    let Some(root) = tx.fact(id)? else {
        return Ok(None);
    };
    Work::begin(tx, now)?.case(tx, root.order)
}

fn write_in(tx: &mut dyn Tx, work: &mut Work, kind: Kind, root: Option<FactId>, body: Vec<u8>) -> Result<FactId, OfficeFault> {
    let writer = epoch::present(tx)?.writer;
    let id = FactId::new(writer, tx.last_seq(writer)? + 1);
    let stored = match root {
        Some(root) => Some(tx.fact(root)?.ok_or_else(|| OfficeFault::unknown(root))?),
        None => None,
    };
    let order: Option<Order> = stored.as_ref().map(|root| root.order);
    let fact = Fact::seal(id, Statement { kind, time: work.now, post: None, root, repairs: None, body })?;
    let office = Actor::office(FactId::new(writer, 0));
    work.judge(tx, &office, &fact, order)??;
    work.accept(tx, &fact, order, false, FeedOp::New)?;
    Ok(id)
}

fn known_units<'a>(tx: &mut dyn Tx, mut units: impl Iterator<Item = &'a FactId>) -> Result<(), OfficeFault> {
    let reference = Reference::load(tx)?;
    match units.find(|unit| reference.tree.unit(**unit).is_none()) {
        Some(unknown) => Err(OfficeFault::unknown(*unknown)),
        None => Ok(()),
    }
}

fn state_after(case: &Case, event: Event) -> Result<CaseState, OfficeFault> {
    next(case.kind, case.petition_kind(), case.state, event).map_err(|_| Refusal::NotAllowedNow.into())
}

/// The due day an event gives, with the law behind it.
fn stamp(reference: &Reference, case: &Case, event: Event, today: Day) -> (Option<Day>, Option<String>) {
    let stamped = match event {
        Event::Receive | Event::Accept => subject(case, event).map(|subject| (subject, today, 0)),
        Event::Extend => extended(case, today),
        Event::Sort
        | Event::Forward
        | Event::Advise
        | Event::Decline
        | Event::Start
        | Event::Suspend
        | Event::Resume
        | Event::Withdraw
        | Event::Resolve
        | Event::Answer
        | Event::Close
        | Event::Reopen
        | Event::Return
        | Event::Resubmit
        | Event::Note
        | Event::Other(_) => None,
    };
    let Some((subject, start, times)) = stamped else {
        return (None, None);
    };
    let Some(rule) = rule_on(reference, subject, start) else {
        return (None, None);
    };
    let due = clock::due_extended(rule, start.date(), times, &reference.calendar);
    (Some(Day::from(due.date)), Some(rule.basis.clone()))
}

fn rule_on(reference: &Reference, subject: ClockSubject, day: Day) -> Option<&ClockRule> {
    reference.rules.rule_on(subject, day.date())
}

/// Which clock an event starts.
fn subject(case: &Case, event: Event) -> Option<ClockSubject> {
    let CaseBody::Petition(petition) = &case.body else {
        return None;
    };
    let remote = petition.remote.unwrap_or(false);
    let complex = petition.urgency == Urgency::Complex;
    match (petition.kind, event) {
        (PetitionKind::Proposal | PetitionKind::Feedback, Event::Receive) => Some(match petition.urgency {
            Urgency::Urgent => ClockSubject::ProposalUrgent,
            Urgency::Complex => ClockSubject::ProposalComplex,
            Urgency::Normal | Urgency::Other(_) => ClockSubject::Proposal,
        }),
        (PetitionKind::Complaint, Event::Receive) => Some(ClockSubject::ComplaintAcceptance),
        (PetitionKind::Complaint, Event::Accept) => Some(match (remote, complex) {
            (false, false) => ClockSubject::ComplaintFirst,
            (false, true) => ClockSubject::ComplaintFirstComplex,
            (true, false) => ClockSubject::ComplaintFirstRemote,
            (true, true) => ClockSubject::ComplaintFirstRemoteComplex,
        }),
        _ => None,
    }
}

/// The clock that runs, the day it began, and how often it will have been extended.
fn extended(case: &Case, today: Day) -> Option<(ClockSubject, Day, u32)> {
    let mut running = None;
    for line in &case.history {
        let HistoryWhat::Event(happened) = &line.what else {
            continue;
        };
        if happened.event == Event::Extend {
            running = running.map(|(subject, start, times)| (subject, start, times + 1));
        } else if happened.due.is_some()
            && let Some(subject) = subject(case, happened.event)
        {
            running = Some((subject, happened.day.unwrap_or(Day::of(line.time)).min(today), 0));
        }
    }
    running.map(|(subject, start, times)| (subject, start, times + 1))
}
