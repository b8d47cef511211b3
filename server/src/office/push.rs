//! What a phone sends: each fact is acknowledged, refused or held, and one that is refused never blocks the next.

use std::collections::VecDeque;
use std::sync::Arc;

use fieldbook_model::body::Kind;
use fieldbook_model::case::{Actor, Refusal, Standing};
use fieldbook_model::fact::{self, Fact, FactHash};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::enrol::{Former, Known};
use fieldbook_protocol::fault::FaultCode;
use fieldbook_protocol::pack::{Content, Item};
use fieldbook_protocol::sync::Refused;

use super::OfficeFault;
use super::accept::Work;
use super::erase::{self, ErasureEntry};
use super::outcome::Outcome;
use super::reference::Reference;
use super::repairs::{goes_on_as, refuse_waiting, release};
use crate::storage::{Device, FeedOp, HeldFact, RefusedFact, Tx};

/// The most facts a phone may name when it becomes another writer; more than a frame has room for.
const MOST_NAMED: usize = 4_096;

/// Takes in the facts of a phone, in sequence. Repeating a request gives the same verdicts and changes nothing.
pub(crate) fn push(tx: &mut dyn Tx, work: &mut Work, device: &Device, items: Vec<Item>) -> Result<Outcome, OfficeFault> {
    if items.is_empty() {
        return Ok(Outcome::default());
    }
    let actor = work.reference.actor(device.person);
    let owed = erase::owed(tx)?;
    let restored = is_restored(tx)?;
    let judged = tx.last_judged(device.writer)?;
    let mut push = Push { tx, work, device, actor, judged, owed, restored, outcome: Outcome::default() };
    for item in items {
        push.item(item)?;
    }
    Ok(push.outcome)
}

/// Whether a push can be taken in part by part: fails where taking in any of it would.
pub(crate) fn check(tx: &mut dyn Tx, device: &Device, items: &VecDeque<Item>) -> Result<(), OfficeFault> {
    let (judged, restored) = (tx.last_judged(device.writer)?, is_restored(tx)?);
    for item in items {
        is_own(item, device)?;
        let mut known = if item.id.seq <= judged { known_hash(tx, item.id)? } else { None };
        if known.is_none() && restored {
            known = offered_hash(tx, item.id)?;
        }
        match (known, &item.content) {
            (Some(known), _) => same(item.id, &item.hash(), &known)?,
            (None, Content::Whole(_)) => {}
            (None, Content::Erased(_)) => return Err(without_content()),
        }
    }
    Ok(())
}

/// The hash of a fact that was judged or waits.
pub(crate) fn known_hash(tx: &mut dyn Tx, id: FactId) -> Result<Option<FactHash>, OfficeFault> {
    if let Some(known) = tx.fact(id)? {
        return Ok(Some(known.hash));
    }
    if let Some(refused) = tx.refusal(id)? {
        return Ok(Some(refused.hash));
    }
    Ok(tx.held(id)?.map(|held| held.hash))
}

/// The hash of what stands under this number here: judged, waiting, or brought back by others and not looked at by the desk yet.
pub(crate) fn hash_here(tx: &mut dyn Tx, id: FactId) -> Result<Option<FactHash>, OfficeFault> {
    let known = known_hash(tx, id)?;
    if known.is_some() { Ok(known) } else { offered_hash(tx, id) }
}

fn offered_hash(tx: &mut dyn Tx, id: FactId) -> Result<Option<FactHash>, OfficeFault> {
    Ok(tx.offer(id)?.map(|offered| fact::hash(id, &offered.content)))
}

fn is_restored(tx: &mut dyn Tx) -> Result<bool, OfficeFault> {
    Ok(tx.epochs()?.len() > 1)
}

fn is_own(item: &Item, device: &Device) -> Result<(), OfficeFault> {
    if item.id.writer == device.writer {
        return Ok(());
    }
    Err(OfficeFault::phone(FaultCode::Malformed, "a phone sends its own facts only; use offered for others'"))
}

