//! What goes on after a refused root: the chain of what repaired it, and the facts that waited for it.

use fieldbook_model::case::{Refusal, Standing};
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order};

use super::OfficeFault;
use super::accept::Work;
use super::erase::{self, ErasureEntry};
use crate::storage::{FeedOp, RefusedFact, Tx};

/// How long a chain of repairs may be; a repair of a repair of a repair is one thing, a ring another.
const LONGEST_CHAIN: usize = 64;

/// The root that goes on for this one: itself, or what repaired it, and so on.
pub(crate) fn goes_on_as(tx: &mut dyn Tx, root: FactId) -> Result<FactId, OfficeFault> {
    let mut now = root;
    for _ in 0..LONGEST_CHAIN {
        let Some(next) = (if tx.fact(now)?.is_none() { tx.alias(now)? } else { None }) else {
            break;
        };
        now = next;
    }
    Ok(now)
}

/// After a restore: what waited for this number, which a phone that had been put back gave to something that begins no case.
pub(crate) fn refuse_waiting(tx: &mut dyn Tx, waited_for: FactId, now: i64) -> Result<(), OfficeFault> {
    for held in tx.held_for(waited_for)? {
        tx.remove_held(held.id)?;
        let code = Refusal::UnknownRoot.code();
        tx.insert_refusal(&RefusedFact { id: held.id, hash: held.hash, code, root: waited_for, at: now })?;
    }
    Ok(())
}

type Released = Vec<(FactId, Result<(Order, bool), Refusal>)>;

/// Judges the facts that waited for `waited_for`, which now is the case `root`. Their bytes stay as they are. They are
/// announced to their own phone too, which may have lost the answer that acknowledges them.
pub(crate) fn release(
    tx: &mut dyn Tx,
    work: &mut Work,
    owed: &[ErasureEntry],
    waited_for: FactId,
    root_id: FactId,
    root: Order,
) -> Result<Released, OfficeFault> {
    let mut released = Vec::new();
    for held in tx.held_for(waited_for)? {
        tx.remove_held(held.id)?;
        let mut fact = Fact::open(held.id, held.content)?;
        fact.root = root_id;
        let Some(person) = work.reference.person_of(held.id.writer) else {
            continue;
        };
        let actor = work.reference.actor(person);
        let verdict = match work.judge(tx, &actor, &fact, Some(root))? {
            Ok(standing) => {
                let late = standing == Standing::Late;
                let order = work.accept(tx, &fact, Some(root), late, FeedOp::Joined)?;
                if erase::pay(tx, owed, held.id, work.now)? {
                    work.forget(root);
                }
                Ok((order, late))
            }
            Err(refusal) => {
                let (hash, code) = (held.hash, refusal.code());
                tx.insert_refusal(&RefusedFact { id: held.id, hash, code, root: waited_for, at: work.now })?;
                Err(refusal)
            }
        };
        released.push((held.id, verdict));
    }
    Ok(released)
}
