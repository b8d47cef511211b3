//! What a phone is sent: what is new in its channels, all of a channel it gained, and the cases it must drop.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use fieldbook_model::body::Kind;
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::pack::{Content, Item, MAX_FACTS};

use super::OfficeFault;
use super::cursor::{Change, Cursor};
use super::scope::{ChannelKind, Scope, kind_of, set_id};
use crate::storage::{ChannelNo, FeedOp, Pos, StoredFact, Tx};

/// The most cases one answer drops.
const MOST_DROPS: usize = 1_000;

/// Rows of the feed read at a time.
const PAGE: usize = 256;

/// Above this, how many facts are waiting is only estimated.
const COUNTED: usize = 2_000;

/// Bytes a fact takes besides its content, roughly.
const OVERHEAD: usize = 8;

/// What an answer has so far.
pub(crate) struct Pull<'a> {
    tx: &'a mut dyn Tx,
    scope: &'a Scope,
    own: WriterId,
    /// Facts this very answer acknowledges with their order.
    acknowledged: BTreeSet<Order>,
    room: usize,
    items: BTreeMap<Order, Item>,
    drops: BTreeMap<Order, FactId>,
    /// Facts the phone asked for that are not for it.
    gone: BTreeSet<FactId>,
    channels: HashMap<Order, Vec<ChannelNo>>,
}

/// What an answer carries. A case that is both dropped and sent is dropped first, then what is sent of it counts.
pub(crate) struct Pulled {
    pub items: Vec<Item>,
    pub drops: Vec<FactId>,
    pub cursor: Cursor,
    pub more: usize,
}

impl<'a> Pull<'a> {
    pub fn new(tx: &'a mut dyn Tx, scope: &'a Scope, own: WriterId, room: usize) -> Self {
        let (items, drops, channels) = (BTreeMap::new(), BTreeMap::new(), HashMap::new());
        Self { tx, scope, own, acknowledged: BTreeSet::new(), room, items, drops, gone: BTreeSet::new(), channels }
    }

    /// Leaves out what this answer tells the phone by acknowledging it.
    pub fn acknowledged(self, acknowledged: BTreeSet<Order>) -> Self {
        Self { acknowledged, ..self }
    }

    /// Adds facts the phone asked for by id, as far as it may see them. A case it does not see any more it drops, and a fact that it
    /// may not see by its own name: the phone may know it under a root that was refused since. So goes another's that was refused.
    pub fn wanted(&mut self, ids: &[FactId]) -> Result<(), OfficeFault> {
        for id in ids.iter().take(MAX_FACTS) {
            let is_gone = match self.tx.fact(*id)? {
                Some(fact) if self.visible(&fact)? => {
                    self.add(&fact)?;
                    false
                }
                Some(fact) => {
                    self.drop_if_unseen(fact.root)?;
                    true
                }
                None => id.writer != self.own && self.tx.refusal(*id)?.is_some(),
            };
            if is_gone {
                self.gone.insert(*id);
            }
        }
        Ok(())
    }

    /// Drops those of these cases that the phone does not see.
    pub fn drop_unseen(&mut self, roots: &BTreeSet<Order>) -> Result<(), OfficeFault> {
        roots.iter().try_for_each(|root| self.drop_if_unseen(*root).map(|_| ()))
    }

    /// Takes back what was for few only and is not for this phone: its person wrote it in a post held no longer.
    pub fn take_back_private(&mut self, roots: &BTreeSet<Order>) -> Result<(), OfficeFault> {
        for root in roots.iter().filter(|root| !self.drops.contains_key(root)).copied().collect::<Vec<_>>() {
            let hidden =
                |fact: &StoredFact| fact.id.writer == self.own && fact.private.is_some_and(|private| !self.scope.has(private));
            if self.tx.facts_of(root)?.iter().any(hidden) {
                self.send_again_without(root)?;
            }
        }
        Ok(())
    }

    /// Goes on from the cursor as far as there is room.
    pub fn run(mut self, mut cursor: Cursor) -> Result<Pulled, OfficeFault> {
        let done = self.advance(&mut cursor)?;
        let more = if done { 0 } else { self.count_rest(&cursor)?.max(1) };
        let mut drops: Vec<FactId> = self.drops.into_values().collect();
        self.gone.retain(|id| !drops.contains(id));
        drops.extend(self.gone);
        Ok(Pulled { items: self.items.into_values().collect(), drops, cursor, more })
    }

    fn advance(&mut self, cursor: &mut Cursor) -> Result<bool, OfficeFault> {
        loop {
            if let Some(mut change) = cursor.change {
                let finished = self.change(cursor, &mut change)?;
                cursor.change = Some(change);
                if !finished {
                    return Ok(false);
                }
                cursor.set = change.to;
                cursor.change = None;
            }
            if cursor.set == self.scope.id {
                return self.forward(cursor);
            }
            self.tx.put_channel_set(self.scope.id, &self.scope.channels)?;
            cursor.change = Some(Change::to(self.scope.id));
            cursor.lacks_own = Some(self.tx.feed_head()?);
        }
    }

