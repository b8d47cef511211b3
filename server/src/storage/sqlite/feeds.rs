//! Channels and their feed in SQLite.

use std::collections::HashSet;

use fieldbook_model::fact::FactHash;
use fieldbook_model::id::{FactId, Order};
use rusqlite::Row;

use super::{SqliteTx, failed, id_at, limit, signed};
use crate::storage::{ChannelNo, FeedOp, FeedRow, Feeds, Pos, StorageError};

/// Asking one channel costs about as much as passing over this many rows of the feed.
const ROWS_PER_LOOKUP: i64 = 32;

impl Feeds for SqliteTx<'_> {
    fn channels_of(&mut self, root: Order) -> Result<Vec<ChannelNo>, StorageError> {
        let sql = "SELECT channel FROM root_channels WHERE root = ?1 ORDER BY channel";
        self.all(sql, [root.0], |row| row.get(0).map(ChannelNo))
    }

    fn join_channel(&mut self, root: Order, channel: ChannelNo) -> Result<(), StorageError> {
        let sql = "INSERT INTO root_channels (root, channel) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.change(sql, (root.0, channel.0)).map(|_| ())
    }

    fn leave_channel(&mut self, root: Order, channel: ChannelNo) -> Result<(), StorageError> {
        self.change("DELETE FROM root_channels WHERE root = ?1 AND channel = ?2", (root.0, channel.0)).map(|_| ())
    }

    fn roots_in(&mut self, channel: ChannelNo, after: Order, rows: usize) -> Result<Vec<Order>, StorageError> {
        let sql = "SELECT root FROM root_channels WHERE channel = ?1 AND root > ?2 ORDER BY root LIMIT ?3";
        self.all(sql, (channel.0, after.0, limit(rows)), |row| row.get(0).map(Order))
    }

    fn roots_with_private(&mut self, channel: ChannelNo, after: Order, rows: usize) -> Result<Vec<Order>, StorageError> {
        let sql =
            "SELECT DISTINCT root FROM facts WHERE private = ?1 AND private IS NOT NULL AND root > ?2 ORDER BY root LIMIT ?3";
        self.all(sql, (channel.0, after.0, limit(rows)), |row| row.get(0).map(Order))
    }

    fn append_feed(&mut self, channel: ChannelNo, op: FeedOp, order: Order) -> Result<Pos, StorageError> {
        self.head_at_begin()?;
        let pos = self.feed_head()? + 1;
        let sql = "INSERT INTO feed (pos, channel, op, ord) VALUES (?1, ?2, ?3, ?4)";
        self.change(sql, (pos, channel.0, op_code(op), order.0))?;
        self.ends.pos.set(Some(pos));
        self.ends.fresh.borrow_mut().insert(channel, pos);
        Ok(pos)
    }

    fn feed_head(&mut self) -> Result<Pos, StorageError> {
        self.last_pos()
    }

    fn feed_after(&mut self, channels: &[ChannelNo], after: Pos, rows: usize) -> Result<Vec<FeedRow>, StorageError> {
        let channels = self.with_news(channels, after)?;
        if channels.is_empty() {
            return Ok(Vec::new());
        }
        let lookups = limit(channels.len());
        if self.feed_head()? - after <= lookups.saturating_mul(ROWS_PER_LOOKUP) {
            return self.pass_over(&channels, after, rows);
        }
        let mut found = Vec::new();
        for channel in &channels {
            found.extend(self.feed_of(*channel, after, Pos::MAX, rows)?);
        }
        found.sort_by_key(|row| row.pos);
        found.truncate(rows);
        Ok(found)
    }

    fn feed_of(&mut self, channel: ChannelNo, after: Pos, until: Pos, rows: usize) -> Result<Vec<FeedRow>, StorageError> {
        let sql = "SELECT pos, channel, op, ord FROM feed INDEXED BY feed_by_channel
                   WHERE channel = ?1 AND pos > ?2 AND pos <= ?3 ORDER BY pos LIMIT ?4";
        self.all(sql, (channel.0, after, until, limit(rows)), feed_row)
    }

    fn feed_count(&mut self, channel: ChannelNo, after: Pos, until: Pos, rows: usize) -> Result<usize, StorageError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM feed INDEXED BY feed_by_channel
                   WHERE channel = ?1 AND pos > ?2 AND pos <= ?3 LIMIT ?4)";
        let count: i64 = self.one(sql, (channel.0, after, until, limit(rows)), |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    fn held_by(&mut self, channels: &[ChannelNo]) -> Result<Vec<(FactId, FactHash)>, StorageError> {
        let sql = "SELECT f.ord, f.writer, f.seq, f.hash, f.private FROM root_channels c
                   CROSS JOIN facts f ON f.ord = c.root OR (f.root = c.root AND f.root <> f.ord) WHERE c.channel = ?1";
        let mut seen = HashSet::new();
        let mut held = Vec::new();
        for channel in channels {
            let facts = self.all(sql, [channel.0], |row| {
                Ok((row.get::<_, i64>(0)?, id_at(row, 1)?, row.get(3)?, row.get::<_, Option<i64>>(4)?.map(ChannelNo)))
            })?;
            for (order, id, hash, private) in facts {
                let visible = private.is_none_or(|private| channels.binary_search(&private).is_ok());
                if visible && seen.insert(order) {
                    held.push((id, hash));
                }
            }
        }
        Ok(held)
    }

    fn put_channel_set(&mut self, id: u64, channels: &[ChannelNo]) -> Result<(), StorageError> {
        let packed: Vec<u8> = channels.iter().flat_map(|channel| channel.0.to_be_bytes()).collect();
        let sql = "INSERT INTO channel_sets (id, channels) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        self.change(sql, (signed(id), packed)).map(|_| ())
    }

    fn channel_set(&mut self, id: u64) -> Result<Option<Vec<ChannelNo>>, StorageError> {
        let sql = "SELECT channels FROM channel_sets WHERE id = ?1";
        let packed: Option<Vec<u8>> = self.first(sql, [signed(id)], |row| row.get(0))?;
        let Some(packed) = packed else {
            return Ok(None);
        };
        let (numbers, rest) = packed.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(StorageError::Damaged(format!("channel set {id:016x}")));
        }
        Ok(Some(numbers.iter().map(|number| ChannelNo(i64::from_be_bytes(*number))).collect()))
    }
}

