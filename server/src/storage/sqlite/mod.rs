//! The built-in storage: one SQLite file, one writing thread, a pool of readers.

mod copier;
mod devices;
mod facts;
mod feeds;
mod keeping;
mod news;
mod paced;
mod schema;
mod turns;
mod verdicts;
mod writer;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;

use fieldbook_model::id::{FactId, WriterId};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Params, Row};

use super::{ChannelNo, Done, Memo, Pos, Storage, StorageError, Tx, WriteJob};
use copier::Copier;
use news::News;
use turns::{Queued, Turns};

/// How long a transaction waits for another process (the command line beside the server) before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);

/// With a copier, the writer copies the log of changes itself only when so many pages are in it.
const FAR_BEHIND: u32 = 32_768;

/// How many reading connections are kept open; more are opened when more are needed at once.
const READERS_KEPT: usize = 8;

/// An SQLite file as a storage. Dropping it finishes the queued jobs first.
pub struct Sqlite {
    path: PathBuf,
    jobs: Option<mpsc::Sender<Queued>>,
    writer: Option<JoinHandle<()>>,
    readers: Mutex<Vec<Connection>>,
    memo: Arc<Memo>,
    news: Arc<Mutex<News>>,
}

impl Sqlite {
    /// Opens the file, creating or upgrading it. A file of a newer version is refused and left as it is.
    pub fn open(path: &Path) -> Result<Self, StorageError> {
        Self::start(path, None)
    }

    /// As [`Self::open`], for many who wait at once: a thread beside the writer copies the log of changes into the file.
    pub fn open_for_many(path: &Path) -> Result<Self, StorageError> {
        let conn = connect(path)?;
        paced::pace(&conn)?;
        Self::start(path, Some(Copier::start(conn).map_err(|error| StorageError::Other(error.to_string()))?))
    }

    fn start(path: &Path, mut copier: Option<Copier>) -> Result<Self, StorageError> {
        let mut conn = connect(path)?;
        schema::upgrade(&mut conn)?;
        if copier.is_some() {
            conn.pragma_update(None, "wal_autocheckpoint", FAR_BEHIND).map_err(failed)?;
        }
        let (memo, news) = (Arc::new(Memo::default()), Arc::new(Mutex::default()));
        let (jobs, queue) = mpsc::channel();
        let for_writer = (Arc::clone(&memo), Arc::clone(&news));
        let writer = std::thread::Builder::new()
            .name("storage-writer".into())
            .spawn(move || writer::run(&conn, Turns::new(queue), &for_writer.0, &for_writer.1, copier.as_mut()))
            .map_err(|error| StorageError::Other(error.to_string()))?;
        Ok(Self { path: path.to_owned(), jobs: Some(jobs), writer: Some(writer), readers: Mutex::default(), memo, news })
    }

    /// Writes a consistent copy of the database to a new file, while work goes on.
    pub fn backup_to(&self, path: &Path) -> Result<(), StorageError> {
        let conn = self.reader()?;
        let mut copy = Connection::open(path).map_err(failed)?;
        let backup = rusqlite::backup::Backup::new(&conn, &mut copy).map_err(failed)?;
        backup.run_to_completion(1_024, Duration::ZERO, None).map_err(failed)
    }

    /// Asks SQLite whether the file is sound; the first findings when it is not.
    pub fn check(&self) -> Result<(), StorageError> {
        let conn = self.reader()?;
        let said: String = conn.query_row("PRAGMA quick_check(5)", [], |row| row.get(0)).map_err(failed)?;
        if said == "ok" { Ok(()) } else { Err(StorageError::Damaged(said)) }
    }

    /// Empties the log of changes after an erasure, so that no byte of what was erased is left in it. Deleted rows are
    /// overwritten as they go, by every connection.
    ///
    /// # Errors
    /// Somebody was reading all the while; what was erased then stays in the log until this succeeds.
    pub fn scrub(&self) -> Result<(), StorageError> {
        if empty_log(&self.reader()?, BUSY_TIMEOUT)? {
            return Ok(());
        }
        let again = "erased, but the database's log could not be emptied because somebody reads it; run the command again";
        Err(StorageError::Other(again.into()))
    }

    fn reader(&self) -> Result<Connection, StorageError> {
        let kept = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match kept {
            Some(conn) => Ok(conn),
            None => connect(&self.path),
        }
    }
}

impl Storage for Sqlite {
    fn submit(&self, job: WriteJob, done: Done) {
        let Some(jobs) = &self.jobs else {
            return done(Err(StorageError::Closed));
        };
        if let Err(mpsc::SendError((_, done))) = jobs.send((job, done)) {
            done(Err(StorageError::Closed));
        }
    }

