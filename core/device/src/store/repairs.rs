//! Refused records and what takes their place.

use std::collections::BTreeSet;

use fieldbook_model::id::FactId;
use rusqlite::OptionalExtension as _;

use super::{Reading, StoreError, Writing};

impl Reading<'_> {
    /// The root under which work on this one goes on: itself, or the one that repaired it, and so on. One that is confirmed
    /// stands for itself: a restored office may take what it had refused.
    pub fn resolve(&self, root: FactId) -> Result<FactId, StoreError> {
        let Some(no) = self.find_no(root)? else {
            return Ok(root);
        };
        self.id(self.resolve_no(no)?)
    }

    pub(super) fn resolve_no(&self, root: i64) -> Result<i64, StoreError> {
        let mut statement = self.sql().prepare_cached(
            "SELECT id FROM facts WHERE repairs = ?1 AND root = id AND id != ?1
               AND NOT EXISTS (SELECT 1 FROM facts AS old WHERE old.id = ?1 AND old.ord IS NOT NULL)
             ORDER BY ord IS NULL, ord, id LIMIT 1",
        )?;
        let mut seen = BTreeSet::from([root]);
        let mut now = root;
        while let Some(next) = statement.query_row([now], |row| row.get::<_, i64>(0)).optional()? {
            if !seen.insert(next) {
                break;
            }
            now = next;
        }
        Ok(now)
    }

    /// The refused roots whose work goes on under `root`, latest first.
    pub(super) fn repaired_by(&self, root: i64) -> Result<Vec<i64>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT repairs FROM facts WHERE id = ?1")?;
        let mut chain = Vec::new();
        let mut now = root;
        while let Some(before) = statement.query_row([now], |row| row.get::<_, Option<i64>>(0)).optional()?.flatten() {
            if before == root || chain.contains(&before) || self.resolve_no(before)? != root {
                break;
            }
            chain.push(before);
            now = before;
        }
        Ok(chain)
    }
}

impl Writing<'_> {
    /// A root may stand for itself now, or no longer: its view changes, and that of what repairs it.
    pub(super) fn stands_anew(&mut self, root: i64) -> Result<(), StoreError> {
        self.touch(root);
        let mut statement = self.sql().prepare_cached("SELECT id FROM facts WHERE repairs = ?1")?;
        let repairs = statement.query_map([root], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        drop(statement);
        repairs.into_iter().for_each(|repair| self.touch(repair));
        Ok(())
    }
}