fn without_content() -> OfficeFault {
    OfficeFault::phone(FaultCode::Malformed, "a new fact without its content")
}

/// What became of facts that a phone names by sequence and hash; those that never came are left out. For a phone that becomes
/// another writer, so only what is `person`'s is told.
pub(crate) fn known(tx: &mut dyn Tx, person: FactId, former: &Former) -> Result<Known, OfficeFault> {
    let writer = WriterId(former.writer);
    if Reference::load(tx)?.person_of(writer) != Some(person) {
        return Ok(Known::default());
    }
    let mut outcome = Outcome::default();
    let owed = erase::owed(tx)?;
    let (mut erased, mut taken) = (Vec::new(), Vec::new());
    for (seq, hash) in former.facts.iter().take(MOST_NAMED) {
        let id = FactId::new(writer, *seq);
        outcome.look_up(tx, id, |known| *known == **hash)?;
        if known_hash(tx, id)?.is_none() && owed.iter().any(|entry| entry.names(id, hash)) {
            erased.push(*seq);
            continue;
        }
        // Of two offers under one number the first stays.
        if hash_here(tx, id)?.is_some_and(|other| other != **hash) {
            taken.push(*seq);
        }
    }
    Ok(Known {
        acknowledged: outcome.acknowledged_runs(),
        refused: outcome.take_refused(),
        held: outcome.take_held(),
        late: outcome.take_late(),
        erased: (!erased.is_empty()).then_some(erased),
        taken: (!taken.is_empty()).then_some(taken),
    })
}

struct Push<'a> {
    tx: &'a mut dyn Tx,
    work: &'a mut Work,
    device: &'a Device,
    actor: Arc<Actor>,
    /// No fact of this phone with a higher sequence number was judged yet.
    judged: u64,
    /// Erased before the office was restored: erased again when they come.
    owed: Vec<ErasureEntry>,
    /// The office came back from a backup, so facts may wait for a root that its author sends again.
    restored: bool,
    outcome: Outcome,
}

/// What the root that a fact names stands for.
enum Root {
    /// The fact begins a case.
    Own,
    /// A case in the log.
    Known(Order, FactId),
    /// Refused, not put right yet, or perhaps to be offered after a restore: the fact waits.
    Waits(FactId),
    /// Nothing.
    Unknown,
}