    fn read(&self, job: &mut dyn FnMut(&mut dyn Tx)) -> Result<(), StorageError> {
        let conn = self.reader()?;
        run(&conn, "BEGIN")?;
        let view = View(&conn);
        let (ends, erased) = (Ends::default(), Cell::new(false));
        let news = &self.news;
        job(&mut SqliteTx { conn: &conn, memo: &self.memo, news, ends: &ends, erased: &erased, writing: false });
        view.close()?;
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_KEPT {
            readers.push(conn);
        }
        Ok(())
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        drop(self.jobs.take());
        if let Some(writer) = self.writer.take() {
            // A writer that panicked has answered its jobs with the closed queue; there is nothing left to tell.
            let _ = writer.join();
        }
    }
}

/// Copies the log of changes into the file and empties it; false when somebody has read for longer than this.
fn empty_log(conn: &Connection, patience: Duration) -> Result<bool, StorageError> {
    conn.busy_timeout(patience).map_err(failed)?;
    let busy = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0)).map_err(failed);
    conn.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    Ok(busy? == 0)
}

/// Opens a connection with the settings every one of them has.
fn connect(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags).map_err(failed)?;
    conn.busy_timeout(BUSY_TIMEOUT).map_err(failed)?;
    let mode: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(failed)?;
    if mode != "wal" {
        return Err(StorageError::Other(format!("journal mode is {mode}, not WAL; put the data on a local disk")));
    }
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;
         PRAGMA secure_delete = ON; PRAGMA wal_autocheckpoint = 8192;",
    )
    .map_err(failed)?;
    if fieldbook_model::planted!(ServerNoSync) {
        conn.pragma_update(None, "synchronous", "OFF").map_err(failed)?;
    }
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(failed)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(failed)?;
    // Without it, a kept statement whose plan might depend on a parameter is prepared anew at every use.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
    conn.set_prepared_statement_cache_capacity(96);
    Ok(conn)
}

/// A reading transaction, which ends also when its job panics.
struct View<'a>(&'a Connection);

impl View<'_> {
    fn close(self) -> Result<(), StorageError> {
        run(self.0, "COMMIT")
    }
}

impl Drop for View<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit()
            && let Err(error) = run(self.0, "ROLLBACK")
        {
            tracing::error!(reason = %error, "a reading transaction could not be ended");
        }
    }
}

/// A statement without parameters, kept prepared.
fn run(conn: &Connection, sql: &str) -> Result<(), StorageError> {
    conn.prepare_cached(sql).and_then(|mut statement| statement.execute([])).map(|_| ()).map_err(failed)
}

/// Where log and feed end, known while one transaction runs so that not every row asks again.
#[derive(Default)]
struct Ends {
    order: Cell<Option<i64>>,
    pos: Cell<Option<i64>>,
    /// Where the feed ended when the transaction began.
    began_at: Cell<Option<i64>>,
    /// The last row each channel got in this transaction.
    fresh: RefCell<HashMap<ChannelNo, Pos>>,
}

impl Ends {
    fn forget(&self) {
        self.order.set(None);
        self.pos.set(None);
    }
}

/// One job's view of the database.
struct SqliteTx<'a> {
    conn: &'a Connection,
    memo: &'a Memo,
    news: &'a Mutex<News>,
    ends: &'a Ends,
    /// Set when something was erased: the log of changes is emptied after the commit.
    erased: &'a Cell<bool>,
    writing: bool,
}

impl Tx for SqliteTx<'_> {
    fn memo(&self) -> &Memo {
        self.memo
    }
}

impl SqliteTx<'_> {
    fn change(&self, sql: &str, params: impl Params) -> Result<usize, StorageError> {
        if !self.writing {
            return Err(StorageError::ReadOnly);
        }
        self.conn.prepare_cached(sql).and_then(|mut statement| statement.execute(params)).map_err(failed)
    }

    fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StorageError> {
        self.conn.prepare_cached(sql).and_then(|mut statement| statement.query_row(params, read)).map_err(failed)
    }

    fn first<T>(
        &self,
        sql: &str,
        params: impl Params,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StorageError> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(params).map_err(failed)?;
        rows.next().and_then(|row| row.map(&mut read).transpose()).map_err(failed)
    }

    fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StorageError> {
        let mut statement = self.conn.prepare_cached(sql).map_err(failed)?;
        let rows = statement.query_map(params, read).map_err(failed)?;
        rows.collect::<rusqlite::Result<_>>().map_err(failed)
    }
}

/// A 64-bit number as SQLite keeps it.
fn signed(number: u64) -> i64 {
    number.cast_signed()
}

/// An id from two neighbouring columns.
fn id_at(row: &Row<'_>, column: usize) -> rusqlite::Result<FactId> {
    let writer: i64 = row.get(column)?;
    let seq: i64 = row.get(column + 1)?;
    Ok(FactId::new(WriterId(writer.cast_unsigned()), seq.cast_unsigned()))
}

fn limit(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// What a database error means to the caller.
fn failed(error: rusqlite::Error) -> StorageError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StorageError::Full,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageError::Busy,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StorageError::Damaged(error.to_string()),
        _ => StorageError::Other(error.to_string()),
    }
}

#[cfg(test)]
mod tests;
