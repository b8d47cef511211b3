//! What can go wrong with the phone's database, in terms of what can be done about it.

use fieldbook_model::fact::BadFact;
use rusqlite::ErrorCode;
use thiserror::Error;

/// Why the store could not do what it was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// No room left on the phone. Nothing was changed.
    #[error("the phone's storage is full: free some space, then try again")]
    StorageFull,
    /// A newer version of the app made this database; it was not touched.
    #[error("this database has version {found} and this app knows {known}: update the app")]
    Newer {
        /// Version of the database.
        found: u32,
        /// Newest version this app knows.
        known: u32,
    },
    /// The file is not a database, or is damaged.
    #[error("the database is damaged: keep the file and call the office ({reason})")]
    Corrupt {
        /// What SQLite said; holds nothing of the content.
        reason: String,
    },
    /// The file or folder could not be read or written.
    #[error("the storage could not be read or written: restart the phone, then try again ({reason})")]
    Io {
        /// What the system said.
        reason: String,
    },
    /// Nobody is signed in on this phone, so nothing can be written in anybody's name.
    #[error("this phone is not enrolled: scan the office's code first")]
    NotEnrolled,
    /// Bytes that should have been a fact are not, or a text is too long.
    #[error(transparent)]
    BadFact(#[from] BadFact),
    /// A token could not be sealed or the notebook's key is none: a fault of this program.
    #[error("the phone's token could not be sealed")]
    Seal,
    /// SQLite refused a statement: a fault of this program.
    #[error("the database refused a statement: {0}")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::StorageFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Corrupt { reason: error.to_string() },
            Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => {
                Self::Io { reason: error.to_string() }
            }
            _ => Self::Sql(error),
        }
    }
}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        if matches!(error.kind(), ErrorKind::StorageFull | ErrorKind::QuotaExceeded) {
            return Self::StorageFull;
        }
        Self::Io { reason: error.to_string() }
    }
}
