//! Erasing: the content goes, a stub of id and hash stays, and no byte of it is left anywhere on the phone.

use fieldbook_model::body::{Erasure, Kind};
use fieldbook_model::fact::{Fact, FactHash};
use fieldbook_model::id::{FactId, WriterId};
use rusqlite::{OptionalExtension as _, params};

use super::{FactState, StoreError, Writing};

impl Writing<'_> {
    /// Leaves only a stub (id and SHA-256) of a fact. After the commit no byte of it is in the database or its log;
    /// photo files that nothing names any more go with it.
    pub fn erase(&mut self, id: FactId) -> Result<(), StoreError> {
        let no = self.no(id)?;
        self.name_erased(no)?;
        self.erase_no(no)
    }

    /// Remembers which fact was erased: the one that stands here under the number, if the office has judged it.
    pub(super) fn name_erased(&mut self, no: i64) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached(
                "INSERT INTO erased(fact, hash) VALUES(?1, (SELECT hash FROM facts WHERE id = ?1 AND state NOT IN (2, 3)))
                 ON CONFLICT DO UPDATE SET hash = coalesce(excluded.hash, hash)",
            )?
            .execute([no])?;
        Ok(())
    }

    /// An erasure erases what it names. An own fact without a verdict may not be the one it means: a phone that was put back gives
    /// numbers out again. That is seen when its verdict comes.
    pub(super) fn apply_erasure(&mut self, fact: &Fact) -> Result<(), StoreError> {
        let Ok(erasure) = fact.read::<Erasure>() else {
            return Ok(());
        };
        let root = self.no(fact.root)?;
        for id in erasure.facts {
            let no = self.no(id)?;
            self.name_erased(no)?;
            if self.is_by_its_person(id.writer)? {
                // On a copy of the phone that wrote it, it may have been a draft that was thrown away; also if the copy is another
                // writer by now.
                self.owes_scrub()?;
            }
            if !matches!(self.state_of(id)?, Some(FactState::Waiting | FactState::Sent)) {
                self.erase_no(no)?;
            }
            // One that came as a stub now knows its case, and leaves with it.
            self.sql().prepare_cached("UPDATE facts SET root = ?2 WHERE id = ?1 AND kind = 0")?.execute([no, root])?;
        }
        Ok(())
    }

    fn is_by_its_person(&self, writer: WriterId) -> Result<bool, StoreError> {
        let Some(account) = self.find_account()? else { return Ok(false) };
        Ok(writer == account.writer || self.organisation()?.writers.get(&writer) == Some(&account.person))
    }

    /// Erases a fact that the office has after all, when an erasure named it before that was known.
    pub(super) fn erase_if_named(&mut self, no: i64) -> Result<(), StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT hash FROM facts WHERE id = ?1")?;
        let hash: Option<FactHash> = statement.query_row([no], |row| row.get(0)).optional()?;
        drop(statement);
        match hash {
            Some(hash) if self.is_erased(no, &hash)? => self.erase_no(no),
            Some(_) | None => Ok(()),
        }
    }

    fn erase_no(&mut self, no: i64) -> Result<(), StoreError> {
        let mut statement = self
            .sql()
            .prepare_cached("UPDATE facts SET content = NULL WHERE id = ?1 AND content IS NOT NULL RETURNING root, kind")?;
        let row = statement.query_row([no], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?))).optional()?;
        let Some((root, kind)) = row else {
            return Ok(());
        };
        if !fieldbook_model::planted!(ErasureSparesDraft) {
            self.forget_drafts_of(root)?;
        }
        self.photo_may_be_gone(no)?;
        self.owes_scrub()?;
        self.affects(root, Kind::from_code(kind), None)
    }

    /// What was saved of this case so short ago that it can be turned back: what was refused is put right from a copy of the
    /// whole, so any of them may repeat any fact.
    fn forget_drafts_of(&mut self, root: i64) -> Result<(), StoreError> {
        let case = self.resolve_no(root)?;
        for root in [vec![case], self.repaired_by(case)?].concat() {
            self.sql()
                .prepare_cached(
                    "DELETE FROM drafts WHERE first IS NOT NULL AND EXISTS (SELECT 1 FROM facts
                       WHERE facts.root = ?1 AND facts.id BETWEEN drafts.first AND drafts.last)",
                )?
                .execute([root])?;
        }
        Ok(())
    }

    /// Whether an erasure named this one.
    pub(super) fn is_erased(&self, no: i64, hash: &FactHash) -> Result<bool, StoreError> {
        let mut statement =
            self.sql().prepare_cached("SELECT 1 FROM erased WHERE fact = ?1 AND (hash IS NULL OR hash = ?2)")?;
        Ok(statement.exists(params![no, hash])?)
    }
}
