//! The two kinds of transaction, and the small numbers that stand for facts inside the database.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::{Arc, Mutex};

use fieldbook_model::id::{FactId, WriterId};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension, ToSql};

use super::account::Counters;
use super::{Organisation, Seal, StoreError, blobs, lock, meta, views};

const SEQ_BITS: u32 = 40;

/// A consistent look at the database.
#[derive(Debug)]
pub struct Reading<'c> {
    sql: &'c Connection,
    writers: RefCell<BTreeMap<i64, WriterId>>,
    organisation: &'c Mutex<Option<Arc<Organisation>>>,
    seal: &'c Seal,
}

/// A change in the making. Everything a [`Reading`] can do, and writing.
#[derive(Debug)]
pub struct Writing<'c> {
    reading: Reading<'c>,
    touched: BTreeSet<i64>,
    /// Ids and receipts given out that the account does not know of yet.
    pub(super) counters: Option<Counters>,
    /// Cases that this phone began in this transaction, and that put nothing right.
    begun: BTreeSet<i64>,
    organisation_changed: bool,
    erased: bool,
    orphans: BTreeSet<Vec<u8>>,
    doomed: Vec<String>,
}

impl<'c> Reading<'c> {
    pub(super) fn new(sql: &'c Connection, organisation: &'c Mutex<Option<Arc<Organisation>>>, seal: &'c Seal) -> Self {
        Self { sql, writers: RefCell::default(), organisation, seal }
    }

    /// For the store's own queries.
    pub(crate) fn sql(&self) -> &'c Connection {
        self.sql
    }

    /// What seals this phone's tokens.
    pub(crate) fn seal(&self) -> &'c Seal {
        self.seal
    }

    /// Units, people, duties and topics as known now.
    pub fn organisation(&self) -> Result<Arc<Organisation>, StoreError> {
        let version = meta::get::<i64>(self.sql, meta::ORGANISATION)?.unwrap_or(0);
        if let Some(known) = lock(self.organisation).as_ref().filter(|known| known.version == version) {
            return Ok(Arc::clone(known));
        }
        let fresh = Arc::new(Organisation::load(self, version)?);
        *lock(self.organisation) = Some(Arc::clone(&fresh));
        Ok(fresh)
    }

    /// A single value kept under this key.
    pub fn meta<T: FromSql>(&self, key: &str) -> Result<Option<T>, StoreError> {
        meta::get(self.sql, key)
    }

    /// The fact that this number stands for.
    pub fn id(&self, no: i64) -> Result<FactId, StoreError> {
        let seq = no & ((1 << SEQ_BITS) - 1);
        Ok(FactId::new(self.writer(no >> SEQ_BITS)?, seq.cast_unsigned()))
    }

    /// As [`Self::id`], for a column that may be empty.
    pub fn id_opt(&self, no: Option<i64>) -> Result<Option<FactId>, StoreError> {
        no.map(|no| self.id(no)).transpose()
    }

    /// The number that stands for a fact; none when its writer was never heard of here, so nothing here names it.
    pub fn find_no(&self, id: FactId) -> Result<Option<i64>, StoreError> {
        let Some(seq) = seq_in_range(id) else {
            return Ok(None);
        };
        Ok(self.find_writer_no(id.writer)?.map(|writer| (writer << SEQ_BITS) | seq))
    }

    pub(super) fn writer(&self, no: i64) -> Result<WriterId, StoreError> {
        if let Some(known) = self.writers.borrow().get(&no) {
            return Ok(*known);
        }
        let mut statement = self.sql.prepare_cached("SELECT id FROM writers WHERE no = ?1")?;
        let id: i64 = statement.query_row([no], |row| row.get(0))?;
        let writer = WriterId(id.cast_unsigned());
        self.writers.borrow_mut().insert(no, writer);
        Ok(writer)
    }

    fn find_writer_no(&self, writer: WriterId) -> Result<Option<i64>, StoreError> {
        if let Some((no, _)) = self.writers.borrow().iter().find(|(_, known)| **known == writer) {
            return Ok(Some(*no));
        }
        let mut statement = self.sql.prepare_cached("SELECT no FROM writers WHERE id = ?1")?;
        let found: Option<i64> = statement.query_row([writer.0.cast_signed()], |row| row.get(0)).optional()?;
        if let Some(no) = found {
            self.writers.borrow_mut().insert(no, writer);
        }
        Ok(found)
    }
}

impl<'c> Deref for Writing<'c> {
    type Target = Reading<'c>;

    fn deref(&self) -> &Reading<'c> {
        &self.reading
    }
}

