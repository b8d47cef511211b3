//! Folds the facts of one root into a case.

use std::collections::{BTreeMap, BTreeSet};

use super::corrections::Corrections;
use super::{Case, CaseBody, CaseKind, FollowUpLine, HistoryLine, HistoryWhat, Part, Placed, TickLine};
use crate::body::{
    CaseEvent, CaseState, Correction, Erasure, Event, FollowUp, FollowUpTick, Handling, Identity, Kind, Mask, PetitionKind,
    Rehomed, Slot, Words,
};
use crate::fact::Fact;
use crate::id::FactId;

impl Case {
    /// Folds everything known under `root`. Confirmed facts count in the server's order, then unconfirmed ones in the
    /// order given; facts of other roots are passed over, and `erased` ones count as gone even when their bytes are
    /// still at hand. A fact this version cannot read becomes an `Unknown` line.
    ///
    /// None when the first fact is missing, erased, or not a readable visit, problem, petition or report.
    pub fn fold(root: FactId, facts: &[Placed<'_>], erased: &[FactId]) -> Option<Self> {
        let facts = canonical(root, facts);
        let erased = all_erased(root, &facts, erased);
        let first = facts.first().filter(|first| first.fact.id == root && !erased.contains(&root))?;
        let kind = CaseKind::of(first.fact.kind)?;

        let mut fold = Fold::default();
        for placed in facts.iter().filter(|placed| !erased.contains(&placed.fact.id)) {
            fold.part(placed.fact);
        }
        let (forks, heads) = std::mem::take(&mut fold.corrections).finish();
        let body = read_root(kind, &fold.parts.get(&root)?.body)?;
        let unit = unit_of(&body);
        let mut case = Self {
            root,
            kind,
            unit,
            first_unit: unit,
            forwarded_to: Vec::new(),
            author: root.writer,
            post: first.fact.post,
            time: first.fact.time,
            state: first_state(&body),
            open: false,
            receipt: receipt_of(&body).cloned(),
            body,
            words: BTreeMap::new(),
            identity: None,
            mask: None,
            photos: Vec::new(),
            follow_ups: Vec::new(),
            history: Vec::new(),
            due: None,
            basis: None,
            forks,
            heads,
            withdrawn: false,
            erased: erased.iter().copied().collect(),
            unconfirmed: facts.iter().any(|placed| placed.order.is_none()),
            parts: BTreeMap::new(),
        };
        for placed in facts.iter().filter(|placed| !erased.contains(&placed.fact.id)) {
            case.take(placed, &fold);
        }
        case.parts = fold.parts;
        if case.petition_kind() == Some(PetitionKind::Denunciation) {
            case.forget_residents_words();
        }
        case.open = is_open(case.kind, case.state);
        case.give_texts();
        Some(case)
    }

    fn take(&mut self, placed: &Placed<'_>, fold: &Fold) {
        let id = placed.fact.id;
        if id == self.root {
            return self.line(placed, HistoryWhat::Recorded);
        }
        let part = fold.parts.get(&id).filter(|_| !fold.idle.contains(&id));
        if part.and_then(|part| self.take_readable(placed, &part.body)).is_none() {
            self.line(placed, HistoryWhat::Unknown(placed.fact.kind));
        }
    }

    /// None when the body cannot be read.
    fn take_readable(&mut self, placed: &Placed<'_>, body: &[u8]) -> Option<()> {
        let id = placed.fact.id;
        match placed.fact.kind {
            Kind::Words => {
                let words: Words = read(body)?;
                self.words.entry(words.of.unwrap_or(self.root)).or_default().extend(words.texts);
            }
            Kind::Identity => self.identity = Some(read::<Identity>(body)?),
            Kind::Mask => self.mask = Some(read::<Mask>(body)?.name),
            Kind::CaseEvent => {
                let event: CaseEvent = read(body)?;
                self.happened(&event);
                self.line(placed, HistoryWhat::Event(event));
            }
            Kind::Photo => {
                self.photos.push((id, read(body)?));
                self.line(placed, HistoryWhat::PhotoAdded);
            }
            Kind::FollowUp => {
                let FollowUp { unit, month, owner } = read(body)?;
                self.follow_ups.push(FollowUpLine { id, unit, month, owner, text: None, done: None, ticks: Vec::new() });
            }
            Kind::FollowUpTick => {
                let tick: FollowUpTick = read(body)?;
                if let Some(promise) = self.follow_ups.iter_mut().find(|promise| promise.id == tick.follow_up) {
                    promise.done = Some(tick.done);
                    promise.ticks.push(TickLine { id, time: placed.fact.time, visit: tick.visit, done: tick.done });
                }
            }
            Kind::Correction => {
                let Correction { target, .. } = read(body)?;
                self.line(placed, HistoryWhat::Corrected { target });
            }
            Kind::Withdrawal => {
                self.withdrawn = true;
                self.state = CaseState::Withdrawn;
                self.line(placed, HistoryWhat::Withdrawn);
            }
            Kind::Rehomed => {
                let Rehomed { unit } = read(body)?;
                self.unit = unit;
                self.line(placed, HistoryWhat::Rehomed { unit });
            }
            Kind::Erasure => self.line(placed, HistoryWhat::Erased),
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
            | Kind::Report
            | Kind::Other(_) => return None,
        }
        Some(())
    }

    /// A note written while others moved the case on carries a state that has passed; it never moves the case back.
    fn happened(&mut self, event: &CaseEvent) {
        if event.event != Event::Note && !self.withdrawn {
            self.state = event.state;
        }
        if let Some(to) = event.to.filter(|to| event.event == Event::Forward && !self.forwarded_to.contains(to)) {
            self.forwarded_to.push(to);
        }
        if event.due.is_some() {
            self.due = event.due;
            self.basis.clone_from(&event.basis);
        }
    }

    fn line(&mut self, placed: &Placed<'_>, what: HistoryWhat) {
        let Fact { id, time, post, .. } = *placed.fact;
        self.history.push(HistoryLine { id, time, order: placed.order, author: id.writer, post, what, text: None });
    }

    /// Whatever reached us about a denunciation, none of it is shown.
    fn forget_residents_words(&mut self) {
        self.words.clear();
        self.identity = None;
        self.mask = None;
        self.photos.clear();
        self.follow_ups.clear();
    }

    /// Words may stand before or after the fact they belong to, so texts are given out at the end.
    fn give_texts(&mut self) {
        let text_of = |of: FactId| {
            let slots = self.words.get(&of)?;
            [Slot::Text, Slot::Reason, Slot::Remark].iter().find_map(|slot| slots.get(slot)).cloned()
        };
        for line in &mut self.history {
            line.text = text_of(line.id);
        }
        for promise in &mut self.follow_ups {
            promise.text = text_of(promise.id);
        }
    }
}

/// Bodies with corrections laid over them.
#[derive(Default)]
struct Fold {
    parts: BTreeMap<FactId, Part>,
    corrections: Corrections,
    /// Corrections that change nothing: their target is gone, or their patch cannot be read.
    idle: BTreeSet<FactId>,
}

impl Fold {
    fn part(&mut self, fact: &Fact) {
        if fact.kind == Kind::Correction && self.correct(fact).is_none() {
            self.idle.insert(fact.id);
        }
        self.parts.insert(fact.id, Part { kind: fact.kind, post: fact.post, body: fact.body().to_vec() });
    }

