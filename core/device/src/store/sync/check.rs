//! Comparing what this phone holds with what the office told it to hold, and exchanging only the difference.

use std::collections::BTreeSet;

use fieldbook_model::fact::FactHash;
use fieldbook_model::id::FactId;
use fieldbook_protocol::digest::{BUCKETS, Digest, bucket};
use fieldbook_protocol::sync::CheckAnswer;

use super::{Sent, SyncState};
use crate::store::{Reading, StoreError, Writing};

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
        Ok(())
    }

    fn mend(&mut self, part: usize, named: &[FactId]) -> Result<(), StoreError> {
        let named: BTreeSet<FactId> = named.iter().copied().collect();
        let held = self.confirmed_in(part)?;
        for (no, id) in &held {
            if !named.contains(id) {
                tracing::info!(fact = %id, "not for this phone any more");
                self.unrecord(*no)?;
            }
        }
        let held: BTreeSet<FactId> = held.into_iter().map(|(_, id)| id).collect();
        for id in named.difference(&held) {
            let no = self.no(*id)?;
            self.sql().prepare_cached("INSERT OR IGNORE INTO wanted(fact) VALUES(?1)")?.execute([no])?;
        }
        Ok(())
    }

    /// What was asked for by name has come, or will not.
    pub(super) fn asked(&mut self, want: &[FactId]) -> Result<(), StoreError> {
        for id in want {
            let no = self.no(*id)?;
            self.sql().prepare_cached("DELETE FROM wanted WHERE fact = ?1")?.execute([no])?;
        }
        Ok(())
    }
}
