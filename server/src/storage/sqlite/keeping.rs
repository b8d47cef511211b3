//! Epochs, photos and single values in SQLite.

use fieldbook_model::id::{Order, WriterId};

use super::{SqliteTx, signed};
use crate::storage::{Blob, Epoch, Keeping, StorageError};

impl Keeping for SqliteTx<'_> {
    fn epochs(&mut self) -> Result<Vec<Epoch>, StorageError> {
        self.all("SELECT n, writer, base_order, base_pos, began_at FROM epochs ORDER BY n", [], |row| {
            Ok(Epoch {
                n: row.get(0)?,
                writer: WriterId(row.get::<_, i64>(1)?.cast_unsigned()),
                base_order: Order(row.get(2)?),
                base_pos: row.get(3)?,
                began_at: row.get(4)?,
            })
        })
    }

    fn add_epoch(&mut self, epoch: &Epoch) -> Result<(), StorageError> {
        self.change(
            "INSERT INTO epochs (n, writer, base_order, base_pos, began_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            (epoch.n, signed(epoch.writer.0), epoch.base_order.0, epoch.base_pos, epoch.began_at),
        )?;
        self.ends.forget();
        Ok(())
    }

    fn blob(&mut self, hash: &[u8; 32]) -> Result<Option<Blob>, StorageError> {
        self.first("SELECT hash, offset, complete, rejected, changed_at FROM blobs WHERE hash = ?1", [hash], |row| {
            Ok(Blob {
                hash: row.get(0)?,
                offset: row.get::<_, i64>(1)?.cast_unsigned(),
                complete: row.get(2)?,
                rejected: row.get(3)?,
                changed_at: row.get(4)?,
            })
        })
    }

    fn put_blob(&mut self, blob: &Blob) -> Result<(), StorageError> {
        self.change(
            "INSERT INTO blobs (hash, offset, complete, rejected, changed_at) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (hash) DO UPDATE SET offset = ?2, complete = ?3, rejected = ?4, changed_at = ?5",
            (blob.hash, signed(blob.offset), blob.complete, blob.rejected, blob.changed_at),
        )
        .map(|_| ())
    }

    fn remove_blob(&mut self, hash: &[u8; 32]) -> Result<(), StorageError> {
        self.change("DELETE FROM blobs WHERE hash = ?1", [hash]).map(|_| ())
    }

    fn link_photo(&mut self, hash: &[u8; 32], fact: Order) -> Result<(), StorageError> {
        self.change("INSERT INTO photos (hash, ord) VALUES (?1, ?2) ON CONFLICT DO NOTHING", (hash, fact.0)).map(|_| ())
    }

    fn facts_with_photo(&mut self, hash: &[u8; 32]) -> Result<Vec<Order>, StorageError> {
        self.all("SELECT ord FROM photos WHERE hash = ?1 ORDER BY ord", [hash], |row| row.get(0).map(Order))
    }

    fn value(&mut self, name: &str) -> Result<Option<Vec<u8>>, StorageError> {
        self.first("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0))
    }

    fn put_value(&mut self, name: &str, value: &[u8]) -> Result<(), StorageError> {
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        self.change(sql, (name, value)).map(|_| ())
    }
}
