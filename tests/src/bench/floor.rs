//! The floor of saving: the same rows as the phone's own save writes, by nothing but SQL, to a file of the same schema and
//! settings.

use std::path::Path;

use fieldbook_device::store::Store;
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params, params_from_iter};

use super::Measured;

/// What a save adds: how to read it from one database (facts `?1` to `?2`) and how to write it to another.
const ADDED: [(&str, &str); 5] = [
    (
        "SELECT id, root, kind, state, ord, saved_at, repairs, hash, content FROM facts WHERE id BETWEEN ?1 AND ?2",
        "INSERT INTO facts(id, root, kind, state, ord, saved_at, repairs, hash, content) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    ),
    (
        "SELECT hash, path, bytes, state, of_fact FROM blobs WHERE of_fact BETWEEN ?1 AND ?2",
        "INSERT INTO blobs(hash, path, bytes, state, of_fact) VALUES(?1, ?2, ?3, ?4, ?5)",
    ),
    (
        "SELECT root, kind, unit, state, open, sort, day, time, due, urgency, sub_kind, flags, photos, receipt, title, words,
           done_day, doc
         FROM cases WHERE root BETWEEN ?1 AND ?2",
        "INSERT INTO cases(root, kind, unit, state, open, sort, day, time, due, urgency, sub_kind, flags, photos, receipt, title,
           words, done_day, doc)
         VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    ),
    (
        "SELECT root, fact, hash FROM photos WHERE root BETWEEN ?1 AND ?2",
        "INSERT INTO photos(root, fact, hash) VALUES(?1, ?2, ?3)",
    ),
    (
        "SELECT rowid, norm, fold FROM search WHERE rowid IN (SELECT doc FROM cases WHERE root BETWEEN ?1 AND ?2)",
        "INSERT INTO search(rowid, norm, fold) VALUES(?1, ?2, ?3)",
    ),
];

/// The rows of one save, read from a phone's database.
pub struct Rows {
    draft: i64,
    body: Vec<u8>,
    first: i64,
    last: i64,
    saved_at: i64,
    added: Vec<(usize, Vec<Value>)>,
}

/// Reads what saves wrote.
pub struct Copier(Connection);

impl Copier {
    /// Looks at a phone's database from beside.
    pub fn open(path: &Path) -> Measured<Self> {
        Ok(Self(Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?))
    }

    /// What the save of this draft wrote.
    pub fn rows(&self, draft: i64) -> Measured<Rows> {
        let sql = "SELECT body, first, last, updated FROM drafts WHERE id = ?1";
        let (body, first, last, saved_at) =
            self.0.prepare_cached(sql)?.query_row([draft], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
        let mut added = Vec::new();
        for (n, (select, _)) in ADDED.iter().enumerate() {
            let mut statement = self.0.prepare_cached(select)?;
            let columns = statement.column_count();
            let mut rows = statement.query([first, last])?;
            while let Some(row) = rows.next()? {
                added.push((n, (0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?));
            }
        }
        Ok(Rows { draft, body, first, last, saved_at, added })
    }
}

/// A database with the phone's schema and settings, and no phone.
pub struct Raw(Connection);

impl Raw {
    /// Makes it, with the account of the phone whose database `like` is.
    pub fn create(path: &Path, like: &Path) -> Measured<Self> {
        drop(Store::open(path)?);
        let conn = Connection::open(path)?;
        conn.pragma_update(None, "journal_mode", "WAL")?;
        conn.pragma_update(None, "synchronous", "FULL")?;
        conn.pragma_update(None, "secure_delete", true)?;
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "temp_store", "MEMORY")?;
        conn.set_prepared_statement_cache_capacity(64);
        conn.execute("ATTACH ?1 AS phone", [like.to_string_lossy()])?;
        conn.execute_batch("INSERT INTO account SELECT * FROM phone.account; DETACH phone")?;
        Ok(Self(conn))
    }

    /// Keeps the draft, as the form did before "Lưu".
    pub fn keep_draft(&self, rows: &Rows) -> Measured<()> {
        self.0
            .prepare_cached("INSERT INTO drafts(id, kind, step, body, started, updated) VALUES(?1, 1, 'review', ?2, ?3, ?3)")?
            .execute(params![rows.draft, rows.body, rows.saved_at])?;
        for (_, blob) in rows.added.iter().filter(|(n, _)| *n == 1) {
            self.0
                .prepare_cached("INSERT INTO draft_photos(draft, hash, path) VALUES(?1, ?2, ?3)")?
                .execute(params![rows.draft, blob[0], blob[1]])?;
        }
        Ok(())
    }

    /// Writes the rows in one transaction.
    pub fn save(&mut self, rows: &Rows) -> Measured<()> {
        let tx = self.0.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.prepare_cached("DELETE FROM drafts WHERE first IS NOT NULL AND (updated <= ?1 - 10 OR updated > ?1)")?
            .execute([rows.saved_at])?;
        for (n, row) in &rows.added {
            tx.prepare_cached(ADDED[*n].1)?.execute(params_from_iter(row))?;
        }
        tx.prepare_cached("UPDATE account SET next_seq = next_seq + ?1, next_receipt = next_receipt + 1")?
            .execute([rows.last - rows.first + 1])?;
        tx.prepare_cached("UPDATE meta SET value = value + 1 WHERE key = 'docs'")?.execute([])?;
        tx.prepare_cached("UPDATE drafts SET body = ?2, first = ?3, last = ?4, updated = ?5 WHERE id = ?1")?
            .execute(params![rows.draft, rows.body, rows.first, rows.last, rows.saved_at])?;
        Ok(tx.commit()?)
    }
}