impl Push<'_> {
    fn item(&mut self, item: Item) -> Result<(), OfficeFault> {
        is_own(&item, self.device)?;
        let id = item.id;
        if id.seq <= self.judged && !fieldbook_model::planted!(DedupeOff) && self.again(id, &item.hash())? {
            return Ok(());
        }
        self.judged = self.judged.max(id.seq);
        if self.restored
            && let Some(offered) = offered_hash(self.tx, id)?
        {
            // A phone that was put back gives the number out again: what others brought back has it, and stays.
            same(id, &item.hash(), &offered)?;
        }
        match item.content {
            Content::Whole(fact) => self.fresh(fact),
            Content::Erased(_) => Err(without_content()),
        }
    }

    /// Whether this fact was judged before; then the same verdict is given again.
    fn again(&mut self, id: FactId, hash: &FactHash) -> Result<bool, OfficeFault> {
        if let Some(known) = self.tx.fact(id)? {
            same(id, hash, &known.hash)?;
            self.acknowledge(id.seq, known.order, known.root, known.late);
            self.outcome.private_roots.extend(known.private.map(|_| known.root));
            if known.is_root()
                && let Some(repaired) = known.open()?.and_then(|fact| fact.repairs)
            {
                self.tell_again(repaired, known.order)?;
            }
            return Ok(true);
        }
        if let Some(refused) = self.tx.refusal(id)? {
            same(id, hash, &refused.hash)?;
            self.outcome.refused.push(Refused { seq: id.seq, code: refused.code });
            return Ok(true);
        }
        if let Some(held) = self.tx.held(id)? {
            same(id, hash, &held.hash)?;
            self.outcome.held.push(id.seq);
            return Ok(true);
        }
        Ok(false)
    }

    /// What became of the facts that a repair released, for a phone that lost the answer which said so.
    fn tell_again(&mut self, repaired: FactId, root: Order) -> Result<(), OfficeFault> {
        for fact in self.tx.facts_of(root)? {
            if fact.id.writer == self.device.writer && fact.order != root {
                self.acknowledge(fact.id.seq, fact.order, root, fact.late);
            }
        }
        for refused in self.tx.refusals_for(self.device.writer, repaired)? {
            if refused.id != repaired {
                self.outcome.refused.push(Refused { seq: refused.id.seq, code: refused.code });
            }
        }
        Ok(())
    }

    fn fresh(&mut self, mut fact: Fact) -> Result<(), OfficeFault> {
        let named_root = fact.root;
        let root = match self.root(&fact)? {
            Root::Own => None,
            Root::Known(order, id) => {
                fact.root = id;
                Some(order)
            }
            Root::Waits(_) if fieldbook_model::planted!(HeldLost) => {
                self.outcome.held.push(fact.id.seq);
                return Ok(());
            }
            Root::Waits(_) if self.tell_erased(&fact) => return Ok(()),
            Root::Waits(waits_for) => {
                self.tx.insert_held(&HeldFact {
                    id: fact.id,
                    content: fact.content().to_vec(),
                    hash: fact.hash(),
                    waits_for,
                })?;
                self.outcome.held.push(fact.id.seq);
                return Ok(());
            }
            Root::Unknown => {
                self.tell_erased(&fact);
                return self.refuse(&fact, named_root, Refusal::UnknownRoot);
            }
        };
        match self.work.judge(self.tx, &self.actor, &fact, root)? {
            Ok(standing) => {
                let late = standing == Standing::Late;
                let order = self.work.accept(self.tx, &fact, root, late, FeedOp::New)?;
                self.acknowledge(fact.id.seq, order, root.unwrap_or(order), late);
                if matches!(fact.kind, Kind::Identity | Kind::Correction) {
                    let accepted = self.tx.fact(fact.id)?;
                    let private = accepted.filter(|accepted| accepted.private.is_some());
                    self.outcome.private_roots.extend(private.map(|accepted| accepted.root));
                }
                self.put_right(&fact, order)?;
                if self.restored {
                    self.tx.remove_offered(fact.id)?;
                    if root.is_none() {
                        self.release(fact.id, fact.id, order)?;
                    } else {
                        refuse_waiting(self.tx, fact.id, self.work.now)?;
                    }
                }
                if erase::pay(self.tx, &self.owed, fact.id, self.work.now)? {
                    self.work.forget(root.unwrap_or(order));
                }
                Ok(())
            }
            Err(refusal) => {
                self.tell_erased(&fact);
                let told = self.told(root, refusal)?;
                self.refuse(&fact, named_root, told)
            }
        }
    }

    /// Tells the phone to erase this fact when an erasure from before a restore names it; whether one does.
    fn tell_erased(&mut self, fact: &Fact) -> bool {
        let owed = self.owed.iter().any(|entry| entry.names(fact.id, &fact.hash()));
        if owed {
            self.outcome.erased.push(Item { id: fact.id, order: None, content: Content::Erased(fact.hash()) });
        }
        owed
    }

    /// The reason as this person may hear it: a case that was never theirs to see looks as if there were none.
    fn told(&mut self, root: Option<Order>, refusal: Refusal) -> Result<Refusal, OfficeFault> {
        let Some(root) = root.filter(|_| !matches!(refusal, Refusal::PostEnded | Refusal::TooLate)) else {
            return Ok(refusal);
        };
        let own = self.tx.fact_at(root)?.is_some_and(|first| self.actor.wrote(first.id));
        let scope = self.work.reference.scope(self.device.person, self.work.today);
        let seen = own || self.tx.channels_of(root)?.iter().any(|channel| scope.has(*channel));
        Ok(if seen { refusal } else { Refusal::UnknownRoot })
    }

    fn root(&mut self, fact: &Fact) -> Result<Root, OfficeFault> {
        if fact.is_root() {
            return Ok(Root::Own);
        }
        if let Some(order) = self.work.begun(fact.root) {
            return Ok(Root::Known(order, fact.root));
        }
        let named = goes_on_as(self.tx, fact.root)?;
        if let Some(known) = self.tx.fact(named)? {
            return Ok(if known.is_root() { Root::Known(known.order, known.id) } else { Root::Unknown });
        }
        let waits = self.restored || (self.is_own(fact, named) && self.tx.refusal(named)?.is_some());
        Ok(if waits { Root::Waits(named) } else { Root::Unknown })
    }

    fn is_own(&self, fact: &Fact, other: FactId) -> bool {
        other.writer == fact.id.writer || self.actor.wrote(other)
    }

    /// The refused root of the same person that this fact repairs, when none did before. A restored office may have forgotten
    /// that it refused it.
    fn repaired_by(&mut self, fact: &Fact) -> Result<Option<FactId>, OfficeFault> {
        let Some(repaired) = fact.repairs.filter(|repaired| fact.is_root() && self.is_own(fact, *repaired)) else {
            return Ok(None);
        };
        let refused = self.tx.refusal(repaired)?.is_some() || (self.restored && self.tx.fact(repaired)?.is_none());
        Ok((refused && self.tx.alias(repaired)?.is_none()).then_some(repaired))
    }

    /// When an accepted fact puts a refused one right, those that waited for the refused one move here.
    fn put_right(&mut self, fact: &Fact, root: Order) -> Result<(), OfficeFault> {
        let Some(repaired) = self.repaired_by(fact)? else {
            return Ok(());
        };
        if !fieldbook_model::planted!(AliasForgotten) {
            self.tx.insert_alias(repaired, fact.id)?;
        }
        if fieldbook_model::planted!(HeldNotReleased) {
            return Ok(());
        }
        self.release(repaired, fact.id, root)
    }

    /// Judges what waited for a root that is here now, and tells what became of this phone's facts among it.
    fn release(&mut self, waited_for: FactId, root_id: FactId, root: Order) -> Result<(), OfficeFault> {
        for (id, verdict) in release(self.tx, self.work, &self.owed, waited_for, root_id, root)? {
            if id.writer != self.device.writer {
                continue;
            }
            match verdict {
                Ok((order, late)) => self.acknowledge(id.seq, order, root, late),
                Err(refusal) => self.outcome.refused.push(Refused { seq: id.seq, code: refusal.code() }),
            }
        }
        Ok(())
    }

    fn refuse(&mut self, fact: &Fact, root: FactId, refusal: Refusal) -> Result<(), OfficeFault> {
        let (id, hash, code) = (fact.id, fact.hash(), refusal.code());
        self.tx.insert_refusal(&RefusedFact { id, hash, code, root, at: self.work.now })?;
        self.outcome.refused.push(Refused { seq: id.seq, code });
        self.let_go(fact)
    }

    /// A repair that is refused too: its phone files what hung on the first record anew under the repair, so nobody has to follow
    /// a chain through facts that never came to them.
    fn let_go(&mut self, fact: &Fact) -> Result<(), OfficeFault> {
        let Some(repaired) = self.repaired_by(fact)? else {
            return Ok(());
        };
        for held in self.tx.held_for(repaired)? {
            self.tx.remove_held(held.id)?;
        }
        Ok(())
    }

    fn acknowledge(&mut self, seq: u64, order: Order, root: Order, late: bool) {
        self.outcome.acknowledge(seq, order, root, late);
    }
}

fn same(id: FactId, hash: &FactHash, known: &FactHash) -> Result<(), OfficeFault> {
    if hash == known || fieldbook_model::planted!(CloneOverlooked) {
        return Ok(());
    }
    Err(OfficeFault::phone(FaultCode::Cloned, format!("{id} is known here with other content")))
}
