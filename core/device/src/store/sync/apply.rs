//! An answer of the office, applied in one transaction: facts, verdicts and the new cursor, or nothing.

use std::collections::BTreeSet;

use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::pack::Item;
use fieldbook_protocol::sync::{Acknowledged, SyncAnswer};

use super::{Applied, Sent, SyncState, Trouble};
use crate::store::{Arrived, FactState, Kept, StoreError, Writing};

/// An acknowledged run longer than this is not believed.
const LONGEST_RUN: u64 = 1 << 20;

/// The office was never restored in this one.
const FIRST_EPOCH: u32 = 1;

impl Writing<'_> {
    /// Applies an answer to the request that carried `sent`. `now` is Unix seconds by the phone's clock. Applying the same
    /// answer twice changes nothing the second time.
    pub fn apply(&mut self, sent: &Sent, answer: &SyncAnswer, now: i64) -> Result<Applied, StoreError> {
        let mut state = self.sync_state()?;
        heard(&mut state, answer, now);
        if let Some(restored) = answer.restored.filter(|_| !fieldbook_model::planted!(EpochIgnored)) {
            let progress = answer.epoch != state.epoch;
            self.office_restored(&mut state, answer.epoch, restored)?;
            self.set_sync_state(&state)?;
            return Ok(Applied { progress, cloned: false, unreadable: None });
        }
        state.epoch = answer.epoch;
        let facts = match answer.facts.as_ref().map(|pack| pack.items(sent.writer)).transpose() {
            Ok(facts) => Ok(facts.unwrap_or_default()),
            Err(error) => Err(error.to_string()),
        };
        self.doubt_held(facts.as_deref().unwrap_or_default(), sent, answer)?;
        self.judged(sent.writer, &sent.facts.iter().copied().collect(), answer, now)?;
        // Before the drops: what has been offered may go.
        self.offered(&sent.offered)?;
        let mut applied = Applied { progress: true, cloned: false, unreadable: None };
        match facts {
            Ok(facts) => {
                // What is dropped may come again in part, so dropping comes first.
                for root in answer.drop.iter().flatten().filter(|_| !fieldbook_model::planted!(DropIgnored)) {
                    self.drop_case(*root)?;
                }
                applied.cloned = self.take_in(&facts, now)?;
                applied.progress = self.is_progress(&state, sent, answer, facts.len())?;
                moved_on(&mut state, answer, facts.len());
            }
            Err(why) => {
                state.unreadable = state.unreadable.saturating_add(1);
                self.add_trouble(Trouble::Office, None, &why, now)?;
                applied.unreadable = Some(why);
            }
        }
        self.asked(sent, answer.unknown.as_deref().unwrap_or_default(), now)?;
        self.heard_of_photos(&sent.blobs, answer.blobs.as_deref().unwrap_or_default(), now)?;
        self.compared(&mut state, sent, answer.check.as_ref(), now)?;
        take_next_token(&mut state, sent, now);
        self.set_sync_state(&state)?;
        Ok(applied)
    }

    /// What became of the phone's own facts, of which `asked` were asked about with their bytes or hashes. A first verdict on any
    /// other may be about another fact: a phone that was put back to an older state gives numbers out again.
    pub(super) fn judged(
        &mut self,
        own: WriterId,
        asked: &BTreeSet<u64>,
        answer: &SyncAnswer,
        now: i64,
    ) -> Result<(), StoreError> {
        for run in answer.acknowledged.iter().flatten() {
            self.acknowledged(own, asked, *run)?;
        }
        for refused in answer.refused.iter().flatten().filter(|_| !fieldbook_model::planted!(RefusedRetried)) {
            let id = FactId::new(own, refused.seq);
            if self.is_meant(id, asked)? && self.state_of(id)? != Some(FactState::Discarded) {
                self.refuse(id, refused.code, now)?;
            }
        }
        for refused in answer.refused_before.iter().flatten() {
            let waits = |kept: &Kept| matches!(kept.state, FactState::Held | FactState::Offered);
            let Some(kept) = self.fact(refused.id)?.filter(waits) else { continue };
            if kept.saved_at.is_some() {
                self.refuse(refused.id, refused.code, now)?;
            } else {
                // Another phone of the same person wrote it, and is told.
                let no = self.no(refused.id)?;
                self.forget(no)?;
            }
        }
        for seq in answer.held.iter().flatten() {
            let id = FactId::new(own, *seq);
            if self.is_meant(id, asked)?
                && matches!(self.state_of(id)?, Some(FactState::Waiting | FactState::Sent | FactState::Held))
            {
                self.set_state(id, FactState::Held, None)?;
            }
        }
        for seq in answer.late.iter().flatten() {
            let id = FactId::new(own, *seq);
            if self.is_meant(id, asked)? {
                let no = self.no(id)?;
                self.sql().prepare_cached("INSERT OR IGNORE INTO late(fact) VALUES(?1)")?.execute([no])?;
            }
        }
        Ok(())
    }

    fn acknowledged(&mut self, own: WriterId, asked: &BTreeSet<u64>, run: Acknowledged) -> Result<(), StoreError> {
        for n in 0..run.count.min(LONGEST_RUN) {
            let (Some(seq), Some(order)) = (run.first_seq.checked_add(n), run.first_order.checked_add(n.cast_signed())) else {
                break;
            };
            let id = FactId::new(own, seq);
            if self.is_meant(id, asked)? {
                self.set_state(id, FactState::Confirmed, Some(Order(order)))?;
            }
        }
        Ok(())
    }

    fn is_meant(&self, id: FactId, asked: &BTreeSet<u64>) -> Result<bool, StoreError> {
        let unjudged = |state| matches!(state, FactState::Waiting | FactState::Sent);
        Ok(asked.contains(&id.seq) || !self.state_of(id)?.is_some_and(unjudged))
    }

    /// A case goes with the refused ones that it put right. One fact alone goes when it was offered to the office, or held there
    /// until its case came, and that case is not for this phone any more.
    fn drop_case(&mut self, root: FactId) -> Result<(), StoreError> {
        let no = self.no(root)?;
        let waits_there = |kept: Kept| matches!(kept.state, FactState::Offered | FactState::Held);
        if self.fact(root)?.is_some_and(waits_there) && !self.is_to_offer(no)? {
            self.forget(no)?;
        }
        for old in self.repaired_by(no)? {
            let old_id = self.id(old)?;
            self.drop_root(old_id)?;
            if self.fact(old_id)?.is_some_and(|kept| kept.state.is_out()) {
                self.unrecord(old)?;
            }
        }
        self.drop_root(root)
    }

    /// What waited at the office under a number where it has something else now is without a verdict again: a copy of this phone gave
    /// the number out too, or the phone itself before it was put back, and the office, restored since, had forgotten what waited. So is
    /// what a restored office was only asked about by name and says it has taken: sent again with its bytes, it is known for what it is.
    fn doubt_held(&mut self, facts: &[Item], sent: &Sent, answer: &SyncAnswer) -> Result<(), StoreError> {
        let own = self.account()?.writer;
        for id in sent.want.iter().filter(|id| id.writer == own && answer.epoch > FIRST_EPOCH) {
            let taken = |run: &Acknowledged| id.seq.checked_sub(run.first_seq).is_some_and(|n| n < run.count);
            if answer.acknowledged.iter().flatten().any(taken) && self.state_of(*id)? == Some(FactState::Held) {
                self.set_state(*id, FactState::Sent, None)?;
            }
        }
        for item in facts.iter().filter(|item| item.id.writer == own) {
            let is_another = |kept: Kept| kept.state == FactState::Held && kept.hash != item.hash();
            if self.fact(item.id)?.is_some_and(is_another) {
                self.set_state(item.id, FactState::Sent, None)?;
            }
        }
        Ok(())
    }

    /// True when one of them shows that this phone was cloned.
    fn take_in(&mut self, facts: &[Item], now: i64) -> Result<bool, StoreError> {
        let mut cloned = false;
        let own = self.account()?.writer;
        for item in facts {
            match self.receive(item)? {
                Arrived::New if item.id.writer == own => self.used_before(item)?,
                Arrived::New | Arrived::Known => (),
                Arrived::Differs => cloned |= self.differs(item, now)?,
            }
        }
        Ok(cloned)
    }

    /// The office has other bytes under the id of a fact here. True when that shows that this phone was cloned.
    fn differs(&mut self, item: &Item, now: i64) -> Result<bool, StoreError> {
        let state = self.state_of(item.id)?;
        let is_unjudged = matches!(state, Some(FactState::Waiting | FactState::Sent));
        if is_unjudged && item.id.writer == self.account()?.writer {
            return Ok(true);
        }
        self.add_trouble(Trouble::Conflict, Some(item.id), "the office has another content under this id", now)?;
        if state == Some(FactState::Discarded) {
            // Given up before it was ever sent, by a phone that had been put back: it stays as it is, under a number of its own.
            self.keep_given_up(item.id, now)?;
        }
        if is_unjudged || matches!(state, Some(FactState::Offered | FactState::Discarded)) {
            // Lost in a restore, and its author's phone, put back to an older state too, gave the number out again; or what an
            // erasure left of a fact under a writer this phone was.
            let no = self.no(item.id)?;
            self.forget(no)?;
            self.receive(item)?;
        }
        Ok(false)
    }

    /// Whether the answer settled what the request was for. Without this an office that answers nonsense would be asked
    /// again and again.
    fn is_progress(&self, state: &SyncState, sent: &Sent, answer: &SyncAnswer, facts: usize) -> Result<bool, StoreError> {
        let moved = answer.cursor.is_some() && answer.cursor != state.cursor;
        if answer.more.unwrap_or(0) > 0 && facts == 0 && !moved {
            return Ok(false);
        }
        for seq in &sent.facts {
            let kept = self.fact(FactId::new(sent.writer, *seq))?;
            if !kept.is_some_and(|kept| matches!(kept.state, FactState::Waiting | FactState::Sent)) {
                return Ok(true);
            }
        }
        Ok(sent.facts.is_empty())
    }

    /// The office has these durably; whether it takes them in is for its people to say.
    fn offered(&mut self, facts: &[FactId]) -> Result<(), StoreError> {
        for id in facts {
            let no = self.no(*id)?;
            self.sql().prepare_cached("UPDATE to_offer SET sent = 1 WHERE fact = ?1")?.execute([no])?;
        }
        Ok(())
    }
}

fn heard(state: &mut SyncState, answer: &SyncAnswer, now: i64) {
    state.last_contact = Some(now);
    state.skew = answer.now.saturating_sub(now);
    state.failing = None;
    state.stopped = None;
    if answer.limits.is_some() {
        state.limits = answer.limits;
    }
}

fn moved_on(state: &mut SyncState, answer: &SyncAnswer, facts: usize) {
    if answer.cursor.is_some() {
        state.cursor.clone_from(&answer.cursor);
    }
    let had_all = state.more == 0;
    state.more = answer.more.unwrap_or(0);
    state.received = facts as u64 + if had_all { 0 } else { state.received };
    state.unreadable = 0;
}

/// The office answered a request that announced the next token, so it has it.
fn take_next_token(state: &mut SyncState, sent: &Sent, now: i64) {
    if sent.next_token.is_some() && sent.next_token == state.next_token {
        state.previous_token = state.token.take();
        state.token = state.next_token.take();
        state.token_since = now;
    }
}