    fn change(&mut self, cursor: &Cursor, change: &mut Change) -> Result<bool, OfficeFault> {
        let from = self.set(cursor.set)?;
        let to = self.set(change.to)?;
        if !change.filling {
            let lost: Vec<ChannelNo> = from.iter().copied().filter(|channel| to.binary_search(channel).is_err()).collect();
            if !self.lose(&lost, cursor.pos, change)? {
                return Ok(false);
            }
            *change = Change { filling: true, channel: 0, at: 0, ..*change };
        }
        let mut gained: Vec<ChannelNo> = to.iter().copied().filter(|channel| from.binary_search(channel).is_err()).collect();
        gained.sort_by_key(|channel| (kind_of(*channel), *channel));
        self.fill(&from, &gained, cursor.pos, change)
    }

    /// Drops what was only in lost channels. False when the answer is full.
    fn lose(&mut self, lost: &[ChannelNo], pos: Pos, change: &mut Change) -> Result<bool, OfficeFault> {
        while let Some(channel) = lost.get(change.channel as usize).copied() {
            if change.at == 0 {
                // Cases that left the channel after the phone last looked at it.
                for row in self.tx.feed_of(channel, pos, Pos::MAX, usize::MAX)? {
                    if row.op == FeedOp::Gone {
                        self.drop_if_unseen(row.order)?;
                    }
                }
            }
            let private = kind_of(channel) == ChannelKind::Private;
            loop {
                let after = Order(change.at);
                let roots = if private {
                    self.tx.roots_with_private(channel, after, PAGE)?
                } else {
                    self.tx.roots_in(channel, after, PAGE)?
                };
                if roots.is_empty() {
                    break;
                }
                for root in roots {
                    if self.drops.len() >= MOST_DROPS || self.is_full() {
                        return Ok(false);
                    }
                    if !self.drop_if_unseen(root)? && private {
                        self.send_again_without(root)?;
                    }
                    change.at = root.0;
                }
            }
            *change = Change { channel: change.channel + 1, at: 0, ..*change };
        }
        Ok(true)
    }

    /// A phone drops whole cases only; one that lost sight of a single private fact drops the case and gets the rest back.
    fn send_again_without(&mut self, root: Order) -> Result<(), OfficeFault> {
        for fact in self.tx.facts_of(root)? {
            if fact.is_root() {
                self.drops.insert(root, fact.id);
            }
            if self.visible(&fact)? {
                self.add(&fact)?;
            }
        }
        Ok(())
    }

    /// Sends what gained channels had up to where the phone stands. False when the answer is full.
    fn fill(&mut self, from: &[ChannelNo], gained: &[ChannelNo], until: Pos, change: &mut Change) -> Result<bool, OfficeFault> {
        while let Some(channel) = gained.get(change.channel as usize).copied() {
            while self.scope.has(channel) {
                let rows = self.tx.feed_of(channel, change.at, until, PAGE)?;
                if rows.is_empty() {
                    break;
                }
                for row in rows {
                    if self.is_full() {
                        return Ok(false);
                    }
                    if row.op != FeedOp::Gone {
                        self.fill_one(row.order, channel, from, gained)?;
                    }
                    change.at = row.pos;
                }
            }
            *change = Change { channel: change.channel + 1, at: 0, ..*change };
        }
        Ok(true)
    }

    fn fill_one(
        &mut self,
        order: Order,
        channel: ChannelNo,
        from: &[ChannelNo],
        gained: &[ChannelNo],
    ) -> Result<(), OfficeFault> {
        let Some(fact) = self.tx.fact_at(order)? else {
            return Ok(());
        };
        if !self.visible(&fact)? {
            return Ok(());
        }
        if fact.private.is_some() {
            return self.add(&fact);
        }
        let has = |list: &[ChannelNo], channel: &ChannelNo| list.contains(channel);
        let of_case = self.channels_of(fact.root)?;
        let seen: Vec<ChannelNo> = of_case.into_iter().filter(|channel| self.scope.has(*channel)).collect();
        let had = seen.iter().any(|channel| from.binary_search(channel).is_ok());
        let first = seen.iter().filter(|channel| has(gained, channel)).min_by_key(|channel| (kind_of(**channel), **channel));
        if had || first != Some(&channel) {
            return Ok(());
        }
        self.add(&fact)?;
        if fact.kind == Kind::Petition && fact.is_root() {
            for part in self.tx.facts_of(fact.root)? {
                if part.private.is_some_and(|private| from.binary_search(&private).is_ok()) && self.visible(&part)? {
                    self.add(&part)?;
                }
            }
        }
        Ok(())
    }

