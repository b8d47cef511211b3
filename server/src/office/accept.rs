//! Judging a fact and taking it into the log, with everything that follows from it. Used for what phones push and for
//! what the office writes itself.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use fieldbook_model::body::{Correction, Kind, Photo};
use fieldbook_model::case::{Actor, Case, Placed, Refusal, Standing, judge};
use fieldbook_model::day::Day;
use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, Order};

use super::OfficeFault;
use super::cases;
use super::reference::Reference;
use super::scope::{Channel, NOBODY};
use crate::storage::{ChannelNo, FeedOp, NewFact, StorageError, StoredFact, Tx};

/// What one job keeps at hand while it judges fact after fact.
pub(crate) struct Work {
    pub reference: Arc<Reference>,
    pub now: i64,
    pub today: Day,
    known: HashMap<Order, Vec<Known>>,
    /// The cases that began in this job.
    begun: HashMap<FactId, Order>,
    /// The channels of cases, as long as nothing moves them.
    channels: HashMap<Order, Vec<ChannelNo>>,
}

/// One fact of a case, opened; none when it was erased.
struct Known {
    id: FactId,
    kind: Kind,
    order: Order,
    private: Option<ChannelNo>,
    fact: Option<Fact>,
}

impl Work {
    pub fn begin(tx: &mut dyn Tx, now: i64) -> Result<Self, StorageError> {
        Ok(Self {
            reference: Reference::load(tx)?,
            now,
            today: Day::of(now),
            known: HashMap::new(),
            begun: HashMap::new(),
            channels: HashMap::new(),
        })
    }

    /// The case under this root as it stands; none when it is about the organisation, or its first fact was erased.
    pub fn case(&mut self, tx: &mut dyn Tx, root: Order) -> Result<Option<Case>, OfficeFault> {
        let known = self.known(tx, root)?;
        let Some(first) = known.first() else {
            return Ok(None);
        };
        let placed: Vec<Placed<'_>> =
            known.iter().filter_map(|known| Some(Placed { fact: known.fact.as_ref()?, order: Some(known.order) })).collect();
        let erased: Vec<FactId> = known.iter().filter(|known| known.fact.is_none()).map(|known| known.id).collect();
        Ok(Case::fold(first.id, &placed, &erased))
    }

    /// Judges a fact whose root is resolved (`fact.root` names the first fact of the case, and `root` is its order).
    pub fn judge(
        &mut self,
        tx: &mut dyn Tx,
        actor: &Actor,
        fact: &Fact,
        root: Option<Order>,
    ) -> Result<Result<Standing, Refusal>, OfficeFault> {
        let existing = match root {
            Some(root) => self.case(tx, root)?,
            None => None,
        };
        Ok(judge(&self.reference.tree, actor, fact, existing.as_ref(), self.today))
    }

    /// Takes a judged fact into the log, its channels and their feeds.
    pub fn accept(
        &mut self,
        tx: &mut dyn Tx,
        fact: &Fact,
        root: Option<Order>,
        late: bool,
        op: FeedOp,
    ) -> Result<Order, OfficeFault> {
        let private = self.private_channel(tx, fact, root)?;
        let first = match root {
            Some(root) => self.known(tx, root)?.first().map_or(fact.kind, |first| first.kind),
            None => fact.kind,
        };
        let organisation = !first.begins_case();
        let order = tx.insert_fact(&NewFact { fact, root, private, organisation, received_at: self.now, late })?;
        if fact.kind == Kind::Photo
            && let Ok(photo) = fact.read::<Photo>()
        {
            tx.link_photo(&photo.hash, order)?;
        }
        let known = Known { id: fact.id, kind: fact.kind, order, private, fact: Some(fact.clone()) };
        match root {
            None => {
                self.known.insert(order, vec![known]);
                self.begun.insert(fact.id, order);
            }
            Some(root) => {
                if let Some(case) = self.known.get_mut(&root) {
                    case.push(known);
                }
                match private {
                    Some(channel) => _ = tx.append_feed(channel, op, order)?,
                    None => self.announce(tx, root, order, op)?,
                }
            }
        }
        if organisation {
            Reference::reload(&mut self.reference, tx)?;
            cases::place_reference(tx, &self.reference, fact, order, root.is_none(), op)?;
            return Ok(order);
        }
        let unseen = fact.kind == Kind::CaseEvent && fieldbook_model::planted!(ForwardNotSeen);
        let moves = matches!(fact.kind, Kind::CaseEvent | Kind::Rehomed | Kind::Correction) && !unseen;
        if root.is_none() {
            let first = [Placed { fact, order: Some(order) }];
            if let Some(case) = Case::fold(fact.id, &first, &[]) {
                cases::place_first(tx, &self.reference, &case, order, self.today, op)?;
            }
        } else if let Some(root) = root.filter(|_| moves)
            && let Some(case) = self.case(tx, root)?
        {
            cases::place(tx, &self.reference, &case, root, self.today)?;
            self.channels.remove(&root);
        }
        Ok(order)
    }

    /// Where a case stands that began in this job.
    pub fn begun(&self, id: FactId) -> Option<Order> {
        self.begun.get(&id).copied()
    }

    /// Forgets a case that was changed by other means.
    pub fn forget(&mut self, root: Order) {
        self.known.remove(&root);
        self.channels.remove(&root);
    }

    fn announce(&mut self, tx: &mut dyn Tx, root: Order, order: Order, op: FeedOp) -> Result<(), OfficeFault> {
        let channels = match self.channels.entry(root) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(tx.channels_of(root)?),
        };
        for channel in channels {
            tx.append_feed(*channel, op, order)?;
        }
        Ok(())
    }

    fn known(&mut self, tx: &mut dyn Tx, root: Order) -> Result<&[Known], OfficeFault> {
        match self.known.entry(root) {
            Entry::Occupied(entry) => Ok(entry.into_mut()),
            Entry::Vacant(entry) => {
                let stored = tx.facts_of(root)?;
                let first = stored.first().map(|first| first.id);
                let known = stored.iter().map(|stored| opened(stored, first)).collect::<Result<_, _>>()?;
                Ok(entry.insert(known))
            }
        }
    }

    /// The only channel that may carry this fact: that of the post under which an identity was written, for the identity
    /// and every correction of it.
    fn private_channel(&mut self, tx: &mut dyn Tx, fact: &Fact, root: Option<Order>) -> Result<Option<ChannelNo>, OfficeFault> {
        let Some(root) = root else {
            return Ok(None);
        };
        if fact.kind == Kind::Correction {
            let Ok(Correction { target, .. }) = fact.read() else {
                return Ok(None);
            };
            return Ok(self.known(tx, root)?.iter().find(|known| known.id == target).and_then(|known| known.private));
        }
        if fact.kind != Kind::Identity {
            return Ok(None);
        }
        let first_post = self.known(tx, root)?.first().and_then(|known| known.fact.as_ref()?.post);
        let channel = fact.post.or(first_post).and_then(|post| Channel::Private(post).number(&self.reference));
        Ok(Some(channel.unwrap_or(NOBODY)))
    }
}

/// A fact that waited for a refused root names that one; here it belongs to the root that put it right.
fn opened(stored: &StoredFact, root: Option<FactId>) -> Result<Known, OfficeFault> {
    let mut fact = stored.open()?;
    if let (Some(fact), Some(root)) = (fact.as_mut(), root) {
        fact.root = root;
    }
    Ok(Known { id: stored.id, kind: stored.kind, order: stored.order, private: stored.private, fact })
}
