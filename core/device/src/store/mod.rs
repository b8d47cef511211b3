//! The phone's database: facts, what they add up to, drafts and photos. All SQL of the phone is in this folder.
//!
//! [`Store::read`] and [`Store::write`] are the only doors; every write is one transaction, durable when it returns, and
//! leaves the views folded anew for every case it touched.

mod account;
mod blobs;
mod drafts;
mod dump;
mod erase;
mod error;
mod facts;
mod meta;
mod organisation;
pub mod query;
mod rebuild;
mod repairs;
#[cfg(test)]
pub(crate) mod sample;
mod schema;
mod seal;
pub mod sync;
#[cfg(test)]
mod tests;
mod tx;
mod upkeep;
mod views;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

pub use account::Account;
pub use blobs::{BlobLine, BlobState};
pub use drafts::DraftRow;
pub use error::StoreError;
pub use facts::{Arrived, FactState, Kept};
pub use organisation::{Organisation, PersonLine, TopicLine};
pub use rebuild::Rebuild;
pub use seal::{KEY_LEN, Seal, SealedToken};
pub use tx::{Reading, Writing};
pub use views::Folded;

/// Statements kept prepared per connection.
const PREPARED: usize = 160;
/// How long a connection waits for another one's lock, milliseconds.
const BUSY_MS: u64 = 10_000;
/// Idle read connections kept.
const READERS: usize = 2;

/// The phone's database. Shared by threads: one writes at a time, others read beside it.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    organisation: Mutex<Option<Arc<Organisation>>>,
    seal: Seal,
}

impl Store {
    /// Opens the database at `path`, made if there is none, brought to the present schema if it is older.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a newer app made it (it is left as it is), [`StoreError::Corrupt`] when it is not a database.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_sealed(path, Seal::default())
    }

    /// As [`Store::open`], tokens sealed. Tokens that another key sealed are lost: the phone then has to be signed in again,
    /// and keeps all that was written on it.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_sealed(path: &Path, seal: Seal) -> Result<Self, StoreError> {
        let mut writer = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        let found = schema::version(&writer)?;
        if found > schema::VERSION {
            return Err(StoreError::Newer { found, known: schema::VERSION });
        }
        writer.pragma_update(None, "journal_mode", "WAL")?;
        writer.pragma_update(None, "synchronous", "FULL")?;
        writer.pragma_update(None, "secure_delete", true)?;
        if fieldbook_model::planted!(PhoneNoSync) {
            writer.pragma_update(None, "synchronous", "OFF")?;
        }
        schema::prepare(&mut writer)?;
        let store = Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::new(Vec::new()),
            organisation: Mutex::new(None),
            seal,
        };
        blobs::delete_doomed(&lock(&store.writer))?;
        store.scrub_if_owed()?;
        store.give_up_lost_tokens()?;
        Ok(store)
    }

    /// Looks at the database as it is now; what others write meanwhile is not seen.
    pub fn read<T, E: From<StoreError>>(&self, look: impl FnOnce(&Reading<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = self.reader()?;
        let outcome = {
            let _look = Transaction::begin(&connection, "BEGIN")?;
            look(&Reading::new(&connection, &self.organisation, &self.seal))
        };
        let mut readers = lock(&self.readers);
        if readers.len() < READERS {
            readers.push(connection);
        }
        outcome
    }

    /// Changes the database in one transaction: durable when this returns `Ok`, unchanged when it returns an error.
    pub fn write<T, E: From<StoreError>>(&self, change: impl FnOnce(&mut Writing<'_>) -> Result<T, E>) -> Result<T, E> {
        let connection = lock(&self.writer);
        let transaction = Transaction::begin(&connection, "BEGIN IMMEDIATE")?;
        let mut writing = Writing::new(&connection, &self.organisation, &self.seal);
        let value = change(&mut writing)?;
        writing.settle()?;
        writing.doom_orphans()?;
        let (erased, doomed) = (writing.erased(), writing.take_doomed());
        transaction.commit()?;
        if !doomed.is_empty() {
            blobs::delete_doomed(&connection)?;
        }
        if erased && !fieldbook_model::planted!(ScrubForgotten) {
            scrub(&connection)?;
        }
        Ok(value)
    }

    /// What seals this phone's tokens.
    pub(crate) fn seal(&self) -> &Seal {
        &self.seal
    }

    /// Where the database lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        if let Some(connection) = lock(&self.readers).pop() {
            return Ok(connection);
        }
        connect(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    fn scrub_if_owed(&self) -> Result<(), StoreError> {
        let connection = lock(&self.writer);
        if meta::get::<i64>(&connection, meta::SCRUB_OWED)?.is_some() { scrub(&connection) } else { Ok(()) }
    }
}

/// A transaction begun and ended by statements that are kept prepared; given up when it is dropped before its commit.
struct Transaction<'c>(&'c Connection);

impl<'c> Transaction<'c> {
    fn begin(connection: &'c Connection, how: &str) -> Result<Self, StoreError> {
        run(connection, how)?;
        Ok(Self(connection))
    }

    fn commit(self) -> Result<(), StoreError> {
        run(self.0, "COMMIT")
    }
}

impl Drop for Transaction<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit()
            && let Err(error) = run(self.0, "ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be given up");
        }
    }
}

fn run(connection: &Connection, sql: &str) -> Result<(), StoreError> {
    connection.prepare_cached(sql)?.execute([])?;
    Ok(())
}

/// Leaves no byte of what was erased: pages are written anew from what still counts, and the log is emptied. When the
/// disk is short or somebody reads, it is owed and done at the next erasure or start.
fn scrub(connection: &Connection) -> Result<(), StoreError> {
    let rewritten = connection.execute_batch("VACUUM");
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    match rewritten {
        Ok(()) if busy == 0 => meta::remove(connection, meta::SCRUB_OWED),
        Ok(()) => Ok(()),
        Err(error) => {
            tracing::warn!(%error, "erased pages are rewritten at the next start");
            Ok(())
        }
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_MS))?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without it, a kept statement whose plan might depend on a parameter is prepared anew at every use.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.set_limit(Limit::SQLITE_LIMIT_LENGTH, 64 << 20)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000)?;
    // VACUUM attaches a database of its own.
    connection.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    Ok(connection)
}

/// A thread that panicked has rolled its transaction back, so what it held is whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
