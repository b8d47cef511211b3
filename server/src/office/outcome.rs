//! What becomes of the facts of a request, as the answer will say it.

use std::collections::BTreeSet;

use fieldbook_model::fact::{self, FactHash};
use fieldbook_model::id::{FactId, Order};
use fieldbook_protocol::pack::Item;
use fieldbook_protocol::sync::{Acknowledged, Refused};

use super::OfficeFault;
use crate::storage::Tx;

/// What became of the facts of one request.
#[derive(Default)]
pub(crate) struct Outcome {
    acknowledged: Vec<(u64, Order)>,
    late: Vec<u64>,
    pub refused: Vec<Refused>,
    pub held: Vec<u64>,
    /// The cases the acknowledged facts belong to.
    pub roots: BTreeSet<Order>,
    /// Those of them in which an acknowledged fact is for few only.
    pub private_roots: BTreeSet<Order>,
    /// Facts that were erased before a restore and found no place since: the phone is to erase them too.
    pub erased: Vec<Item>,
}

impl Outcome {
    /// Adds what became of a further part.
    pub fn join(&mut self, part: Self) {
        self.acknowledged.extend(part.acknowledged);
        self.late.extend(part.late);
        self.refused.extend(part.refused);
        self.held.extend(part.held);
        self.roots.extend(part.roots);
        self.private_roots.extend(part.private_roots);
        self.erased.extend(part.erased);
    }

    /// Acknowledged facts as runs.
    pub fn acknowledged_runs(&mut self) -> Option<Vec<Acknowledged>> {
        self.acknowledged.sort_unstable();
        self.acknowledged.dedup();
        let mut runs: Vec<Acknowledged> = Vec::new();
        for &(seq, Order(order)) in &self.acknowledged {
            match runs.last_mut() {
                Some(run) if run.first_seq + run.count == seq && run.first_order + run.count.cast_signed() == order => {
                    run.count += 1
                }
                _ => runs.push(Acknowledged { first_seq: seq, count: 1, first_order: order }),
            }
        }
        some(runs)
    }

    /// Where the acknowledged facts stand in the order.
    pub fn orders(&self) -> BTreeSet<Order> {
        self.acknowledged.iter().map(|(_, order)| *order).collect()
    }

    /// Sequence numbers of acknowledged facts that came late.
    pub fn take_late(&mut self) -> Option<Vec<u64>> {
        some(std::mem::take(&mut self.late))
    }

    /// Refused facts.
    pub fn take_refused(&mut self) -> Option<Vec<Refused>> {
        some(std::mem::take(&mut self.refused))
    }

    /// Sequence numbers of facts that wait.
    pub fn take_held(&mut self) -> Option<Vec<u64>> {
        some(std::mem::take(&mut self.held))
    }

    /// A fact stands in the log.
    pub fn acknowledge(&mut self, seq: u64, order: Order, root: Order, late: bool) {
        self.acknowledged.push((seq, order));
        self.roots.insert(root);
        if late {
            self.late.push(seq);
        }
    }

    /// Tells what became of a fact, when it came here with this hash.
    pub fn look_up(&mut self, tx: &mut dyn Tx, id: FactId, is_it: impl Fn(&FactHash) -> bool) -> Result<(), OfficeFault> {
        if let Some(known) = tx.fact(id)? {
            if is_it(&known.hash) {
                self.acknowledge(id.seq, known.order, known.root, known.late);
            }
        } else if let Some(refused) = tx.refusal(id)? {
            if is_it(&refused.hash) {
                self.refused.push(Refused { seq: id.seq, code: refused.code });
            }
        } else if tx.held(id)?.is_some_and(|held| is_it(&held.hash)) || is_offered(tx, id, is_it)? {
            self.held.push(id.seq);
        }
        Ok(())
    }

    /// Whether the request brought nothing.
    pub fn is_empty(&self) -> bool {
        self.acknowledged.is_empty() && self.refused.is_empty() && self.held.is_empty()
    }
}

/// After a restore: others brought it, and the desk has not looked at it yet. It waits like one that is held.
fn is_offered(tx: &mut dyn Tx, id: FactId, is_it: impl Fn(&FactHash) -> bool) -> Result<bool, OfficeFault> {
    Ok(tx.offer(id)?.is_some_and(|offered| is_it(&fact::hash(id, &offered.content))))
}

fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    (!list.is_empty()).then_some(list)
}