impl SqliteTx<'_> {
    fn last_pos(&self) -> Result<Pos, StorageError> {
        if let Some(last) = self.ends.pos.get() {
            return Ok(last);
        }
        let last = self.one("SELECT coalesce(max(pos), 0) FROM feed", [], |row| row.get(0))?;
        self.ends.pos.set(Some(last));
        Ok(last)
    }

    /// Where the feed ended before anything this transaction did.
    pub(super) fn head_at_begin(&self) -> Result<Pos, StorageError> {
        if let Some(head) = self.ends.began_at.get() {
            return Ok(head);
        }
        let head = self.last_pos()?;
        self.ends.began_at.set(Some(head));
        Ok(head)
    }

    /// Reads the feed on from `after`, whatever the channel: cheaper when little has happened since.
    fn pass_over(&self, channels: &[ChannelNo], after: Pos, rows: usize) -> Result<Vec<FeedRow>, StorageError> {
        let sql = "SELECT pos, channel, op, ord FROM feed WHERE pos > ?1 ORDER BY pos";
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let mut cursor = statement.query([after]).map_err(failed)?;
        let mut found = Vec::new();
        while let Some(row) = cursor.next().map_err(failed)? {
            let channel = row.get(1).map(ChannelNo).map_err(failed)?;
            if channels.binary_search(&channel).is_err() {
                continue;
            }
            found.push(feed_row(row).map_err(failed)?);
            if found.len() >= rows {
                break;
            }
        }
        Ok(found)
    }
}

fn feed_row(row: &Row<'_>) -> rusqlite::Result<FeedRow> {
    let op = match row.get(2)? {
        1 => FeedOp::New,
        2 => FeedOp::Joined,
        3 => FeedOp::Gone,
        other => return Err(rusqlite::Error::IntegralValueOutOfRange(2, other)),
    };
    Ok(FeedRow { pos: row.get(0)?, channel: ChannelNo(row.get(1)?), op, order: Order(row.get(3)?) })
}

fn op_code(op: FeedOp) -> i64 {
    match op {
        FeedOp::New => 1,
        FeedOp::Joined => 2,
        FeedOp::Gone => 3,
    }
}
