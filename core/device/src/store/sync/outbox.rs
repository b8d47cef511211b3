//! What waits to go to the office. The outbox is not a table: it is the own facts that are not confirmed.

use fieldbook_model::fact::{Fact, FactHash};
use fieldbook_model::id::{FactId, Order, WriterId};
use fieldbook_protocol::pack::{Content, Item};
use rusqlite::params;

use crate::store::{FactState, Reading, StoreError, Writing};

/// For so many seconds after "Lưu" a fact stays here, so that "Hoàn tác" can take it back.
const UNDO_WINDOW: i64 = 10;

const WAITING: i64 = FactState::Waiting.code();
const SENT: i64 = FactState::Sent.code();
const OFFERED: i64 = FactState::Offered.code();

/// The next facts to send.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outbox {
    /// In sequence.
    pub items: Vec<Item>,
    /// When the next one may go, Unix seconds, if it may not yet.
    pub not_before: Option<i64>,
}

/// What has not reached the office, for screens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Own facts on their way.
    pub facts: u64,
    /// Records those belong to: what a person counts.
    pub records: u64,
    /// Own photos the office does not have whole.
    pub photos: u64,
    /// Bytes of those photos still to go.
    pub photo_bytes: u64,
    /// Own facts that were sent back.
    pub rejected: u64,
}

impl Reading<'_> {
    /// Own facts to send, in sequence, at most `most` and about `room` bytes (one always fits). `now` is Unix seconds; a
    /// fact saved after `now` was saved before the clock was turned back, and goes.
    pub fn outbox(&self, own: WriterId, now: i64, most: usize, room: usize) -> Result<Outbox, StoreError> {
        let Some(first) = self.find_no(FactId::new(own, 0))? else {
            return Ok(Outbox::default());
        };
        let mut statement = self.sql().prepare_cached(
            "SELECT id, content, state, saved_at FROM facts
             WHERE ord IS NULL AND state IN (?1, ?2) AND content IS NOT NULL AND id >= ?3 AND id < ?3 + (1 << 40)
             ORDER BY id LIMIT ?4",
        )?;
        let mut rows = statement.query(params![WAITING, SENT, first, i64::try_from(most).unwrap_or(i64::MAX)])?;
        let mut outbox = Outbox::default();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let saved_at: Option<i64> = row.get(3)?;
            let undo = saved_at
                .filter(|saved| row.get(2) == Ok(WAITING) && (*saved..saved.saturating_add(UNDO_WINDOW)).contains(&now))
                .filter(|_| !fieldbook_model::planted!(UndoSentAnyway));
            if fieldbook_model::planted!(ClockHoldsBack) && saved_at.is_some_and(|saved| now < saved) {
                break;
            }
            if let Some(saved) = undo {
                outbox.not_before = Some(saved.saturating_add(UNDO_WINDOW));
                break;
            }
            let content: Vec<u8> = row.get(1)?;
            bytes += content.len();
            if bytes > room && !outbox.items.is_empty() {
                break;
            }
            let id = self.id(row.get(0)?)?;
            outbox.items.push(Item { id, order: None, content: Content::Whole(Fact::open(id, content)?) });
        }
        Ok(outbox)
    }

    /// Facts of others to offer to a restored office, with the order they had before; those of a case side by side.
    pub fn to_offer(&self, most: usize, room: usize) -> Result<Vec<Item>, StoreError> {
        let mut statement = self.sql().prepare_cached(
            "SELECT facts.id, content, hash, to_offer.ord FROM to_offer JOIN facts ON facts.id = to_offer.fact AND facts.state = ?2
             WHERE sent = 0 ORDER BY facts.root, facts.id LIMIT ?1",
        )?;
        let mut rows = statement.query(params![i64::try_from(most).unwrap_or(i64::MAX), OFFERED])?;
        let mut items = Vec::new();
        let mut bytes = 0;
        while let Some(row) = rows.next()? {
            let (id, content, hash): (FactId, Option<Vec<u8>>, FactHash) = (self.id(row.get(0)?)?, row.get(1)?, row.get(2)?);
            bytes += content.as_ref().map_or(34, Vec::len);
            if bytes > room && !items.is_empty() {
                break;
            }
            let content = match content {
                Some(content) => Content::Whole(Fact::open(id, content)?),
                None => Content::Erased(hash),
            };
            items.push(Item { id, order: Some(Order(row.get(3)?)), content });
        }
        Ok(items)
    }

    /// Whether this is a fact that the restored office has not been offered yet. Nobody else may have it.
    pub(super) fn is_to_offer(&self, no: i64) -> Result<bool, StoreError> {
        let offer =
            "SELECT 1 FROM to_offer JOIN facts ON facts.id = to_offer.fact AND facts.state = ?2 WHERE fact = ?1 AND sent = 0";
        Ok(self.sql().prepare_cached(offer)?.exists([no, OFFERED])?)
    }

    /// Whether there is something to offer to a restored office.
    pub fn has_to_offer(&self) -> Result<bool, StoreError> {
        Ok(!self.to_offer(1, 1)?.is_empty())
    }

    /// What has not reached the office.
    pub fn waiting(&self) -> Result<Waiting, StoreError> {
        let count = |sql: &str| -> Result<u64, StoreError> {
            Ok(self.sql().prepare_cached(sql)?.query_row([], |row| row.get::<_, i64>(0))?.cast_unsigned())
        };
        let (photos, photo_bytes) = self.waiting_photos()?;
        Ok(Waiting {
            facts: count("SELECT count(*) FROM facts WHERE ord IS NULL AND state IN (2, 3) AND content IS NOT NULL")?,
            records: count(
                "SELECT count(DISTINCT root) FROM facts WHERE ord IS NULL AND state IN (2, 3) AND content IS NOT NULL",
            )?,
            photos,
            photo_bytes,
            rejected: count("SELECT count(*) FROM facts WHERE ord IS NULL AND state = 4")?,
        })
    }
}

impl Writing<'_> {
    /// These facts are about to be part of a request: from now on they cannot be taken back.
    pub fn mark_sent(&mut self, own: WriterId, seqs: &[u64]) -> Result<(), StoreError> {
        for seq in seqs {
            let no = self.no(FactId::new(own, *seq))?;
            self.sql()
                .prepare_cached("UPDATE facts SET state = ?2 WHERE id = ?1 AND state = ?3")?
                .execute(params![no, SENT, WAITING])?;
        }
        Ok(())
    }

    /// An own fact that the office cannot even read is sent back here.
    pub fn refuse_here(&mut self, own: WriterId, seq: u64, code: u32, now: i64) -> Result<(), StoreError> {
        self.refuse(FactId::new(own, seq), code, now)?;
        Ok(())
    }
}
