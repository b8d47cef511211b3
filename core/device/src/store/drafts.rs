//! Rows of drafts: what was typed and not yet saved, or saved so short ago that it can be turned back.

use fieldbook_model::id::FactId;
use rusqlite::{OptionalExtension, Row, params};

use super::{FactState, Reading, StoreError, Writing};

/// A draft as a row; what is in it is for [`crate::work`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Its number on this phone.
    pub id: i64,
    /// Which kind of draft.
    pub kind: u32,
    /// The page on which it was left, a word of the shell's own.
    pub step: String,
    /// What was typed.
    pub body: Vec<u8>,
    /// When it was begun, Unix seconds.
    pub started: i64,
    /// When it was last kept, or saved, Unix seconds.
    pub updated: i64,
}

/// A photo of a draft: SHA-256 and file.
pub(crate) type DraftPhoto<'a> = (&'a [u8; 32], &'a str);

const COLUMNS: &str = "id, kind, step, body, started, updated";

impl Reading<'_> {
    /// Every draft that is not saved, the latest first.
    pub fn draft_rows(&self) -> Result<Vec<DraftRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM drafts WHERE first IS NULL ORDER BY updated DESC, id DESC");
        let mut statement = self.sql().prepare_cached(&sql)?;
        Ok(statement.query_map([], read_row)?.collect::<Result<_, _>>()?)
    }

    /// A draft that is not saved.
    pub fn draft_row(&self, id: i64) -> Result<Option<DraftRow>, StoreError> {
        let mut statement =
            self.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM drafts WHERE id = ?1 AND first IS NULL"))?;
        Ok(statement.query_row([id], read_row).optional()?)
    }
}

impl Reading<'_> {
    /// The first fact of a draft that was saved, and when; none once it cannot be turned back and another was saved.
    pub(crate) fn saved_draft(&self, id: i64) -> Result<Option<(FactId, i64)>, StoreError> {
        let mut statement =
            self.sql().prepare_cached("SELECT first, updated FROM drafts WHERE id = ?1 AND first IS NOT NULL")?;
        let row = statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
        row.map(|(first, saved_at)| Ok((self.id(first)?, saved_at))).transpose()
    }
}

impl Writing<'_> {
    /// Keeps a draft as it is now. `id` 0 makes a new one; gives its number.
    pub(crate) fn put_draft(&mut self, row: &DraftRow, photos: &[DraftPhoto<'_>]) -> Result<i64, StoreError> {
        let id = if row.id == 0 { None } else { Some(row.id) };
        let mut statement = self.sql().prepare_cached(
            "INSERT INTO drafts(id, kind, step, body, started, updated) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT DO UPDATE SET kind = excluded.kind, step = excluded.step, body = excluded.body, updated = excluded.updated
             RETURNING id",
        )?;
        let id: i64 =
            statement.query_row(params![id, row.kind, row.step, row.body, row.started, row.updated], |row| row.get(0))?;
        self.sql().prepare_cached("DELETE FROM draft_photos WHERE draft = ?1")?.execute([id])?;
        for (hash, path) in photos {
            self.sql()
                .prepare_cached("INSERT OR IGNORE INTO draft_photos(draft, hash, path) VALUES(?1, ?2, ?3)")?
                .execute(params![id, hash, path])?;
        }
        Ok(id)
    }

    /// Deletes a draft; photo files that nothing else names go with it.
    pub(crate) fn delete_draft(&mut self, id: i64) -> Result<bool, StoreError> {
        let photos = self.draft_photos(id)?;
        if self.sql().prepare_cached("DELETE FROM drafts WHERE id = ?1")?.execute([id])? == 0 {
            return Ok(false);
        }
        for (hash, path) in photos {
            let is_known = self
                .sql()
                .prepare_cached("SELECT 1 FROM blobs WHERE hash = ?1 UNION ALL SELECT 1 FROM draft_photos WHERE hash = ?1")?
                .exists([&hash])?;
            if is_known {
                // It may be on its way for another record, or still owed for one that left this phone.
                self.may_be_orphan(hash);
            } else {
                self.doom(path)?;
            }
        }
        Ok(true)
    }

    /// As [`Self::delete_draft`], and no byte of it stays in the database or its log.
    pub(crate) fn erase_draft_row(&mut self, id: i64) -> Result<(), StoreError> {
        if self.delete_draft(id)? {
            self.owes_scrub()?;
        }
        Ok(())
    }

    /// The draft became the facts `first` to `last`; it is kept until they cannot be turned back any more.
    pub(crate) fn draft_saved(
        &mut self,
        id: i64,
        body: &[u8],
        first: FactId,
        last: FactId,
        now: i64,
    ) -> Result<(), StoreError> {
        let (first, last) = (self.no(first)?, self.no(last)?);
        self.sql()
            .prepare_cached("UPDATE drafts SET body = ?2, first = ?3, last = ?4, updated = ?5 WHERE id = ?1")?
            .execute(params![id, body, first, last, now])?;
        Ok(())
    }

    /// Turns the save that began with fact `first` back into its draft: gives the draft's number. None when the save is not
    /// known any more, or a fact of it was part of a request.
    pub(crate) fn unsave(&mut self, first: FactId) -> Result<Option<(i64, i64)>, StoreError> {
        let no = self.no(first)?;
        let mut statement = self.sql().prepare_cached("SELECT id, last, updated FROM drafts WHERE first = ?1")?;
        let row = statement.query_row([no], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)));
        let Some((draft, last, saved_at)) = row.optional()? else {
            return Ok(None);
        };
        let went = self
            .sql()
            .prepare_cached("SELECT 1 FROM facts WHERE id BETWEEN ?1 AND ?2 AND state != ?3")?
            .exists(params![no, last, FactState::Waiting.code()])?;
        if went {
            return Ok(None);
        }
        for fact in no..=last {
            self.unrecord(fact)?;
        }
        self.photos_unsaved(no, last)?;
        self.sql().prepare_cached("UPDATE drafts SET first = NULL, last = NULL WHERE id = ?1")?.execute([draft])?;
        if fieldbook_model::planted!(UndoLosesDraft) {
            self.delete_draft(draft)?;
        }
        Ok(Some((draft, saved_at)))
    }

    /// Forgets saved drafts that cannot be turned back any more: saved before `since` or, by a clock that was turned, after
    /// `now`.
    pub(crate) fn forget_saved_drafts(&mut self, since: i64, now: i64) -> Result<(), StoreError> {
        self.sql()
            .prepare_cached("DELETE FROM drafts WHERE first IS NOT NULL AND (updated <= ?1 OR updated > ?2)")?
            .execute([since, now])?;
        Ok(())
    }

    fn draft_photos(&self, id: i64) -> Result<Vec<(Vec<u8>, String)>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT hash, path FROM draft_photos WHERE draft = ?1")?;
        Ok(statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?)
    }
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<DraftRow> {
    Ok(DraftRow {
        id: row.get(0)?,
        kind: row.get(1)?,
        step: row.get(2)?,
        body: row.get(3)?,
        started: row.get(4)?,
        updated: row.get(5)?,
    })
}
