//! The log of facts in SQLite.

use fieldbook_model::body::Kind;
use fieldbook_model::id::{FactId, Order, WriterId};
use rusqlite::Row;

use super::{SqliteTx, id_at, limit, signed};
use crate::storage::{ChannelNo, Facts, NewFact, StorageError, StoredFact};

macro_rules! select {
    ($rest:literal) => {
        concat!("SELECT ord, writer, seq, kind, root, content, hash, private, received_at, late FROM facts ", $rest)
    };
}

impl Facts for SqliteTx<'_> {
    fn insert_fact(&mut self, new: &NewFact<'_>) -> Result<Order, StorageError> {
        let order = match self.ends.order.get() {
            Some(last) => last + 1,
            None => self.first_order()?,
        };
        let fact = new.fact;
        self.change(
            "INSERT INTO facts (ord, writer, seq, kind, root, content, hash, private, received_at, late, organisation)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            (
                order,
                signed(fact.id.writer.0),
                signed(fact.id.seq),
                fact.kind.code(),
                new.root.map_or(order, |root| root.0),
                fact.content(),
                fact.hash(),
                new.private.map(|channel| channel.0),
                new.received_at,
                new.late,
                new.organisation,
            ),
        )?;
        self.ends.order.set(Some(order));
        Ok(Order(order))
    }

    fn fact(&mut self, id: FactId) -> Result<Option<StoredFact>, StorageError> {
        self.first(select!("WHERE writer = ?1 AND seq = ?2"), (signed(id.writer.0), signed(id.seq)), stored)
    }

    fn fact_at(&mut self, order: Order) -> Result<Option<StoredFact>, StorageError> {
        self.first(select!("WHERE ord = ?1"), [order.0], stored)
    }

    fn facts_of(&mut self, root: Order) -> Result<Vec<StoredFact>, StorageError> {
        let mut facts: Vec<StoredFact> = self.fact_at(root)?.into_iter().collect();
        facts.extend(self.all(select!("WHERE root = ?1 AND root <> ord ORDER BY ord"), [root.0], stored)?);
        Ok(facts)
    }

    fn facts_after(&mut self, after: Order, rows: usize) -> Result<Vec<StoredFact>, StorageError> {
        self.all(select!("WHERE ord > ?1 ORDER BY ord LIMIT ?2"), (after.0, limit(rows)), stored)
    }

    fn reference_after(&mut self, after: Order, rows: usize) -> Result<Vec<StoredFact>, StorageError> {
        self.all(select!("WHERE ord > ?1 AND organisation = 1 ORDER BY ord LIMIT ?2"), (after.0, limit(rows)), stored)
    }

    fn reference_head(&mut self) -> Result<Order, StorageError> {
        let sql = "SELECT ord FROM facts WHERE organisation = 1 ORDER BY ord DESC LIMIT 1";
        Ok(Order(self.first(sql, [], |row| row.get(0))?.unwrap_or(0)))
    }

    fn head(&mut self) -> Result<Order, StorageError> {
        self.one("SELECT coalesce(max(ord), 0) FROM facts", [], |row| row.get(0)).map(Order)
    }

    fn last_seq(&mut self, writer: WriterId) -> Result<u64, StorageError> {
        let sql = "SELECT coalesce(max(seq), 0) FROM facts WHERE writer = ?1";
        self.one(sql, [signed(writer.0)], |row| row.get::<_, i64>(0)).map(i64::cast_unsigned)
    }

    fn erase_fact(&mut self, order: Order) -> Result<(), StorageError> {
        self.erased.set(true);
        self.change("UPDATE facts SET content = NULL WHERE ord = ?1", [order.0])?;
        self.change("DELETE FROM photos WHERE ord = ?1", [order.0]).map(|_| ())
    }
}

impl SqliteTx<'_> {
    /// The order the next fact gets, read from the database: the log's sequence goes on across epochs.
    fn first_order(&self) -> Result<i64, StorageError> {
        let epoch: Option<u32> = self.one("SELECT max(n) FROM epochs", [], |row| row.get(0))?;
        let epoch = epoch.ok_or_else(|| StorageError::Other("no epoch has begun; run `fieldbook-server init` first".into()))?;
        let last: i64 = self.one("SELECT coalesce(max(ord), 0) FROM facts", [], |row| row.get(0))?;
        Ok(Order::new(epoch, Order(last).seq() + 1).0)
    }
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredFact> {
    Ok(StoredFact {
        order: Order(row.get(0)?),
        id: id_at(row, 1)?,
        kind: Kind::from_code(row.get(3)?),
        root: Order(row.get(4)?),
        content: row.get(5)?,
        hash: row.get(6)?,
        private: row.get::<_, Option<i64>>(7)?.map(ChannelNo),
        received_at: row.get(8)?,
        late: row.get(9)?,
    })
}
