//! Comparing what this phone holds with what the office told it to hold, and exchanging only the difference.

use std::collections::BTreeSet;

use fieldbook_model::fact::FactHash;
use fieldbook_model::id::FactId;
use fieldbook_protocol::digest::{BUCKETS, Digest, bucket};
use fieldbook_protocol::sync::CheckAnswer;

use super::{Sent, SyncState};
use crate::store::{FactState, Reading, StoreError, Writing};

impl Reading<'_> {
    /// The digest of each part of the confirmed facts held here.
    pub fn digest_parts(&self) -> Result<Vec<Digest>, StoreError> {
        let mut parts = vec![Digest::default(); BUCKETS];
        let mut statement = self.sql().prepare_cached("SELECT hash FROM facts WHERE ord IS NOT NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let hash: FactHash = row.get(0)?;
            if let Some(part) = parts.get_mut(bucket(&hash)) {
                part.add(&hash);
            }
        }
        Ok(parts)
    }

    /// Facts to ask for by name, at most so many.
    pub fn wanted(&self, most: usize) -> Result<Vec<FactId>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT fact FROM wanted ORDER BY fact LIMIT ?1")?;
        let nos = statement
            .query_map([i64::try_from(most).unwrap_or(i64::MAX)], |row| row.get(0))?
            .collect::<Result<Vec<i64>, _>>()?;
        nos.into_iter().map(|no| self.id(no)).collect()
    }

    /// Whether there is something to ask for by name.
    pub fn has_wanted(&self) -> Result<bool, StoreError> {
        Ok(self.sql().prepare_cached("SELECT 1 FROM wanted LIMIT 1")?.exists([])?)
    }

    fn confirmed_in(&self, part: usize) -> Result<Vec<(i64, FactId)>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT id, hash FROM facts WHERE ord IS NOT NULL")?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let hash: FactHash = row.get(1)?;
            if bucket(&hash) == part {
                let no = row.get(0)?;
                found.push((no, self.id(no)?));
            }
        }
        Ok(found)
    }
}

impl Writing<'_> {
    /// Takes in the outcome of a comparison: what the office does not name goes, what is missing is asked for.
    pub(super) fn compared(
        &mut self,
        state: &mut SyncState,
        sent: &Sent,
        answer: Option<&CheckAnswer>,
        now: i64,
    ) -> Result<(), StoreError> {
        if !sent.checked {
            return Ok(());
        }
        state.check_parts = false;
        let Some(answer) = answer else {
            return Ok(());
        };
        if !answer.same && !sent.parts {
            state.check_parts = true;
            return Ok(());
        }
        for (part, named) in answer.parts.iter().flatten() {
            self.mend(*part as usize, named)?;
        }
        state.last_check = Some(now);
        self.ask_after()
    }

    /// Once a day: what became of own facts that wait and of others' that were offered. The news of it may have gone to a phone
    /// that was restored, or to nobody, when the case is not for this phone any more.
    fn ask_after(&mut self) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached(
                "INSERT OR IGNORE INTO wanted(fact) SELECT id FROM facts WHERE ord IS NULL AND (state = ?1
                   OR state = ?2 AND EXISTS (SELECT 1 FROM to_offer WHERE fact = facts.id AND sent = 1))",
            )?
            .execute([FactState::Held.code(), FactState::Offered.code()])?;
        Ok(())
    }

    fn mend(&mut self, part: usize, named: &[FactId]) -> Result<(), StoreError> {
        let named: BTreeSet<FactId> = named.iter().copied().collect();
        let held = self.confirmed_in(part)?;
        for (no, id) in &held {
            if !named.contains(id) {
                tracing::info!(fact = %id, "not for this phone any more");
                self.forget(*no)?;
            }
        }
        let held: BTreeSet<FactId> = held.into_iter().map(|(_, id)| id).collect();
        for id in named.difference(&held) {
            let no = self.no(*id)?;
            self.sql().prepare_cached("INSERT OR IGNORE INTO wanted(fact) VALUES(?1)")?.execute([no])?;
        }
        Ok(())
    }

    /// A fact that is not for this phone any more goes without a byte left of it, as a dropped case does. Its photo is owed to
    /// the office until it has gone.
    pub(super) fn forget(&mut self, no: i64) -> Result<(), StoreError> {
        self.sql().prepare_cached("UPDATE blobs SET of_fact = NULL WHERE of_fact = ?1 AND state = 1")?.execute([no])?;
        self.sql().prepare_cached("DELETE FROM drafts WHERE first <= ?1 AND ?1 <= last")?.execute([no])?;
        self.owes_scrub()?;
        self.unrecord(no)
    }

    /// What was asked for by name has come, or will not. What waited at the office and is unknown there waits no longer: an own fact
    /// goes again, one of a writer this phone was before is filed again.
    pub(super) fn asked(&mut self, sent: &Sent, unknown: &[FactId], now: i64) -> Result<(), StoreError> {
        for id in &sent.want {
            let no = self.no(*id)?;
            self.sql().prepare_cached("DELETE FROM wanted WHERE fact = ?1")?.execute([no])?;
        }
        let mut lost = Vec::new();
        for id in unknown.iter().filter(|id| sent.want.contains(id)) {
            let Some(kept) = self.fact(*id)?.filter(|kept| kept.state == FactState::Held) else { continue };
            if id.writer == sent.writer {
                self.set_state(*id, FactState::Sent, None)?;
            } else if kept.saved_at.is_some() {
                lost.push(kept);
            }
        }
        self.file_lost_again(lost, now)
    }
}
