//! Photo files on this phone, and how much of each the office holds.

use std::path::Path;

use fieldbook_model::id::FactId;
use rusqlite::{Connection, OptionalExtension, params};

use super::{Reading, StoreError, Writing};

/// In `sent_offset`: how far the office is must be asked first. So it is with every number below 0: one below this says from
/// where a part was sent whose end was not heard of (`-2 - offset`), which is how a killed app leaves it.
pub(super) const UNCERTAIN: i64 = -1;

/// Bytes of a photo that the office is known to have.
pub(crate) const AT_OFFICE: &str = "iif(sent_offset < -1, -2 - sent_offset, max(sent_offset, 0))";

/// Where a photo stands between this phone and the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlobState {
    /// Lies here and has to go.
    Waiting,
    /// The office has it, whole and accepted.
    Confirmed,
    /// The office examined it and does not want it.
    Rejected,
    /// The office has it; the local file went when its time was over.
    Gone,
}

impl BlobState {
    /// The number in the database.
    pub const fn code(self) -> i64 {
        match self {
            Self::Waiting => 1,
            Self::Confirmed => 2,
            Self::Rejected => 3,
            Self::Gone => 4,
        }
    }

    /// The state with this number; none for a number of no state.
    pub const fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Waiting,
            2 => Self::Confirmed,
            3 => Self::Rejected,
            4 => Self::Gone,
            _ => return None,
        })
    }
}

/// A photo of this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlobLine {
    /// SHA-256 of the file.
    pub hash: [u8; 32],
    /// The file; none once it went.
    pub path: Option<String>,
    /// Length in bytes.
    pub bytes: i64,
    /// Where it stands.
    pub state: BlobState,
    /// Bytes the office holds.
    pub sent: i64,
    /// The fact that first attached it.
    pub of: Option<FactId>,
}

impl Reading<'_> {
    /// A photo by its hash; none when its file was never on this phone.
    pub fn blob(&self, hash: &[u8; 32]) -> Result<Option<BlobLine>, StoreError> {
        let mut statement = self
            .sql()
            .prepare_cached(&format!("SELECT path, bytes, state, {AT_OFFICE}, of_fact FROM blobs WHERE hash = ?1"))?;
        let row = statement
            .query_row([hash], |row| {
                let fields: (Option<String>, i64, i64, i64, Option<i64>) =
                    (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
                Ok(fields)
            })
            .optional()?;
        let Some((path, bytes, state, sent, of)) = row else {
            return Ok(None);
        };
        let state = BlobState::from_code(state)
            .ok_or_else(|| StoreError::Corrupt { reason: format!("a photo is in no state ({state})") })?;
        Ok(Some(BlobLine { hash: *hash, path, bytes, state, sent, of: self.id_opt(of)? }))
    }
}

/// The path of a photo in the folder ?1, which ends in a slash.
const PATH: &str = "?1 || lower(hex(hash)) || '.jpg'";

impl Reading<'_> {
    /// Whether a photo is noted as lying elsewhere than in this folder, which ends in a slash.
    pub(crate) fn has_photos_outside(&self, folder: &str) -> Result<bool, StoreError> {
        let sql = format!("SELECT 1 FROM blobs WHERE path != {PATH} UNION ALL SELECT 1 FROM draft_photos WHERE path != {PATH}");
        Ok(self.sql().prepare(&sql)?.exists([folder])?)
    }
}

impl Writing<'_> {
    /// The photos of facts lie in this folder now, which ends in a slash.
    pub(crate) fn move_photos(&mut self, folder: &str) -> Result<(), StoreError> {
        self.sql().execute(&format!("UPDATE blobs SET path = {PATH} WHERE path IS NOT NULL"), [folder])?;
        Ok(())
    }

    /// A photo that a fact of this phone attached has to go. The same picture a second time goes only when the office does not
    /// have it any more: it may have been erased there, so the office is asked. One that is owed stays owed.
    pub fn keep_blob(&mut self, hash: &[u8; 32], path: &str, bytes: u32, of: FactId) -> Result<(), StoreError> {
        let of = self.no(of)?;
        self.sql()
            .prepare_cached(
                "INSERT INTO blobs(hash, path, bytes, state, of_fact) VALUES(?1, ?2, ?3, 1, ?4)
                 ON CONFLICT DO UPDATE SET path = coalesce(path, excluded.path),
                   of_fact = iif(state = 1, of_fact, coalesce(of_fact, excluded.of_fact)),
                   state = iif(state IN (2, 4), 1, state), sent_offset = iif(state IN (2, 4), ?5, sent_offset)",
            )?
            .execute(params![hash, path, bytes, of, UNCERTAIN])?;
        Ok(())
    }
}

/// Forgets a photo that no case and no draft names; gives its path, which is noted as doomed.
pub(super) fn forget_unnamed(sql: &Connection, hash: &[u8]) -> Result<Option<String>, StoreError> {
    let is_named = sql
        .prepare_cached("SELECT 1 FROM photos WHERE hash = ?1 UNION ALL SELECT 1 FROM draft_photos WHERE hash = ?1")?
        .exists([hash])?;
    if is_named {
        return Ok(None);
    }
    // One that still has to go, with its fact or (owed) without it, stays until it has gone.
    let mut statement = sql.prepare_cached(
        "DELETE FROM blobs WHERE hash = ?1 AND NOT (state = 1 AND (of_fact IS NULL
           OR EXISTS (SELECT 1 FROM facts WHERE facts.id = of_fact AND content IS NOT NULL))) RETURNING path",
    )?;
    let Some(path) = statement.query_row([hash], |row| row.get::<_, Option<String>>(0)).optional()?.flatten() else {
        return Ok(None);
    };
    doom(sql, &path)?;
    Ok(Some(path))
}

pub(super) fn doom(sql: &Connection, path: &str) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO doomed(path) VALUES(?1)")?.execute([path])?;
    Ok(())
}

/// Deletes the files whose end was committed. One that cannot be deleted now is tried again at the next start.
pub(super) fn delete_doomed(sql: &Connection) -> Result<(), StoreError> {
    let mut statement = sql.prepare_cached("SELECT path FROM doomed")?;
    let paths = statement.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    for path in paths {
        match std::fs::remove_file(Path::new(&path)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!(kind = ?error.kind(), "a photo file is deleted later");
            }
            _ => {
                sql.prepare_cached("DELETE FROM doomed WHERE path = ?1")?.execute([path])?;
            }
        }
    }
    Ok(())
}