    /// Sends what is new since the cursor. False when the answer is full.
    fn forward(&mut self, cursor: &mut Cursor) -> Result<bool, OfficeFault> {
        loop {
            let rows = self.tx.feed_after(&self.scope.channels, cursor.pos, PAGE)?;
            let last = rows.len() < PAGE;
            for row in rows {
                if self.is_full() {
                    cursor.pos += i64::from(fieldbook_model::planted!(CursorOneTooFar));
                    return Ok(false);
                }
                let lacks_own = cursor.lacks_own.is_some_and(|until| row.pos <= until);
                self.forward_one(row.op, row.order, lacks_own)?;
                cursor.pos = row.pos;
            }
            if last {
                cursor.pos = self.tx.feed_head()? + i64::from(fieldbook_model::planted!(LateCommitSkipped));
                cursor.lacks_own = None;
                return Ok(true);
            }
        }
    }

    fn forward_one(&mut self, op: FeedOp, order: Order, lacks_own: bool) -> Result<(), OfficeFault> {
        if op == FeedOp::Gone {
            return self.drop_if_unseen(order).map(|_| ());
        }
        if op == FeedOp::New && self.acknowledged.contains(&order) {
            return Ok(());
        }
        let Some(fact) = self.tx.fact_at(order)? else {
            return Ok(());
        };
        // The phone's own facts were acknowledged with their order, and dropped since if their case was not in sight then.
        let known_there = op == FeedOp::New && fact.id.writer == self.own && !lacks_own;
        if known_there || !self.visible(&fact)? {
            return Ok(());
        }
        self.add(&fact)
    }

    /// Whether the phone may hold this fact: its case is in one of the phone's channels, and so is the one channel that
    /// may carry it, if there is such a one.
    fn visible(&mut self, fact: &StoredFact) -> Result<bool, OfficeFault> {
        if fact.private.is_some_and(|private| !self.scope.has(private)) && !fieldbook_model::planted!(PrivateToAll) {
            return Ok(false);
        }
        Ok(self.channels_of(fact.root)?.iter().any(|channel| self.scope.has(*channel)))
    }

    fn channels_of(&mut self, root: Order) -> Result<Vec<ChannelNo>, OfficeFault> {
        if let Some(channels) = self.channels.get(&root) {
            return Ok(channels.clone());
        }
        let channels = self.tx.channels_of(root)?;
        self.channels.insert(root, channels.clone());
        Ok(channels)
    }

    /// Drops a case the phone does not see; false when it does.
    fn drop_if_unseen(&mut self, root: Order) -> Result<bool, OfficeFault> {
        if self.channels_of(root)?.iter().any(|channel| self.scope.has(*channel)) {
            return Ok(false);
        }
        if let Some(fact) = self.tx.fact_at(root)? {
            self.drops.insert(root, fact.id);
        }
        Ok(true)
    }

    fn add(&mut self, fact: &StoredFact) -> Result<(), OfficeFault> {
        if self.items.contains_key(&fact.order) {
            return Ok(());
        }
        let content = fact.open()?.map_or(Content::Erased(fact.hash), Content::Whole);
        let bytes = fact.content.as_ref().map_or(fact.hash.len(), Vec::len) + OVERHEAD;
        self.room = self.room.saturating_sub(bytes);
        self.items.insert(fact.order, Item { id: fact.id, order: Some(fact.order), content });
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.room == 0 || self.items.len() + OVERHEAD >= MAX_FACTS
    }

    fn set(&mut self, id: u64) -> Result<Vec<ChannelNo>, OfficeFault> {
        if id == set_id(&[]) {
            return Ok(Vec::new());
        }
        Ok(self.tx.channel_set(id)?.unwrap_or_default())
    }

    /// How many facts are still waiting, up to about [`COUNTED`].
    fn count_rest(&mut self, cursor: &Cursor) -> Result<usize, OfficeFault> {
        let mut count = 0;
        if let Some(change) = cursor.change {
            let (from, to) = (self.set(cursor.set)?, self.set(change.to)?);
            let mut gained: Vec<ChannelNo> = to.into_iter().filter(|channel| from.binary_search(channel).is_err()).collect();
            gained.sort_by_key(|channel| (kind_of(*channel), *channel));
            let begun = if change.filling { change.channel as usize } else { 0 };
            for (n, channel) in gained.into_iter().enumerate().skip(begun) {
                let after = if change.filling && n == begun { change.at } else { 0 };
                count += self.tx.feed_count(channel, after, cursor.pos, COUNTED - count)?;
                if count >= COUNTED {
                    return Ok(count);
                }
            }
        }
        for channel in &self.scope.channels {
            count += self.tx.feed_count(*channel, cursor.pos, Pos::MAX, COUNTED - count)?;
            if count >= COUNTED {
                break;
            }
        }
        Ok(count)
    }
}
