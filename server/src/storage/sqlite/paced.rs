//! Writing into the file a few pages at a time. A disk takes what it is handed in a queue: hundreds of pages at once, and the sync of
//! the writer's next commit waits behind all of them.
#![allow(
    unsafe_code,
    reason = "SQLite has no setting for it, only the table of C functions that each of its files is written with"
)]

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::ptr;

use rusqlite::{Connection, ffi};

use super::failed;
use crate::storage::StorageError;

/// After so many writes, each of a page, the file is synced: few enough that a commit behind them hardly waits.
const STEP: u32 = 16;

/// SQLite's table with another function for writing, and what that needs. SQLite knows only the table, so it comes first.
#[repr(C)]
struct Methods {
    table: ffi::sqlite3_io_methods,
    usual: *const ffi::sqlite3_io_methods,
    unsynced: Cell<u32>,
}

/// From now on this connection syncs its database's file whenever it has written a few pages to it.
pub fn pace(conn: &Connection) -> Result<(), StorageError> {
    let mut file: *mut ffi::sqlite3_file = ptr::null_mut();
    // SAFETY: SQLite says where the file of this open connection is; nothing else uses it meanwhile, and its table of functions is
    // as long-lived as SQLite. Ours is never freed: an office is opened once.
    unsafe {
        let asked = ffi::SQLITE_FCNTL_FILE_POINTER;
        let code = ffi::sqlite3_file_control(conn.handle(), c"main".as_ptr(), asked, (&raw mut file).cast());
        if code != ffi::SQLITE_OK || file.is_null() || (*file).pMethods.is_null() {
            return Err(failed(rusqlite::Error::SqliteFailure(ffi::Error::new(code), Some("no file to write to".into()))));
        }
        let usual = (*file).pMethods;
        let table = ffi::sqlite3_io_methods { xWrite: Some(write), ..*usual };
        let ours: *const Methods = Box::leak(Box::new(Methods { table, usual, unsynced: Cell::new(0) }));
        (*file).pMethods = ours.cast();
    }
    Ok(())
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, bytes: *const c_void, length: c_int, at: ffi::sqlite3_int64) -> c_int {
    // SAFETY: SQLite calls this for a file that has our table, one call at a time, and the usual functions take what it hands over.
    unsafe {
        let methods = &*(*file).pMethods.cast::<Methods>();
        let (Some(write), Some(sync)) = ((*methods.usual).xWrite, (*methods.usual).xSync) else {
            return ffi::SQLITE_IOERR_WRITE;
        };
        let written = write(file, bytes, length, at);
        methods.unsynced.set(methods.unsynced.get() + 1);
        if written != ffi::SQLITE_OK || methods.unsynced.get() < STEP {
            return written;
        }
        methods.unsynced.set(0);
        sync(file, ffi::SQLITE_SYNC_NORMAL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    thread_local! {
        /// Syncs of the file; and whether they fail.
        static SYNCS: Cell<u32> = const { Cell::new(0) };
        static BROKEN: Cell<bool> = const { Cell::new(false) };
    }

    unsafe extern "C" fn count(_: *mut ffi::sqlite3_file, _: c_int) -> c_int {
        SYNCS.set(SYNCS.get() + 1);
        if BROKEN.get() { ffi::SQLITE_IOERR_FSYNC } else { ffi::SQLITE_OK }
    }

    /// A disk that counts; without it a test could not tell when the file was synced.
    fn counted(conn: &Connection) {
        // SAFETY: as in `pace`.
        unsafe {
            let mut file: *mut ffi::sqlite3_file = ptr::null_mut();
            ffi::sqlite3_file_control(conn.handle(), c"main".as_ptr(), ffi::SQLITE_FCNTL_FILE_POINTER, (&raw mut file).cast());
            let table = ffi::sqlite3_io_methods { xSync: Some(count), ..*(*file).pMethods };
            (*file).pMethods = Box::leak(Box::new(table));
        }
    }

    fn copy(conn: &Connection) -> Result<u32, StorageError> {
        SYNCS.set(0);
        conn.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| row.get(2)).map_err(failed)
    }

    #[test]
    fn the_file_is_synced_after_every_few_pages() -> Result<(), StorageError> {
        let folder = tempfile::tempdir().map_err(|error| StorageError::Other(error.to_string()))?;
        let writer = super::super::connect(&folder.path().join("office.db"))?;
        let copier = super::super::connect(&folder.path().join("office.db"))?;
        let fill = "CREATE TABLE t (x); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 400)
                    INSERT INTO t SELECT randomblob(3000) FROM n;";
        writer.execute_batch(fill).map_err(failed)?;
        counted(&copier);
        pace(&copier)?;

        BROKEN.set(true);
        assert!(copy(&copier).is_err(), "a disk that fails on the way is told");
        assert_eq!(SYNCS.get(), 1, "and nothing more is written to it");

        BROKEN.set(false);
        let pages = copy(&copier)?;
        assert!(pages > 400, "all of it was copied: {pages}");
        assert!(SYNCS.get() > pages / STEP, "a few at a time, and in the end: {}", SYNCS.get());
        assert!(SYNCS.get() < pages / STEP + 3, "no more often than that: {}", SYNCS.get());
        let sound: String = writer.query_row("PRAGMA integrity_check", [], |row| row.get(0)).map_err(failed)?;
        assert_eq!(sound, "ok");
        Ok(())
    }
}