    fn correct(&mut self, fact: &Fact) -> Option<()> {
        let correction: Correction = fact.read().ok()?;
        let part = self.parts.get_mut(&correction.target).filter(|part| part.kind != Kind::Correction)?;
        part.body = self.corrections.take(fact.id, &correction, part.kind, &part.body)?;
        Some(())
    }
}

/// The facts of this root, each once: the first one, then the confirmed by order, then the rest as given.
fn canonical<'a>(root: FactId, facts: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let mut own: Vec<Placed<'a>> = facts.iter().filter(|placed| placed.fact.root == root).copied().collect();
    own.sort_by_key(|placed| (placed.order.is_none(), placed.order));
    let mut seen = BTreeSet::new();
    own.retain(|placed| seen.insert(placed.fact.id));
    own.sort_by_key(|placed| placed.fact.id != root);
    own
}

fn all_erased(root: FactId, facts: &[Placed<'_>], erased: &[FactId]) -> BTreeSet<FactId> {
    let by_facts = facts.iter().filter(|placed| placed.fact.kind == Kind::Erasure && placed.fact.id != root);
    let named = by_facts.filter_map(|placed| placed.fact.read::<Erasure>().ok()).flat_map(|erasure| erasure.facts);
    erased.iter().copied().chain(named).collect()
}

fn read_root(kind: CaseKind, body: &[u8]) -> Option<CaseBody> {
    Some(match kind {
        CaseKind::Visit => CaseBody::Visit(read(body)?),
        CaseKind::Problem => CaseBody::Problem(read(body)?),
        CaseKind::Petition => CaseBody::Petition(read(body)?),
        CaseKind::Report => CaseBody::Report(read(body)?),
    })
}

fn read<'b, T: minicbor::Decode<'b, ()>>(body: &'b [u8]) -> Option<T> {
    minicbor::decode(body).ok()
}

fn unit_of(body: &CaseBody) -> FactId {
    match body {
        CaseBody::Visit(visit) => visit.unit,
        CaseBody::Problem(problem) => problem.unit,
        CaseBody::Petition(petition) => petition.unit,
        CaseBody::Report(report) => report.unit,
    }
}

fn receipt_of(body: &CaseBody) -> Option<&String> {
    match body {
        CaseBody::Visit(visit) => visit.receipt.as_ref(),
        CaseBody::Problem(problem) => problem.receipt.as_ref(),
        CaseBody::Petition(petition) => petition.receipt.as_ref(),
        CaseBody::Report(report) => report.receipt.as_ref(),
    }
}

fn first_state(body: &CaseBody) -> CaseState {
    match body {
        CaseBody::Problem(problem) if problem.handling == Handling::OnTheSpot => CaseState::Settled,
        CaseBody::Petition(petition) if petition.kind == PetitionKind::Denunciation => CaseState::Advised,
        CaseBody::Visit(_) | CaseBody::Problem(_) | CaseBody::Petition(_) | CaseBody::Report(_) => CaseState::Recorded,
    }
}

/// A visit or report waits for somebody only while it is sent back; a problem or petition until it is settled, answered
/// or over. In a state of a newer version it counts as open, so that nobody loses sight of it.
fn is_open(kind: CaseKind, state: CaseState) -> bool {
    if matches!(kind, CaseKind::Visit | CaseKind::Report) {
        return state == CaseState::Returned;
    }
    !matches!(state, CaseState::Settled | CaseState::Advised | CaseState::Withdrawn | CaseState::Answered | CaseState::Closed)
}

#[cfg(test)]
mod tests;
