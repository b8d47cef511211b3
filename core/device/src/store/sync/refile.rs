//! An enrolment that repairs the phone's standing: a new writer for a cloned phone, a known token for a restored office.

use std::collections::BTreeMap;

use fieldbook_model::fact::Fact;
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::map;
use fieldbook_protocol::enrol::{EnrolAnswer, Former, Known};
use fieldbook_protocol::sync::SyncAnswer;
use fieldbook_protocol::token::Token;
use minicbor::{Decode, Encode};
use rusqlite::params;

use super::{Enrolment, SyncState, Trouble};
use crate::store::{Account, FactState, Kept, Reading, SealedToken, StoreError, Writing};

/// Where a first enrolment under way lies among the single values.
pub(super) const INTENDED: &str = "intended_enrolment";

#[derive(Encode, Decode)]
#[cbor(map)]
struct Intended {
    #[n(0)]
    code: String,
    #[n(1)]
    writer: u64,
    #[n(2)]
    token: SealedToken,
}

/// The most facts asked about at once when this phone becomes another writer: what an enrolment has room for.
const MOST_FORMER: usize = 3_000;

impl Reading<'_> {
    /// What is not confirmed under the writer this phone is. The office may know it all the same: an answer was lost, or a copy
    /// of this phone has sent it.
    pub fn former(&self) -> Result<Option<Former>, StoreError> {
        let Some(account) = self.find_account()? else { return Ok(None) };
        let unconfirmed = self.unconfirmed_of(account.writer)?;
        let facts: Vec<_> = unconfirmed.iter().take(MOST_FORMER).map(|kept| (kept.id.seq, kept.hash.into())).collect();
        Ok((!facts.is_empty()).then_some(Former { writer: account.writer.0, facts }))
    }

    fn unconfirmed_of(&self, writer: WriterId) -> Result<Vec<Kept>, StoreError> {
        let Some(first) = self.find_no(FactId::new(writer, 0))? else {
            return Ok(Vec::new());
        };
        let mut statement = self.sql().prepare_cached(
            "SELECT id FROM facts WHERE ord IS NULL AND state IN (2, 3) AND content IS NOT NULL AND id >= ?1 AND id < ?1 + (1 << 40)
             ORDER BY id",
        )?;
        let nos = statement.query_map([first], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut facts = Vec::with_capacity(nos.len());
        for no in nos {
            facts.extend(self.fact(self.id(no)?)?);
        }
        Ok(facts)
    }
}

