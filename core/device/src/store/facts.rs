//! The log: facts come in, change state, lose their content. What they add up to is folded elsewhere.

use fieldbook_model::body::{Kind, Photo};
use fieldbook_model::fact::{Fact, FactHash, Statement};
use fieldbook_model::id::{FactId, Order};
use fieldbook_protocol::pack::{Content, Item};
use rusqlite::{OptionalExtension, Row, params};

use super::{Reading, StoreError, Writing};

/// Where a fact stands between this phone and the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FactState {
    /// The office has it and gave it its place in the order.
    Confirmed,
    /// Saved here, never part of a request.
    Waiting,
    /// Was part of a request at least once; whether it arrived is not known. Set before the request goes, so that an
    /// undo never takes back what may have arrived.
    Sent,
    /// Refused by the office; shown under "Cần xử lý".
    Refused,
    /// The office has it but keeps it back, because it hangs on a refused fact.
    Held,
    /// Refused (or hanging on a refused one) and given up by its author. Shown, never sent.
    Discarded,
    /// Another's fact that a restored server may have lost; offered to it.
    Offered,
}

impl FactState {
    /// The number in the database.
    pub const fn code(self) -> i64 {
        match self {
            Self::Confirmed => 1,
            Self::Waiting => 2,
            Self::Sent => 3,
            Self::Refused => 4,
            Self::Held => 5,
            Self::Discarded => 6,
            Self::Offered => 7,
        }
    }

    /// The state with this number; none for a number of no state.
    pub const fn from_code(code: i64) -> Option<Self> {
        Some(match code {
            1 => Self::Confirmed,
            2 => Self::Waiting,
            3 => Self::Sent,
            4 => Self::Refused,
            5 => Self::Held,
            6 => Self::Discarded,
            7 => Self::Offered,
            _ => return None,
        })
    }

    /// Whether the office said no, or its author gave up: then it does not count in its case.
    pub const fn is_out(self) -> bool {
        matches!(self, Self::Refused | Self::Discarded)
    }
}

/// A fact as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Identity.
    pub id: FactId,
    /// The fact; none once erased.
    pub fact: Option<Fact>,
    /// SHA-256 over id and content.
    pub hash: FactHash,
    /// Its place in the order; none while unconfirmed.
    pub order: Option<Order>,
    /// Where it stands.
    pub state: FactState,
    /// When it was saved here by this phone's clock, Unix seconds; own facts only.
    pub saved_at: Option<i64>,
}

/// What became of a fact that came from the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// It was not here.
    New,
    /// It was here; it now has the order it came with.
    Known,
    /// Another content stands here under the same id. Nothing was changed.
    Differs,
}

const COLUMNS: &str = "id, content, hash, ord, state, saved_at";

impl Reading<'_> {
    /// One fact.
    pub fn fact(&self, id: FactId) -> Result<Option<Kept>, StoreError> {
        let Some(no) = self.find_no(id)? else {
            return Ok(None);
        };
        let mut statement = self.sql().prepare_cached(&format!("SELECT {COLUMNS} FROM facts WHERE id = ?1"))?;
        let row = statement.query_row([no], KeptRow::read).optional()?;
        row.map(|row| row.kept(self)).transpose()
    }

    /// Every fact that names this root, confirmed ones first in their order, then the rest by id.
    pub fn facts_of(&self, root: FactId) -> Result<Vec<Kept>, StoreError> {
        let Some(no) = self.find_no(root)? else {
            return Ok(Vec::new());
        };
        self.facts_of_no(no)
    }

    pub(super) fn facts_of_no(&self, root: i64) -> Result<Vec<Kept>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM facts WHERE root = ?1 ORDER BY ord IS NULL, ord, id");
        let mut statement = self.sql().prepare_cached(&sql)?;
        let rows = statement.query_map([root], KeptRow::read)?.collect::<Result<Vec<_>, _>>()?;
        rows.into_iter().map(|row| row.kept(self)).collect()
    }

    /// Where a fact stands; none when it is not here.
    pub(super) fn state_of(&self, id: FactId) -> Result<Option<FactState>, StoreError> {
        let Some(no) = self.find_no(id)? else { return Ok(None) };
        let mut statement = self.sql().prepare_cached("SELECT state FROM facts WHERE id = ?1")?;
        let state: Option<i64> = statement.query_row([no], |row| row.get(0)).optional()?;
        Ok(state.and_then(FactState::from_code))
    }

    /// The case a fact belongs to, repairs followed; none when the fact is not here.
    pub fn root_of(&self, id: FactId) -> Result<Option<FactId>, StoreError> {
        let Some(no) = self.find_no(id)? else {
            return Ok(None);
        };
        let mut statement = self.sql().prepare_cached("SELECT root FROM facts WHERE id = ?1")?;
        let root: Option<i64> = statement.query_row([no], |row| row.get(0)).optional()?;
        root.map(|root| self.id(self.resolve_no(root)?)).transpose()
    }

    /// Why a fact was refused, as a number of [`fieldbook_model::case::Refusal`].
    pub fn refusal(&self, id: FactId) -> Result<Option<u32>, StoreError> {
        let Some(no) = self.find_no(id)? else {
            return Ok(None);
        };
        let mut statement = self.sql().prepare_cached("SELECT code FROM refusals WHERE fact = ?1")?;
        Ok(statement.query_row([no], |row| row.get(0)).optional()?)
    }
}

