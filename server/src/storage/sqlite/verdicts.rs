//! Refused, waiting, renamed and offered facts in SQLite.

use fieldbook_model::id::{FactId, Order, WriterId};
use rusqlite::Row;

use super::{SqliteTx, id_at, limit, signed};
use crate::storage::{HeldFact, OfferedFact, RefusedFact, StorageError, Verdicts};

impl Verdicts for SqliteTx<'_> {
    fn last_judged(&mut self, writer: WriterId) -> Result<u64, StorageError> {
        let sql = "SELECT max(coalesce((SELECT max(seq) FROM facts WHERE writer = ?1), 0),
                              coalesce((SELECT max(seq) FROM refusals WHERE writer = ?1), 0),
                              coalesce((SELECT max(seq) FROM held WHERE writer = ?1), 0))";
        self.one(sql, [signed(writer.0)], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    }

    fn insert_refusal(&mut self, refusal: &RefusedFact) -> Result<(), StorageError> {
        let RefusedFact { id, hash, code, root, at } = refusal;
        self.change(
            "INSERT INTO refusals (writer, seq, hash, code, root_writer, root_seq, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (signed(id.writer.0), signed(id.seq), hash, code, signed(root.writer.0), signed(root.seq), at),
        )
        .map(|_| ())
    }

    fn refusal(&mut self, id: FactId) -> Result<Option<RefusedFact>, StorageError> {
        let sql = "SELECT writer, seq, hash, code, root_writer, root_seq, at FROM refusals WHERE writer = ?1 AND seq = ?2";
        self.first(sql, key(id), refused)
    }

    fn refusals(&mut self, rows: usize) -> Result<Vec<RefusedFact>, StorageError> {
        let sql =
            "SELECT writer, seq, hash, code, root_writer, root_seq, at FROM refusals ORDER BY at DESC, writer, seq LIMIT ?1";
        self.all(sql, [limit(rows)], refused)
    }

    fn refusals_for(&mut self, writer: WriterId, root: FactId) -> Result<Vec<RefusedFact>, StorageError> {
        let sql = "SELECT writer, seq, hash, code, root_writer, root_seq, at FROM refusals
                   WHERE writer = ?1 AND root_writer = ?2 AND root_seq = ?3 ORDER BY seq";
        self.all(sql, (signed(writer.0), signed(root.writer.0), signed(root.seq)), refused)
    }

    fn insert_held(&mut self, held: &HeldFact) -> Result<(), StorageError> {
        let HeldFact { id, content, hash, waits_for } = held;
        self.change(
            "INSERT INTO held (writer, seq, content, hash, root_writer, root_seq) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (signed(id.writer.0), signed(id.seq), content, hash, signed(waits_for.writer.0), signed(waits_for.seq)),
        )
        .map(|_| ())
    }

    fn held(&mut self, id: FactId) -> Result<Option<HeldFact>, StorageError> {
        let sql = "SELECT writer, seq, content, hash, root_writer, root_seq FROM held WHERE writer = ?1 AND seq = ?2";
        self.first(sql, key(id), waiting)
    }

    fn held_for(&mut self, root: FactId) -> Result<Vec<HeldFact>, StorageError> {
        let sql = "SELECT writer, seq, content, hash, root_writer, root_seq FROM held
                   WHERE root_writer = ?1 AND root_seq = ?2 ORDER BY writer, seq";
        self.all(sql, key(root), waiting)
    }

    fn remove_held(&mut self, id: FactId) -> Result<(), StorageError> {
        self.change("DELETE FROM held WHERE writer = ?1 AND seq = ?2", key(id)).map(|_| ())
    }

    fn forget_held(&mut self, writer: WriterId) -> Result<(), StorageError> {
        let writer = [signed(writer.0)];
        if self.first("SELECT 1 FROM held WHERE writer = ?1 LIMIT 1", writer, |row| row.get::<_, i64>(0))?.is_some() {
            self.change("DELETE FROM held WHERE writer = ?1", writer)?;
        }
        Ok(())
    }

    fn insert_alias(&mut self, old: FactId, new: FactId) -> Result<(), StorageError> {
        self.change(
            "INSERT INTO aliases (old_writer, old_seq, new_writer, new_seq) VALUES (?1, ?2, ?3, ?4)",
            (signed(old.writer.0), signed(old.seq), signed(new.writer.0), signed(new.seq)),
        )
        .map(|_| ())
    }

    fn alias(&mut self, old: FactId) -> Result<Option<FactId>, StorageError> {
        let sql = "SELECT new_writer, new_seq FROM aliases WHERE old_writer = ?1 AND old_seq = ?2";
        self.first(sql, key(old), |row| id_at(row, 0))
    }

    fn insert_offered(&mut self, offered: &OfferedFact) -> Result<(), StorageError> {
        let OfferedFact { id, order, content, by, at } = offered;
        self.change(
            "INSERT INTO offered (writer, seq, ord, content, by, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
            (signed(id.writer.0), signed(id.seq), order.0, content, signed(by.0), at),
        )
        .map(|_| ())
    }

    fn offered(&mut self, rows: usize) -> Result<Vec<OfferedFact>, StorageError> {
        let sql = "SELECT writer, seq, ord, content, by, at FROM offered ORDER BY ord, writer, seq LIMIT ?1";
        self.all(sql, [limit(rows)], offer)
    }

    fn offer(&mut self, id: FactId) -> Result<Option<OfferedFact>, StorageError> {
        let sql = "SELECT writer, seq, ord, content, by, at FROM offered WHERE writer = ?1 AND seq = ?2";
        self.first(sql, key(id), offer)
    }

    fn remove_offered(&mut self, id: FactId) -> Result<(), StorageError> {
        self.change("DELETE FROM offered WHERE writer = ?1 AND seq = ?2", key(id)).map(|_| ())
    }
}

fn offer(row: &Row<'_>) -> rusqlite::Result<OfferedFact> {
    Ok(OfferedFact {
        id: id_at(row, 0)?,
        order: Order(row.get(2)?),
        content: row.get(3)?,
        by: WriterId(row.get::<_, i64>(4)?.cast_unsigned()),
        at: row.get(5)?,
    })
}

fn key(id: FactId) -> (i64, i64) {
    (signed(id.writer.0), signed(id.seq))
}

fn refused(row: &Row<'_>) -> rusqlite::Result<RefusedFact> {
    Ok(RefusedFact { id: id_at(row, 0)?, hash: row.get(2)?, code: row.get(3)?, root: id_at(row, 4)?, at: row.get(6)? })
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<HeldFact> {
    Ok(HeldFact { id: id_at(row, 0)?, content: row.get(2)?, hash: row.get(3)?, waits_for: id_at(row, 4)? })
}
