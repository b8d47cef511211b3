//! After a restore: facts of others that phones still had, looked through by the desk and taken back.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook_model::body::{Erasure, Kind};
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_protocol::pack::{Content, Item};

use super::OfficeFault;
use super::accept::Work;
use super::erase::{self, ErasureEntry};
use super::push::{hash_here, known_hash};
use super::repairs::{goes_on_as, release};
use crate::storage::{FeedOp, OfferedFact, Tx};

/// The most offered facts looked at in one transaction.
const MOST: usize = 10_000;

/// Keeps apart what a phone had confirmed before a restore, until the desk looks at it. What hangs on a case whose number stands for
/// another here is not kept: it would be read under that other.
pub(crate) fn keep(tx: &mut dyn Tx, by: WriterId, items: &[Item], at: i64) -> Result<(), OfficeFault> {
    let mut here = BTreeMap::new();
    for item in items {
        here.extend(hash_here(tx, item.id)?.map(|hash| (item.id, hash)));
    }
    let differs = |item: &&Item| here.get(&item.id).is_some_and(|hash| *hash != item.hash());
    let others: BTreeSet<FactId> = items.iter().filter(differs).map(|item| item.id).collect();
    for item in items {
        let (Content::Whole(fact), Some(order)) = (&item.content, item.order) else {
            continue;
        };
        if !here.contains_key(&item.id) && !others.contains(&fact.root) {
            let content = fact.content().to_vec();
            tx.insert_offered(&OfferedFact { id: item.id, order, content, by, at })?;
        }
    }
    Ok(())
}

/// What phones offer, by former order.
pub fn list(tx: &mut dyn Tx) -> Result<Vec<OfferedFact>, OfficeFault> {
    tx.offered(MOST).map_err(Into::into)
}

/// Takes offered facts into the log, what begins a case first, in their former order; all of them when `only` is none. They were
/// judged before, so they are not judged again, but one whose case is still missing stays offered, unless it was erased before the
/// restore. Gives how many are offered no longer by that.
pub fn confirm(tx: &mut dyn Tx, only: Option<&[FactId]>, now: i64) -> Result<usize, OfficeFault> {
    let mut work = Work::begin(tx, now)?;
    let owed = erase::owed(tx)?;
    let mut taken = 0;
    let asked = tx.offered(MOST)?.into_iter().filter(|offered| only.is_none_or(|only| only.contains(&offered.id)));
    let facts = asked.map(|offered| Fact::open(offered.id, offered.content)).collect::<Result<Vec<_>, _>>()?;
    // A case that came again after an earlier restore has a later order than what was written for it before.
    let (roots, others): (Vec<_>, Vec<_>) = facts.into_iter().partition(Fact::is_root);
    for fact in roots.into_iter().chain(others) {
        let id = fact.id;
        if take(tx, &mut work, &owed, fact)? {
            taken += 1;
            if erase::pay(tx, &owed, id, now)? {
                work = Work::begin(tx, now)?;
            }
        }
    }
    Ok(taken)
}

fn take(tx: &mut dyn Tx, work: &mut Work, owed: &[ErasureEntry], mut fact: Fact) -> Result<bool, OfficeFault> {
    // One that was refused when its author sent it again is its author's to put right, and so is one that waits for such a root.
    if known_hash(tx, fact.id)?.is_some() {
        tx.remove_offered(fact.id)?;
        return Ok(false);
    }
    if is_in_ledger(&fact, owed) {
        tx.remove_offered(fact.id)?;
        return Ok(true);
    }
    let root = if fact.is_root() {
        None
    } else {
        let named = goes_on_as(tx, fact.root)?;
        let Some(root) = tx.fact(named)? else {
            let is_owed = owed.iter().any(|entry| entry.names(fact.id, &fact.hash()));
            if is_owed {
                tx.remove_offered(fact.id)?;
            }
            return Ok(is_owed);
        };
        fact.root = root.id;
        Some(root.order)
    };
    tx.remove_offered(fact.id)?;
    let order = work.accept(tx, &fact, root, false, FeedOp::Joined)?;
    if root.is_none() {
        release(tx, work, owed, fact.id, fact.id, order)?;
        if let Some(repaired) = fact.repairs
            && tx.alias(repaired)?.is_none()
        {
            tx.insert_alias(repaired, fact.id)?;
            release(tx, work, owed, repaired, fact.id, order)?;
        }
    }
    Ok(true)
}

/// Whether it is an erasure that the restore has carried out already, or owes. It names facts by number only, which may stand for
/// others by now; the ledger knows which it means.
fn is_in_ledger(fact: &Fact, owed: &[ErasureEntry]) -> bool {
    let is_owed = |id: &FactId| owed.iter().any(|entry| entry.facts.contains(id));
    fact.kind == Kind::Erasure && fact.read::<Erasure>().is_ok_and(|erasure| erasure.facts.iter().all(is_owed))
}