impl Writing<'_> {
    /// Keeps writer and token of a first enrolment before its code is used up, and gives those already kept for the same code:
    /// asking again after a lost answer must ask for the same.
    pub fn intend_account(&mut self, code: &str, writer: WriterId, token: Token) -> Result<(WriterId, Token), StoreError> {
        if let Some(kept) = self.meta::<Vec<u8>>(INTENDED)?
            && let Ok(kept) = minicbor::decode::<Intended>(&kept)
            && kept.code == code
            && let Some(token) = self.seal().open(&kept.token)
        {
            return Ok((WriterId(kept.writer), token));
        }
        let intended = Intended { code: code.to_owned(), writer: writer.0, token: self.seal().seal(token)? };
        let bytes = minicbor::to_vec(intended).map_err(|e| StoreError::Corrupt { reason: format!("enrolment: {e}") })?;
        self.set_meta(INTENDED, bytes)?;
        Ok((writer, token))
    }

    /// The first enrolment: this phone becomes a writer. `token` and `writer` are what was asked with.
    pub fn begin_account(
        &mut self,
        writer: WriterId,
        token: [u8; 32],
        answer: &EnrolAnswer,
        now: i64,
    ) -> Result<(), StoreError> {
        let mut state = self.sync_state()?;
        let token = self.seal().seal(Token(token))?;
        state.enrolment = Some(Enrolment { writer: writer.0, token, by_certificate: false, awaiting: false });
        self.set_sync_state(&state)?;
        self.remove_meta(INTENDED)?;
        self.take_enrolment(answer, now)
    }

    /// The office agreed to the enrolment under way. With a new writer, everything that did not arrive is filed again under
    /// it, in the same order, receipts unchanged.
    pub fn take_enrolment(&mut self, answer: &EnrolAnswer, now: i64) -> Result<(), StoreError> {
        let mut state = self.sync_state()?;
        let Some(enrolment) = state.enrolment.take() else {
            return Ok(());
        };
        let before = self.find_account()?;
        let account = Account { writer: enrolment.writer(), person: answer.person, label: answer.label.clone() };
        match before {
            Some(before) if before.writer != account.writer => {
                self.hear_of_former(before.writer, answer, now)?;
                let taken = answer.known.as_ref().and_then(|known| known.taken.as_deref()).unwrap_or_default();
                self.file_again(&before, &account, taken, now)?;
                forget_position(&mut state);
            }
            Some(_) | None => self.set_account(&account)?,
        }
        state.token = Some(enrolment.token);
        (state.next_token, state.previous_token) = (None, None);
        state.token_since = now;
        state.certificate = Some(answer.certificate.clone());
        (state.stopped, state.failing) = (None, None);
        state.limits = Some(answer.limits);
        state.skew = answer.now - now;
        if state.epoch == 0 {
            state.epoch = answer.epoch;
        }
        self.set_sync_state(&state)
    }

    /// What had arrived under the former writer stays as it is, with the verdict it got.
    fn hear_of_former(&mut self, writer: WriterId, answer: &EnrolAnswer, now: i64) -> Result<(), StoreError> {
        let Some(known) = answer.known.clone() else { return Ok(()) };
        let Known { acknowledged, refused, held, late, erased, taken: _ } = known;
        for seq in erased.into_iter().flatten() {
            let no = self.no(FactId::new(writer, seq))?;
            self.forget(no)?;
        }
        // They were asked about with their hashes, sent from here or from a copy of this phone.
        let asked = self.unconfirmed_of(writer)?.iter().map(|kept| kept.id.seq).collect();
        self.judged(writer, &asked, &SyncAnswer { acknowledged, refused, held, late, ..SyncAnswer::default() }, now)
    }

    /// What the office had confirmed before it was restored keeps its id, under which others hold it, and is offered as theirs is;
    /// unless something else has taken its number there, or that of its case.
    fn leave_to_offer(&mut self, writer: WriterId, taken: &[u64]) -> Result<(), StoreError> {
        let is_taken = |id: FactId| id.writer == writer && taken.contains(&id.seq);
        for kept in self.unconfirmed_of(writer)? {
            if is_taken(kept.id) || kept.fact.as_ref().is_some_and(|fact| is_taken(fact.root)) {
                continue;
            }
            let no = self.no(kept.id)?;
            if self.sql().prepare_cached("SELECT 1 FROM to_offer WHERE fact = ?1")?.exists([no])? {
                self.set_state(kept.id, FactState::Offered, None)?;
            }
        }
        Ok(())
    }

    fn file_again(&mut self, before: &Account, account: &Account, taken: &[u64], now: i64) -> Result<(), StoreError> {
        self.set_account(account)?;
        self.leave_to_offer(before.writer, taken)?;
        let unconfirmed = self.unconfirmed_of(before.writer)?;
        let moved: BTreeMap<FactId, FactId> =
            (1..).zip(&unconfirmed).map(|(seq, kept)| (kept.id, FactId::new(account.writer, seq))).collect();
        let replace = |id: FactId| moved.get(&id).copied().unwrap_or(id);
        let all = if fieldbook_model::planted!(RefiledInPart) { 1 } else { unconfirmed.len() };
        for kept in unconfirmed.iter().take(all) {
            self.file_one_again(kept, &replace, now)?;
        }
        self.move_drafts(&replace)?;
        tracing::warn!(facts = unconfirmed.len(), "filed again under a new writer");
        self.add_trouble(Trouble::Refiled, None, &format!("{} facts filed again as {}", unconfirmed.len(), account.writer), now)
    }

    /// A repair was refused too: what hung on the record before it is filed again under the repair. Others never hear of either,
    /// so what reaches them may only name the one that is taken in the end.
    pub(in crate::store) fn take_along(&mut self, repair: FactId, now: i64) -> Result<(), StoreError> {
        let Some(before) = self.fact(repair)?.and_then(|kept| kept.fact.filter(Fact::is_root)?.repairs) else {
            return Ok(());
        };
        let hangs = |kept: &Kept| matches!(kept.state, FactState::Waiting | FactState::Sent | FactState::Held);
        let mut followers = self.facts_of(before)?;
        followers.retain(|kept| kept.id != before && hangs(kept) && kept.saved_at.is_some());
        self.file_all_again(followers, BTreeMap::from([(before, repair)]), now).map(|_| ())
    }

    /// What waited at the office under a writer this phone was, and is unknown there now, is filed again under the case that its own
    /// became.
    pub(super) fn file_lost_again(&mut self, lost: Vec<Kept>, now: i64) -> Result<(), StoreError> {
        let mut moved = BTreeMap::new();
        for fact in lost.iter().filter_map(|kept| kept.fact.as_ref()).filter(|fact| !fact.is_root()) {
            moved.insert(fact.root, self.resolve(fact.root)?);
        }
        self.file_all_again(lost, moved, now).map(|_| ())
    }

    /// What its person gave up makes room for what the office has under its id.
    pub(super) fn keep_given_up(&mut self, id: FactId, now: i64) -> Result<(), StoreError> {
        let mut given_up = self.facts_of(id)?;
        given_up.retain(|kept| kept.state == FactState::Discarded);
        if given_up.is_empty() {
            given_up.extend(self.fact(id)?);
        }
        for again in self.file_all_again(given_up, BTreeMap::new(), now)?.into_values() {
            self.set_state(again, FactState::Discarded, None)?;
        }
        Ok(())
    }

    /// `moved` says what became of facts that these name; gives it with these.
    fn file_all_again(
        &mut self,
        mut facts: Vec<Kept>,
        mut moved: BTreeMap<FactId, FactId>,
        now: i64,
    ) -> Result<BTreeMap<FactId, FactId>, StoreError> {
        facts.sort_by_key(|kept| kept.id);
        for kept in facts {
            let again = self.file_one_again(&kept, &|id| moved.get(&id).copied().unwrap_or(id), now)?;
            moved.extend(again.map(|again| (kept.id, again)));
        }
        Ok(moved)
    }

    /// Takes a fact out of the log and records what it states again; gives its new id, none when it was erased.
    fn file_one_again(
        &mut self,
        kept: &Kept,
        replace: &dyn Fn(FactId) -> FactId,
        now: i64,
    ) -> Result<Option<FactId>, StoreError> {
        let Some(fact) = &kept.fact else { return Ok(None) };
        let statement = fact.restate(replace)?;
        let old = self.no(kept.id)?;
        self.unrecord(old)?;
        let again = self.record(statement, kept.saved_at.unwrap_or(now))?;
        let new = self.no(again.id)?;
        for sql in [
            "UPDATE blobs SET of_fact = ?2 WHERE of_fact = ?1",
            "UPDATE drafts SET first = ?2 WHERE first = ?1",
            "UPDATE drafts SET last = ?2 WHERE last = ?1",
        ] {
            self.sql().prepare_cached(sql)?.execute(params![old, new])?;
        }
        Ok(Some(again.id))
    }

    /// What is being written may speak of a case that has just got another id.
    fn move_drafts(&mut self, replace: &dyn Fn(FactId) -> FactId) -> Result<(), StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT id, body FROM drafts")?;
        let drafts = statement
            .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        for (id, body) in drafts {
            let Ok(moved) = map::rewrite_references(&body, replace) else {
                continue;
            };
            if moved != body {
                self.sql().prepare_cached("UPDATE drafts SET body = ?2 WHERE id = ?1")?.execute(params![id, moved])?;
            }
        }
        Ok(())
    }
}

/// The office keeps its place in the log per writer; a new writer begins anew, and what is here already is passed over.
fn forget_position(state: &mut SyncState) {
    state.cursor = None;
    state.last_check = None;
    state.check_parts = false;
}