impl Writing<'_> {
    /// Writes down an own fact: it gets the next sequence number and waits to be sent.
    pub fn record(&mut self, statement: Statement, now: i64) -> Result<Fact, StoreError> {
        let fact = Fact::seal(self.next_id()?, statement)?;
        if fact.is_root() && fact.repairs.is_none() {
            let no = self.no(fact.id)?;
            self.begin(no);
        }
        self.put(&fact, fact.hash(), FactState::Waiting, None, Some(now))?;
        Ok(fact)
    }

    /// Takes in a fact (or the stub of an erased one) from the office. A stub does not erase what is here: the erasure
    /// that comes with it does.
    pub fn receive(&mut self, item: &Item) -> Result<Arrived, StoreError> {
        if let Some(known) = self.fact(item.id)? {
            if known.hash != item.hash() {
                return Ok(Arrived::Differs);
            }
            if matches!(item.content, Content::Erased(_)) && known.fact.is_some() {
                self.erase(item.id)?;
            }
            if let Some(order) = item.order {
                self.set_state(item.id, FactState::Confirmed, Some(order))?;
            }
            return Ok(Arrived::Known);
        }
        let state = if item.order.is_some() { FactState::Confirmed } else { FactState::Offered };
        match &item.content {
            Content::Whole(fact) => self.put(fact, item.hash(), state, item.order, None)?,
            Content::Erased(hash) => self.put_stub(item.id, *hash, state, item.order)?,
        }
        Ok(Arrived::New)
    }

    /// Where a fact stands now. `order` comes with [`FactState::Confirmed`] only. False when the fact is not here.
    pub fn set_state(&mut self, id: FactId, state: FactState, order: Option<Order>) -> Result<bool, StoreError> {
        let no = self.no(id)?;
        let mut statement =
            self.sql().prepare_cached("UPDATE facts SET state = ?2, ord = ?3 WHERE id = ?1 RETURNING root, kind, repairs")?;
        let row = statement
            .query_row(params![no, state.code(), order.map(|o| o.0)], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, u32>(1)?, row.get::<_, Option<i64>>(2)?))
            })
            .optional()?;
        let Some((root, kind, repairs)) = row else {
            return Ok(false);
        };
        if state != FactState::Refused {
            self.sql().prepare_cached("DELETE FROM refusals WHERE fact = ?1")?.execute([no])?;
        }
        if state == FactState::Confirmed {
            self.erase_if_named(no)?;
        }
        if !fieldbook_model::planted!(ViewNotFolded) {
            self.affects(root, Kind::from_code(kind), repairs)?;
            if root == no {
                self.stands_anew(no)?;
            }
        }
        Ok(true)
    }

    /// The office refused an own fact for good. False when the fact is not here.
    pub fn refuse(&mut self, id: FactId, code: u32, now: i64) -> Result<bool, StoreError> {
        if !self.set_state(id, FactState::Refused, None)? {
            return Ok(false);
        }
        let no = self.no(id)?;
        self.sql()
            .prepare_cached("INSERT OR REPLACE INTO refusals(fact, code, at) VALUES(?1, ?2, ?3)")?
            .execute(params![no, code, now])?;
        self.take_along(id, now)?;
        Ok(true)
    }

    /// A case is no longer for this phone: forgets it, and leaves no byte of it, except own facts that the office does not have
    /// yet and what a restored one is still to be offered. A photo of it that still has to go is owed to the office, and stays until
    /// it has gone.
    pub fn drop_root(&mut self, root: FactId) -> Result<(), StoreError> {
        let no = self.no(root)?;
        for kept in self.facts_of(root)? {
            let taken = kept.state == FactState::Confirmed && kept.saved_at.is_some();
            if let Some(fact) = kept.fact.filter(|fact| taken && fact.kind == Kind::Photo)
                && let Ok(photo) = fact.read::<Photo>()
                && !fieldbook_model::planted!(DropForgetsPhotos)
            {
                // Also when another record, which may be refused, attached the same picture first.
                self.sql()
                    .prepare_cached("UPDATE blobs SET of_fact = NULL WHERE hash = ?1 AND state = 1")?
                    .execute([*photo.hash])?;
            }
        }
        // What was typed for it lies in a draft until the next save; it cannot be undone any more.
        self.sql()
            .prepare_cached(
                "DELETE FROM drafts WHERE first IS NOT NULL AND EXISTS (SELECT 1 FROM facts
                   WHERE facts.root = ?1 AND facts.ord IS NOT NULL AND facts.id BETWEEN drafts.first AND drafts.last)",
            )?
            .execute([no])?;
        if fieldbook_model::planted!(DropTakesUnsent) {
            self.sql().prepare_cached("DELETE FROM facts WHERE root = ?1")?.execute([no])?;
        }
        let forgotten = self
            .sql()
            .prepare_cached(
                "DELETE FROM facts WHERE root = ?1 AND (state IN (1, 7) OR (id >> 40) != (SELECT writer FROM account))
                   AND NOT (state = 7 AND EXISTS (SELECT 1 FROM to_offer WHERE fact = facts.id AND sent = 0))",
            )?
            .execute([no])?;
        if forgotten > 0 {
            self.owes_scrub()?;
        }
        self.stands_anew(no)?;
        self.touch_resolved(no)
    }

    /// Takes an own fact out of the log as if it had never been: only for one that was never part of a request.
    pub(super) fn unrecord(&mut self, no: i64) -> Result<(), StoreError> {
        let mut statement = self.sql().prepare_cached("DELETE FROM facts WHERE id = ?1 RETURNING root, repairs")?;
        let row = statement.query_row([no], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?))).optional()?;
        let Some((root, repairs)) = row else {
            return Ok(());
        };
        if let Some(old) = repairs {
            self.touch_resolved(old)?;
        }
        self.touch(root);
        self.touch_resolved(root)
    }

    fn put(
        &mut self,
        fact: &Fact,
        hash: FactHash,
        state: FactState,
        order: Option<Order>,
        saved_at: Option<i64>,
    ) -> Result<(), StoreError> {
        let (no, root) = (self.no(fact.id)?, self.no(fact.root)?);
        let repairs = fact.repairs.map(|id| self.no(id)).transpose()?;
        let is_own = saved_at.is_some();
        let content = if !is_own && self.is_erased(no, &hash)? { None } else { Some(fact.content()) };
        self.sql()
            .prepare_cached(
                "INSERT INTO facts(id, root, kind, state, ord, saved_at, repairs, hash, content)
                 VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![no, root, fact.kind.code(), state.code(), order.map(|o| o.0), saved_at, repairs, hash, content])?;
        if fact.kind == Kind::Erasure {
            self.apply_erasure(fact)?;
        }
        if root == no && !is_own {
            self.stands_anew(no)?;
        }
        self.affects(root, fact.kind, repairs)
    }

    /// A stub does not say which root it had: until an erasure of the case names it, it stands alone.
    fn put_stub(&mut self, id: FactId, hash: FactHash, state: FactState, order: Option<Order>) -> Result<(), StoreError> {
        let no = self.no(id)?;
        self.sql()
            .prepare_cached("INSERT INTO facts(id, root, kind, state, ord, hash) VALUES(?1, ?1, 0, ?2, ?3, ?4)")?
            .execute(params![no, state.code(), order.map(|o| o.0), hash])?;
        self.name_erased(no)
    }

    /// Which views a change to a fact of this kind under this root concerns.
    pub(super) fn affects(&mut self, root: i64, kind: Kind, repairs: Option<i64>) -> Result<(), StoreError> {
        if kind.is_reference() {
            return self.organisation_changes();
        }
        if matches!(kind, Kind::Correction | Kind::Other(_)) && self.is_reference_root(root)? {
            return self.organisation_changes();
        }
        if let Some(old) = repairs {
            self.touch(old);
        }
        self.touch_resolved(root)
    }

    fn is_reference_root(&self, root: i64) -> Result<bool, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT kind FROM facts WHERE id = ?1")?;
        let kind: Option<u32> = statement.query_row([root], |row| row.get(0)).optional()?;
        Ok(kind.is_some_and(|kind| Kind::from_code(kind).is_reference()))
    }

    pub(super) fn touch_resolved(&mut self, root: i64) -> Result<(), StoreError> {
        let resolved = if self.has_begun(root) { root } else { self.resolve_no(root)? };
        self.touch(resolved);
        Ok(())
    }
}

struct KeptRow {
    no: i64,
    content: Option<Vec<u8>>,
    hash: FactHash,
    order: Option<i64>,
    state: i64,
    saved_at: Option<i64>,
}

impl KeptRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            no: row.get(0)?,
            content: row.get(1)?,
            hash: row.get(2)?,
            order: row.get(3)?,
            state: row.get(4)?,
            saved_at: row.get(5)?,
        })
    }

    fn kept(self, tx: &Reading<'_>) -> Result<Kept, StoreError> {
        let id = tx.id(self.no)?;
        let state = FactState::from_code(self.state)
            .ok_or_else(|| StoreError::Corrupt { reason: format!("fact {id} is in no state ({})", self.state) })?;
        Ok(Kept {
            id,
            fact: self.content.map(|content| Fact::open(id, content)).transpose()?,
            hash: self.hash,
            order: self.order.map(Order),
            state,
            saved_at: self.saved_at,
        })
    }
}
