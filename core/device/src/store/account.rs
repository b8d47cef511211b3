//! Whose phone this is, and the counters that are only ever used once.

use fieldbook_model::case::{Case, Placed};
use fieldbook_model::id::{FactId, WriterId};
use fieldbook_model::receipt::{Label, Receipt};
use fieldbook_protocol::pack::{Content, Item};
use rusqlite::{OptionalExtension, params};

use super::{Reading, StoreError, Writing};

/// Who writes on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The number under which this phone writes.
    pub writer: WriterId,
    /// The person.
    pub person: FactId,
    /// The letters at the front of its receipts.
    pub label: String,
}

/// What one transaction counts up, stored once before its commit.
#[derive(Debug)]
pub(super) struct Counters {
    next: FactId,
    label: String,
    receipt: u32,
}

impl Reading<'_> {
    /// Whose phone this is. Errors with [`StoreError::NotEnrolled`] before enrolment.
    pub fn account(&self) -> Result<Account, StoreError> {
        self.find_account()?.ok_or(StoreError::NotEnrolled)
    }

    /// Whose phone this is; none before enrolment.
    pub fn find_account(&self) -> Result<Option<Account>, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT writer, person, label FROM account")?;
        let row = statement
            .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?)))
            .optional()?;
        let Some((writer, person, label)) = row else {
            return Ok(None);
        };
        Ok(Some(Account { writer: self.writer(writer)?, person: self.id(person)?, label }))
    }
}

impl Writing<'_> {
    /// Makes this phone a writer of a person, or gives it a new writer. The new writer starts at sequence 1; receipts go
    /// on counting unless the label is new.
    pub fn set_account(&mut self, account: &Account) -> Result<(), StoreError> {
        self.store_counters()?;
        let writer = self.writer_no(account.writer)?;
        let person = self.no(account.person)?;
        self.sql()
            .prepare_cached(
                "INSERT INTO account(one, writer, person, label, next_seq, next_receipt) VALUES(1, ?1, ?2, ?3, 1, 1)
                 ON CONFLICT DO UPDATE SET
                   next_seq = iif(writer = excluded.writer, next_seq, 1),
                   next_receipt = iif(label = excluded.label, next_receipt, 1),
                   writer = excluded.writer, person = excluded.person, label = excluded.label",
            )?
            .execute(params![writer, person, account.label])?;
        Ok(())
    }

    /// The next id of this phone's own facts. Never given out again, even when this fact is undone later.
    pub fn next_id(&mut self) -> Result<FactId, StoreError> {
        let counters = self.counters()?;
        let id = counters.next;
        counters.next = FactId::new(id.writer, id.seq + 1);
        Ok(id)
    }

    /// The next receipt of this phone.
    pub fn next_receipt(&mut self) -> Result<Receipt, StoreError> {
        let counters = self.counters()?;
        let label: Label = counters.label.parse().map_err(|error| StoreError::Corrupt { reason: format!("label: {error}") })?;
        let receipt = Receipt::new(label, counters.receipt);
        counters.receipt += 1;
        Ok(receipt)
    }

    /// A fact of this very writer comes from the office: when the phone was put back to an older copy it does not remember its
    /// number and its receipt, and gives neither out again.
    pub(super) fn used_before(&mut self, item: &Item) -> Result<(), StoreError> {
        self.store_counters()?;
        let writer = self.writer_no(item.id.writer)?;
        self.sql()
            .prepare_cached("UPDATE account SET next_seq = ?2 + 1 WHERE writer = ?1 AND next_seq <= ?2")?
            .execute(params![writer, item.id.seq.cast_signed()])?;
        if let Some(receipt) = receipt_of(item) {
            self.sql()
                .prepare_cached("UPDATE account SET next_receipt = ?2 + 1 WHERE label = ?1 AND next_receipt <= ?2")?
                .execute(params![receipt.label().as_str(), receipt.counter()])?;
        }
        Ok(())
    }

    /// One statement for everything that this transaction counted.
    pub(super) fn store_counters(&mut self) -> Result<(), StoreError> {
        if let Some(Counters { next, receipt, .. }) = self.counters.take() {
            self.sql()
                .prepare_cached("UPDATE account SET next_seq = ?1, next_receipt = ?2 WHERE one = 1")?
                .execute(params![next.seq.cast_signed(), receipt])?;
        }
        Ok(())
    }

    fn counters(&mut self) -> Result<&mut Counters, StoreError> {
        let counters = match self.counters.take() {
            Some(counters) => counters,
            None => self.stored_counters()?,
        };
        Ok(self.counters.insert(counters))
    }

    fn stored_counters(&self) -> Result<Counters, StoreError> {
        let mut statement = self.sql().prepare_cached("SELECT writer, next_seq, label, next_receipt FROM account")?;
        let row = statement
            .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get(2)?, row.get(3)?)))
            .optional()?;
        let (writer, mut seq, label, receipt) = row.ok_or(StoreError::NotEnrolled)?;
        if fieldbook_model::planted!(SeqReused) {
            let mut last = self.sql().prepare_cached("SELECT count(*) + 1 FROM facts WHERE id >> 40 = ?1")?;
            seq = last.query_row([writer], |row| row.get(0))?;
        }
        Ok(Counters { next: FactId::new(self.writer(writer)?, seq.cast_unsigned()), label, receipt })
    }
}

/// The receipt of a record that begins here.
fn receipt_of(item: &Item) -> Option<Receipt> {
    let Content::Whole(fact) = &item.content else { return None };
    let case = Case::fold(fact.id, &[Placed { fact, order: item.order }], &[])?;
    case.receipt?.parse().ok()
}