impl<'c> Writing<'c> {
    pub(super) fn new(sql: &'c Connection, organisation: &'c Mutex<Option<Arc<Organisation>>>, seal: &'c Seal) -> Self {
        Self {
            reading: Reading::new(sql, organisation, seal),
            touched: BTreeSet::new(),
            counters: None,
            begun: BTreeSet::new(),
            organisation_changed: false,
            erased: false,
            orphans: BTreeSet::new(),
            doomed: Vec::new(),
        }
    }

    /// Units, people, duties and topics, changes of this transaction included.
    pub fn organisation(&self) -> Result<Arc<Organisation>, StoreError> {
        if self.organisation_changed {
            return Ok(Arc::new(Organisation::load(&self.reading, -1)?));
        }
        self.reading.organisation()
    }

    /// Keeps a single value under this key.
    pub fn set_meta<T: ToSql>(&mut self, key: &str, value: T) -> Result<(), StoreError> {
        meta::set(self.sql, key, value)
    }

    /// Forgets the value under this key.
    pub fn remove_meta(&mut self, key: &str) -> Result<(), StoreError> {
        meta::remove(self.sql, key)
    }

    /// The number that stands for a fact, whether or not it is here.
    ///
    /// # Errors
    /// [`StoreError::BadFact`] for a sequence beyond 2^40, which no office gives out.
    pub fn no(&mut self, id: FactId) -> Result<i64, StoreError> {
        let seq = seq_in_range(id)
            .ok_or_else(|| StoreError::BadFact(fieldbook_model::fact::BadFact::Malformed("a sequence beyond 2^40".into())))?;
        Ok((self.writer_no(id.writer)? << SEQ_BITS) | seq)
    }

    pub(super) fn writer_no(&mut self, writer: WriterId) -> Result<i64, StoreError> {
        if let Some(no) = self.find_writer_no(writer)? {
            return Ok(no);
        }
        let mut statement = self.sql.prepare_cached("INSERT INTO writers(id) VALUES(?1) RETURNING no")?;
        Ok(statement.query_row([writer.0.cast_signed()], |row| row.get(0))?)
    }

    /// The case (or unit, person …) under this root has changed; its views are folded anew before the commit.
    pub(super) fn touch(&mut self, root: i64) {
        self.touched.insert(root);
    }

    /// An own fact has begun a case.
    pub(super) fn begin(&mut self, root: i64) {
        self.begun.insert(root);
    }

    /// Whether all there is of a case was written in this transaction.
    pub(super) fn has_begun(&self, root: i64) -> bool {
        self.begun.contains(&root)
    }

    /// The case was folded already and no later than its last change.
    pub(super) fn untouch(&mut self, root: i64) {
        self.touched.remove(&root);
    }

    /// Something about the organisation has changed.
    pub(super) fn organisation_changes(&mut self) -> Result<(), StoreError> {
        if self.organisation_changed {
            return Ok(());
        }
        self.organisation_changed = true;
        let version = meta::get::<i64>(self.sql, meta::ORGANISATION)?.unwrap_or(0);
        meta::set(self.sql, meta::ORGANISATION, version + 1)
    }

    /// Text was erased for good: after the commit no byte of it may be left.
    pub(super) fn owes_scrub(&mut self) -> Result<(), StoreError> {
        self.erased = true;
        meta::set(self.sql, meta::SCRUB_OWED, 1_i64)
    }

    pub(super) fn erased(&self) -> bool {
        self.erased
    }

    /// Folds everything touched so far into the views. Called by itself before the commit.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        self.store_counters()?;
        while let Some(root) = self.touched.pop_first() {
            views::refold(self, root)?;
        }
        Ok(())
    }

    /// Nothing may name this photo any more; looked at before the commit.
    pub(super) fn may_be_orphan(&mut self, hash: Vec<u8>) {
        self.orphans.insert(hash);
    }

    /// Gives the photos that nothing names any more to be deleted after the commit.
    pub(super) fn doom_orphans(&mut self) -> Result<(), StoreError> {
        while let Some(hash) = self.orphans.pop_first() {
            if let Some(path) = blobs::forget_unnamed(self.sql, &hash)? {
                self.doomed.push(path);
            }
        }
        Ok(())
    }

    /// A photo file to be deleted after the commit.
    pub(super) fn doom(&mut self, path: String) -> Result<(), StoreError> {
        blobs::doom(self.sql, &path)?;
        self.doomed.push(path);
        Ok(())
    }

    pub(super) fn take_doomed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.doomed)
    }
}

fn seq_in_range(id: FactId) -> Option<i64> {
    i64::try_from(id.seq).ok().filter(|seq| *seq < 1 << SEQ_BITS)
}
